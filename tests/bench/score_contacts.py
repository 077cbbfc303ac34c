#!/usr/bin/env python3
"""Hold what kith took for one person against the truth, pair by pair.

Usage: score_contacts.py TRUTH.csv FOUND.csv [--precision P] [--recall R] [--f1 F] [--wrong N]

Both files have the columns source, line, person. Ends with 1 where one of them is below what is
asked for. A row that was rejected counts as about nobody else. --wrong shows N pairs that were joined
wrongly and N that were missed.
"""

import argparse
import csv
import sys
from collections import Counter, defaultdict


def read(path):
    with open(path, newline="") as file:
        return {(row["source"], row["line"]): row["person"] for row in csv.DictReader(file)}


def pairs(counts):
    return sum(n * (n - 1) // 2 for n in counts)


def show(title, groups, other, limit):
    shown = 0
    for members in groups.values():
        first = members[0]
        for member in members[1:]:
            if other[member] != other[first] and shown < limit:
                print(f"  {title}: {first} and {member}")
                shown += 1


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("truth")
    parser.add_argument("found")
    parser.add_argument("--precision", type=float, default=0)
    parser.add_argument("--recall", type=float, default=0)
    parser.add_argument("--f1", type=float, default=0)
    parser.add_argument("--wrong", type=int, default=0)
    args = parser.parse_args()
    truth, found = read(args.truth), read(args.found)
    rows, missing = list(truth), [row for row in truth if row not in found]
    found.update((row, f"nobody at {row}") for row in missing)
    true_pairs = pairs(Counter(truth[row] for row in rows).values())
    found_pairs = pairs(Counter(found[row] for row in rows).values())
    both = pairs(Counter((truth[row], found[row]) for row in rows).values())
    precision = both / found_pairs if found_pairs else 1
    recall = both / true_pairs if true_pairs else 1
    f1 = 2 * both / (found_pairs + true_pairs) if found_pairs + true_pairs else 1
    print(f"rows {len(rows)} ({len(missing)} rejected)  pairs {true_pairs}  precision {precision:.5f}  recall {recall:.5f}  F1 {f1:.5f}")
    if args.wrong:
        by_found, by_truth = defaultdict(list), defaultdict(list)
        for row in rows:
            by_found[found[row]].append(row)
            by_truth[truth[row]].append(row)
        show("joined wrongly", by_found, truth, args.wrong)
        show("missed", by_truth, found, args.wrong)
    sys.exit(precision < args.precision or recall < args.recall or f1 < args.f1)


if __name__ == "__main__":
    main()
