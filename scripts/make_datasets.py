#!/usr/bin/env python3
"""Write the fictional datasets: a mentoring programme's exports and sheets, and one job seeker's export.

Usage: make_datasets.py [FOLDER]      (default: the datasets/ folder beside scripts/)

The same bytes on every run. Everything is drawn from one seeded generator, in one order;
datasets/README.md tells what the files show, tests/oracle_datasets.py counts what is in them.
"""

import csv
import gzip
import io
import sys
import unicodedata
import urllib.parse
import zipfile
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import dataset_archive as archive
import dataset_cast as cast
import dataset_google as google


class Dice:
    """A small generator of our own (splitmix64), so no Python release can change the draw."""

    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        self.state = (self.state + 0x9E3779B97F4A7C15) % 2**64
        z = self.state
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB % 2**64
        return (z ^ (z >> 31)) % n

    def chance(self, percent):
        return self.below(100) < percent

    def pick(self, items):
        return items[self.below(len(items))]

    def some(self, items, count):
        left = list(items)
        return [left.pop(self.below(len(left))) for _ in range(min(count, len(left)))]

    def day(self, first, last):
        return first + timedelta(days=self.below((last - first).days + 1))


@dataclass
class Person:
    first: str
    last: str
    circle: str
    title: str
    company: str
    slug: str
    email: str
    shown_first: str
    shown_last: str
    former: tuple = None       # (title, company) before 2023, as older exports still say
    second_email: str = ""     # what exports without URLs show; only an address book holds both
    shared_email: str = ""     # an office address that several people use
    email_visible: bool = False
    member: dict = field(default_factory=dict)

    @property
    def url(self):
        return "https://www.linkedin.com/in/" + urllib.parse.quote(self.slug)


def latin(text):
    plain = text.translate(str.maketrans("øØłŁđĐ", "oOlLdD", "'"))
    plain = unicodedata.normalize("NFD", plain)
    return "".join(c for c in plain if c.isascii()).lower().replace(" ", "-").replace(".", "")


class Town:
    """Everybody, who lists whom since when, and who mentored whom."""

    def __init__(self, seed):
        self.dice = Dice(seed)
        self.taken = set()
        self.people = {}       # key -> Person, in order of birth
        self.listed = {}       # (smaller key, larger key) -> day of connection
        self.contacts = {}     # owner -> set of keys
        self.mentorships = []

    # People

    def add(self, key, first, last, circle, title=None, company=None, name=""):
        dice, where = self.dice, cast.CIRCLES[circle]
        name = name or latin(first) + "-" + latin(last)
        slug = f"{name}-{dice.below(0xF000) + 0x1000:04x}"
        if first == "Zoë" and name.startswith("zoe-lambertin"):
            slug = slug.replace("zoe", "zoë")
        company = dice.pick(where["companies"]) if company is None else company
        work = latin((company or "none").split()[0]) + ".example"
        host = dice.pick(["example.org", "example.com", "example.net", work])
        email = name.replace("-", ".") + "@" + (host if company else "example.org")
        if any(p.email == email for p in self.people.values()):
            email = "mail." + email
        person = Person(first, last, circle, title or dice.pick(where["titles"]), company, slug, email, first, last)
        person.email_visible = dice.chance(60)
        if company != cast.TARGET and dice.chance(40):
            person.former = (dice.pick(where["titles"]), dice.pick(where["companies"]))
        self.people[key] = person
        self.taken.add((first, last))
        return person

    def add_random(self, key, circle, title=None, company=None):
        firsts, lasts = cast.ISLAND_NAMES if circle == "island" else self.dice.pick(cast.NAMES)
        while True:
            first, last = self.dice.pick(firsts.split()), self.dice.pick(lasts.split())
            if (first, last) not in self.taken:
                break
        person = self.add(key, first, last, circle, title, company)
        if self.dice.chance(18):
            before, middle, after = self.dice.pick(cast.DRESS)
            person.shown_first, person.shown_last = before + first + middle, last + after
        elif first in cast.NICKNAMES:
            person.shown_first = f"{first} ({cast.NICKNAMES[first]})"
        return person

    def make_member(self, key, cohort, role):
        dice, person = self.dice, self.people[key]
        where = cast.CIRCLES[person.circle]
        skills = dice.some(where["skills"], 2 + dice.below(3))
        others = [s for s in where["skills"] if s not in skills]
        person.member = {
            "id": f"m{len(self.members()) + 1:03d}", "cohort": cohort, "role": role, "skills": "; ".join(skills),
            "capacity": "" if role == "mentee" else str(1 + dice.below(3)),
            "skills_wanted": "" if role == "mentor" else "; ".join(dice.some(others, 2)),
            "goals": "" if role == "mentor" else dice.pick(cast.GOALS),
            "do_not_introduce": "yes" if key in cast.DO_NOT_INTRODUCE else ""}

    def members(self):
        return [k for k, p in self.people.items() if p.member]

    # Ties

    def connect(self, owner, key, day):
        """Owner's export lists the contact, unless it was made before they connected."""
        if owner == key or day > export_day(owner):
            return
        pair = (min(owner, key), max(owner, key))
        self.listed.setdefault(pair, day)
        self.contacts.setdefault(owner, set()).add(key)

    def mentor(self, mentor, mentee, start, status="completed", programme=None, end=None, meetings=None, last=None):
        dice = self.dice
        if start and end is None and status == "completed":
            end = start + timedelta(days=180 + dice.below(120))
        if status == "completed" and meetings is None:
            meetings = 3 + dice.below(12)
        if start and last is None and meetings:
            last = (end or start + timedelta(days=200)) - timedelta(days=dice.below(30))
        programme = programme or cast.CIRCLES[self.people[mentee].circle]["programme"]
        self.mentorships.append((mentor, mentee, start, end, status, meetings, last, programme))


