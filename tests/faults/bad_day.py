"""What the scripts of this folder share: running kith in a folder of its own, and telling what went wrong."""

import atexit
import gzip
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COHORT = ROOT / "datasets" / "cohort"
SHEETS = COHORT / "people.csv", COHORT / "mentorships.csv"  # for reports that are made often: the layout takes long
KITH = Path(sys.argv[1]).resolve()

# A machine's library path and sanitizer options are none of a test's business, but kith needs them to run.
PLAIN = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "COLUMNS": "80", "NO_COLOR": "1", "TERM": "dumb",
         "OMP_WAIT_POLICY": "passive",  # other tests want the cores, too
         "LD_LIBRARY_PATH": os.environ.get("LD_LIBRARY_PATH", ""), "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "")}

faults = []


def fault(text):
    """Notes that something is not as it must be."""
    faults.append(text)
    if len(faults) <= 20:
        print(text)


def finish(done):
    """The script's exit code; `done` tells what was seen to hold."""
    if faults:
        print(f"{len(faults)} faults")
        return 1
    print(done)
    return 0


def work_folder():
    """A new folder, gone when the script ends, in which kith runs from now on."""
    # In memory where there is room: thousands of files are synced here.
    memory = Path("/dev/shm")
    has_room = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > 1 << 28
    folder = tempfile.mkdtemp(prefix="kith-fault-", dir=memory if has_room else None)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.chdir(folder)
    return Path(folder)


def start(*words, environment=None, **how):
    return subprocess.Popen([KITH, *map(str, words)], env=PLAIN | (environment or {}), stdin=subprocess.DEVNULL,
                            stdout=how.pop("stdout", subprocess.PIPE), stderr=subprocess.PIPE, **how)


def kith(*words, ok=(0, 2), environment=None, **how):
    """Runs kith; any exit code but those of `ok` is a fault. @return (exit code, stdout, stderr), decoded."""
    process = start(*words, environment=environment, **how)
    out, err = (text.decode("utf-8") if text is not None else "" for text in process.communicate(timeout=300))
    if process.returncode not in ok:
        fault(f"kith {' '.join(map(str, words))}: ends with {process.returncode}, not one of {ok}: {err}")
    if "Sanitizer" in err or "runtime error" in err:
        fault(f"kith {' '.join(map(str, words))}: {err}")
    return process.returncode, out, err


class Moments:
    """Random moments of a run, to its end and a little beyond. How long a run takes is measured once and then learnt:
    machines differ, and so does what else they have to do."""

    def __init__(self, pick, *words):
        self.pick = pick
        began = time.monotonic()
        kith(*words)
        self.took = time.monotonic() - began

    def end(self, words, number, since=0.0, again=False):
        """Starts kith and sends it a signal at a moment of the run's last part, `since` to 1; then, if `again` is set,
        once more. @return (exit code, stderr, seconds)."""
        share = self.pick.uniform(since, 1.2)
        seconds = share * self.took
        process = start(*words, stdout=subprocess.DEVNULL)
        time.sleep(seconds)
        in_time = process.poll() is None
        process.send_signal(number)
        if again:
            time.sleep(0.002)
            process.send_signal(number)
        err = process.communicate(timeout=300)[1].decode()
        if not in_time:
            self.took *= 0.9
        elif share > 1:
            self.took *= 1.2
        return process.returncode, err, seconds


def preload(library, **asked):
    """The environment in which `library` is loaded into kith first."""
    options = ":".join(filter(None, (PLAIN["ASAN_OPTIONS"], "verify_asan_link_order=0")))
    return {"LD_PRELOAD": str(library), "ASAN_OPTIONS": options} | asked


def content(path):
    """The bytes of a file, decompressed where its name ends in .gz."""
    data = Path(path).read_bytes()
    return gzip.decompress(data) if str(path).endswith(".gz") else data


def names(folder="."):
    """Everything in a folder, hidden or not, at any depth."""
    return sorted(str(path.relative_to(folder)) for path in Path(folder).rglob("*"))
