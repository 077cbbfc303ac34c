#!/usr/bin/python3
"""Shows that layers.py bites: plants one violation after another in a copy of the sources and expects each to be
named, with its file and line, as the only fault."""

import shutil
import sys
import tempfile
from pathlib import Path

import layers

# (file, its text, what must be said of it)
VIOLATIONS = [
    ("src/base/planted.c", '#include "network/netfile.h"\n', "base may not look into that room"),
    ("src/base/planted.c", "#include <kith/network.h>\n", "base knows nothing of networks"),
    ("src/graph/planted.c", "#include <kith/network.h>\n", "graph knows nothing of networks"),
    ("src/graph/planted.c", '#include "people/people.h"\n', "graph may not look into that room"),
    ("src/graph/planted.c", "#include <igraph.h>\n", "igraph belongs to src/igraph_port alone"),
    ("src/analysis/planted.c", "#include <igraph/igraph.h>\n", "igraph belongs to src/igraph_port alone"),
    ("src/flow/planted.c", "#include <lemon/smart_graph.h>\n", "LEMON belongs to src/flow/mincost_lemon.cpp alone"),
    ("src/flow/planted.cpp", '#include "network/netfile.h"\n', "flow may not look into that room"),
    ("src/analysis/planted.c", '#include "report/table.h"\n', "analysis may not look into that room"),
    ("src/analysis/planted.c", '#include "people/people.h"\n', "analysis may not look into that room"),
    ("src/people/planted.c", '#include "ingest/ingest.h"\n', "people may not look into that room"),
    ("src/ingest/planted.c", '#include "igraph_port/igraph_port.h"\n', "ingest may not look into that room"),
    ("src/ingest/planted.c", '#include "people/people.h"\n', "ingest may not look into that room"),
    ("src/network/planted.c", '#include "ingest/record.h"\n', "network may not look into that room"),
    ("src/igraph_port/foreign.c", '#include "graph/graph.h"\n', "igraph_port may not look into that room"),
    ("src/report/planted.c", '#include "network/netdata.h"\n', "report may not look into that room"),
    ("src/run/planted.c", '#include "cli/command.h"\n', "run may not look into that room"),
    ("src/cli/planted.c", '#include "base/mem.h"\n', "cli sees include/kith only"),
    ("src/base/planted.c", '#include "mem.h"\n', 'write it with its room: "base/mem.h"'),
    ("src/base/planted.c", '#include "kith/error.h"\n', "public headers are included with <>"),
    ("include/kith/planted.h", '#include "base/mem.h"\n', "public headers include only each other"),
    ("src/attic/planted.c", "\n", '"attic" is no room of the house'),
    ("src/run/mem.c", "\n", "has the same file name"),
    ("src/run/planted.c", "\n" * 500, "500 lines"),
    ("src/run/planted.c", "void f(void)\n{\n" + "    ;\n" * 69 + "}\n", "71 lines"),
]
# What must pass.
INNOCENT = [
    ("src/igraph_port/planted.c", "#include <igraph.h>\n"),
    ("src/people/planted.c", '#include "ingest/record.h"\n'),
    ("src/ingest/planted.c", '#include "igraph_port/foreign.h"\n'),
    ("src/igraph_port/foreign.c", '#include "base/err.h"\n#include "igraph_port/foreign.h"\n'),
    ("src/run/planted.c", "void f(void)\n{\n" + "    ;\n" * 68 + "}\n"),
    ("src/run/planted.c", "\n" * 499),
]


def faults_of(root, file, text):
    """What layers.py says while `file` stands in the tree."""
    path = root / file
    kept = path.read_bytes() if path.exists() else None
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    try:
        return list(layers.all_faults(root))
    finally:
        path.unlink()
        if kept is not None:
            path.write_bytes(kept)
        elif not any(path.parent.iterdir()):
            path.parent.rmdir()


def main():
    source = Path(__file__).resolve().parents[2]
    bad = []
    with tempfile.TemporaryDirectory() as temp:
        root = Path(temp)
        for top in ("include", "src"):
            shutil.copytree(source / top, root / top)
        before = len(list(layers.all_faults(root)))
        for file, text, said in VIOLATIONS:
            found = faults_of(root, file, text)
            if len(found) != before + 1 or not any(said in why for _, _, why in found):
                bad.append(f"{file} with {text[:40]!r}: wanted {said!r}, got {found}")
        for file, text in INNOCENT:
            if len(found := faults_of(root, file, text)) != before:
                bad.append(f"{file} with {text[:40]!r} is innocent, got {found}")
    print("\n".join(bad) if bad else f"layers: all {len(VIOLATIONS)} planted violations are named")
    return bool(bad)


if __name__ == "__main__":
    sys.exit(main())
