"""Whole commands of kith beside their peers. A task takes a Bench (bench.py); its first line says what it measures."""

from bench_inputs import count_of, size_of
from bench_measure import Run, Wrong, each_of, percentile, same_file

PYTHON_TIES = 1000000  # beyond this the Python peers take too long or too much memory,
IGRAPH_TIES = 10000000 # and beyond this libcsv with igraph in C, whole,
IGRAPH_DISTANCES = 50000000 # or just so that it can be asked for distances
LIBRARIES = ("python-igraph", "networkx", "graph-tool")
REJECTS = (0, 2)       # 2: some rows were rejected, such as ties to oneself
MAY_BE_UNREACHED = (0, 1)


def build(b):
    """kith build of a table of ties: beside libcsv alone, libcsv with igraph in C (up to 10m), a plain read, Python libraries (up to 1m); at 100m beside a row at 10m"""
    edges, lab, with_igraph = b.inputs.edges(b.ties), b.lab, b.ties <= IGRAPH_TIES
    nets = {threads: lab.scratch / f"edges.{threads}.kith" for threads in (1, lab.threads)}
    kith = lambda threads, source, net: lab.kith_run("build", "-q", source, "-o", net, threads=threads, good=REJECTS)
    contenders = {"kith": lambda: kith(lab.threads, edges, nets[lab.threads]), "1 thread": lambda: kith(1, edges, nets[1])}
    for task in ("read", "parse") + ("igraph",) * with_igraph:
        contenders[task] = lambda task=task: lab.whole([lab.tool("bench_csv"), task, edges])
    if b.ties <= PYTHON_TIES:
        for library in LIBRARIES:
            contenders[library] = lambda library=library: lab.python(library, "create", edges)
    if b.ties == count_of("100m"):
        contenders["10m"] = lambda few=b.inputs.edges(count_of("10m")): kith(lab.threads, few, lab.scratch / "few.kith")

    def verify():
        if not same_file(*nets.values()):
            raise Wrong("build: threads can be seen in the network")
        ours = lab.whole([lab.tool("bench_net"), nets[1]]).said
        theirs = lab.whole([lab.tool("bench_csv"), "sum" if with_igraph else "plain-sum", edges]).said
        if ours != theirs:
            raise Wrong(f"build: {ours.strip()}; the table: {theirs.strip()}")
    runs = lab.in_turn(contenders, verify)
    kith_runs = runs["kith"]
    b.add("build:libcsv-alone", lab.threads, kith_runs, runs["parse"], b.at("10m", "<= 2.5 x"))
    if with_igraph:
        b.add("build:libcsv+igraph", lab.threads, kith_runs, runs["igraph"], b.at("10m", ">= 10 x"))
        b.add("build:libcsv+igraph", lab.threads, kith_runs, runs["igraph"], b.at("10m", "<= 0.5 x MiB"))
    b.add("build:read", lab.threads, kith_runs, runs["read"])
    b.add("build:1-thread", lab.threads, kith_runs, runs["1 thread"])
    for library in LIBRARIES:
        if library in runs:
            b.add(f"build:{library}", lab.threads, kith_runs, runs[library])
    if "10m" in runs:
        add_large_build(b, kith_runs, runs["10m"])


def add_large_build(b, large, small):
    """Rows of a build of 100m ties beside one of 10m."""
    b.table.add("build:a-row:10m", "100m", b.lab.threads, each_of(large, count_of("100m")), each_of(small, count_of("10m")),
                "<= 1.3 x")
    b.table.add("build:memory", "100m", b.lab.threads, large, target="<= 12288 MiB")


