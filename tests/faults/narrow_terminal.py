#!/usr/bin/python3
"""Every line of text fits the terminal: 80 columns, 40, and 132.

Usage: narrow_terminal.py KITH
Widths are counted here anew, by Unicode's own tables: marks and joined pictographs take no column, wide characters
take two.
"""

import sys
import unicodedata
from pathlib import Path

from bad_day import COHORT, content, fault, finish, kith, names, work_folder

ROUTE = ("--from", "Noor Haddad", "--to", 'company:"Acme Robotics"')
COMMANDS = (
    ("info", "net.kith"),
    ("info", "net.kith", "--rejects", "--merges"),
    ("info", "net.kith", "--rejects", "--with-contacts"),
    ("info", "wide.kith", "--merges", "--rejects"),
    ("find", "net.kith", "owner:no"),
    ("find", "net.kith", "owner:any", "--with-contacts"),
    ("find", "wide.kith", "owner:no"),
    ("find", "wide.kith", "owner:no", "--with-contacts"),
    ("intro", "net.kith", *ROUTE, "--top", "0"),
    ("intro", "net.kith", "--from", "Noor Haddad", "--to", "owner:no", "--top", "0", "--max-hops", "4"),
    ("intro", "wide.kith", "--from", "me", "--to", "owner:no", "--top", "0", "--with-contacts"),
    ("bridges", "-q", "net.kith", "--top", "0"),
    ("bridges", "-q", "wide.kith", "--top", "0"),
    ("cohort", "-q", "net.kith", "--group", "company", "--top", "0"),
    ("cohort", "-q", "wide.kith", "--group", "company", "--top", "0"),
    ("chains", "-q", "net.kith", "--top", "0"),
    ("chains", "-q", "wide.kith", "--top", "0"),
    ("diff", "-q", "net.kith", "wide.kith", "--top", "0", "--group", "company"),
    ("diff", "-q", "wide.kith", "net.kith", "--top", "0", "--with-contacts"),
    ("check", "net.kith"),
)
HELP = (("help",), *(("help", name) for name in
                     ("build", "info", "find", "intro", "bridges", "cohort", "chains", "diff", "report", "export", "check")))

WIDE_NAMES = ("山田太郎 東京都知事室長", "Zoë 👩‍👩‍👧‍👦 Ångström-Łukasiewicz", "김철수 서울특별시", "नरेंद्र कुमार",
              "Ｆｕｌｌｗｉｄｔｈ Ｎａｍｅ", "é̂̃̄ stacked", "👍🏽 Thumbs 🇵🇹 Flag", "عبد الرحمن بن محمد")
JOINER, EMOJI_FORM = "\u200d", "\ufe0f"


def width(line):
    """Columns of a line, as terminals that follow Unicode show it."""
    columns = taken = 0
    joined = flag = False
    for c in line:
        if c == JOINER:
            joined = True
            continue
        is_skin = 0x1F3FB <= ord(c) <= 0x1F3FF and taken == 2
        if c == EMOJI_FORM or is_skin or unicodedata.category(c) in ("Mn", "Mc", "Me", "Cf"):
            continue
        is_flag = 0x1F1E6 <= ord(c) <= 0x1F1FF
        if joined and taken == 2 or is_flag and flag:
            joined = flag = False
            continue
        flag = is_flag
        joined = False
        taken = 2 if unicodedata.east_asian_width(c) in "WF" or is_flag else 1
        columns += taken
    return columns


def write_wide():
    """An export of people whose names, companies and titles are wide, long or both."""
    rows = ["First Name,Last Name,URL,Email Address,Company,Position,Connected On"]
    for i in range(40):
        name = WIDE_NAMES[i % len(WIDE_NAMES)]
        first, _, last = name.partition(" ")
        company = f"{WIDE_NAMES[(i + 1) % len(WIDE_NAMES)]} {'Consolidated ' * (i % 7)}"
        rows.append(f"{first},{last} {'x' * i},https://www.linkedin.com/in/w-{i},w{i}@example.com,{company},"
                    f"{name * (i % 5)},0{i % 9 + 1} Jan 2020")
    rows.append("No,Date,,,,,some day")
    Path("wide").mkdir()
    Path("wide/Connections.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    sheet = ["mentor,mentee,start"]
    for i in range(12):
        sheet.append(f"{WIDE_NAMES[i % 8]} {'x' * i},{WIDE_NAMES[(i + 1) % 8]} {'x' * (i + 1)},20{i + 10}-01-01")
    Path("wide/mentorships.csv").write_text("\n".join(sheet) + "\n", encoding="utf-8")


def hold(told, text, columns):
    for line in text.splitlines():
        # Examples are lines to type: they stay whole.
        if width(line) > columns and not line.startswith("  kith "):
            fault(f"{told} at {columns} columns: {width(line)}: {line}")


def main():
    work_folder()
    write_wide()
    kith("build", "-q", COHORT, "-o", "net.kith")
    kith("build", "-q", "wide", "--owner", "wide=Ann Lee", "-o", "wide.kith")
    lines = 0
    for columns in (80, 40, 132):
        for words in (*COMMANDS, *(HELP if columns >= 80 else ())):
            # Help is made for 80 columns and is not made again for others.
            _, out, _ = kith(*words, environment={"COLUMNS": str(columns)})
            hold(" ".join(words), out, max(columns, 80) if words[0] == "help" else columns)
            lines += len(out.splitlines())
            if not out:
                fault(f"{words} prints nothing")
    # What stands in files is made for 80 columns, whatever the terminal.
    kith("report", "-q", "net.kith", *ROUTE, "-o", "report", environment={"COLUMNS": "200"})
    kith("report", "-q", "wide.kith", "--with-contacts", "-o", "wide-report", environment={"COLUMNS": "200"})
    for name in names():
        if name.endswith(".txt.gz"):
            hold(name, content(name).decode(), 80)
    return finish(f"narrow_terminal: {lines} lines fit")


if __name__ == "__main__":
    sys.exit(main())