def export_day(owner):
    return date.fromisoformat(cast.SEEKER_EXPORT_DAY if owner == "noor" else cast.OWNERS[owner][3])


# The story

def settle(town):
    """Everybody moves in."""
    dice = town.dice
    for key, first, last, circle, title, company, cohort, role in cast.PARTS:
        town.add(key, first, last, circle, title, company).email_visible = key != "brandao"
        town.make_member(key, cohort, role)
    town.add("oskar", "Oskar", "Lindrud", "health", "Community Manager", "Tandem & Thyme Clinics")
    for i, (first, last, name) in enumerate(cast.OWN_SCRIPT):
        town.add(f"own{i}", first, last, "logistics" if i % 3 == 2 else "health", name=name)
    for i, title in enumerate(cast.TARGET_TITLES):
        town.add_random(f"acme{i}", "health", title, cast.TARGET)
    for circle, members, outsiders in [("health", 66, 104), ("logistics", 38, 50), ("island", 7, 18)]:
        for i in range(members):
            first_year = {"health": 2014, "logistics": 2017, "island": 2020}[circle]
            cohort = first_year + (i * (2026 - first_year + 1)) // members
            town.add_random(f"{circle}_member{i}", circle)
            role = "mentee" if cohort > 2022 else dice.pick(["both", "mentee", "mentor", "both"])
            town.make_member(f"{circle}_member{i}", cohort, role)
        for i in range(outsiders):
            town.add_random(f"{circle}{i}", circle)
    for i in range(12):
        town.add_random(f"alone{i}", dice.pick(["health", "logistics"]))
        town.make_member(f"alone{i}", 2026 if i < 8 else 2023, "mentee")
    for i in range(21):
        town.add_random(f"friend{i}", "health", dice.pick(cast.FRIEND_TITLES), dice.pick(cast.FRIEND_COMPANIES))
    outsiders = [k for k in town.people if k.startswith("health") and not town.people[k].member]
    for office, count in [("office@tandemthyme.example", 2), ("hello@pulsewright.example", 5)]:
        for key in dice.some([k for k in outsiders if not town.people[k].shared_email], count):
            town.people[key].shared_email = office


def meet(town):
    """Who lists whom. Contacts of one circle never meet those of another: only Marisol knows both."""
    dice = town.dice
    owners = {"health": "ines ines ben ben lena lena yara yara adaeze tomasz oskar marisol".split(),
              "logistics": "joost joost ravi ravi chidi chidi hanneke marisol".split(), "island": ["sefa"]}
    for pair, day in cast.CONNECTIONS.items():
        town.connect(pair[0], pair[1], date.fromisoformat(day))
    for a, b, day in cast.OWNER_CONNECTIONS:
        town.connect(a, b, date.fromisoformat(day))
        town.connect(b, a, date.fromisoformat(day))
    fixed = {key for pair in cast.CONNECTIONS for key in pair} | set(cast.OWNERS) | {"bram"}
    for key, person in town.people.items():
        if key in fixed or key.startswith(("alone", "friend")):
            continue
        if person.member and not key.startswith("island") and dice.chance(20):
            continue                       # known through mentoring only, if at all
        pool = "ben yara lena".split() if person.company == cast.TARGET else owners[person.circle]
        for owner in sorted(set(dice.some(pool, dice.pick([1, 2, 2, 2, 3, 3, 4])))):
            town.connect(owner, key, dice.day(date(2010, 1, 4), min(export_day(owner), cast.LAST_CONTACT_DAY)))
    near = dice.some([k for k in town.people if k.startswith("health")], 28)
    friends = [k for k in town.people if k.startswith("friend")]
    for key in ["acme0", "acme1", "acme4"] + near + friends:
        town.connect("noor", key, dice.day(date(2017, 9, 1), cast.LAST_CONTACT_DAY))


