#!/usr/bin/python3
"""A build that takes unchanged sources from a cache writes the same bytes as one that reads them all.

Usage: kept_sources.py KITH
Inputs of many kinds, in folders and archives, are changed at random, a source at a time, and built with and without
the cache, under changing options; the cache is damaged, deleted and cut off by kills meanwhile.
"""

import gzip
import io
import random
import re
import shutil
import signal
import sys
import tarfile
import zipfile
from pathlib import Path

from bad_day import COHORT, Moments, fault, finish, kith, work_folder

ROUNDS, KILLS = 16, 8
KEPT = Path("kept")
OPTIONS = [(), (), (), ("--date-order", "mdy"), ("--ids", "club"), ("--encoding", "ISO-8859-15"),
           ("--merge", "strict"), ("--owner", "in/ben-ito=Benjamin Ito"), ("--map", "company=Employer")]
FROM_CACHE = re.compile(r"kith: (\d+) of the sources were taken from the cache, (\d+) were put into it\n")


def set_up():
    """The cohort, some of it packed, beside a people table with rows that are rejected."""
    shutil.copytree(COHORT, "in")
    folders = sorted(path for path in Path("in").iterdir() if path.is_dir() and any(path.glob("*.csv")))
    for folder in folders[1:4]:
        pack_zip(folder, f"{folder}.zip")
        shutil.rmtree(folder)
    with tarfile.open("in/several.tar.gz", "w:gz") as archive:
        for folder in folders[4:6]:
            archive.add(folder, folder.name)
            shutil.rmtree(folder)
    employers = "id,name,email,Employer\n" + "".join(f"x{i},Xa Xo{i},x{i}@x.example,Acme\n" for i in range(9))
    Path("in/more-people.csv").write_text(employers + "x1,,no mail,\n,,,\n")


def pack_zip(folder, name):
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(Path(folder).rglob("*")):
            archive.write(path, path.relative_to(folder))


def alter(data, pick):
    """Text with a line dropped, doubled, swapped with another, or a byte changed."""
    lines = data.split(b"\n")
    at, other = (pick.randrange(min(5, len(lines) - 1), len(lines)) for _ in "ab")
    kind = pick.randrange(4)
    if kind == 0:
        del lines[at]
    elif kind == 1:
        lines.insert(at, lines[other])
    elif kind == 2:
        lines[at], lines[other] = lines[other], lines[at]
    elif lines[at]:
        place = pick.randrange(len(lines[at]))
        lines[at] = lines[at][:place] + bytes([pick.choice(b"xX,\"3 \xe9")]) + lines[at][place + 1:]
    return b"\n".join(lines)


def change(pick):
    """Changes one file, in whatever it is packed."""
    path = pick.choice(sorted(path for path in Path("in").rglob("*") if path.suffix in (".csv", ".vcf", ".zip", ".gz")))
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        name = pick.choice(sorted(files))
        files[name] = alter(files[name], pick)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in files.items():
                archive.writestr(name, data)
    elif path.name.endswith(".tar.gz"):
        return change(pick)
    elif path.suffix == ".gz":
        made = io.BytesIO()
        with gzip.GzipFile(fileobj=made, mode="wb", mtime=0) as packed:
            packed.write(alter(gzip.decompress(path.read_bytes()), pick))
        path.write_bytes(made.getvalue())
    else:
        path.write_bytes(alter(path.read_bytes(), pick))
    return path


def build(name, *options):
    """@return (exit code, what was told beside the cache, network, rejects, taken from the cache, put into it)."""
    for old in (f"{name}.kith", f"{name}.csv"):
        Path(old).unlink(missing_ok=True)
    code, _, err = kith("build", "in", "-o", f"{name}.kith", "--rejects", f"{name}.csv", *options, ok=(0, 2, 64, 65))
    counts = FROM_CACHE.search(err)
    told = FROM_CACHE.sub("", err).replace(f"{name}.kith", "NET")
    files = [Path(f"{name}.{ending}").read_bytes() if code in (0, 2) else b"" for ending in ("kith", "csv")]
    return (code, told, *files), tuple(map(int, counts.groups())) if counts else (0, 0)


def hold_same(told, *options):
    """@return how many sources were taken from the cache, and put into it."""
    plain, _ = build("plain", *options)
    kept, counts = build("kept", *options, "--cache", KEPT)
    for what, expected, got in zip(("the exit code", "what is told", "the network", "the rejects"), plain, kept):
        if expected != got:
            fault(f"{told}: {what} is another with the cache: {got[:300] if what == 'what is told' else ''}")
    return counts


