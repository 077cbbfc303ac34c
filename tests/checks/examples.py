#!/usr/bin/python3
"""Runs the commands that README.md and the man pages show, in a folder that holds what they name.

Usage: examples.py KITH   Looks at the blocks of README.md marked `console`: each line that begins with "$ " is a
command, and what follows up to the next command is all it prints, on both outputs. A line "…" stands for any number of
lines. Of the examples in man pages nothing is held but that they find what they are asked for.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KITH = Path(sys.argv[1]).resolve()
ENVIRONMENT = {"PATH": f"{KITH.parent}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8", "COLUMNS": "80",
               "LD_LIBRARY_PATH": os.environ.get("LD_LIBRARY_PATH", "")}
DONE = (0, 2)  # some rows of the datasets are bad on purpose


def run(command, folder):
    return subprocess.run(command, shell=True, cwd=folder, env=ENVIRONMENT, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8")


def readme_examples():
    """All (command, expected output) pairs of README.md."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for block in re.findall(r"^```console\n(.*?)^```$", text, re.M | re.S):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, _, output = part.partition("\n")
            yield command, output


def fits(expected, printed):
    pattern = "".join("(?:.*\n)*?" if line == "…" else re.escape(line) + "\n" for line in expected.splitlines())
    return re.fullmatch(pattern, printed) is not None


def check_readme(folder):
    count = wrong = 0
    for command, expected in readme_examples():
        ran = run(command, folder)
        count += 1
        if ran.returncode not in DONE or not fits(expected, ran.stdout):
            wrong += 1
            print(f"README.md shows for `{command}`:\n{expected}\nbut it ends with {ran.returncode} and prints:\n"
                  f"{ran.stdout}")
    return count, wrong


def page_examples(page):
    """The commands under EXAMPLES of a man page, as they are typed."""
    section = re.search(r"^\.SH EXAMPLES\n(.*?)^\.SH ", page, re.M | re.S)
    return [line.replace("\\-", "-").replace("\\e", "\\") for line in re.findall(r"^\.B (.*)$", section[1], re.M)]


def prepare(folder):
    """What the examples of man pages name."""
    cohort, contacts = folder / "datasets/cohort", (folder / "datasets/seeker/Connections.csv").read_bytes()
    shutil.copytree(cohort, folder / "exports")
    (folder / "Connections.csv").write_bytes(contacts)
    for year, less in ("2025", 1), ("2026", 0):
        (folder / year).mkdir()
        lines = contacts.splitlines(keepends=True)
        (folder / year / "Connections.csv").write_bytes(b"".join(lines[:len(lines) - less]))
    (folder / "people.csv").write_text("id,Member,company\na,Ann Lee,Acme\nb,Ben Ito,Brill\n", encoding="utf-8")
    (folder / "ties.csv").write_text("source,target\na,b\n", encoding="utf-8")
    for name in "cohort", "today", "autumn":
        run(f"kith build datasets/cohort -o {name}.kith", folder)
    shutil.rmtree(cohort / "sefa-lemalu")
    for name in "yesterday", "spring":
        run(f"kith build datasets/cohort -o {name}.kith", folder)
    shutil.rmtree(cohort)
    shutil.copytree(folder / "exports", cohort)


def check_pages(folder):
    prepare(folder)
    overview = run("kith help --man", folder).stdout
    commands = re.findall(r"^\.BR kith\\-(\w+) \(1\)$", overview, re.M)
    count = wrong = 0
    for name in "", *commands:
        for command in page_examples(run(f"kith help --man {name}", folder).stdout):
            ran = run(command, folder)
            count += 1
            if ran.returncode not in DONE:
                wrong += 1
                print(f"the man page shows `{command}`, which ends with {ran.returncode} and prints:\n{ran.stdout}")
    return count, wrong


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "datasets", folder / "datasets")
        shown, wrong_there = check_readme(folder)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "datasets", folder / "datasets")
        paged, wrong_here = check_pages(folder)
    if not shown or not paged:
        print("README.md or the man pages show no example")
    elif not wrong_there + wrong_here:
        print(f"examples: {shown} of README.md print what it shows, {paged} of man pages are answered")
    return bool(wrong_there or wrong_here) or not shown or not paged


if __name__ == "__main__":
    sys.exit(main())
