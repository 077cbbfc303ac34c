#!/usr/bin/python3
"""A disk that fills up, at every write, sync, rename and new file of every command that writes.

Usage: full_disk.py KITH FAILING_IO
Whatever fails, kith ends with 74 (73 where the output could not even be made), names the output, leaves what stood
there before as it was or the whole new one, and leaves nothing else behind.
"""

import os
import resource
import shutil
import signal
import sys
from pathlib import Path

from bad_day import COHORT, SHEETS, fault, finish, kith, names, preload, start, work_folder

LIBRARY = Path(sys.argv[2]).resolve()
ROUTE = ("--from", "Noor Haddad", "--to", 'company:"Acme Robotics"')
CALLS = {"write": 74, "fsync": 74, "rename": 74, "create": 73}
MOST_CALLS = 1000

# What is written, and by which words behind `kith`.
WRITERS = {
    "new.kith": ("build", "-q", COHORT, "-o", "new.kith"),
    "rejects.csv": ("build", "-q", COHORT, "-o", "with.kith", "--rejects", "rejects.csv"),
    "report": ("report", "-q", "sheets.kith", "--from", "Noor Haddad", "--to", "Ben Ito", "-o", "report"),
    "routes.json.gz": ("intro", "net.kith", *ROUTE, "-o", "routes.json.gz"),
    "brokers.csv": ("bridges", "-q", "net.kith", "-o", "brokers.csv"),
    "chains.html": ("chains", "-q", "net.kith", "-o", "chains.html"),
    "graph.graphml.gz": ("export", "net.kith", "-o", "graph.graphml.gz"),
    "lines.jsonl": ("export", "net.kith", "-o", "lines.jsonl"),
    "tables": ("export", "net.kith", "--format", "tables", "-o", "tables"),
}


def state(path):
    """All that stands at a path: bytes of a file, or of every file below a folder."""
    path = Path(path)
    if path.is_dir():
        return {name: (path / name).read_bytes() for name in names(path)}
    return path.read_bytes() if path.exists() else None


def hold_whole(output, whole, told):
    """Nothing lies about, and what stands at the output is nothing, the old or the new."""
    now = state(output)
    if isinstance(now, dict) and output == "tables":
        # A folder of the user's own: each file for itself is the old one or the new one.
        torn = [name for name, data in now.items() if data not in (whole[name], b"old")]
    else:
        torn = [] if now in (None, whole, b"old") else [output]
    if torn:
        fault(f"{told}: {torn} is neither the old one nor the new one")
    expected = {"net.kith", "sheets.kith", "with.kith", "finished", output}
    strays = [name for name in names() if name.split("/")[0] not in expected or Path(name).name.startswith(".")]
    if strays:
        fault(f"{told}: left behind {strays}")


def sweep(output, words, whole, before, call):
    """Fails the 1st, 2nd, 3rd … call until the command no longer notices. @return how many it noticed."""
    for n in range(1, MOST_CALLS):
        put_back(output, before)
        told = f"{' '.join(map(str, words[:2]))} -o {output}, {call} {n}"
        code, _, err = kith(*words, ok=(0, 2, 73, 74), environment=preload(LIBRARY, KITH_TEST_FAIL=f"{call}:{n}"))
        hold_whole(output, whole, told)
        if n == 1 and (state(output) or None) != before:
            fault(f"{told}: stands there although nothing had been safely written")
        if code in (0, 2):
            if state(output) != whole:
                fault(f"{told}: was called a success")
            return n - 1
        if code not in CALLS.values():
            return n
        if code != CALLS[call]:
            fault(f"{told}: ends with {code}, not {CALLS[call]}: {err}")
        reasons = ("Input/output error",) if call == "fsync" else ("No space left on device",)
        if output not in err.replace("with.kith", output) or not any(reason in err for reason in reasons):
            fault(f"{told}: does not tell what failed: {err}")
        if err.count("\n") != 1:
            fault(f"{told}: says more than one line: {err}")
    fault(f"{output}: never succeeds")
    return 0


def put_back(output, before):
    """Lets `before` stand at the output again: None, bytes, or a dict of files."""
    path = Path(output)
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    if isinstance(before, bytes):
        path.write_bytes(before)
    elif before is not None:
        path.mkdir()
        for name, data in before.items():
            (path / name).write_bytes(data)


def sweep_all():
    noticed = 0
    for output, words in WRITERS.items():
        kith(*words)
        whole = state(output)
        befores = {"report": (whole,), "tables": (None, dict.fromkeys(whole, b"old") if output == "tables" else None)}
        for before in befores.get(output, (None, b"old")):
            for call in CALLS:
                count = sweep(output, words, whole, before, call)
                if count == 0:
                    fault(f"{output}: no {call} was ever failed")
                noticed += count
        put_back(output, None)
    return noticed


def hold_file_size_limit():
    """The real thing, without a library: the system refuses to let files grow."""
    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))

    process = start("build", "-q", COHORT, "-o", "new.kith", preexec_fn=limit)
    err = process.communicate()[1].decode()
    if process.returncode != 74 or "new.kith: File too large" not in err:
        fault(f"a file size limit ends a build with {process.returncode}: {err}")
    hold_whole("new.kith", None, "a file size limit")


def hold_stdout():
    """Standard output that takes nothing."""
    answers = (("help",), ("--version",), ("info", "net.kith"), ("find", "net.kith", "Noor Haddad"), ("intro", "net.kith", *ROUTE),
               ("bridges", "-q", "net.kith"), ("chains", "-q", "net.kith", "--format", "json"),
               ("report", "-q", "net.kith", "-o", "report"), ("check", "net.kith"),
               ("check", "net.kith", "--format", "csv"), ("config",), ("config", "--format", "json"))
    for words in answers:
        with open("/dev/full", "wb") as full:
            _, _, err = kith(*words, ok=(74,), stdout=full)
        if "stdout" not in err and "standard output" not in err:
            fault(f"{words} > /dev/full: does not say so: {err}")


def main():
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # Python ignores it, and children would inherit that
    work_folder()
    kith("build", "-q", COHORT, "-o", "net.kith")
    kith("build", "-q", *SHEETS, "-o", "sheets.kith")
    noticed = sweep_all()
    hold_file_size_limit()
    hold_stdout()
    return finish(f"full_disk: {noticed} failing calls, each told and nothing torn")


if __name__ == "__main__":
    sys.exit(main())