def hold_changes(pick):
    taken = 0
    hold_same("an empty cache")
    for i in range(ROUNDS):
        options = pick.choice(OPTIONS)
        hold_same(f"round {i}, options", *options)
        path = change(pick)
        told = f"round {i}, {path} changed, {options}"
        recalled, learned = hold_same(told, *options)
        taken += recalled
        # An archive may hold a dozen sources; more than one changed file never is.
        if learned > (12 if path.suffix == ".zip" else 1):
            fault(f"{told}: {learned} sources were read again")
        if hold_same(f"{told}, again", *options)[1]:
            fault(f"{told}: what has not changed is read again")
    return taken


def hold_damage(pick):
    whole = sum(hold_same("before the damage"))
    for path in sorted(KEPT.iterdir()):
        data = bytearray(path.read_bytes())
        data[pick.randrange(len(data))] ^= 1 << pick.randrange(8)
        path.write_bytes(data[:pick.choice((len(data), len(data), pick.randrange(len(data))))])
    recalled, learned = hold_same("every entry is damaged")
    if recalled or learned != whole:
        fault(f"of damaged entries {recalled} were taken, and {learned} of {whole} replaced")
    shutil.rmtree(KEPT)
    if hold_same("the cache was deleted") != (0, whole):
        fault("a cache that was deleted is not filled again")
    for path in (KEPT, *KEPT.iterdir()):
        if path.stat().st_mode & 0o777 != (0o700 if path == KEPT else 0o600):
            fault(f"{path} has mode {path.stat().st_mode:o}")


def hold_refusals():
    """A cache that cannot be had stops nothing; one that would be read is refused."""
    Path("letter").write_text("not a folder")
    plain, _ = build("plain")
    kept, _ = build("kept", "--cache", "letter")
    if plain[2] != kept[2] or "the cache is not used" not in kept[1]:
        fault(f"a file in the place of the cache: {kept[:2]}")
    if build("kept", "--cache", "in/kept")[0][0] != 64:
        fault("a cache within the inputs is not refused")
    shutil.rmtree("in/kept")


def hold_kills(pick):
    words = ("build", "-q", "in", "-o", "killed.kith", "--cache", KEPT)
    shutil.rmtree(KEPT)
    moments = Moments(pick, *words)
    for i in range(KILLS):
        shutil.rmtree(KEPT, ignore_errors=True)
        moments.end(words, signal.SIGKILL)
        hold_same(f"after kill {i}")


def hold_night():
    """A night with a cache publishes the network of one without."""
    for name, more in (("without", ""), ("with", "cache = night-cache\n")):
        Path(f"{name}.ini").write_text(f"[nightly]\ninputs = in\noutput = {name}\n{more}")
    for date, change_it in (("2026-07-01", False), ("2026-07-02", True)):
        if change_it:
            with open("in/more-people.csv", "a", encoding="utf-8") as table:
                table.write("x77,Xa New,x77@x.example,Acme\n")
        _, said, _ = kith("nightly", "with.ini", "--date", date)
        kith("nightly", "without.ini", "-q", "--date", date)
        if Path("with", date, "network.kith").read_bytes() != Path("without", date, "network.kith").read_bytes():
            fault(f"the night of {date} has another network with the cache")
    counts = re.search(r"from_cache (\d+), into_cache (\d+)", said)
    if not counts or int(counts[1]) < 30 or int(counts[2]) != 1:
        fault(f"the second night reads not just the changed source: {said}")
    Path("with.ini").write_text("[nightly]\ninputs = in\noutput = with\ncache = in/kept\n")
    Path("in/kept").mkdir()
    kith("nightly", "with.ini", "-q", "--date", "2026-07-03", ok=(78,))


def main():
    work_folder()
    pick = random.Random(2026)
    set_up()
    taken = hold_changes(pick)
    hold_damage(pick)
    hold_refusals()
    hold_kills(pick)
    hold_night()
    if taken < 20 * ROUNDS:
        fault(f"only {taken} sources were taken from the cache")
    return finish(f"{ROUNDS} changes, {KILLS} kills: the same bytes, with {taken} sources taken from the cache")


if __name__ == "__main__":
    sys.exit(main())
