#!/usr/bin/env python3
"""Runs one task in a Python library, the peer of kith, on a table of ties.

Usage: bench_peers.py python-igraph|networkx|graph-tool create|betweenness|biconnected|routes FILE [--answer FILE]

Prints TASK PEOPLE TIES SECONDS CPU_SECONDS PEAK_KIB SUM like the drivers in C; `create` is reading the file and
building the network, each tie once, and of the others only the calls that answer are timed. People have the numbers
that they have there: by first sight. Ends with 69 where the library is not installed.
"""

import argparse
import array
import csv
import itertools
import resource
import sys
import time

ROUTE_SOURCES, ROUTE_TARGETS, HANDOVER = 10, 47, 300  # as bench_tasks.h has them


def rows(path):
    with open(path, newline="") as file:
        reader = csv.reader(file)
        next(reader)
        yield from reader


def route_ends(n):
    sources = [n * (2 * i + 1) // (2 * ROUTE_SOURCES) & ~1 for i in range(ROUTE_SOURCES)]
    return sources, sorted({n * (2 * i + 1) // (2 * ROUTE_TARGETS) | 1 for i in range(ROUTE_TARGETS)})


def weight(a, b):
    """Of a tie, with the handover; the cost as bench_cost makes it."""
    low, high = min(a, b), max(a, b)
    return HANDOVER + 100 + ((low * 0x9e3779b97f4a7c15 + high * 0xbf58476d1ce4e5b9) % 2**64 >> 32) % 900


def per_person(n, cut_people, bridges):
    answer = [0.0] * (2 * n)
    for v in cut_people:
        answer[v] = 1.0
    for v in itertools.chain.from_iterable(bridges):
        answer[n + v] += 1
    return answer


class PythonIgraph:
    def __init__(self):
        import igraph
        self.lib = igraph

    def create(self, path):
        self.graph = self.lib.Graph.TupleList(rows(path), directed=False)
        self.graph.simplify()
        return self.graph.vcount(), self.graph.ecount()

    def degrees(self):
        return self.graph.degree()

    def betweenness(self):
        return self.graph.betweenness(directed=False)

    def biconnected(self):
        cut_people, bridges = self.graph.articulation_points(), self.graph.bridges()
        return per_person(self.graph.vcount(), cut_people, (self.graph.es[e].tuple for e in bridges))

    def prepare_routes(self):
        self.weights = [weight(*edge) for edge in self.graph.get_edgelist()]

    def routes(self):
        sources, targets = route_ends(self.graph.vcount())
        return [min(row) - HANDOVER for row in self.graph.distances(sources, targets, self.weights)]


class Networkx:
    def __init__(self):
        import networkx
        self.lib = networkx

    def create(self, path):
        numbers = {}
        self.graph = self.lib.Graph()
        for a, b in rows(path):
            a, b = numbers.setdefault(a, len(numbers)), numbers.setdefault(b, len(numbers))
            self.graph.add_node(a)
            if a != b:
                self.graph.add_edge(a, b)
        return len(self.graph), self.graph.number_of_edges()

    def in_order(self, by_person):
        return [by_person[v] for v in range(len(self.graph))]

    def degrees(self):
        return self.in_order(dict(self.graph.degree))

    def betweenness(self):
        return self.in_order(self.lib.betweenness_centrality(self.graph, normalized=False))

    def biconnected(self):
        cut_people, bridges = list(self.lib.articulation_points(self.graph)), list(self.lib.bridges(self.graph))
        return per_person(len(self.graph), cut_people, bridges)

    def prepare_routes(self):
        for a, b, values in self.graph.edges(data=True):
            values["weight"] = weight(a, b)

    def routes(self):
        sources, targets = route_ends(len(self.graph))
        for v in sources:
            costs = self.lib.single_source_dijkstra_path_length(self.graph, v)
            yield min(costs.get(t, float("inf")) for t in targets) - HANDOVER


class GraphTool:
    def __init__(self):
        import graph_tool.all
        self.lib = graph_tool

    def create(self, path):
        self.graph = self.lib.Graph(directed=False)
        self.graph.add_edge_list(rows(path), hashed=True, hash_type="string")
        self.lib.stats.remove_self_loops(self.graph)
        self.lib.stats.remove_parallel_edges(self.graph)
        return self.graph.num_vertices(), self.graph.num_edges()

    def degrees(self):
        return list(self.graph.degree_property_map("total").a)

    def betweenness(self):
        return list(self.lib.centrality.betweenness(self.graph, norm=False)[0].a)

    def biconnected(self):
        parts, cut_people, sizes = self.lib.topology.label_biconnected_components(self.graph)
        bridges = ((int(e.source()), int(e.target())) for e in self.graph.edges() if sizes[parts[e]] == 1)
        return per_person(self.graph.num_vertices(), cut_people.a.nonzero()[0], bridges)

    def prepare_routes(self):
        self.weights = self.graph.new_edge_property("int")
        for edge in self.graph.edges():
            self.weights[edge] = weight(int(edge.source()), int(edge.target()))

    def routes(self):
        sources, targets = route_ends(self.graph.num_vertices())
        for v in sources:
            costs = self.lib.topology.shortest_distance(self.graph, v, targets, self.weights)
            yield float(min(costs)) - HANDOVER


LIBRARIES = {"python-igraph": PythonIgraph, "networkx": Networkx, "graph-tool": GraphTool}


def timed(work):
    begin, cpu_begin = time.perf_counter(), time.process_time()
    answer = work()
    return answer, time.perf_counter() - begin, time.process_time() - cpu_begin


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", choices=LIBRARIES)
    parser.add_argument("task", choices=["create", "betweenness", "biconnected", "routes"])
    parser.add_argument("file")
    parser.add_argument("--answer")
    args = parser.parse_args()
    try:
        library = LIBRARIES[args.library]()
    except ImportError:
        sys.exit(69)
    (people, ties), seconds, cpu_seconds = timed(lambda: library.create(args.file))
    if args.task == "create":
        answer = library.degrees()
    else:
        getattr(library, f"prepare_{args.task}", lambda: None)()
        answer, seconds, cpu_seconds = timed(lambda: list(getattr(library, args.task)()))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(args.task, people, ties, f"{seconds:.6f} {cpu_seconds:.6f} {peak} {sum(answer):.12g}")
    if args.answer:
        with open(args.answer, "wb") as out:
            array.array("d", answer).tofile(out)


if __name__ == "__main__":
    main()