def contacts(b):
    """kith build of LinkedIn exports, identities merged, beside libcsv alone (2m rows of 1,000 owners at size 10m)"""
    lab, rows = b.lab, b.contact_rows
    exports = b.inputs.contacts(rows)
    files = sorted(exports.glob("*/*.csv"))
    net = lab.scratch / "contacts.kith"

    def verify():
        told = b.info(net)["sources"]
        used, rejected = sum(s["used"] for s in told), sum(s["rejected"] for s in told)
        if (used, rejected) != (rows + len(told) // 2, 0):
            raise Wrong(f"contacts: {used} rows used and {rejected} rejected of {rows}")
    runs = lab.in_turn({"kith": lambda: lab.kith_run("build", "-q", exports, "-o", net, threads=lab.threads),
                        "libcsv": lambda: lab.whole([lab.tool("bench_csv"), "parse", *files])}, verify)
    b.table.add("contacts:libcsv-alone", size_of(rows), lab.threads, runs["kith"], runs["libcsv"],
                b.at("10m", "<= 4 x"))


def intro(b):
    """opening a network and one kith intro, whole process: 1,000 pairs of people (up to 50m beside igraph in memory), 100 people and companies of 50"""
    lab, net = b.lab, b.built(b.inputs.club(b.ties), "club.kith")
    few = max(1, min(100, b.ties // 1000))  # small inputs are for looking whether all is right
    ways = lambda asker, to, *more: lab.kith_run("intro", net, "--from", f"key:{asker}", "--to", to, *more, good=MAY_BE_UNREACHED)
    pairs, companies = b.inputs.pairs(b.ties, 10 * few), list(b.inputs.companies(b.ties, few))
    askers = [asker for asker, _ in pairs[:len(companies)]]
    sampled = min(20, len(pairs))
    distances, peer = measured_distances(b, net, pairs[:sampled] + [(askers[0], person) for person in companies[0][1]])

    def check(asker, target, wanted):
        said = ways(asker, target, "--cost", "hops", "--top", "1", "--format", "csv").said.splitlines()
        found = int(said[1].split(",")[2]) if len(said) > 1 else None
        if found != (wanted if wanted and 0 < wanted <= 3 else None):
            raise Wrong(f"intro: {asker} to {target}: {found} ties, not {wanted}")
    for (asker, target), hops in zip(pairs[:sampled], distances):
        check(asker, f"key:{target}", hops)
    check(askers[0], f"company:{companies[0][0]}",
          min((hops for hops in distances[sampled:] if hops > 0), default=None))
    one = [ways(asker, f"key:{target}") for asker, target in pairs]
    some = [ways(asker, f"company:{name}") for asker, (name, _) in zip(askers, companies)]
    high = lambda values: percentile(values, 0.99)
    b.add("intro:person", None, one, peer, b.at("50m", "<= 0.02 s"))
    b.add("intro:person:p99", None, one, peer, middle=high)
    b.add("intro:company", None, some, target=b.at("50m", "<= 0.1 s"))
    b.add("intro:company:p99", None, some, middle=high)


def measured_distances(b, net, pairs):
    """For each pair the ties between them, and a run of igraph in memory for one shortest path.

    Where igraph would take minutes to get there, the ties are those that kith's search without a limit finds."""
    if b.ties > IGRAPH_DISTANCES:
        return [unlimited_distance(b, net, *pair) for pair in pairs], None
    file = b.lab.scratch / "pairs"
    file.write_text("".join(f"{a},{z}\n" for a, z in pairs))
    whole = b.lab.whole([b.lab.tool("bench_csv"), "distance", b.inputs.edges(b.ties), file])
    said = [line.split() for line in whole.said.splitlines()]
    return [int(hops) for hops, _ in said], [Run(float(taken), float(taken), whole.kib) for _, taken in said]


def unlimited_distance(b, net, asker, target):
    if asker == target:
        return 0
    said = b.lab.kith_run("intro", net, "--from", f"key:{asker}", "--to", f"key:{target}", "--cost", "hops",
                          "--max-hops", "0", "--top", "1", "--format", "csv", good=MAY_BE_UNREACHED).said.splitlines()
    return int(said[1].split(",")[2]) if len(said) > 1 else -1


def chains(b):
    """kith chains, all measures, whole process, of 100k and of 1m mentorships (fewer with a smaller --size); and their growth"""
    lab, found = b.lab, {}
    for count in sorted({min(count_of("100k"), b.ties), min(count_of("1m"), b.ties)}):
        at = lambda target: target if count == count_of("1m") else "-"
        table = b.inputs.mentoring(count)
        net, answers = b.built(table, "mentoring.kith"), [lab.scratch / f"chains.{i}.csv" for i in (0, 1)]
        run = lambda threads, answer: lab.kith_run("chains", net, "--top", "0", "-o", answer, threads=threads)

        def verify():
            verify_chains(table, answers[0])
            if not same_file(*answers):
                raise Wrong("chains: threads can be seen in the answer")
        runs = lab.in_turn({"all": lambda: run(lab.threads, answers[0]), "one": lambda: run(1, answers[1])}, verify)
        found[count] = each_of(runs["all"], count)
        b.table.add("chains", size_of(count), lab.threads, runs["all"], target=at("<= 5 s"))
        b.table.add("chains:1-thread", size_of(count), lab.threads, runs["all"], runs["one"])
    if count_of("1m") in found:  # linear, but for caches: as for build
        b.table.add("chains:a-row:100k", "1m", lab.threads, found[count_of("1m")], found[count_of("100k")], "<= 1.3 x")


def verify_chains(table, answer):
    """Everyone has as many mentees as the table tells."""
    mentees = {}
    for line in table.read_text().splitlines()[1:]:
        mentor, mentee = line.split(",")[:2]
        mentees.setdefault(mentor, set()).add(mentee)
    lines = answer.read_text().splitlines()
    key, fecundity = (lines[0].split(",").index(name) for name in ("key", "fecundity"))
    told = {cells[key]: int(cells[fecundity]) for cells in (line.split(",") for line in lines[1:])}
    if {mentor: len(them) for mentor, them in mentees.items()} != {k: n for k, n in told.items() if n}:
        raise Wrong("chains: not the numbers of mentees that the table has")


def gzip(b):
    """gzip of reports on all threads: beside one thread, gzip -6 and pigz -6; and a whole kith export"""
    lab, edges = b.lab, b.inputs.edges(min(b.ties, count_of("10m")))
    packed = {name: lab.scratch / f"{name}.gz" for name in ("ours", "one", "gzip", "pigz")}

    def pack(name, command, threads=None):
        with open(edges, "rb") as plain, open(packed[name], "wb") as out:
            return lab.whole(command, threads, stdin=plain, stdout=out, good=(0, 127))

    def verify():
        if not same_file(packed["ours"], packed["one"]):
            raise Wrong("gzip: threads can be seen in the file")
        with open(lab.scratch / "plain", "wb") as out:
            lab.whole(["gzip", "-dc", packed["ours"]], stdout=out)
        if not same_file(lab.scratch / "plain", edges):
            raise Wrong("gzip: not read back as it was")
    runs = lab.in_turn({"ours": lambda: pack("ours", [lab.tool("bench_gz")], lab.threads),
                        "one": lambda: pack("one", [lab.tool("bench_gz")], 1),
                        "gzip": lambda: pack("gzip", ["gzip", "-6", "-n"]),
                        "pigz": lambda: pack("pigz", ["pigz", "-6", "-n", "-p", str(lab.threads)])}, verify)
    size = size_of(min(b.ties, count_of("10m")))
    for name, target in (("one", ">= 1.8 x" if b.ties >= count_of("1m") else "-"), ("gzip", "-"), ("pigz", "-")):
        there = runs[name] if packed[name].stat().st_size else []
        b.table.add(f"gzip:{'1-thread' if name == 'one' else name}", size, lab.threads, runs["ours"], there, target)
    net = b.built(edges, "edges.kith")
    export = lambda threads: lab.kith_run("export", "-q", net, "-o", lab.scratch / f"ties.{threads}.csv.gz",
                                          threads=threads)
    runs = lab.in_turn({"all": lambda: export(lab.threads), "one": lambda: export(1)})
    b.table.add("export.csv.gz:1-thread", size, lab.threads, runs["all"], runs["one"])


COMMANDS = {"build": build, "contacts": contacts, "intro": intro, "chains": chains, "gzip": gzip}
