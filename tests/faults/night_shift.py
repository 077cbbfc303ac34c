#!/usr/bin/python3
"""The night shift on bad nights: killed and interrupted at any moment, with a disk that fails, with inputs that vanish,
with a clock that goes back, and raced.

Usage: night_shift.py KITH FAILING_IO
Whatever happens, `latest` points to a whole night, every night that has a name is whole, and the run after puts all
right again.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from bad_day import PLAIN, Moments, fault, finish, kith, names, preload, start, work_folder

LIBRARY = Path(sys.argv[2]).resolve()
KILLS, INTERRUPTS, RACERS = 200, 24, 4
MOST_RUNS = 10 * KILLS
CALLS = ("write", "fsync", "rename", "create")
MOST_CALLS = 1000
NIGHTS = Path("nights")
FIRST, SECOND = "2026-07-01", "2026-07-02"
PEOPLE = {FIRST: 4, SECOND: 5}  # in the inputs of these nights


def nightly(date, *options):
    return "nightly", "night.ini", "-q", "--date", date, *options


def set_inputs(people):
    rows = "".join(f"p{i},Person {i},Acme\n" for i in range(people))
    Path("in/people.csv").write_text(f"id,name,company\n{rows}")


def set_up():
    Path("in").mkdir()
    Path("in/ties.csv").write_text("source,target,strength\np0,p1,0.5\np1,p2,0.4\np2,p3,0.3\n")
    Path("questions.csv").write_text("from,to\nid:0,company:Acme\n")
    Path("night.ini").write_text("[nightly]\ninputs = in/*\noutput = nights\nkeep = 2\n"
                                 "[queries]\nacme = questions.csv\n")
    set_inputs(PEOPLE[FIRST])
    kith(*nightly(FIRST), ok=(0,))
    shutil.copytree(NIGHTS, "first", symlinks=True)
    set_inputs(PEOPLE[SECOND])


def reset():
    """As it was after the first night."""
    shutil.rmtree(NIGHTS, ignore_errors=True)
    shutil.copytree("first", NIGHTS, symlinks=True)


def nights():
    return sorted(path.name for path in NIGHTS.iterdir() if path.name[0] == "2")


def latest():
    return os.readlink(NIGHTS / "latest") if os.path.islink(NIGHTS / "latest") else None


def hold_good(told):
    """All that has a name is whole, and `latest` is one of it."""
    if latest() not in nights() or latest() not in PEOPLE:
        fault(f"{told}: latest points to {latest()}, there are {nights()}")
        return
    kith("check", *(NIGHTS / date for date in nights()), ok=(0,))
    summary = (NIGHTS / "latest" / "summary.json").read_text(encoding="utf-8")
    if f'"people": {PEOPLE[latest()]},' not in summary:
        fault(f"{told}: the night of {latest()} is not of its inputs")


def strays():
    return [name for name in names(NIGHTS) if name[0] == "." and name != ".lock"]


def hold_kills(pick):
    """@return how many runs were started until so many were killed before they were done."""
    reset()
    moments = Moments(pick, *nightly(SECOND))
    cut = runs = 0
    while cut < KILLS and runs < MOST_RUNS:
        # Every fourth a second run of a day, that takes the place of the first.
        if latest() == SECOND and runs % 4:
            reset()
        runs += 1
        code, _, seconds = moments.end(nightly(SECOND, "--in-full"), signal.SIGKILL)
        cut += code == -signal.SIGKILL
        hold_good(f"killed after {seconds:.3f} s")
        if code == 0 and latest() != SECOND:
            fault("a finished night was not published")
    kith(*nightly(SECOND, "--in-full"), ok=(0,))
    hold_good("the run after the kills")
    if strays() or nights() != [FIRST, SECOND]:
        fault(f"the run after the kills left {strays()[:3]} beside {nights()}")
    if cut < KILLS:
        fault(f"only {cut} of {runs} nights were still running when they were killed")
    return runs


def hold_interrupts(pick):
    reset()
    moments = Moments(pick, *nightly(SECOND))
    stopped = runs = 0
    while stopped < INTERRUPTS and runs < MOST_RUNS:
        reset()
        number = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)[runs % 3]
        runs += 1
        code, err, seconds = moments.end(nightly(SECOND), number)
        hold_good(f"{number.name} after {seconds:.3f} s")
        if code == 0 or latest() == SECOND:
            continue
        stopped += 1
        # A program that has not yet said what it does with signals dies of them; it has made nothing by then.
        if code != 130 and not (code == -number and not err):
            fault(f"{number.name} after {seconds:.3f} s: ends with {code}: {err}")
        if strays():
            fault(f"{number.name} after {seconds:.3f} s: left {strays()[:3]}")
    if stopped < INTERRUPTS:
        fault(f"only {stopped} of {runs} nights were interrupted in time")


def hold_full_disk(words, told):
    """Fails the 1st, 2nd, 3rd … call of each kind. @return how many failures were noticed."""
    noticed = 0
    for call in CALLS:
        for n in range(1, MOST_CALLS):
            reset()
            code, _, err = kith(*words, ok=(0, 73, 74), environment=preload(LIBRARY, KITH_TEST_FAIL=f"{call}:{n}"))
            hold_good(f"{told}, {call} {n}")
            if strays():
                fault(f"{told}, {call} {n}: left {strays()[:3]}")
            if code == 0:
                break
            noticed += 1
            if err.count("\n") != 1 or not any(r in err for r in ("No space left", "Input/output error")):
                fault(f"{told}, {call} {n}: does not tell what failed: {err}")
        if latest() != words[4]:
            fault(f"{told}: never succeeds")
    return noticed


def hold_bad_inputs():
    """Unreadable and vanishing inputs fail the night, or are left out where it is to keep going."""
    reset()
    Path("in/more.csv").write_text("id,name\nq,Somebody\n")
    os.symlink("nowhere", "in/gone.csv")
    kith(*nightly(SECOND), ok=(66,))
    hold_good("an input that is gone")
    kith(*nightly(SECOND, "--keep-going"), ok=(2,))
    if "gone.csv" not in (NIGHTS / "latest/summary.json").read_text(encoding="utf-8"):
        fault("an input that is gone is not told")
    os.unlink("in/gone.csv")
    if os.geteuid() != 0:
        reset()
        os.chmod("in/more.csv", 0)
        kith(*nightly(SECOND), ok=(66,))
        hold_good("an unreadable input")
        kith(*nightly(SECOND, "--keep-going"), ok=(2,))
    os.unlink("in/more.csv")
    reset()
    kith("nightly", "none.ini", ok=(66,))


def hold_read_only():
    """An output folder that takes nothing."""
    reset()
    if os.geteuid() == 0:  # whom no mode stops; a file where the folder should be stops everybody
        shutil.rmtree(NIGHTS)
        NIGHTS.write_text("")
        kith(*nightly(SECOND), ok=(73,))
        NIGHTS.unlink()
        return
    os.chmod(NIGHTS, 0o500)
    kith(*nightly(SECOND), ok=(73, 74))
    os.chmod(NIGHTS, 0o700)
    hold_good("a folder that takes nothing")


def hold_clock():
    """A date before the newest night neither overwrites nor prunes; one far ahead prunes no more than usual."""
    reset()
    kith(*nightly("2036-01-01"), ok=(0,))
    before = names(NIGHTS)
    for date in (FIRST, SECOND, "2035-12-31"):
        kith(*nightly(date), ok=(78,))
    if names(NIGHTS) != before or nights() != [FIRST, "2036-01-01"]:
        fault(f"a clock that went back left {nights()}")
    shutil.rmtree(NIGHTS / "2036-01-01")  # as docs/nightly.md says
    kith(*nightly(SECOND), ok=(0,))
    hold_good("a clock that was set right")


def hold_race():
    """Of runs at once one holds the lock; the others say so, or come after it."""
    reset()
    processes = [start(*nightly(SECOND, "--in-full"), stdout=subprocess.DEVNULL) for _ in range(RACERS)]
    ends = [(process.wait(timeout=300), process.stderr.read().decode()) for process in processes]
    codes = sorted(code for code, _ in ends)
    if 0 not in codes or set(codes) - {0, 75}:
        fault(f"{RACERS} runs at once end with {ends}")
    for code, err in ends:
        if code == 75 and "another run holds the lock: " not in err:
            fault(f"a run that has to wait says {err}")
    hold_good("a race")
    if strays():
        fault(f"a race left {strays()[:3]}")


def main():
    pick = random.Random(20260701)
    PLAIN["OMP_NUM_THREADS"] = "1"  # hundreds of small runs, in which threads only take time to start
    work_folder()
    set_up()
    runs = hold_kills(pick)
    hold_interrupts(pick)
    noticed = hold_full_disk(nightly(SECOND), "a new night")
    PEOPLE[SECOND] = PEOPLE[FIRST]
    set_inputs(PEOPLE[SECOND])
    noticed += hold_full_disk(nightly(SECOND), "an unchanged night")
    hold_bad_inputs()
    hold_read_only()
    hold_clock()
    hold_race()
    return finish(f"night_shift: {KILLS} of {runs} nights killed, {INTERRUPTS} interrupted, {noticed} failing calls; "
                  "latest was a whole night all along")


if __name__ == "__main__":
    sys.exit(main())
