#!/usr/bin/env python3
"""Write records of people with slips in them, as FEBRL's generator does, and the truth about them.

Usage: make_records.py [--people N] [--seed N] FOLDER

records.csv has rec_id, given_name, surname, street_number, address_1, address_2, suburb, postcode, state,
date_of_birth, soc_sec_id. Of every person there are one to four records; each further one has up to five
slips of the keyboard and missing values, and 3 % have the names exchanged. truth.csv has source,line,person.
"""

import argparse
import csv
import random
from pathlib import Path

from make_contacts import Pool, make_words, slip

HEADER = ["rec_id", "given_name", "surname", "street_number", "address_1", "address_2", "suburb", "postcode",
          "state", "date_of_birth", "soc_sec_id"]
SLIPS = 5


def spoil(rng, row):
    """One record more: slips, gaps, and now and then the names the other way round."""
    row = list(row)
    for _ in range(rng.randrange(SLIPS + 1)):
        at = rng.randrange(1, len(row))
        if row[at] and rng.random() < 0.15:
            row[at] = ""
        elif len(row[at]) > 1:
            row[at] = slip(rng, row[at]) if not row[at].isdigit() else digit_slip(rng, row[at])
    if rng.random() < 0.03:
        row[1], row[2] = row[2], row[1]
    return row


def digit_slip(rng, number):
    at = rng.randrange(len(number))
    return number[:at] + rng.choice("0123456789") + number[at + 1:]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("folder", type=Path)
    args = parser.parse_args()
    rng, taken = random.Random(args.seed), set()
    given, family = Pool(make_words(rng, 400, ["", "a", "o"], taken), 8), Pool(make_words(rng, 2000, [""], taken), 20)
    streets, suburbs = make_words(rng, 900, [" street", " place", " road"], taken), make_words(rng, 300, [""], taken)
    records = []
    for person in range(args.people):
        first = [given.pick(rng), family.pick(rng), str(rng.randrange(1, 300)), rng.choice(streets), "",
                 rng.choice(suburbs), f"{rng.randrange(1000, 9999)}", rng.choice(["nsw", "vic", "qld", "wa"]),
                 f"{rng.randrange(1920, 2005)}{rng.randrange(1, 13):02d}{rng.randrange(1, 29):02d}",
                 f"{rng.randrange(10**6, 10**7)}"]
        first = ["", *first]
        records.append((person, first))
        records += [(person, spoil(rng, first)) for _ in range(rng.choice([0, 1, 1, 2, 3]))]
    rng.shuffle(records)
    args.folder.mkdir(parents=True, exist_ok=True)
    with open(args.folder / "records.csv", "w", newline="") as out, \
            open(args.folder / "truth.csv", "w", newline="") as truth:
        rows, told = csv.writer(out, lineterminator="\n"), csv.writer(truth, lineterminator="\n")
        rows.writerow(HEADER)
        told.writerow(["source", "line", "person"])
        for i, (person, row) in enumerate(records):
            rows.writerow([f"rec-{i}", *row[1:]])
            told.writerow(["records.csv", 2 + i, person])


if __name__ == "__main__":
    main()
