#!/usr/bin/python3
"""Under --redact nobody's name, key, contact, company, title, goal or label is in anything that kith writes or says,
the same key gives the same pseudonyms, and another key gives others.

Usage: redacted_outputs.py KITH
"""

import csv
import hashlib
import re
import sys
from pathlib import Path

from bad_day import COHORT, content, fault, finish, kith, names, work_folder

ROUTE = ("--from", "Noor Haddad", "--to", 'company:"Acme Robotics"')

# What answers, each told in every format that it has.
QUESTIONS = {
    "info": ("info", "net.kith", "--rejects", "--merges", "--doubts"),
    "doubts": ("info", "net.kith", "--doubts"),
    "find": ("find", "net.kith", "company:acme"),
    "why": ("why", "net.kith", "Noor Haddad"),
    "intro": ("intro", "net.kith", *ROUTE, "--draft"),
    "many": ("intro", "net.kith", "--from", "cohort:2024", "--to", "company:Acme", "--load", "2"),
    "coverage": ("intro", "net.kith", "--from", "cohort:2024", "--to", "company:Acme", "--coverage"),
    "bridges": ("bridges", "-q", "net.kith", "--top", "0", "--group", "company"),
    "community": ("bridges", "-q", "net.kith", "--group", "community"),
    "without": ("bridges", "-q", "net.kith", "--without", "Ben Ito"),
    "suggest": ("bridges", "-q", "net.kith", "--suggest", "3", "--group", "company"),
    "cohort": ("cohort", "-q", "net.kith", "--group", "company"),
    "chains": ("chains", "-q", "net.kith", "--top", "0"),
    "lineage": ("chains", "-q", "net.kith", "--of", "Ben Ito"),
    "match": ("match", "-q", "net.kith"),
    "diff": ("diff", "-q", "old.kith", "net.kith", *ROUTE, "--group", "company"),
}
PLAIN = {"hiring", "floor"}  # words of names that are words of skills and of scripts, too
EXPORTS = ("graphml", "gml", "net", "dot", "csv", "jsonl")


