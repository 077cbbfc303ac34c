"""time and memory at several sizes up to --size, with the exponents fitted to them"""

import csv
import math
import statistics

from bench_inputs import count_of, size_of
from bench_measure import show_columns
from command_tasks import REJECTS

SIZES = ("1m", "10m", "50m", "100m")
COLUMNS = ["task", "input", "threads", "runs", "seconds", "cpu seconds", "MiB", "us a row", "time exponent",
           "memory exponent"]
PER_ROW_MOST = 1.3  # build at 100m beside 10m


def sizes_up_to(ties):
    known = [count_of(size) for size in SIZES if count_of(size) <= ties]
    return known if len(known) > 1 else [max(1, ties // 10), ties]


def runs_of_network(b, ties):
    """Commands on one network, and kernels on its ties: name to threads and runs."""
    lab, club, net = b.lab, b.inputs.club(ties), b.lab.scratch / "growth.kith"
    pairs = b.inputs.pairs(ties, 100 if ties >= count_of("1m") else 5)
    threads, few = lab.threads, range(lab.runs)
    built = lambda: lab.kith_run("build", "-q", club, "-o", net, threads=threads, good=REJECTS)
    found = {"build": (threads, lab.in_turn({"": built})[""]),
             "open": (1, [lab.kith_run("find", net, f"key:{asker}") for asker, _ in pairs]),
             "intro": (1, [lab.kith_run("intro", net, "--from", f"key:{a}", "--to", f"key:{z}", good=(0, 1)) for a, z in pairs])}
    if ties > count_of("50m"):
        return found
    found["info"] = (1, [lab.kith_run("info", net) for _ in few])
    for kernel, kernel_threads in (("biconnected", 1), ("constraint", threads), ("shared", threads), ("routes", 1)):
        driver = [lab.tool("bench_kernels"), kernel, "--ties", ties]
        found[kernel] = (kernel_threads, lab.in_turn({"": lambda: lab.inner(driver, kernel_threads)})[""])
    return found


def exponent(points):
    """The slope of a line through the logarithms of (size, value)."""
    logs = [(math.log(size), math.log(max(value, 1e-6))) for size, value in points]
    return statistics.linear_regression(*zip(*logs)).slope if len(logs) > 1 else math.nan


def chains_runs(b, count):
    net = b.built(b.inputs.mentoring(count), "growth.kith")
    return [b.lab.kith_run("chains", net, "--top", "0", "-o", b.lab.scratch / "chains.csv") for _ in range(b.lab.runs)]


def run(b):
    points = {}  # task to a list of size, threads, runs and medians
    note = lambda task, size, threads, runs: points.setdefault(task, []).append((size, threads, len(runs), *(
        statistics.median(getattr(run, what) for run in runs) for what in ("seconds", "cpu_seconds", "kib"))))
    for ties in sizes_up_to(b.ties):
        for task, (threads, runs) in runs_of_network(b, ties).items():
            note(task, ties, threads, runs)
    most = min(b.ties, count_of("1m"))
    for count in (most // 100, most // 10, most):
        note("chains", count, 1, chains_runs(b, count))
    write(points, b.lab.build / "growth.csv")
    per_row = {size: seconds / size for size, _, _, seconds, *_ in points["build"]}
    small, large = per_row.get(count_of("10m")), per_row.get(count_of("100m"))
    if small and large:
        print(f"build, a row at 100m beside a row at 10m: {large / small:.2f} x, at most {PER_ROW_MOST} x: "
              f"{'met' if large / small <= PER_ROW_MOST else 'missed'}")


def write(points, path):
    rows = [COLUMNS]
    for task, found in points.items():
        for size, threads, count, seconds, cpu_seconds, kib in found:
            rows.append([task, size_of(size), threads, count, f"{seconds:.4f}", f"{cpu_seconds:.4f}", f"{kib / 1024:.0f}",
                         f"{seconds / size * 1e6:.3f}", "", ""])
        rows[-1][-2:] = [f"{exponent([(point[0], point[column]) for point in found]):.2f}" for column in (3, 5)]
    with open(path, "w", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(rows)
    show_columns(rows)
    print(f"\nas CSV: {path}")
