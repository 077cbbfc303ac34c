"""Running programs in turn, and the table of what came out."""

import csv
import math
import os
import statistics
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

SLOW_SECONDS = 20  # what takes longer runs once
MISSING = 69       # the exit code of a peer that is not installed


class Wrong(Exception):
    """Answers that do not agree, or a program that failed."""


@dataclass
class Run:
    seconds: float
    cpu_seconds: float
    kib: float
    said: str = ""


class Lab:
    """Where the programs are, and how they are run."""

    def __init__(self, build, runs):
        self.build, self.runs = build, runs
        self.kith = build / "src/cli/kith"
        self.scratch = build / "bench-scratch"
        self.scratch.mkdir(exist_ok=True)
        self.threads = min(2, os.cpu_count())  # as the targets have it

    def tool(self, name):
        return str(self.build / "tests/bench" / name)

    def whole(self, command, threads=None, good=(0,), stdin=None, stdout=subprocess.PIPE):
        """A command from its start to its end. None where it is not installed."""
        report = self.scratch / "report"
        done = subprocess.run([self.tool("bench_time"), report, *map(str, command)], stdin=stdin, stdout=stdout,
                              stderr=subprocess.PIPE, env=self.environment(threads))
        seconds, cpu_seconds, kib, code = report.read_text().split()
        if int(code) == MISSING:
            return None
        if int(code) not in good:
            raise Wrong(f"{' '.join(map(str, command))}: exit {code}: {done.stderr.decode()[-300:]}")
        return Run(float(seconds), float(cpu_seconds), float(kib), (done.stdout or b"").decode())

    def inner(self, command, threads=1):
        """A driver that times itself and says TASK PEOPLE TIES SECONDS CPU_SECONDS PEAK_KIB SUM."""
        run = self.whole(command, threads)
        if run:
            words = run.said.split()
            run.seconds, run.cpu_seconds, run.kib = map(float, words[3:6])
        return run

    def python(self, library, task, file, *more):
        program = Path(__file__).with_name("bench_peers.py")
        return self.inner(["/usr/bin/python3", program, library, task, file, *more])

    def kith_run(self, *arguments, threads=None, good=(0,)):
        return self.whole([self.kith, *arguments], threads, good)

    @staticmethod
    def environment(threads):
        extra = {"OMP_NUM_THREADS": str(threads)} if threads else {}
        return {**os.environ, **extra, "LC_ALL": "C", "PYTHONDONTWRITEBYTECODE": "1"}

    def in_turn(self, contenders, verify=lambda: None):
        """Runs all contenders, then all again, and so on. `verify` raises where their answers disagree; it is
        asked after the first round, and what was wrong is never in the table."""
        found = {name: [] for name in contenders}
        for turn in range(self.runs):
            for name, contender in contenders.items():
                if turn and (not found[name] or found[name][0].seconds > SLOW_SECONDS):
                    continue
                run = contender()
                if run:
                    found[name].append(run)
            if not turn:
                verify()
        return found


def each_of(runs, count):
    """The runs as if their time were that of one of so many."""
    return [replace(run, seconds=run.seconds / count, cpu_seconds=run.cpu_seconds / count) for run in runs]


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, math.ceil(share * len(values)) - 1)]


def judge(target, ours, peer):
    """What is held against a target, and whether it is met. Targets say how many times as fast as the peer (>= x)
    or as long (<= x), the most seconds (s), memory beside the peer's (x MiB), or the most memory (MiB)."""
    relation, bound, unit = target.split(maxsplit=2)
    value = {"x": lambda: peer.seconds / ours.seconds if relation == ">=" else ours.seconds / peer.seconds,
             "s": lambda: ours.seconds,
             "MiB": lambda: ours.kib / 1024,
             "x MiB": lambda: ours.kib / peer.kib}[unit]()
    return value, value >= float(bound) if relation == ">=" else value <= float(bound)


class Table:
    COLUMNS = ["task", "input", "threads", "runs", "seconds", "cpu s", "peer s", "peer cpu s", "ratio", "cpu ratio", "MiB",
               "peer MiB", "target", "verdict"]

    def __init__(self, path):
        self.path, self.rows = path, []

    def add(self, task, size, threads, ours, peer=None, target="-", middle=statistics.median):
        """A row from lists of runs; `peer` is None without one, and empty where it is not installed."""
        us, them = self.summary(ours, middle), self.summary(peer, middle)
        ratio = cpu_ratio = "-"
        verdict = "-" if peer is None or peer else "not installed"
        if them:
            ratio, cpu_ratio = f"{them.seconds / us.seconds:.2f}", f"{them.cpu_seconds / max(us.cpu_seconds, 1e-6):.2f}"
        if target != "-" and verdict == "-":
            value, met = judge(target, us, them)
            verdict = "met" if met else "missed"
            if target.endswith(("x", "x MiB")):
                ratio = f"{value:.2f}"
        figures = lambda run: (f"{run.seconds:.4g}", f"{run.cpu_seconds:.4g}") if run else ("-", "-")
        mib = lambda run: f"{run.kib / 1024:.0f}" if run else "-"
        self.rows.append([task, size, threads or "-", f"{len(ours)}:{len(peer)}" if peer else len(ours), *figures(us), *figures(them), ratio,
                          cpu_ratio, mib(us), mib(them), target, verdict])
        self.write()

    @staticmethod
    def summary(runs, middle):
        if not runs:
            return None
        return Run(*(middle([getattr(run, what) for run in runs]) for what in ("seconds", "cpu_seconds", "kib")))

    def write(self):
        self.path.parent.mkdir(exist_ok=True)
        with open(self.path, "w", newline="") as out:
            csv.writer(out, lineterminator="\n").writerows([self.COLUMNS, *self.rows])

    def show(self):
        show_columns([self.COLUMNS, *self.rows])
        print(f"\nas CSV: {self.path}")


def show_columns(rows):
    widths = [max(len(str(row[i])) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        print("  ".join(str(cell).ljust(width) for cell, width in zip(row, widths)).rstrip())


def same_file(left, right):
    if Path(left).stat().st_size != Path(right).stat().st_size:
        return False
    with open(left, "rb") as one, open(right, "rb") as two:
        while piece := one.read(1 << 20):
            if piece != two.read(1 << 20):
                return False
    return True
