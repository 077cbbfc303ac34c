#!/usr/bin/python3
"""What people wrote to each other is in nothing that kith writes: no network, answer, draft, export or message.

Usage: unwritten_texts.py KITH
Every text of messages, invitations and recommendations in an archive is given a marker, in good rows and in rows that
are rejected, plain and zipped.
"""

import csv
import io
import shutil
import sys
import zipfile
from pathlib import Path

from bad_day import COHORT, content, fault, finish, kith, names, work_folder

MARKER = "Xq7vMarker"
# The columns that hold what somebody wrote, by file.
WRITTEN = {
    "messages.csv": ("SUBJECT", "CONTENT", "CONVERSATION TITLE", "ATTACHMENTS"),
    "Invitations.csv": ("Message",),
    "Recommendations_Given.csv": ("Text",),
    "Recommendations_Received.csv": ("Text",),
}
DATES = ("DATE", "Sent At", "Creation Date")
ROUTE = ("--from", "Ben Ito", "--to", 'company:"Acme Robotics"')


def mark(path, columns):
    """Puts the marker into every cell of the columns, and adds each row again with a day that there never was. @return how many cells."""
    with open(path, encoding="utf-8-sig", newline="") as table:
        rows = list(csv.DictReader(table))
    head = list(rows[0])
    columns = [column for column in columns if column in head]
    rows += [row | {column: "31 Feb 2024" for column in DATES if column in head} for row in rows]
    for row in rows:
        for column in columns:
            row[column] = f"{MARKER} \"so\" it,\nwas {MARKER}"
    made = io.StringIO()
    writer = csv.DictWriter(made, head)
    writer.writeheader()
    writer.writerows(rows)
    Path(path).write_text(made.getvalue(), encoding="utf-8")
    return len(rows) * len(columns)


def zipped(folder, name):
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(Path(folder).rglob("*")):
            archive.write(path, path.relative_to(folder))
    return name


def write_all(inputs):
    """Everything that kith writes of these inputs. @return what was said beside it."""
    said = [kith("build", "-v", *inputs, "-o", "net.kith", "--rejects", "rejects.csv", "--review", "review.csv",
                 "--cache", "kept")]
    said.append(kith("build", "--dry-run", *inputs))
    said.append(kith("info", "net.kith", "--rejects", "--merges", "--with-contacts", "-o", "info.json"))
    said.append(kith("why", "net.kith", "Ben Ito", "--with-contacts", "-o", "why.json"))
    said.append(kith("intro", "net.kith", *ROUTE, "--draft", "-o", "intro.json", ok=(0, 1, 2)))
    said.append(kith("report", "net.kith", *ROUTE, "--with-contacts", "-o", "report"))
    said.append(kith("export", "net.kith", "--with-contacts", "-o", "net.graphml"))
    said.append(kith("export", "net.kith", "--with-contacts", "-o", "net.jsonl"))
    said.append(kith("export", "net.kith", "--with-contacts", "--format", "tables", "-o", "tables"))
    return "".join(out + err for _, out, err in said)


def hold_unwritten(inputs, told):
    """Looks for the marker in everything. @return how many files there were."""
    secret = MARKER.encode()
    if secret in write_all(inputs).encode():
        fault(f"{told}: the terminal shows what somebody wrote")
    if Path("rejects.csv").read_text(encoding="utf-8").count("is no date") < 20:
        fault(f"{told}: the bad rows were not rejected")
    files = [name for name in names() if Path(name).is_file() and not name.startswith("in")]
    for name in files:
        if secret.lower() in content(name).lower():
            fault(f"{told}: {name} holds what somebody wrote")
    return len(files)


def main():
    work_folder()
    shutil.copytree(COHORT / "ben-ito", "in/ben-ito")
    shutil.copy(COHORT / "people.csv", "in/people.csv")
    marked = sum(mark(f"in/ben-ito/{name}", columns) for name, columns in WRITTEN.items())
    if marked < 50:
        fault(f"only {marked} texts were marked")
    files = hold_unwritten(["in"], "plain")
    files += hold_unwritten([zipped("in/ben-ito", "in.zip"), "in/people.csv"], "zipped")
    return finish(f"{marked} marked texts are in none of {files} files")


if __name__ == "__main__":
    sys.exit(main())
