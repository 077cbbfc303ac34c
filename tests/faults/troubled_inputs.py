#!/usr/bin/python3
"""Inputs that cannot be opened, are gone when their turn comes, fail while they are read, or come in bits.

Usage: troubled_inputs.py KITH FAILING_IO
Where an input cannot be read, kith names it, ends with 66 (it does not open) or 74 (reading it failed), and what was
built before still stands. In however small bits it comes, the same network is made of it.
"""

import sys
from pathlib import Path

from bad_day import COHORT, fault, finish, kith, names, preload, work_folder

LIBRARY = Path(sys.argv[2]).resolve()
BUILD = ("build", "-q", COHORT, "-o", "net.kith")
UNOPENED = ("people.csv", "mentorships.csv", "ben-ito/Connections.csv", "ben-ito/messages.csv", "ravi-menon/Connections.csv")
MOST_READS = 2000


def hold_stopped(told, wanted, named, **trouble):
    """Kith ends with `wanted` and names an input; the old network stands as it was, alone."""
    code, out, err = kith(*BUILD, ok=(wanted,), environment=preload(LIBRARY, **trouble))
    if out or err.count("\n") != 1 or named not in err:
        fault(f"{told}: says {out}{err}")
    if Path("net.kith").read_bytes() != b"old":
        fault(f"{told}: the old network is gone")
    if names() != ["net.kith"]:
        fault(f"{told}: left behind {names()}")
    return code


def hold_unopened():
    for name in UNOPENED:
        for trouble in ("KITH_TEST_DENY", "KITH_TEST_GONE"):
            hold_stopped(f"{trouble} {name}", 66, name, **{trouble: name})


def hold_unread():
    """Fails the first read and all after it, the second, and so on. @return how many reads there were."""
    steps = 0
    n = 1
    while n < MOST_READS:
        code, _, _ = kith(*BUILD, ok=(2, 74), environment=preload(LIBRARY, KITH_TEST_FAIL=f"read:{n}"))
        if code != 74:
            return steps
        hold_stopped(f"read {n}", 74, str(COHORT), KITH_TEST_FAIL=f"read:{n}")
        steps += 1
        n += 1 + n // 4
    fault(f"a build reads {MOST_READS} times and more")
    return steps


def main():
    work_folder()
    kith(*BUILD)
    whole = Path("net.kith").read_bytes()
    for bits in (1, 13, 4096):
        Path("net.kith").unlink()
        kith(*BUILD, environment=preload(LIBRARY, KITH_TEST_BITS=str(bits)))
        if Path("net.kith").read_bytes() != whole:
            fault(f"read {bits} bytes at a time, the inputs make another network")
    Path("net.kith").write_bytes(b"old")
    hold_unopened()
    reads = hold_unread()
    kith("build", "-q", COHORT, "-o", "/proc/net.kith", ok=(73,))
    return finish(f"{len(UNOPENED)} inputs that do not open, {reads} failing reads, bits of 1 to 4096 bytes")


if __name__ == "__main__":
    sys.exit(main())
