#!/usr/bin/python3
"""Runs the commands that README.md shows and holds what they print against what it shows.

Usage: examples.py KITH   Looks at the blocks marked `console`: each line that begins with "$ " is a command, and
what follows up to the next command is all it prints, on both outputs. A line "…" stands for any number of lines.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def examples(text):
    """All (command, expected output) pairs of a page."""
    for block in re.findall(r"^```console\n(.*?)^```$", text, re.M | re.S):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, _, output = part.partition("\n")
            yield command, output


def fits(expected, printed):
    pattern = "".join("(?:.*\n)*?" if line == "…" else re.escape(line) + "\n" for line in expected.splitlines())
    return re.fullmatch(pattern, printed) is not None


def main():
    kith = Path(sys.argv[1]).resolve()
    environment = {"PATH": f"{kith.parent}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8", "COLUMNS": "80",
                   "LD_LIBRARY_PATH": os.environ.get("LD_LIBRARY_PATH", "")}
    wrong = count = 0
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "datasets", Path(folder) / "datasets")
        for command, expected in examples((ROOT / "README.md").read_text(encoding="utf-8")):
            run = subprocess.run(command, shell=True, cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                                 stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8")
            count += 1
            if run.returncode not in (0, 2) or not fits(expected, run.stdout):
                wrong += 1
                print(f"README.md shows for `{command}`:\n{expected}\nbut it ends with {run.returncode} and prints:\n"
                      f"{run.stdout}")
    if not count:
        print("README.md shows no example")
    elif not wrong:
        print(f"examples: all {count} print what README.md shows")
    return wrong or not count


if __name__ == "__main__":
    sys.exit(main())