def teach(town):
    """Twelve years of mentorships. Chains drawn by lot stay at five people, so the told one is the longest."""
    dice = town.dice
    for mentor, mentee, year in cast.LINEAGE:
        start = date(year, 9, 8 + dice.below(12))
        town.mentor(mentor, mentee, start, end=start + timedelta(days=220 + dice.below(30)))
    for mentor, mentee, start, more in cast.MENTORSHIPS:
        town.mentor(mentor, mentee, start and date.fromisoformat(start), **more)
    closed = {mentee for _, mentee, year in cast.LINEAGE if year >= 2018} | {"noor", "beatriz", "sefa", "talia"}
    members = [k for k in town.members() if not k.startswith("alone") and k not in closed]
    for year in range(2014, 2027):
        for mentee in [k for k in members if town.people[k].member["cohort"] == year]:
            for _ in range(dice.pick([0, 1, 1, 1, 1, 2])):
                month = 2 + dice.below(2) if year == 2026 else 9
                start = date(year, month, 3 + dice.below(25))
                mentor = pick_mentor(town, members, mentee, start)
                if mentor and start.year < 2025:
                    town.mentor(mentor, mentee, start, dice.pick(["completed"] * 11 + ["cancelled", "rejected"]))
                elif mentor:
                    town.mentor(mentor, mentee, start, "active", meetings=2 + dice.below(6),
                                end=dice.pick([None, date(2026, 12, 18)]) if year == 2026 else None,
                                last=dice.day(date(2026, 4, 1), date(2026, 6, 5)))


def pick_mentor(town, members, mentee, start):
    """Someone of the same circle and an earlier year, mostly one who was a mentee before and mentors nobody yet."""
    person, busy, mentored = town.people[mentee], {}, set()
    for m in town.mentorships:
        busy[m[0]] = busy.get(m[0], 0) + 1
        mentored.add(m[1])
    able = [k for k in members if town.people[k].circle == person.circle
            and town.people[k].member["cohort"] < start.year and busy.get(k, 0) < 5 and depth(town, k, start) < 4
            and k != "sjoerd" and not any(m[:2] == (k, mentee) for m in town.mentorships)]
    fresh = [k for k in able if k in mentored and k not in busy]
    if person.circle == "island":
        return "sefa" if start.year > 2019 and depth(town, "sefa", start) < 4 else None
    pool = fresh if fresh and town.dice.chance(45) else [k for k in able if k in busy] or able
    return town.dice.pick(pool) if pool else None


def depth(town, key, start):
    """How many mentorships, one after the other, led to this person by that day."""
    before = [m for m in town.mentorships
              if m[1] == key and m[2] and m[2] <= start and m[4] not in ("cancelled", "rejected")]
    return max((1 + depth(town, m[0], m[2] - timedelta(days=1)) for m in before), default=0)


# The files

def table(rows, newline="\n", last_newline=True):
    out = io.StringIO()
    csv.writer(out, lineterminator=newline).writerows(rows)
    text = out.getvalue()
    return text if last_newline else text[:-len(newline)]


def connections(town, owner, age, quirk):
    """One Connections.csv as bytes, newest contact first."""
    dice, today = town.dice, export_day(owner)
    rows = []
    for key in town.people:
        if key in town.contacts[owner]:
            day = town.listed[min(owner, key), max(owner, key)]
            rows.append((day, contact_row(town.people[key], age, today, dice)))
    for _ in range(2 + dice.below(4)):
        rows.append((dice.day(date(2012, 1, 1), min(today, cast.LAST_CONTACT_DAY)), [""] * 6))
    rows.sort(key=lambda r: (-r[0].toordinal(), r[1]))
    written = [[*cells, f"{day.day}-{day:%b-%y}" if quirk == "excel" else f"{day:%d %b %Y}"] for day, cells in rows]
    if quirk == "bad-rows":
        written[7:7] = [["Piet", "Kraanvogel", "", "", "Tidewick Freight", "Deckhand", "31 Feb 2023"]]
        written[19:19] = [["", "", "", "", "Halfmast Customs", "Customs Broker", "03 Oct 2022"]]
    header = ["First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"]
    preamble = cast.PREAMBLE
    if quirk == "german":
        header, preamble = cast.GERMAN_HEADER, cast.GERMAN_PREAMBLE
    keep = [0, 1, 2, 3, 4, 5, 6] if age == "new" else [0, 1, 3, 4, 5, 6]
    newline = "\r\n" if quirk == "excel" else "\n"
    if quirk == "excel":                   # a spreadsheet fills every line up to the same number of cells
        preamble = table([[cell] + [""] * (len(keep) - 1) for cell in lines_as_cells(preamble)], newline)
    text = "" if age == "old" else preamble
    text += table([[row[i] for i in keep] for row in [header] + written], newline, quirk in ("excel", "german"))
    if quirk == "decomposed":
        text = unicodedata.normalize("NFD", text)
    return (b"\xef\xbb\xbf" if quirk == "excel" else b"") + text.encode()