def secrets():
    """Every text that must not be told, folded: whole values, and the words of names that say nothing else."""
    kith("export", "net.kith", "--with-contacts", "--format", "tables", "-o", "plain")
    found = set()
    with open("plain/people.csv", encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            found.add(row["name"])
            found.update(word for word in re.split(r"[^\w'-]+", row["name"]) if len(word) > 4 and word.casefold() not in PLAIN)
            found.update(row[column] for column in ("company", "goals", "phone", "url"))
            found.update(row["email"].split("; "))
            found.update(value for value in (row["title"], row["labels"]) if " " in value)
            if "-" in row["id"]:
                found.add(row["id"])
    found.update(path.name for path in COHORT.iterdir() if path.is_dir())
    return {re.sub(r"\s+", " ", secret.casefold()) for secret in found if secret}


def hold_hidden(pattern, text, told):
    text = re.sub(r"\s+", " ", text.casefold())
    for secret in sorted(set(pattern.findall(text)))[:3]:
        fault(f"{told}: shows \"{secret}\"")


def written():
    return [name for name in names()
            if Path(name).is_file() and not name.endswith(".kith") and not name.startswith("plain")]


def write_all(*redacted):
    """Everything that writes, in every format. @return what was said beside it."""
    said = ""
    for name, words in QUESTIONS.items():
        said += "".join(kith(*words, *redacted, ok=(0, 1, 2))[1:])
        for ending in ("json", "html"):
            said += "".join(kith(*words, *redacted, "-o", f"{name}.{ending}", ok=(0, 1, 2))[1:])
    for ending in EXPORTS:
        said += "".join(kith("export", "net.kith", *redacted, "-o", f"net.{ending}")[1:])
    said += "".join(kith("export", "net.kith", *redacted, "--format", "tables", "-o", "tables")[1:])
    return said + "".join(kith("report", "net.kith", *ROUTE, *redacted, "-o", "report")[1:])


def pseudonyms(key, *more):
    """How the people and companies of the network are called with a key."""
    _, out, _ = kith("find", "net.kith", "owner:any", "--redact", key, *more, "--format", "csv")
    rows = list(csv.DictReader(out.splitlines()))
    return [row["name"] for row in rows], [row["company"] for row in rows]


def hold_reckoned(people):
    """Pseudonyms are keyed BLAKE2b over the kind of secret and the key, as docs/privacy.md tells."""
    key = hashlib.blake2b(Path("key").read_bytes(), digest_size=32).digest()
    with open("plain/people.csv", encoding="utf-8", newline="") as table:
        keys = [row["id"] for row in csv.DictReader(table) if row["name"]]
    hashes = (hashlib.blake2b(b"\x01" + text.encode(), key=key, digest_size=16).hexdigest() for text in keys)
    if not set(people) <= {"Person " + digits[:12] for digits in hashes}:
        fault("pseudonyms are not the hashes that the documentation tells")


def rows(name, *redacted):
    """The numbers of an answer's main list: ids, counts, chances; not its texts."""
    _, out, _ = kith(*QUESTIONS[name], *redacted, "--format", "csv", ok=(0, 1, 2))
    return [[cell for cell in row if re.fullmatch(r"-?[0-9.]*", cell)] for row in csv.reader(out.splitlines())]


def hold_same(name):
    """Pseudonyms change nothing of an answer but its texts."""
    if rows(name) != rows(name, "--redact", "key"):
        fault(f"{name}: another answer where it is told in pseudonyms")


def main():
    work_folder()
    Path("key").write_bytes(bytes(range(32)))
    Path("other").write_bytes(bytes(range(1, 33)))
    Path("short").write_bytes(b"0123456789abcde")
    kith("build", "-q", COHORT, "-o", "net.kith")
    kith("build", "-q", COHORT / "people.csv", COHORT / "ben-ito", "-o", "old.kith")
    secret = secrets()
    if len(secret) < 500:
        fault(f"only {len(secret)} secrets were found in the datasets")
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(secret, key=len, reverse=True))) + r")(?!\w)")

    said = write_all("--redact", "key")
    hold_hidden(pattern, said, "the terminal")
    files = written()
    for name in files:
        if name not in ("key", "other", "short"):
            hold_hidden(pattern, name + " " + content(name).decode(), name)
    if not pattern.search(kith("find", "net.kith", "owner:any")[1].casefold()):
        fault("the check finds no secret where they are told")

    people, companies = pseudonyms("key")
    hold_reckoned(people)
    for name in ("find", "intro", "many", "bridges", "chains", "match"):
        hold_same(name)
    if len(set(people)) != len(people):
        fault("two people have one pseudonym")
    if pseudonyms("key")[0] != people:
        fault("the same key gives other pseudonyms")
    if set(pseudonyms("other")[0]) & set(people):
        fault("another key gives the same pseudonyms")
    kept = pseudonyms("key", "--redact-keep", "company")
    if kept[0] != people or set(kept[1]) & (set(companies) - {""}) or not set(kept[1]) & {"Ohm & Otter Devices"}:
        fault("--redact-keep company leaves something else")
    kith("find", "net.kith", "owner:any", "--redact", "short", ok=(65,))
    kith("find", "net.kith", "owner:any", "--redact", "missing", ok=(66,))
    kith("find", "net.kith", "owner:any", "--redact", "key", "--with-contacts", ok=(64,))
    kith("find", "net.kith", "owner:any", "--redact-keep", "company", ok=(64,))
    kith("find", "net.kith", "owner:any", "--redact", "key", "--redact-keep", "name", ok=(64,))
    return finish(f"none of {len(secret)} secrets is in {len(files)} files and {len(said)} characters said")


if __name__ == "__main__":
    sys.exit(main())
