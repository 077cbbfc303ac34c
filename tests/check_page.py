#!/usr/bin/python3
"""Holds HTML pages to what kith promises of them.

    check_page.py FILE...

A page stands alone: no event handler, no address of anything elsewhere; its policy forbids all but its own
style and the scripts whose digests it names; its tags are closed in order; each table has a caption or label and
heads with a scope; each drawing says in words what it shows, each field has a label. Ends with 1 and a line for
each fault.
"""
import base64
import hashlib
import html.parser
import json
import re
import sys

VOID = {"meta", "br", "hr", "img", "input", "link"}
KNOWN = {
    "html", "head", "meta", "title", "style", "body", "main", "footer", "section", "h1", "h2", "p",
    "ul", "ol", "li", "strong", "div", "table", "caption", "thead", "tbody", "tr", "th", "td",
    "svg", "g", "rect", "path", "polyline", "polygon", "text", "details", "summary",
    "script", "noscript", "canvas", "h3", "label", "input", "select", "option", "button",
}
# What names something else in a style or a script of ours; D3 names the namespaces of XML.
ELSEWHERE = re.compile(r"url\(|@import|//(?!www\.w3\.org/|d3js\.org)[a-z]")
# What our own script never does; D3 could, which the policy keeps it from.
UNSAFE = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|\bfetch\(|XMLHttpRequest")


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.faults, self.style, self.policy, self.text = [], [], "", "", ""
        self.scripts, self.data, self.labels, self.fields, self.is_data = [], [], set(), set(), False

    def fault(self, text):
        self.faults.append(f"line {self.getpos()[0]}: {text}")

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag not in KNOWN:
            self.fault(f"unexpected element {tag}")
        for name, value in attrs.items():
            if name.startswith("on") or name in ("src", "href", "style", "action"):
                self.fault(f"attribute {name} of {tag}")
        if attrs.get("http-equiv") == "Content-Security-Policy":
            self.policy = attrs["content"]
        if tag == "th" and attrs.get("scope") not in ("col", "row"):
            self.fault("a head without scope")
        if tag == "table" and not (self.open and self.open[-1] == "div"):
            self.fault("a table that cannot scroll")
        if tag == "svg" and not (attrs.get("role") == "img" and attrs.get("aria-label")):
            self.fault("a drawing without description")
        if tag in ("input", "select"):
            self.fields.add(attrs.get("id"))
        if tag == "label":
            self.labels.add(attrs.get("for"))
        if tag == "script":
            self.is_data = attrs.get("type") == "application/json"
            if attrs.keys() - {"type", "id"} or (not self.is_data and attrs):
                self.fault("a script of another kind")
            (self.data if self.is_data else self.scripts).append("")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self.fault(f"</{tag}> closes {self.open[-1:]}")
        else:
            self.open.pop()

    def handle_data(self, data):
        if self.open and self.open[-1] == "style":
            self.style += data
        elif self.open and self.open[-1] == "script":
            (self.data if self.is_data else self.scripts)[-1] += data
        else:
            self.text += data


def digest_of(text):
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def script_faults(page):
    """Scripts are the ones the policy names, and data is JSON that no browser takes for markup."""
    named = re.findall(r"'sha256-([^']*)'", page.policy.partition("script-src")[2].partition(";")[0])
    if named != [digest_of(script) for script in page.scripts]:
        yield f"the policy names other scripts: {page.policy!r}"
    if page.scripts and "require-trusted-types-for 'script'" not in page.policy:
        yield "scripts may make markup"
    if "unsafe" in page.policy or "*" in page.policy:
        yield f"policy {page.policy!r}"
    for found in UNSAFE.findall("".join(page.scripts[-1:])):
        yield f"the script uses {found}"
    for data in page.data:
        json.loads(data)
        if re.search("[<>&]", data):
            yield "data with markup in it"
    if page.fields - page.labels:
        yield f"fields without a label: {page.fields - page.labels}"


def faults_of(path):
    text = open(path, encoding="utf-8", newline="").read()
    page = Page()
    page.feed(text)
    page.close()
    yield from page.faults
    if page.open:
        yield f"left open: {page.open}"
    if not text.startswith("<!doctype html>\n"):
        yield "no doctype"
    digest = digest_of(page.style)
    if not page.policy.startswith("default-src 'none'"):
        yield f"policy {page.policy!r}"
    if f"style-src 'sha256-{digest}'" not in page.policy:
        yield f"the style has the digest {digest}, the policy says {page.policy!r}"
    yield from script_faults(page)
    for text_of in (page.style, *page.scripts):
        for found in ELSEWHERE.findall(text_of):
            yield f"refers to something elsewhere: {found}"
    if re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text):
        yield "a control character"


def main():
    good = True
    for path in sys.argv[1:]:
        for fault in faults_of(path):
            print(f"{path}: {fault}", file=sys.stderr)
            good = False
    return 0 if good and sys.argv[1:] else 1


if __name__ == "__main__":
    sys.exit(main())
