#!/usr/bin/python3
"""Holds HTML pages to what kith promises of them.

    check_page.py FILE...

A page stands alone: no script, no event handler, no address of anything elsewhere; its policy
forbids all but its own style, whose digest is right; its tags are closed in order; each table has
a caption or label and heads with a scope; each drawing says in words what it shows. Ends with 1 and a line for each fault.
"""
import base64
import hashlib
import html.parser
import re
import sys

VOID = {"meta", "br", "hr", "img", "input", "link"}
KNOWN = {
    "html", "head", "meta", "title", "style", "body", "main", "footer", "section", "h1", "h2", "p",
    "ul", "ol", "li", "strong", "div", "table", "caption", "thead", "tbody", "tr", "th", "td",
    "svg", "g", "rect", "path", "polyline", "polygon", "text",
}


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.faults, self.style, self.policy, self.text = [], [], "", "", ""

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
        else:
            self.text += data


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
    digest = base64.b64encode(hashlib.sha256(page.style.encode()).digest()).decode()
    if not page.policy.startswith("default-src 'none'"):
        yield f"policy {page.policy!r}"
    if f"style-src 'sha256-{digest}'" not in page.policy:
        yield f"the style has the digest {digest}, the policy says {page.policy!r}"
    if re.search(r"url\(|@import|//", page.style):
        yield "the style refers to something elsewhere"
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
