"""time and memory at several sizes up to --size, with the exponents fitted to them"""

import csv
import math
import statistics

from bench_inputs import count_of, size_of
from bench_measure import show_columns
from command_tasks import MAY_BE_UNREACHED, REJECTS, add_large_build
from kernel_tasks import KERNELS

SIZES = ("1m", "10m", "50m", "100m")
LARGEST = count_of("50m")  # of what is asked of a network, but for open and intro
COLUMNS = ["task", "input", "threads", "runs", "seconds", "cpu seconds", "MiB", "us a row", "time exponent",
           "memory exponent"]


def sizes_up_to(most):
    known = [count_of(size) for size in SIZES if count_of(size) <= most]
    return known if len(known) > 1 else [max(1, most // 10), most]


def decades_up_to(most):
    return [max(1, most // 100), max(1, most // 10), most]


class Growth:
    """Runs by task and size."""

    def __init__(self, bench):
        self.bench, self.lab, self.found = bench, bench.lab, {}

    def note(self, task, size, threads, runs):
        self.found.setdefault(task, {})[size] = (threads, runs)

    def several(self, task, size, threads, contender):
        self.note(task, size, threads, self.lab.in_turn({"": contender})[""])

    def building(self, task, size, source):
        """@return the network."""
        net, threads = self.lab.scratch / "growth.kith", self.lab.threads
        self.several(task, size, threads,
                     lambda: self.lab.kith_run("build", "-q", source, "-o", net, threads=threads, good=REJECTS))
        return net

    def commands(self, ties):
        lab, inputs = self.lab, self.bench.inputs
        self.building("build", ties, inputs.edges(ties))
        net = self.building("build:people", ties, inputs.club(ties))
        pairs = inputs.pairs(ties, 100 if ties >= count_of("1m") else 5)
        self.note("open", ties, 1, [lab.kith_run("find", net, f"key:{asker}") for asker, _ in pairs])
        self.note("intro", ties, 1, [lab.kith_run("intro", net, "--from", f"key:{a}", "--to", f"key:{z}",
                                                  good=MAY_BE_UNREACHED) for a, z in pairs])
        if ties <= LARGEST:
            self.several("info", ties, 1, lambda: lab.kith_run("info", net))

    def kernel(self, kernel, ties):
        threads = self.lab.threads if kernel.scales else 1
        driver = [self.lab.tool("bench_kernels"), kernel.name, "--ties", ties]
        self.several(kernel.name, ties, threads, lambda: self.lab.inner(driver, threads))

    def chains(self, count):
        net, lab = self.bench.built(self.bench.inputs.mentoring(count), "growth.kith"), self.lab
        self.several("chains", count, lab.threads,
                     lambda: lab.kith_run("chains", net, "--top", "0", "-o", lab.scratch / "chains.csv", threads=lab.threads))

    def gzip(self, ties):
        lab, edges = self.lab, self.bench.inputs.edges(ties)

        def pack():
            with open(edges, "rb") as plain, open(lab.scratch / "growth.gz", "wb") as out:
                return lab.whole([lab.tool("bench_gz")], lab.threads, stdin=plain, stdout=out)
        self.several("gzip", ties, lab.threads, pack)


def run(b):
    growth = Growth(b)
    for ties in sizes_up_to(b.ties):
        growth.commands(ties)
    for kernel in KERNELS:
        largest = count_of(kernel.grows)
        sizes = sizes_up_to if largest >= count_of("10m") else decades_up_to
        for ties in sizes(min(b.ties, largest)):
            growth.kernel(kernel, ties)
    for rows in decades_up_to(min(b.contact_rows, count_of("2m"))):
        growth.building("contacts", rows, b.inputs.contacts(rows))
    for count in decades_up_to(min(b.ties, count_of("1m"))):
        growth.chains(count)
    for ties in sizes_up_to(min(b.ties, count_of("10m"))):
        growth.gzip(ties)
    write(growth.found, b.lab.build / "growth.csv")
    _, large = growth.found["build"].get(count_of("100m"), (0, []))
    if large:
        add_large_build(b, large, growth.found["build"][count_of("10m")][1])


def exponent(points):
    """The slope of a line through the logarithms of (size, value)."""
    logs = [(math.log(size), math.log(max(value, 1e-6))) for size, value in points]
    return statistics.linear_regression(*zip(*logs)).slope if len(logs) > 1 else math.nan


def write(found, path):
    rows = [COLUMNS]
    for task, by_size in found.items():
        points = []
        for size, (threads, runs) in by_size.items():
            seconds, cpu_seconds, kib = (statistics.median(getattr(run, what) for run in runs)
                                         for what in ("seconds", "cpu_seconds", "kib"))
            points.append((size, seconds, kib))
            rows.append([task, size_of(size), threads, len(runs), f"{seconds:.4f}", f"{cpu_seconds:.4f}", f"{kib / 1024:.0f}",
                         f"{seconds / size * 1e6:.3f}", "", ""])
        rows[-1][-2:] = [f"{exponent([(point[0], point[column]) for point in points]):.2f}" for column in (1, 2)]
    with open(path, "w", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(rows)
    show_columns(rows)
    print(f"\nas CSV: {path}\n")
