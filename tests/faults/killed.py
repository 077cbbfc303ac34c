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
import time
from pathlib import Path

from bad_day import COHORT, fault, finish, kith, names, start, work_folder

ROWS, PEOPLE, KILLS, REPORT_KILLS, INTERRUPTS = 80_000, 15_000, 105, 20, 36


def write_edges(path, seed):
    pick = random.Random(seed)
    rows = (f"{pick.randrange(PEOPLE)} {pick.randrange(PEOPLE)}\n" for _ in range(ROWS))
    Path(path).write_text("".join(rows))


def end_after(words, seconds, number):
    """Starts kith and sends it a signal. @return (exit code, stderr)."""
    process = start(*words, stdout=subprocess.DEVNULL)
    time.sleep(seconds)
    process.send_signal(number)
    return process.wait(timeout=60), process.stderr.read().decode()


def duration(words):
    began = time.monotonic()
    kith(*words)
    return time.monotonic() - began


def strays(keep):
    return [name for name in names() if name.split("/")[0] not in keep]


def remove(path):
    path = Path(path)
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def hold_builds(pick):
    """Kills at all moments of a build over an old network. @return how many builds were cut."""
    build = ("build", "-q", "edges.txt", "-o", "net.kith")
    took = duration(build)
    new = Path("net.kith").read_bytes()
    kith("build", "-q", "old.txt", "-o", "net.kith")
    old = Path("net.kith").read_bytes()
    cut = late = 0
    for i in range(KILLS):
        # Most moments are spread over the whole build; every third lies where the file is being written.
        seconds = pick.uniform(0.7, 1.1) * took if i % 3 == 0 else pick.uniform(0, took)
        code, _ = end_after(build, seconds, signal.SIGKILL)
        now = Path("net.kith").read_bytes()
        cut += code == -signal.SIGKILL
        if now not in (old, new):
            fault(f"killed after {seconds:.3f} s: the network is neither the old one nor the new one")
        if code == 0 and now != new:
            fault("a finished build left the old network")
        if now == new:
            late += 1
            Path("net.kith").write_bytes(old)
        for stray in strays({"edges.txt", "old.txt", "net.kith"}):
            if not stray.startswith("."):
                fault(f"killed after {seconds:.3f} s: left {stray}, which is not hidden")
            remove(stray)
    if cut < KILLS // 2:
        fault(f"only {cut} of {KILLS} builds were still running when they were killed")
    kith("check", "net.kith", ok=(0,))
    return cut


def hold_reports(pick):
    """The same for a report folder over an older one."""
    kith("build", "-q", COHORT, "-o", "cohort.kith")
    report = ("report", "-q", "cohort.kith", "-o", "report")
    kith(*report)
    took = duration(report)
    for _ in range(REPORT_KILLS):
        seconds = pick.uniform(0, 1.1 * took)
        end_after(report, seconds, signal.SIGKILL)
        kith("check", "report", ok=(0,))
        for stray in strays({"edges.txt", "old.txt", "net.kith", "cohort.kith", "report"}):
            if not stray.startswith("."):
                fault(f"report killed after {seconds:.3f} s: left {stray}, which is not hidden")
            remove(stray)


def interrupt_after(words, seconds, number, again):
    """Asks kith to end, once or twice. @return (exit code, stderr)."""
    process = start(*words, stdout=subprocess.DEVNULL)
    time.sleep(seconds)
    process.send_signal(number)
    if again:
        time.sleep(0.002)
        process.send_signal(number)
    return process.wait(timeout=60), process.stderr.read().decode()


def hold_interrupts(pick):
    """@return how many runs were interrupted before they were done."""
    keep = {"edges.txt", "old.txt", "net.kith", "cohort.kith", "report"}
    runs = (("build", "-q", "edges.txt", "-o", "net.kith"), ("report", "-q", "cohort.kith", "-o", "new"),
            ("report", "-q", "net.kith", "-o", "large"))
    old = Path("net.kith").read_bytes()
    took = {runs[0]: duration(runs[0]), runs[1]: duration(runs[1]), runs[2]: 0.6}
    new = Path("net.kith").read_bytes()
    remove("new")
    Path("net.kith").write_bytes(old)
    stopped = 0
    for i in range(INTERRUPTS):
        words = runs[i % 3]
        number = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)[i // 3 % 3]
        seconds = pick.uniform(0.01, took[words])
        code, err = interrupt_after(words, seconds, number, again=i % 2)
        now = Path("net.kith").read_bytes()
        Path("net.kith").write_bytes(old)
        if code == 0 or now == new:  # it had its output in place by then
            for done in ("new", "large"):
                remove(done)
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
    if stopped < INTERRUPTS // 3:
        fault(f"only {stopped} of {INTERRUPTS} runs were interrupted in time")
    return stopped


def hold_closed_pipe():
    """Notices that nobody reads end a build while its output is half made."""
    Path("empty.csv").write_text("First Name,Last Name,URL,Email Address,Company,Position,Connected On\n")
    process = start("build", "-v", COHORT, "empty.csv", "--owner", "empty.csv=Ann Lee", "-o", "piped.kith")
    process.stderr.close()
    code = process.wait(timeout=60)
    if code != -signal.SIGPIPE:
        fault(f"a build whose notices nobody reads ends with {code}")
    remove("empty.csv")
    if left := strays({"edges.txt", "old.txt", "net.kith", "cohort.kith", "report"}):
        fault(f"a build whose notices nobody reads left {left}")


def main():
    pick = random.Random(20240601)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # Python ignores it, and children would inherit that
    work_folder()
    write_edges("edges.txt", 1)
    write_edges("old.txt", 2)
    cut = hold_builds(pick)
    hold_reports(pick)
    stopped = hold_interrupts(pick)
    hold_closed_pipe()
    return finish(f"killed: {cut} builds killed and {stopped} runs interrupted, nothing torn")


if __name__ == "__main__":
    sys.exit(main())