def lines_as_cells(text):
    return ["".join(row) for row in csv.reader(io.StringIO(text, newline=""))]


def contact_row(person, age, today, dice):
    """First name, last name, URL, email, company, position as this owner's export has them."""
    if age == "new":
        email = person.shared_email or (person.email if person.email_visible and dice.chance(40) else "")
    else:
        email = person.second_email or (person.email if person.email_visible and not person.shared_email else "")
    title, company = person.former if person.former and today.year < 2024 else (person.title, person.company)
    if dice.chance(5) and company != cast.TARGET:
        title, company = "", ""
    return [person.shown_first, person.shown_last, person.url, email, company, title]


def profile(person):
    where = cast.CIRCLES[person.circle]
    headline = f"{person.title} at {person.company}"
    return table([cast.PROFILE_HEADER, [person.first, person.last, "", "", "", headline, cast.SUMMARY,
                                        where["industry"], "", where["city"], "", "", ""]]).encode()


def email_addresses(person):
    return table([["Email Address", "Confirmed", "Primary", "Updated On"],
                  [person.email, "Yes", "Yes", "11/2/19, 9:12 AM"],
                  [person.email.split("@")[0] + "@old-mail.example", "Yes", "No", "3/14/13, 6:40 PM"]]).encode()


def people_sheet(town):
    rows = [cast.PEOPLE_HEADER]
    for i, key in enumerate(town.members()):
        p, m = town.people[key], town.people[key].member
        where = cast.CIRCLES[p.circle]
        told = i < len(cast.PARTS)           # these keep all their keys; the others miss some
        slug = p.slug.title() if i % 7 == 3 else p.slug
        email = p.email.title() if i % 11 == 5 else p.email if told or i % 10 else ""
        url = cast.URL_FORMS[i % 5].format(slug) if told or i % 6 else ""
        rows.append([m["id"], f"{p.first} {p.last}", email, url, p.company, p.title, where["industry"], where["city"],
                     m["skills"], m["cohort"], m["role"], m["capacity"], m["skills_wanted"], m["goals"],
                     m["do_not_introduce"]])
    return table(rows).encode()


def mentoring_sheet(town):
    rows, members = [cast.MENTORSHIPS_HEADER], town.members()

    def reference(key, by_email):
        """The id of the people sheet, or now and then the email, if that sheet has it."""
        person, place = town.people[key], members.index(key)
        return person.email if by_email and place % 10 else person.member["id"]

    by_start = sorted(town.mentorships, key=lambda m: (m[2] or date(2018, 6, 1), m[0], m[1]))
    for i, (mentor, mentee, start, end, status, meetings, last, programme) in enumerate(by_start):
        goals = town.people[mentee].member["goals"] if i % 3 else ""
        two = mentor != mentee
        rows.append([reference(mentor, two and i % 9 == 4), reference(mentee, two and i % 13 == 6), start or "",
                     end or "", programme, start.year if start else "", status, goals, meetings or "", last or ""])
    return table(rows).encode()


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def pack(files):
    """A zip that is the same on every run: fixed order, dates and rights."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (2026, 6, 8, 7, 30, 0))
            entry.create_system, entry.external_attr, entry.compress_type = 3, 0o644 << 16, zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return out.getvalue()


def write_all(town, folder):
    more = Dice(seed=2026)                 # of its own, so that it changes nothing else
    for owner, (_, name, age, _, quirk) in cast.OWNERS.items():
        person = town.people[owner]
        files = {"Connections.csv": connections(town, owner, age, quirk), "Profile.csv": profile(person)}
        if quirk != "profile-only":
            files["Email Addresses.csv"] = email_addresses(person)
        files |= archive.export(town, owner, more, export_day(owner))
        if quirk == "gzip":
            files["Connections.csv.gz"] = gzip.compress(files.pop("Connections.csv"), 9, mtime=0)
        if quirk == "zip":
            files = {"Basic_LinkedInDataExport_06-08-2026.zip": pack(files)}
        if quirk.startswith("google"):
            files["contacts.csv"] = google.export(town, owner, quirk == "google-old")
        for file, content in files.items():
            write(folder / "cohort" / name / file, content)
    write(folder / "cohort" / "people.csv", people_sheet(town))
    write(folder / "cohort" / "mentorships.csv", mentoring_sheet(town))
    write(folder / "seeker" / "Connections.csv", connections(town, "noor", "new", ""))


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent / "datasets"
    town = Town(seed=2014)
    settle(town)
    meet(town)
    teach(town)
    google.choose_second_emails(town)
    write_all(town, folder)


if __name__ == "__main__":
    main()
