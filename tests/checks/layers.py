#!/usr/bin/python3
"""Holds the sources to the plan of the house: which room may include what, unique file names, and files and
functions short enough to read.

Usage: layers.py [ROOT]   prints one line per violation and ends with 1 if there is any.
"""

import re
import sys
from pathlib import Path

# What a room may include: other rooms ("base/"), or single headers of theirs. Its own always.
MAY_INCLUDE = {
    "base": [],
    "graph": ["base/"],
    "flow": ["base/", "graph/heap.h"],
    "ingest": ["base/", "igraph_port/foreign.h"],
    "people": ["base/", "ingest/record.h"],
    "network": ["base/", "graph/", "people/"],
    "igraph_port": ["base/", "graph/", "network/"],
    "analysis": ["base/", "graph/", "flow/", "network/", "igraph_port/"],
    "report": ["base/"],
    "run": ["base/", "graph/", "ingest/", "people/", "network/", "igraph_port/", "analysis/", "report/"],
    "cli": [],
}
# Single files held to more than their room is.
FOREIGN = ["base/", "igraph_port/foreign.h", "igraph_port/foreign_wire.h", "igraph_port/igraph_calls.h"]
MAY_INCLUDE_FILE = {
    "igraph_port/foreign.h": ["base/"],
    "igraph_port/foreign.c": FOREIGN,
    "igraph_port/foreign_child.c": FOREIGN,
    "igraph_port/foreign_head.c": FOREIGN,
    "igraph_port/foreign_wire.h": FOREIGN,
}

# The rooms that know nothing of networks see these public headers only.
PLAIN_ROOMS = {"base", "graph", "flow"}
PLAIN_HEADERS = {"day.h", "error.h", "ini.h", "memory.h", "process.h", "progress.h", "role.h", "safe_text.h", "visibility.h"}

MOST_LINES_PER_FILE = 499
MOST_LINES_PER_FUNCTION = 70

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def include_fault(room, name, quote, target):
    """Why the file `name` (as room/file.c) may not include `target`, or None."""
    if target.startswith("igraph") and quote == "<" and room != "igraph_port":
        return "igraph belongs to src/igraph_port alone"
    if target.startswith("lemon/") and quote == "<" and name != "flow/mincost_lemon.cpp":
        return "LEMON belongs to src/flow/mincost_lemon.cpp alone"
    if target.startswith("kith/"):
        if quote != "<":
            return "public headers are included with <>"
        if room in PLAIN_ROOMS and target.removeprefix("kith/") not in PLAIN_HEADERS:
            return f"{room} knows nothing of networks"
        return None
    if quote == "<":
        return None
    if room == "include":
        return "public headers include only each other and the system's"
    if room == "cli":
        return None if "/" not in target else "cli sees include/kith only"
    if "/" not in target:
        return f'write it with its room: "{room}/{target}"'
    if name not in MAY_INCLUDE_FILE and target.startswith(room + "/"):
        return None
    allowed = MAY_INCLUDE_FILE.get(name, MAY_INCLUDE[room])
    stem = name.rsplit(".", 1)[0]
    if target == stem + ".h" or any(target == a or (a.endswith("/") and target.startswith(a)) for a in allowed):
        return None
    return f"{room} may not look into that room"


def file_faults(root, path):
    """All violations in one source file, as (line, text)."""
    inside = path.relative_to(root).parts
    room = inside[1] if inside[0] == "src" else "include"
    lines = path.read_text(encoding="utf-8").splitlines()

    if room != "include" and room not in MAY_INCLUDE:
        yield 1, f'"{room}" is no room of the house'
        return
    if len(lines) > MOST_LINES_PER_FILE:
        yield len(lines), f"{len(lines)} lines; a file has {MOST_LINES_PER_FILE} at most"
    opened = 0
    for number, line in enumerate(lines, 1):
        if found := INCLUDE.match(line):
            quote, target = found.groups()
            if fault := include_fault(room, "/".join(inside[1:]), quote, target):
                yield number, f"includes {target}: {fault}"
        if line.startswith("{"):
            opened = number
        elif line.startswith("}") and opened:
            if number - opened + 1 > MOST_LINES_PER_FUNCTION:
                yield opened, f"{number - opened + 1} lines; a function has {MOST_LINES_PER_FUNCTION} at most"
            opened = 0


def all_faults(root):
    files = sorted(p for top in ("include", "src") for p in (root / top).rglob("*") if p.suffix in (".c", ".cpp", ".h"))
    first = {}
    for path in files:
        where = path.relative_to(root)
        if path.name in first:
            yield where, 1, f"{first[path.name]} has the same file name"
        first.setdefault(path.name, where)
        for line, text in file_faults(root, path):
            yield where, line, text


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parents[2])
    faults = [f"{where}:{line}: {text}" for where, line, text in all_faults(root)]
    print("\n".join(faults) if faults else "layers: the house stands as planned")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
