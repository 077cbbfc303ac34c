#!/usr/bin/env python3
"""Count what is in datasets/, naively, without a line of kith: the answer its tests are held against.

Usage: oracle_datasets.py [--owner FOLDER=URL]... [--markdown] FOLDER...

Reads the exports and sheets with the csv module, unites rows that share a LinkedIn slug, an email or an
id of the people sheet, and prints what follows as JSON (or as the table that datasets/README.md holds).
"""

import argparse
import csv
import gzip
import io
import json
import sys
import unicodedata
import urllib.parse
import zipfile
from collections import defaultdict, deque
from datetime import date, datetime
from pathlib import Path

TARGET = "acme robotics"
ALIASES = {"Vorname": "First Name", "Nachname": "Last Name", "E-Mail-Adresse": "Email Address",
           "Unternehmen": "Company", "Verbunden am": "Connected On"}


def slug_of(url):
    if not url:
        return ""
    rest = url.split("?")[0].split("#")[0].rstrip("/").split("/in/")[1].split("/")[0]
    return "slug:" + unicodedata.normalize("NFC", urllib.parse.unquote(rest)).lower()


def email_of(text):
    return "email:" + text.strip().lower() if text.strip() else ""


def day_of(text):
    for form in ("%Y-%m-%d", "%d %b %Y", "%d-%b-%y"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None


def files_of(folder):
    """Every file of a folder as (name, folder it counts as, bytes), archives opened."""
    for path in sorted(Path(folder).rglob("*")):
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    yield f"{path}/{name}", str(path), archive.read(name)
        elif path.suffix == ".gz":
            yield str(path), str(path.parent), gzip.decompress(path.read_bytes())
        elif path.is_file():
            yield str(path), str(path.parent), path.read_bytes()


def rows_of(content, marker):
    """Rows below the header as (line the row ends on, cells by name); the header is the first row with the marker."""
    reader = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    header = None
    for cells in reader:
        cells = [ALIASES.get(c, c) for c in cells] if not header else cells
        if header and cells:
            yield reader.line_num, dict(zip(header, cells))
        elif marker in cells:
            header = cells


class World:
    def __init__(self):
        self.records = []      # keys of each row that tells of a person
        self.names = []
        self.companies = []
        self.flags = []        # do_not_introduce
        self.listings = []     # (owner record, contact record)
        self.mentorships = []  # (mentor record, mentee record, start)
        self.relations = []    # (contact record, contact record)
        self.between = []      # (owner record, contact record): messages and the like
        self.positions = []    # (owner record, company, start, end or "")
        self.classes = []      # (owner record, school, class year)
        self.sources = {}
        self.rejects = []
        self.days = []
        self.ignored_relations = 0

    def record(self, keys, name, company="", flag=False):
        self.records.append([k for k in keys if k])
        self.names.append(name)
        self.companies.append(company)
        self.flags.append(flag)
        return len(self.records) - 1

    def tally(self, source, what):
        counts = self.sources.setdefault(source, {"rows": 0, "used": 0, "skipped": 0, "rejected": 0})
        counts["rows"] += 1
        counts[what] += 1

    def reject(self, source, line, reason):
        self.tally(source, "rejected")
        self.rejects.append({"source": source, "line": line, "reason": reason})


def read_linkedin(world, source, content, owner):
    for line, row in rows_of(content, "Connected On"):
        day, rest = row["Connected On"], [v for k, v in row.items() if k != "Connected On" and v]
        name = (row["First Name"] + " " + row["Last Name"]).strip()
        if not rest:
            world.tally(source, "skipped")
        elif not name:
            world.reject(source, line, "no name")
        elif not day_of(day):
            world.reject(source, line, "impossible date")
        else:
            world.tally(source, "used")
            world.days.append(day_of(day))
            contact = world.record([slug_of(row.get("URL")), email_of(row["Email Address"])], name, row["Company"])
            world.listings.append((owner, contact))


def read_google(world, source, content, owner):
    by_name, stated = {}, []
    for _, row in rows_of(content, "E-mail 1 - Value"):
        name = row.get("Name") or f"{row['First Name']} {row['Last Name']}".strip()
        keys = [email_of(e) for e in row["E-mail 1 - Value"].split(":::")]
        company = row.get("Organization 1 - Name") or row.get("Organization Name", "")
        by_name[name] = world.record(keys, name, company)
        world.listings.append((owner, by_name[name]))
        world.tally(source, "used")
        stated.append((name, row["Relation 1 - Value"]))
    for name, other in stated:
        if other in by_name:
            world.relations.append((by_name[name], by_name[other]))
        elif other:
            world.ignored_relations += 1


def listed_as(world, owner, name):
    """The contact of that name in the owner's list; there must be exactly one."""
    [contact] = [c for o, c in world.listings if o == owner and world.names[c] == name]
    return contact


def between(world, owner, other):
    """Something between an owner and a contact: it must not make a tie."""
    world.between.append((owner, other))


def read_messages(world, source, content, owner):
    me = next(k for k in world.records[owner] if k.startswith("slug:"))
    for _, row in rows_of(content, "CONVERSATION ID"):
        sender = slug_of(row["SENDER PROFILE URL"])
        others = [slug_of(url) for url in row["RECIPIENT PROFILE URLS"].split(",") if url]
        if row["IS MESSAGE DRAFT"] == "Yes" or not sender:
            world.tally(source, "skipped")
            continue
        world.tally(source, "used")
        world.days.append(date.fromisoformat(row["DATE"][:10]))
        for slug in others if sender == me else [sender]:
            between(world, owner, world.record([slug], ""))


def read_invitations(world, source, content, owner):
    for _ in rows_of(content, "Direction"):
        world.tally(source, "used")


def read_recommendations(world, source, content, owner):
    for _, row in rows_of(content, "Creation Date"):
        world.tally(source, "skipped" if row["Status"] == "PENDING" else "used")
        if row["Status"] != "PENDING":
            world.days.append(datetime.strptime(row["Creation Date"], "%m/%d/%y, %I:%M %p").date())
            between(world, owner, listed_as(world, owner, f"{row['First Name']} {row['Last Name']}"))


def read_endorsements(world, source, content, owner):
    for _, row in rows_of(content, "Skill Name"):
        world.tally(source, "used" if row["Endorsement Status"] == "ACCEPTED" else "skipped")
        if row["Endorsement Status"] == "ACCEPTED":
            world.days.append(datetime.strptime(row["Endorsement Date"][:10], "%Y/%m/%d").date())
            url = row.get("Endorser Public Url") or row.get("Endorsee Public Url")
            between(world, owner, world.record([slug_of(url)], ""))


def read_positions(world, source, content, owner):
    for _, row in rows_of(content, "Company Name"):
        world.tally(source, "used")
        end = row["Finished On"] and datetime.strptime(row["Finished On"], "%b %Y").date()
        world.positions.append((owner, row["Company Name"], datetime.strptime(row["Started On"], "%b %Y").date(), end))


def read_education(world, source, content, owner):
    for _, row in rows_of(content, "School Name"):
        world.tally(source, "used")
        world.classes.append((owner, row["School Name"], int(row["End Date"])))


def read_skills(world, source, content, owner):
    for _ in rows_of(content, "Name"):
        world.tally(source, "used")


# What an archive holds beside its contacts, by the begin of a file's name; read after all else.
ARCHIVE = {"messages": read_messages, "Invitations": read_invitations, "Recommendations": read_recommendations,
           "Endorsement": read_endorsements, "Positions": read_positions, "Education": read_education,
           "Skills": read_skills}


def own_slug(content):
    """The address of the one who sent invitations."""
    return next(slug_of(row["inviterProfileUrl"]) for _, row in rows_of(content, "Direction")
                if row["Direction"] == "OUTGOING")


def read_people(world, source, content):
    for _, row in rows_of(content, "do_not_introduce"):
        world.tally(source, "used")
        world.record(["id:" + row["id"], slug_of(row["url"]), email_of(row["email"])], row["name"], row["company"],
                     row["do_not_introduce"] == "yes")


def read_mentorships(world, source, content):
    for line, row in rows_of(content, "mentee"):
        start, end = day_of(row["start"]), day_of(row["end"])
        if row["mentor"] == row["mentee"]:
            world.reject(source, line, "mentor and mentee are one person")
        elif start and end and end < start:
            world.reject(source, line, "ends before it starts")
        elif row["status"] in ("rejected", "cancelled"):
            world.tally(source, "skipped")
        else:
            world.tally(source, "used")
            world.days += [d for d in (start, day_of(row["last_meeting"])) if d]
            mentor, mentee = (world.record([email_of(who) if "@" in who else "id:" + who], "")
                              for who in (row["mentor"], row["mentee"]))
            world.mentorships.append((mentor, mentee, start))


def read_all(folders, owners):
    world = World()
    for folder in folders:
        root = Path(folder).parent
        files = list(files_of(folder))
        owner_of = {}
        for path, place, content in files:
            if path.endswith("Profile.csv"):
                _, row = next(rows_of(content, "Headline"))
                keys = [email_of(r["Email Address"]) for p, q, c in files
                        if q == place and p.endswith("Email Addresses.csv") for _, r in rows_of(c, "Confirmed")]
                keys += [own_slug(c) for p, q, c in files if q == place and p.endswith("Invitations.csv")]
                owner_of[place] = world.record(keys, row["First Name"] + " " + row["Last Name"])
        if folder in owners:
            owner_of[folder] = world.record([slug_of(owners[folder])], "")
        for path, place, content in files:
            source, name = str(Path(path).relative_to(root)), Path(path).name
            if name.startswith("Connections.csv"):
                read_linkedin(world, source, content, owner_of[place])
            elif name == "contacts.csv":
                read_google(world, source, content, owner_of[place])
            elif name == "people.csv":
                read_people(world, source, content)
            elif name == "mentorships.csv":
                read_mentorships(world, source, content)
        for path, place, content in files:
            for begin, read in ARCHIVE.items():
                if Path(path).name.startswith(begin):
                    read(world, str(Path(path).relative_to(root)), content, owner_of[place])
    return world


def merge(world):
    """Person number of each record, and the emails that unite nobody because several slugs hold them."""
    slugs = defaultdict(set)
    for keys in world.records:
        for key in keys:
            slugs[key].update(k for k in keys if k.startswith("slug:"))
    refused = {k for k in slugs if k.startswith("email:") and len(slugs[k]) > 1}
    parent = list(range(len(world.records)))

    def find(i):
        while parent[i] != i:
            i = parent[i]
        return i

    first = {}
    for i, keys in enumerate(world.records):
        for key in set(keys) - refused:
            a, b = find(first.setdefault(key, i)), find(i)
            parent[max(a, b)] = min(a, b)
    number, person = {}, []
    for i in range(len(parent)):
        person.append(number.setdefault(find(i), len(number)))
    held = defaultdict(lambda: defaultdict(set))
    for i, keys in enumerate(world.records):
        for key in set(keys) - refused:
            held[person[i]][key.split(":")[0]].add(key)
    for kinds in held.values():
        assert len(kinds["slug"]) <= 1 and len(kinds["id"]) <= 1, f"one person, two keys: {dict(kinds)}"
    return person, refused


def neighbours_of(ties, count):
    near = [set() for _ in range(count)]
    for a, b in ties:
        near[a].add(b)
        near[b].add(a)
    return near


def parts_of(near, without=None):
    """Components, largest first, as sets of people."""
    seen, parts = {without}, []
    for start in range(len(near)):
        if start not in seen:
            part, queue = {start}, deque([start])
            while queue:
                for b in near[queue.popleft()] - part - {without}:
                    part.add(b)
                    queue.append(b)
            seen |= part
            parts.append(part)
    return sorted(parts, key=len, reverse=True)


def cut_people(near):
    """(person, parts, people who lose the largest part) by taking each person out in turn: slow and plain."""
    whole = parts_of(near)
    for person in range(len(near)):
        if len(near[person]) > 1:
            home = next(p for p in whole if person in p)
            left = [p for p in parts_of(near, person) if p <= home]
            if len(left) > 1:
                yield person, len(left), len(home) - 1 - len(left[0])


def bridge_ties(near, ties):
    return sum(1 for a, b in ties if b not in reach(near, a, skip={a, b}))


def reach(near, start, skip=frozenset(), closed=frozenset()):
    """Hops to everybody; `skip` is a tie not to use, `closed` people who pass nobody on and are not reached."""
    hops, queue = {start: 0}, deque([start])
    while queue:
        a = queue.popleft()
        for b in near[a]:
            if b not in hops and b not in closed and {a, b} != skip:
                hops[b] = hops[a] + 1
                queue.append(b)
    return hops


def longest_chains(mentorships):
    """The longest lines of mentorships in time, as people; by trying every one."""
    after = defaultdict(list)
    for m in mentorships:
        after[m[0]].append(m)
    best = []

    def walk(chain, latest, used):
        nonlocal best
        tail = [m for m in after[chain[-1]] if m not in used and (not m[2] or not latest or m[2] >= latest)]
        if not best or len(chain) >= len(best[0]):
            best = [chain] + [c for c in best if len(c) == len(chain)]
        for m in tail:
            walk(chain + [m[1]], max(filter(None, (latest, m[2])), default=None), used | {m})

    for m in mentorships:
        walk([m[0], m[1]], m[2], {m})
    return best


def together(world, person, ties, names, as_of):
    """Who of those with a tie was at one company at one time, or at one school, as sentences."""
    told = []
    for i, (a, company, a_start, a_end) in enumerate(world.positions):
        for b, other, b_start, b_end in world.positions[:i]:
            pair = (min(person[a], person[b]), max(person[a], person[b]))
            first, last = max(a_start, b_start), min(a_end or as_of, b_end or as_of)
            if pair in ties and company.lower() == other.lower() and first < last:
                told.append(f"{names[pair[0]]} and {names[pair[1]]} worked together {first} to {last}")
    for i, (a, school, a_year) in enumerate(world.classes):
        for b, other, b_year in world.classes[:i]:
            pair = (min(person[a], person[b]), max(person[a], person[b]))
            if pair in ties and school == other:
                told.append(f"{names[pair[0]]} and {names[pair[1]]} studied {abs(a_year - b_year)} years apart")
    return sorted(told)


def facts_of(world):
    person, refused = merge(world)
    count = max(person) + 1
    names, flagged, target = {}, set(), set()
    listed = {(person[a], person[b]) for a, b in world.listings}
    for i, p in enumerate(person):
        if world.names[i] and any(k.startswith("id:") for k in world.records[i]) or p not in names:
            names[p] = world.names[i]
        names[p] = names[p] or world.names[i]
        if world.flags[i]:
            flagged.add(p)
        if TARGET in world.companies[i].lower():
            target.add(p)
    mentorships = sorted({(person[a], person[b], start) for a, b, start in world.mentorships},
                         key=lambda m: (m[0], m[1], m[2] or date.min))
    ties = {(min(t), max(t)) for t in listed | {m[:2] for m in mentorships}}
    for a, b in world.relations:
        pair = (person[a], person[b])
        assert (min(pair), max(pair)) in ties, "a stated relation between people who have no other tie"
    for a, b in world.between:
        pair = (person[a], person[b])
        assert (min(pair), max(pair)) in ties, "something between people who have no other tie"
    near = neighbours_of(ties, count)
    cuts = sorted(cut_people(near), key=lambda c: (-c[2], c[0]))
    goal = target - flagged
    chains = longest_chains(mentorships)
    hops = {}
    for owner in sorted({person[a] for a, _ in world.listings}):
        found = reach(near, owner, closed=flagged - {owner})
        hops[names[owner]] = min((found[t] for t in goal - {owner} if t in found), default=None)
    mentees = [{m[1] for m in mentorships if m[0] == p} for p in range(count)]
    common = set.intersection(*(near[p] for p in range(count) if names[p] in ("Noor Haddad", "Ingrid Solheim")))
    return {
        "people": count,
        "ties": len(ties),
        "ties_listed_by_both": sum(1 for a, b in listed if a < b and (b, a) in listed),
        "mentorships": len(world.mentorships),
        "mentorships_undated": sum(1 for m in mentorships if not m[2]),
        "as_of": str(max(world.days)),
        "owners": len(hops),
        "people_without_ties": sum(1 for n in near if not n),
        "component_sizes": [len(p) for p in parts_of(near) if len(p) > 1],
        "cut_people": len(cuts),
        "largest_cuts": [{"name": names[p], "parts": parts, "people_cut_off": off} for p, parts, off in cuts[:5]],
        "bridge_ties": bridge_ties(near, ties),
        "longest_chain": [names[p] for p in chains[0]],
        "longest_chains": len(chains),
        "people_on_mentoring_cycles": sorted(
            names[p] for p in range(count) if any(p in reach(mentees, mentee) for mentee in mentees[p])),
        "people_at_acme_robotics": len(target),
        "do_not_introduce": sorted(names[p] for p in flagged),
        "fewest_ties_to_acme_robotics": hops,
        "introducers_of_noor_to_ingrid": sorted(names[p] for p in common - flagged),
        "emails_that_unite_nobody": sorted(k[6:] for k in refused),
        "relations_used": len(world.relations),
        "relations_ignored": world.ignored_relations,
        "between_owners_and_contacts": len(world.between),
        "together": together(world, person, ties, names, max(world.days)),
        "rejects": world.rejects,
        "sources": world.sources,
    }


def markdown(facts):
    for key, value in facts.items():
        if key == "sources":
            for name, c in value.items():
                yield f"| {name} | {c['rows']} | {c['used']} | {c['skipped']} | {c['rejected']} |"
        elif key == "rejects":
            for r in value:
                yield f"| {r['source']}:{r['line']} | {r['reason']} |"
        elif key == "together":
            for sentence in value:
                yield f"| together | {sentence} |"
        elif key == "longest_chain":
            yield f"| longest chain | {' → '.join(value)} |"
        elif not isinstance(value, (dict, list)):
            yield f"| {key.replace('_', ' ')} | {value} |"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--owner", action="append", default=[])
    parser.add_argument("--markdown", action="store_true")
    args = parser.parse_args()
    facts = facts_of(read_all(args.folders, dict(o.split("=", 1) for o in args.owner)))
    if args.markdown:
        print("\n".join(markdown(facts)))
    else:
        json.dump(facts, sys.stdout, ensure_ascii=False, indent=1)
        print()


if __name__ == "__main__":
    main()
