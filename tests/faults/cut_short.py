#!/usr/bin/python3
"""A network file that is cut short while it is mapped: every command ends with 74 and names the file.

Usage: cut_short.py KITH FAILING_IO
"""

import shutil
import sys
from pathlib import Path

from bad_day import COHORT, fault, finish, kith, names, preload, work_folder

LIBRARY = Path(sys.argv[2]).resolve()
COMMANDS = (
    ("info", "net.kith"),
    ("find", "net.kith", "Noor Haddad"),
    ("intro", "net.kith", "--from", "Noor Haddad", "--to", "company:Acme", "-o", "routes.json.gz"),
    ("bridges", "-q", "net.kith", "-o", "brokers.csv"),
    ("cohort", "-q", "net.kith", "--group", "cohort"),
    ("chains", "-q", "net.kith"),
    ("report", "-q", "net.kith", "-o", "report"),
    ("export", "net.kith", "-o", "graph.graphml.gz"),
    ("export", "net.kith", "--format", "tables", "-o", "tables"),
    ("check", "net.kith"),
)


def main():
    work_folder()
    kith("build", "-q", COHORT, "-o", "whole.kith")
    size = Path("whole.kith").stat().st_size
    for words in COMMANDS:
        for left in (0, 4096, size // 8 * 4):
            shutil.copy("whole.kith", "net.kith")
            told = f"{' '.join(words[:2])}, cut to {left} bytes"
            code, out, err = kith(*words, ok=(0, 1, 74), environment=preload(LIBRARY, KITH_TEST_CUT=f"net.kith:{left}"))
            if code != 74 and left <= 4096:
                fault(f"{told}: ends with {code}: {err}")
            if code == 74 and err != "kith: net.kith: the file was cut short while it was being read; build it again\n":
                fault(f"{told}: says {err}")
            if code == 74 and out:
                fault(f"{told}: answered all the same: {out[:80]}")
            strays = [name for name in names() if name not in ("whole.kith", "net.kith")]
            if code == 74 and strays != ["tables"] * len(strays):
                fault(f"{told}: left behind {strays}")
            for stray in map(Path, strays):
                if stray.is_dir():
                    shutil.rmtree(stray)
                else:
                    stray.unlink(missing_ok=True)
    return finish(f"cut_short: {len(COMMANDS)} commands named the file")


if __name__ == "__main__":
    sys.exit(main())
