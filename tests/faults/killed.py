#!/usr/bin/python3
"""Builds and reports that are ended at any moment.

Usage: killed.py KITH
Killed, they leave the old output or the new one, whole, and at most hidden temporary files; interrupted (once, or
again by somebody impatient) or asked to end, they end with 130 and leave nothing at all. Nor do they where the pipe
that they write to is closed.
"""

import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from bad_day import COHORT, SHEETS, Moments, fault, finish, kith, names, start, work_folder

ROWS, PEOPLE, KILLS, REPORT_KILLS, INTERRUPTS = 30_000, 6_000, 200, 20, 36
MOST_RUNS = 10 * KILLS


def write_edges(path, seed):
    pick = random.Random(seed)
    rows = (f"{pick.randrange(PEOPLE)} {pick.randrange(PEOPLE)}\n" for _ in range(ROWS))
    Path(path).write_text("".join(rows))


def strays(keep):
    return [name for name in names() if name.split("/")[0] not in keep]


def remove(path):
    path = Path(path)
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def hold_builds(pick):
    """Kills at all moments of a build over an old network. @return how many builds were started for that."""
    build = ("build", "-q", "edges.txt", "-o", "net.kith")
    moments = Moments(pick, *build)
    new = Path("net.kith").read_bytes()
    kith("build", "-q", "old.txt", "-o", "net.kith")
    old = Path("net.kith").read_bytes()
    cut = runs = 0
    while cut < KILLS and runs < MOST_RUNS:
        runs += 1
        # Most moments are spread over the whole build; every third lies where the file is being written.
        code, _, seconds = moments.end(build, signal.SIGKILL, since=0 if runs % 3 else 0.7)
        now = Path("net.kith").read_bytes()
        cut += code == -signal.SIGKILL
        if now not in (old, new):
            fault(f"killed after {seconds:.3f} s: the network is neither the old one nor the new one")
        if code == 0 and now != new:
            fault("a finished build left the old network")
        if now == new:
            Path("net.kith").write_bytes(old)
        for stray in strays({"edges.txt", "old.txt", "net.kith"}):
            if not stray.startswith("."):
                fault(f"killed after {seconds:.3f} s: left {stray}, which is not hidden")
            remove(stray)
    if cut < KILLS:
        fault(f"only {cut} of {runs} builds were still running when they were killed")
    kith("check", "net.kith", ok=(0,))
    return runs


def hold_reports(pick):
    """The same for a report folder over an older one."""
    kith("build", "-q", *SHEETS, "-o", "sheets.kith")
    report = ("report", "-q", "sheets.kith", "-o", "report")
    kith(*report)
    moments = Moments(pick, *report)
    for _ in range(REPORT_KILLS):
        _, _, seconds = moments.end(report, signal.SIGKILL)
        kith("check", "report", ok=(0,))
        for stray in strays({"edges.txt", "old.txt", "net.kith", "sheets.kith", "report"}):
            if not stray.startswith("."):
                fault(f"report killed after {seconds:.3f} s: left {stray}, which is not hidden")
            remove(stray)


def hold_interrupts(pick):
    """Asks kith to end, once or twice. @return how many runs were started for that."""
    kith("build", "-q", COHORT, "-o", "cohort.kith")
    keep = {"edges.txt", "old.txt", "net.kith", "sheets.kith", "cohort.kith", "report"}
    old = Path("net.kith").read_bytes()
    kinds = [(words, Moments(pick, *words)) for words in
             (("build", "-q", "edges.txt", "-o", "net.kith"), ("report", "-q", "sheets.kith", "-o", "new"),
              ("report", "-q", "cohort.kith", "-o", "large"))]
    new = Path("net.kith").read_bytes()
    Path("net.kith").write_bytes(old)
    stopped = runs = 0
    while stopped < INTERRUPTS and runs < MOST_RUNS:
        for done in ("new", "large"):
            remove(done)
        words, moments = kinds[runs % len(kinds)]
        number = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)[runs // len(kinds) % 3]
        runs += 1
        code, err, seconds = moments.end(words, number, again=runs % 2)
        now = Path("net.kith").read_bytes()
        Path("net.kith").write_bytes(old)
        if code == 0 or now == new:  # it had its output in place by then
            continue
        stopped += 1
        told = f"{' '.join(words)}, {signal.Signals(number).name} after {seconds:.3f} s"
        # A program that has not yet said what it does with signals dies of them; it has made nothing by then.
        if code != 130 and not (code == -number and not err):
            fault(f"{told}: ends with {code}: {err}")
        if strays(keep):
            fault(f"{told}: left {strays(keep)[:3]}")
            for stray in strays(keep):
                remove(stray)
        if now != old:
            fault(f"{told}: touched the old network")
    if stopped < INTERRUPTS:
        fault(f"only {stopped} of {runs} runs were interrupted in time")
    return runs


def hold_closed_pipe():
    """Notices that nobody reads end a build while its output is half made."""
    Path("empty.csv").write_text("First Name,Last Name,URL,Email Address,Company,Position,Connected On\n")
    process = start("build", "-v", COHORT, "empty.csv", "--owner", "empty.csv=Ann Lee", "-o", "piped.kith")
    process.stderr.close()
    code = process.wait(timeout=300)
    if code != -signal.SIGPIPE:
        fault(f"a build whose notices nobody reads ends with {code}")
    remove("empty.csv")
    if left := strays({"edges.txt", "old.txt", "net.kith", "sheets.kith", "cohort.kith", "report"}):
        fault(f"a build whose notices nobody reads left {left}")


def main():
    pick = random.Random(20240601)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # Python ignores it, and children would inherit that
    work_folder()
    write_edges("edges.txt", 1)
    write_edges("old.txt", 2)
    builds = hold_builds(pick)
    hold_reports(pick)
    interruptible = hold_interrupts(pick)
    hold_closed_pipe()
    return finish(f"killed: {KILLS} of {builds} builds killed and {INTERRUPTS} of {interruptible} runs interrupted, "
                  "nothing torn")


if __name__ == "__main__":
    sys.exit(main())
