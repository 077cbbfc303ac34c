"""The inputs of the benchmarks: made once, from seeds, and kept."""

import itertools
import random
import shutil
import subprocess
import sys
from pathlib import Path

EDGE_HEADER, EDGE_ROW = 14, 20  # bytes: rows of make_edges have one length
PEOPLE_PER_COMPANY = 50         # as make_people.c has it


def count_of(size):
    """50k, 1m: how many. Raises ValueError."""
    return int(float(size.lower().rstrip("km")) * {"k": 1000, "m": 1000000}.get(size.lower()[-1:], 1))


def size_of(count):
    return f"{count // 1000000}m" if count % 1000000 == 0 else f"{count // 1000}k" if count % 1000 == 0 else str(count)


class Inputs:
    def __init__(self, lab):
        self.lab, self.folder = lab, lab.build / "bench-inputs"
        self.folder.mkdir(exist_ok=True)

    def made(self, name, make):
        """The file or folder `name`; where it is missing, `make(path)` makes it, and it appears when it is whole."""
        path, fresh = self.folder / name, self.folder / f"{name}.part"
        if not path.exists():
            print(f"bench: making {name}", file=sys.stderr)
            shutil.rmtree(fresh, ignore_errors=True)
            fresh.unlink(missing_ok=True)
            make(fresh)
            fresh.rename(path)
        return path

    def printed(self, name, *command):
        def make(path):
            with open(path, "wb") as out:
                subprocess.run([self.lab.tool(command[0]), *command[1:]], stdout=out, check=True)
        return self.made(name, make)

    def edges(self, ties):
        return self.printed(f"edges-{size_of(ties)}.csv", "make_edges", str(ties))

    def mentoring(self, count):
        return self.printed(f"mentoring-{size_of(count)}.csv", "make_mentoring", str(count))

    def club(self, ties):
        """The ties with a table of people who have companies."""
        edges = self.edges(ties)
        people = self.printed(f"people-{size_of(ties)}.csv", "make_people", str(ties))

        def make(path):
            path.mkdir()
            (path / "ties.csv").hardlink_to(edges)
            (path / "people.csv").hardlink_to(people)
        return self.made(f"club-{size_of(ties)}", make)

    def contacts(self, rows):
        owners = max(10, rows // 2000)

        def make(path):
            program = Path(__file__).with_name("make_contacts.py")
            subprocess.run(["/usr/bin/python3", program, "--records", str(rows), "--owners", str(owners), path], check=True)
        return self.made(f"contacts-{size_of(rows)}", make) / "exports"

    def pairs(self, ties, count):
        """Seeded pairs of ids: one end each of two rows drawn at random, so that who has many ties comes often."""
        rng = random.Random(1)
        with open(self.edges(ties), "rb") as edges:
            def end(which):
                edges.seek(EDGE_HEADER + EDGE_ROW * rng.randrange(ties))
                return edges.read(EDGE_ROW - 1).decode().split(",")[which]
            drawn = ((end(0), end(1)) for _ in itertools.count())
            return list(itertools.islice((pair for pair in drawn if pair[0] != pair[1]), count))

    def companies(self, ties, count):
        """Seeded companies: name and ids of the people there."""
        rng = random.Random(2)
        number = max(1, (ties // 8 + 1) // PEOPLE_PER_COMPANY)
        for _ in range(count):
            company = rng.randrange(number)
            first = company * PEOPLE_PER_COMPANY
            yield (f"Circle{company}",
                   [f"p{i * 0x9e3779b1 % 2**32:08x}" for i in range(first, first + PEOPLE_PER_COMPANY)])
