#!/usr/bin/python3
"""The same inputs give the same bytes, whatever surrounds them.

Usage: same_bytes.py KITH
Networks, every file of a report folder, exports and answers are held to the same bytes, compressed and not, with 1,
2 and 8 threads, with the arguments in any order, from packed inputs, from a folder of another name, from another
working folder, in other locales and time zones, and for another size of terminal.
"""

import gzip
import itertools
import os
import random
import shutil
import sys
from pathlib import Path

from bad_day import COHORT, content, fault, finish, kith, names, work_folder

ROUTE = ("--from", "Noor Haddad", "--to", 'company:"Acme Robotics"')
ANSWERS = {
    "info.json": ("info",),
    "merges.txt": ("info", "--merges", "--rejects"),
    "find.csv": ("find", "company:acme"),
    "intro.json.gz": ("intro", *ROUTE),
    "via.json": ("intro", *ROUTE, "--max-hops", "4", "--via", "Ada Moss"),
    "bridges.txt": ("bridges", "-q"),
    "bridges.html": ("bridges", "-q", "--top", "0"),
    "cohort.json": ("cohort", "-q", "--group", "cohort"),
    "chains.jsonl": ("chains", "-q", "--top", "0"),
    "net.gml": ("export",),
    "net.graphml.gz": ("export",),
    "net.jsonl": ("export", "--with-contacts"),
    "net.dot": ("export",),
}
SURROUNDINGS = {
    "1 thread": {"OMP_NUM_THREADS": "1"},
    "2 threads": {"OMP_NUM_THREADS": "2"},
    "8 threads": {"OMP_NUM_THREADS": "8", "OMP_WAIT_POLICY": "passive"},
    "a Turkish locale in Honolulu": {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "Pacific/Honolulu"},
    "no locale in Auckland": {"LC_ALL": "C", "TZ": "Pacific/Auckland"},
    "a narrow terminal": {"COLUMNS": "40", "TERM": "xterm-256color", "NO_COLOR": ""},
}


def outputs(net, environment):
    """All that kith makes of a network, by name. @return {name: bytes}, compressed files also decompressed."""
    shutil.rmtree("out", ignore_errors=True)
    Path("out").mkdir()
    for name, (command, *words) in ANSWERS.items():
        kith(command, net, *words, "-o", f"out/{name}", ok=(0, 1), environment=environment)
    kith("report", "-q", net, *ROUTE, "-o", "out/report", environment=environment)
    kith("export", net, "--format", "tables", "-o", "out/tables", environment=environment)
    made = {name: Path("out", name).read_bytes() for name in names("out") if Path("out", name).is_file()}
    return made | {f"{name}, decompressed": content(Path("out", name)) for name in made if name.endswith(".gz")}


def hold(expected, got, told):
    """Every output is there with the same bytes."""
    if expected.keys() != got.keys():
        fault(f"{told}: other files: {sorted(expected.keys() ^ got.keys())}")
    for name in sorted(expected.keys() & got.keys()):
        if expected[name] != got[name]:
            fault(f"{told}: {name} has other bytes")


def hold_surroundings():
    kith("build", "-q", COHORT, "-o", "net.kith")
    network = Path("net.kith").read_bytes()
    expected = outputs("net.kith", {})
    for told, environment in SURROUNDINGS.items():
        kith("build", "-q", COHORT, "-o", "again.kith", environment=environment)
        if Path("again.kith").read_bytes() != network:
            fault(f"{told}: the network has other bytes")
        hold(expected, outputs("net.kith", environment), told)
    return network, len(expected)


def identities(net):
    """Who has which id, and every tie: what must not depend on how files are packed and named."""
    kith("export", net, "--with-contacts", "-o", "identities.jsonl")
    return Path("identities.jsonl").read_bytes()


def hold_order(network):
    """Every order of the arguments, and the inputs through other paths."""
    shutil.copytree(COHORT, "apart")
    inputs = sorted(str(path) for path in Path("apart").iterdir())
    kith("build", "-q", *inputs, "-o", "apart.kith")
    apart = Path("apart.kith").read_bytes()
    pick = random.Random(7)
    for told in ("reversed", *range(6)):
        pick.shuffle(inputs)
        ordered = sorted(inputs, reverse=True) if told == "reversed" else inputs
        kith("build", "-q", *ordered, "-o", "apart.kith")
        if Path("apart.kith").read_bytes() != apart:
            fault(f"arguments in another order ({told}) give another network")
    for path in itertools.chain(["apart"], [str(Path("apart").resolve()), "./apart/", "other/../apart"]):
        Path("other").mkdir(exist_ok=True)
        kith("build", "-q", path, "-o", "path.kith")
        if Path("path.kith").read_bytes() != network:
            fault(f"the inputs as {path} give another network")
    os.chdir("other")
    kith("build", "-q", "../apart", "-o", "../cwd.kith")
    os.chdir("..")
    if Path("cwd.kith").read_bytes() != network:
        fault("another working folder gives another network")


def hold_packing(network):
    """Gzip, an archive and another name of the folder change nobody's id and no tie."""
    expected = identities("net.kith")
    shutil.copytree(COHORT, "renamed to 2021 é")
    kith("build", "-q", "renamed to 2021 é", "-o", "renamed.kith")
    if Path("renamed.kith").read_bytes() != network:
        fault("a folder of another name gives another network")
    shutil.copytree(COHORT, "packed")
    for path in sorted(Path("packed").rglob("*.csv")):
        path.with_name(path.name + ".gz").write_bytes(gzip.compress(path.read_bytes(), 1))
        path.unlink()
    kith("build", "-q", "packed", "-o", "packed.kith")
    if identities("packed.kith") != expected:
        fault("gzipped inputs give other people or ties")
    for form in ("zip", "gztar", "tar"):
        archive = shutil.make_archive(f"archive-{form}", form, "packed")
        kith("build", "-q", archive, "-o", "archive.kith")
        if identities("archive.kith") != expected:
            fault(f"inputs in an archive ({form}) give other people or ties")


def hold_many_threads():
    """A network large enough that threads share the work."""
    pick = random.Random(11)
    rows = (f"{pick.randrange(600)} {pick.randrange(600) ** 2 // 600}\n" for _ in range(4000))
    Path("edges.txt").write_text("".join(rows))
    answers = set()
    for threads in ("1", "2", "3", "8"):
        kith("build", "-q", "edges.txt", "-o", f"edges-{threads}.kith", environment={"OMP_NUM_THREADS": threads})
        kith("bridges", "-q", f"edges-{threads}.kith", "--top", "0", "-o", "edges.csv.gz",
             environment={"OMP_NUM_THREADS": threads})
        answers.add((Path(f"edges-{threads}.kith").read_bytes(), Path("edges.csv.gz").read_bytes()))
    if len(answers) != 1:
        fault(f"1, 2, 3 and 8 threads give {len(answers)} different answers on random ties")


def main():
    work_folder()
    network, count = hold_surroundings()
    hold_order(network)
    hold_packing(network)
    hold_many_threads()
    return finish(f"same_bytes: {count} outputs the same in {len(SURROUNDINGS)} surroundings")


if __name__ == "__main__":
    sys.exit(main())
