#!/usr/bin/env python3
"""Times kith and its peers on the same inputs, in turn, and says which targets are met.

Usage: scripts/bench.sh [--size 50k|1m|10m|50m|100m] [--runs N] [TASK...]

Each figure is the median of N runs (5), ours and the peer's alternating, after their answers were found to agree; a
contender that takes over 20 seconds runs once; `runs` shows how often ours and the peer ran. `ratio` is what the target speaks of: the peer's
time over ours where more is better (>=), ours over the peer's where less is (<=), or memory; without a target it is the
peer's time over ours. `cpu ratio` is the peer's processor time over ours: on a busy machine it says more, but of two
threads only wall time says anything. Targets hold for one size each. Beyond 10m igraph takes minutes and many GiB: build then
does without, intro beyond 50m; of kernels name those you want. Tasks (default: all but growth):
"""

import argparse
import json
import shutil
import sys
from pathlib import Path

import growth_task
from bench_inputs import Inputs, count_of, size_of
from bench_measure import Lab, Table, Wrong
from command_tasks import COMMANDS, REJECTS
from kernel_tasks import KERNELS, run_kernel


class Bench:
    def __init__(self, lab, table, ties):
        self.lab, self.table, self.ties, self.size = lab, table, ties, size_of(ties)
        self.contact_rows = max(1000, ties // 5)
        self.inputs = Inputs(lab)

    def at(self, size, target):
        """The target, where it holds for this size."""
        return target if count_of(size) == self.ties else "-"

    def add(self, task, *rest, **more):
        self.table.add(task, self.size, *rest, **more)

    def built(self, source, name):
        """A network of `source`, fresh from this kith."""
        net = self.lab.scratch / name
        self.lab.kith_run("build", "-q", source, "-o", net, good=REJECTS)
        return net

    def info(self, net):
        return json.loads(self.lab.kith_run("info", net, "--format", "json").said)


def arguments():
    about = __doc__ + "".join(f"  {name:12} {task.__doc__}\n" for name, task in COMMANDS.items())
    about += "".join(f"  {kernel.name:12} {kernel.about}\n" for kernel in KERNELS)
    about += f"  {'growth':12} {growth_task.__doc__.splitlines()[0]}\n"
    parser = argparse.ArgumentParser(prog="bench.sh", description=about, usage=argparse.SUPPRESS,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--size", type=count_of, default="1m")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("tasks", nargs="*", metavar="TASK")
    args = parser.parse_args()
    kernels = {kernel.name: kernel for kernel in KERNELS}
    unknown = set(args.tasks) - {"growth", *COMMANDS, *kernels}
    if unknown:
        parser.error(f"no such task: {', '.join(sorted(unknown))}")
    return args, args.tasks or [*COMMANDS, *kernels], kernels


def main():
    args, names, kernels = arguments()
    lab = Lab(args.build, args.runs)
    table = Table(args.build / "bench.csv")
    bench = Bench(lab, table, args.size)
    try:
        for name in names:
            print(f"bench: {name}", file=sys.stderr)
            if name == "growth":
                growth_task.run(bench)
            elif name in COMMANDS:
                COMMANDS[name](bench)
            else:
                run_kernel(bench, kernels[name])
    except Wrong as wrong:
        sys.exit(f"bench: {wrong}")
    finally:
        shutil.rmtree(lab.scratch)
    if table.rows:
        table.show()


if __name__ == "__main__":
    main()
