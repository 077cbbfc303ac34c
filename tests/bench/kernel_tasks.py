"""Kernels beside igraph in C, Python libraries, and themselves on one thread.

To add a kernel: a task in bench_kernels.c, one of the same name in bench_igraph.c where igraph can do it, and a line here.
"""

from dataclasses import dataclass, field

from bench_inputs import count_of, size_of
from bench_measure import Wrong, each_of, same_file


@dataclass
class Kernel:
    name: str
    about: str
    peer: tuple = ("bench_igraph", None)  # program and task (None: of the same name); () without a peer
    largest: str = "100m"                 # size of the input, where --size is more,
    grows: str = "50m"                    # and where growth is measured
    at: str = "10m"                       # size that the targets hold for
    one: str = "-"                        # targets: on one thread beside the peer,
    all: str = "-"                        # on all threads beside the peer,
    scales: str = ""                      # and on all threads beside one; "": not parallel
    within: float = 0                     # how far answers may differ, if they are estimates
    pairs: int = 0                        # of asker and company, where the time of one is told too
    python: dict = field(default_factory=dict)  # libraries, and the largest size each can do


KERNELS = [
    Kernel("betweenness", "exact betweenness of everyone (at most 50k ties)", largest="50k", grows="100k", at="50k",
           one=">= 4 x", all=">= 7 x", scales=">= 1.7 x",
           python={"python-igraph": "50k", "graph-tool": "50k", "networkx": "5k"}),
    # On large networks one-sided sampling draws too few to be closer; the unit tests hold ours to its error.
    Kernel("sampled", "betweenness within 0.005 of all pairs, beside as many one-sided samples (of many, the time of some told for all)",
           peer=("bench_kernels", "one-sided"), one=">= 3 x", scales=">= 1.7 x", within=0.1),
    Kernel("biconnected", "cut people with what each separates, and bridge ties", one=">= 8 x",
           python={"python-igraph": "1m", "graph-tool": "1m", "networkx": "50k"}),
    Kernel("components", "who reaches whom at all"),
    Kernel("constraint", "constraint and effective size of everyone (igraph: constraint)", at="1m", one=">= 20 x",
           scales=">= 1.7 x"),
    Kernel("shared", "contacts that the two ends of each tie share", peer=(), all="<= 4 s", scales=">= 1.7 x"),
    Kernel("sort", "radix sort of both ends of all ties", peer=(), scales=">= 1.7 x"),
    Kernel("routes", "cheapest route from each of 10 people to the nearest of 47",
           python={"python-igraph": "1m", "graph-tool": "1m", "networkx": "50k"}),
    Kernel("batch", "best route from each of 1,000 people to each of 100 companies of 20 (igraph: from 10, times 100)",
           grows="10m", all=">= 20 x", scales=">= 1.7 x", pairs=100000),
    Kernel("batch3", "the same within 3 hops, and the best 5 of each; and the time of one pair", peer=(), grows="10m",
           scales=">= 1.7 x", pairs=100000),
]


def run_kernel(b, kernel):
    ties = min(b.ties, count_of(kernel.largest))
    edges, size = b.inputs.edges(ties), size_of(ties)
    answer = {name: b.lab.scratch / f"answer.{name}" for name in ("one", "all", "peer")}
    at = lambda target: target if ties == count_of(kernel.at) else "-"

    def driver(name, program, task, threads=1):
        return lambda: b.lab.inner([b.lab.tool(program), task, "--file", edges, "--answer", answer[name]], threads)

    def verify():
        if kernel.peer:
            agree(b, kernel, answer["one"], answer["peer"], "its peer")
        if kernel.scales and not same_file(answer["one"], answer["all"]):
            raise Wrong(f"{kernel.name}: threads can be seen in the answer")
    contenders = {"one": driver("one", "bench_kernels", kernel.name)}
    if kernel.scales:
        contenders["all"] = driver("all", "bench_kernels", kernel.name, b.lab.threads)
    if kernel.peer:
        contenders["peer"] = driver("peer", kernel.peer[0], kernel.peer[1] or kernel.name)
    runs = b.lab.in_turn(contenders, verify)
    add = lambda name, threads, ours, *rest: b.table.add(name, size, threads, ours, *rest)
    add(kernel.name, 1, runs["one"], runs.get("peer"), at(kernel.one))
    if kernel.scales:
        if kernel.all != "-":
            add(kernel.name, b.lab.threads, runs["all"], runs.get("peer"), at(kernel.all))
        add(f"{kernel.name}:1-thread", b.lab.threads, runs["all"], runs["one"], at(kernel.scales))
    if kernel.pairs and ties >= count_of("1m"):  # smaller networks have not room for all companies
        add(f"{kernel.name}:a-pair", b.lab.threads, each_of(runs["all"], kernel.pairs))
    for library, largest in kernel.python.items():
        run_beside_python(b, kernel, library, min(ties, count_of(largest)), answer)


def run_beside_python(b, kernel, library, ties, answer):
    edges = b.inputs.edges(ties)
    answer["peer"].unlink(missing_ok=True)
    runs = b.lab.in_turn({
        "ours": lambda: b.lab.inner([b.lab.tool("bench_kernels"), kernel.name, "--file", edges, "--answer", answer["one"]]),
        "peer": lambda: b.lab.python(library, kernel.name, edges, "--answer", answer["peer"])},
        lambda: answer["peer"].exists() and agree(b, kernel, answer["one"], answer["peer"], library))
    b.table.add(f"{kernel.name}:{library}", size_of(ties), 1, runs["ours"], runs["peer"])


def agree(b, kernel, ours, theirs, whose):
    said = b.lab.whole([b.lab.tool("bench_agree"), ours, theirs, kernel.within], good=(0, 1)).said
    if "agree" not in said:
        raise Wrong(f"{kernel.name}: not what {whose} says: {said.strip()}")
