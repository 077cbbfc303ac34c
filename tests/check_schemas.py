#!/usr/bin/python3
"""Holds JSON answers against their schemas.

    check_schemas.py SCHEMA FILE...    each FILE is one answer
    check_schemas.py FOLDER FILE...    the schema of each is FOLDER/COMMAND.schema.json
    check_schemas.py --rows NAME SCHEMA FILE...
                                       each FILE is .jsonl, with the rows of the list NAME

A name that ends in .gz is decompressed. Ends with 1 and a line for each fault.
"""
import argparse
import gzip
import json
import pathlib
import sys

import jsonschema


def no_constant(word):
    raise ValueError(f"{word} is no JSON")


def no_duplicates(pairs):
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a member comes twice")
    return members


def parse(text):
    return json.loads(text, parse_constant=no_constant, object_pairs_hook=no_duplicates)


def read(path):
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="") as stream:
        return stream.read()


def validator(path):
    schema = parse(path.read_text(encoding="utf-8"))
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    return schema, kind


def faults_of(value, schema, kind):
    for error in kind(schema).iter_errors(value):
        yield f"{'/'.join(map(str, error.absolute_path)) or 'top'}: {error.message}"


def check_answer(schemas, path):
    answer = parse(read(path))
    if schemas.is_dir():
        schemas = schemas / f"{answer['command']}.schema.json"
    yield from faults_of(answer, *validator(schemas))


def check_rows(schemas, name, path):
    schema, kind = validator(schemas)
    row = {**schema["properties"][name]["items"], "$defs": schema["$defs"]}
    for number, line in enumerate(read(path).splitlines(), 1):
        for fault in faults_of(parse(line), row, kind):
            yield f"line {number}: {fault}"


def main():
    parser = argparse.ArgumentParser(description="hold JSON answers against their schemas")
    parser.add_argument("--rows", metavar="NAME")
    parser.add_argument("schemas", type=pathlib.Path)
    parser.add_argument("files", type=pathlib.Path, nargs="+")
    args = parser.parse_args()
    good = True
    for path in args.files:
        try:
            faults = list(
                check_rows(args.schemas, args.rows, path) if args.rows else check_answer(args.schemas, path)
            )
        except (OSError, ValueError, KeyError) as error:
            faults = [f"{type(error).__name__}: {error}"]
        for fault in faults:
            print(f"{path}: {fault}", file=sys.stderr)
            good = False
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
