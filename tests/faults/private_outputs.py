#!/usr/bin/python3
"""Nobody else may read what kith writes, and nobody's email, phone or URL is in it unless that was asked for.

Usage: private_outputs.py KITH
"""

import gzip
import os
import re
import stat
import sys
import zipfile
from pathlib import Path
from urllib.parse import unquote

from bad_day import COHORT, content, fault, finish, kith, names, work_folder

ROUTE = ("--from", "Noor Haddad", "--to", 'company:"Acme Robotics"')
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"\+\d[\d ()-]{6,}\d")
URL = re.compile(r"https?://[^\s\"',;]+|\bwww\.[^\s\"',;]+|\blinkedin\.com/[^\s\"',;]+", re.I)

# What writes to a file, by that file's name.
WRITERS = {
    "info.txt": ("info", "net.kith", "--rejects", "--merges"),
    "info.json": ("info", "net.kith", "--rejects", "--merges"),
    "merges.csv": ("info", "net.kith", "--merges"),
    "rejects.jsonl.gz": ("info", "net.kith", "--rejects"),
    "info.html": ("info", "net.kith", "--rejects", "--merges"),
    "find.txt": ("find", "net.kith", "owner:any"),
    "find.json": ("find", "net.kith", "owner:no"),
    "intro.html.gz": ("intro", "net.kith", *ROUTE),
    "intro.json.gz": ("intro", "net.kith", *ROUTE),
    "bridges.csv": ("bridges", "-q", "net.kith", "--top", "0"),
    "cohort.csv": ("cohort", "-q", "net.kith", "--group", "cohort"),
    "chains.json": ("chains", "-q", "net.kith", "--top", "0"),
    "diff.json": ("diff", "-q", COHORT / "ben-ito", "net.kith", "--top", "0"),
    "diff.csv": ("diff", "-q", "net.kith", COHORT / "ben-ito", "--top", "0"),
    "net.graphml": ("export", "net.kith"),
    "net.graphml.gz": ("export", "net.kith"),
    "net.gml": ("export", "net.kith"),
    "net.net": ("export", "net.kith"),
    "net.dot": ("export", "net.kith"),
    "net.csv": ("export", "net.kith"),
    "net.jsonl": ("export", "net.kith"),
}


def texts_of(folder):
    """The text of every input file of a folder, unpacked."""
    for path in sorted(Path(folder).rglob("*")):
        if path.suffix == ".gz":
            yield gzip.decompress(path.read_bytes()).decode()
        elif path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                yield from (archive.read(name).decode() for name in archive.namelist())
        elif path.is_file():
            yield path.read_text(encoding="utf-8")


def contacts_in(text):
    """Emails, phones and URLs of a text, as they may be compared."""
    text = text.casefold()
    phones = (re.sub(r"\D", "", phone) for phone in PHONE.findall(text))
    urls = (re.sub(r"^https?://|^www\.|/$", "", unquote(url)) for url in URL.findall(text))
    # A profile is one and the same in every language of the site, whatever stands behind the slug.
    urls = (re.sub(r"^(?:[a-z]+\.)?(linkedin\.com/in/[^/?#]+).*", r"\1", url) for url in urls)
    return {*EMAIL.findall(text), *phones, *urls}


def all_contacts():
    """Every contact in the inputs but the links of their own explanations."""
    text = "\n".join(texts_of(COHORT))
    return {contact for contact in contacts_in(text) if not contact.startswith("privacy.example")}


def hold_hidden(secret, text, told):
    """No secret stands in the text, in whatever way phones are spaced."""
    digits = re.sub(r"[ ()./-]", "", text)
    folded = text.casefold()
    for contact in secret:
        if contact in (digits if contact.isdigit() else folded):
            fault(f"{told}: shows {contact}")
    for email in EMAIL.findall(text):
        fault(f"{told}: shows {email}, which is an email")


def written():
    """Every file that was written below the working folder, but the network."""
    return [name for name in names() if Path(name).is_file() and name != "net.kith"]


def hold_modes(umask):
    for name in ("net.kith", *written()):
        mode = stat.S_IMODE(os.stat(name).st_mode)
        if mode != 0o600:
            fault(f"umask {umask:03o}: {name} has mode {mode:o}")
    for name in names():
        mode = stat.S_IMODE(os.stat(name).st_mode)
        if Path(name).is_dir() and mode != 0o700:
            fault(f"umask {umask:03o}: the folder {name} has mode {mode:o}")


def write_all(*options):
    """Everything that writes a file. @return all that was said beside it."""
    said = [kith("build", "-v", COHORT, "-o", "net.kith", "--rejects", "build-rejects.csv")]
    said += [kith(*words, *options, "-o", name) for name, words in WRITERS.items()]
    said.append(kith("report", "net.kith", *ROUTE, *options, "-o", "report"))
    said.append(kith("export", "net.kith", *options, "--format", "tables", "-o", "tables"))
    said.append(kith("find", "net.kith", "company:acme", *options))
    said.append(kith("info", "net.kith", "--rejects", "--merges", *options))
    return "".join(out + err for _, out, err in said)


def hold_private(umask, secret):
    os.umask(umask)
    said = write_all()
    hold_modes(umask)
    hold_hidden(secret, said, "the terminal")
    for name in written():
        text = content(name).decode()
        hold_hidden(secret, text, name)


def hold_shown(secret):
    """With --with-contacts they are there."""
    write_all("--with-contacts")
    hold_modes(0o77)
    _, rejects, _ = kith("info", "net.kith", "--rejects", "--with-contacts", "--format", "csv")
    expected = secret - contacts_in(rejects)
    for name in ("report/people.json.gz", "report/people.csv.gz", "net.graphml", "net.gml", "net.jsonl",
                 "tables/people.csv"):
        text = content(name).decode().casefold()
        digits = re.sub(r"[ ()./-]", "", text)
        missing = {contact for contact in expected if contact not in (digits if contact.isdigit() else text)}
        if missing:
            fault(f"{name} with contacts lacks {len(missing)} of {len(expected)}: {sorted(missing)[:8]}")
    for email in sorted(contact for contact in expected if "@" in contact)[::25]:
        _, shown, _ = kith("find", "net.kith", email, "--with-contacts")
        if email not in shown.casefold():
            fault(f"find {email} --with-contacts does not show it: {shown}")


def main():
    work_folder()
    secret = all_contacts()
    kinds = [sum("@" in s for s in secret), sum(s.isdigit() for s in secret), sum("/" in s for s in secret)]
    if min(kinds) < 5:
        fault(f"the inputs hold too few emails, phones or URLs to test with: {kinds}")
    hold_private(0o000, secret)
    for name in written():  # what stands there open to all is replaced, not filled
        os.chmod(name, 0o666)
    hold_private(0o077, secret)
    hold_shown(secret)
    return finish(f"private_outputs: {kinds} emails, phones and URLs hidden in {len(written())} files of mode 600")


if __name__ == "__main__":
    sys.exit(main())
