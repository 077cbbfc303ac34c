#!/usr/bin/env python3
"""Write contact exports of many owners with a known truth.

Usage: make_contacts.py [--records N] [--owners N] [--seed N] FOLDER

Every owner gets a folder with a Connections.csv and a Profile.csv as LinkedIn writes them; truth.csv says
which person each row is about (source,line,person). Names, companies and places are made of syllables,
given names also of share/kith/nicknames.csv. People live in circles of some hundreds who share companies,
and most contacts of an owner are of one circle, so people of one name often meet.

What can go wrong with a row, and how often (the balanced set):
"""

import argparse
import bisect
import csv
import itertools
import random
from pathlib import Path

NOISE = {
    "old_export": (0.40, "of owners: an export without the URL column"),
    "email_old": (0.75, "of rows in an old export show an email"),
    "email_new": (0.15, "of rows in a new export show an email"),
    "second_email": (0.10, "of shown emails are another one of the same person"),
    "no_company": (0.05, "of rows lack company and position"),
    "former_job": (0.25, "of people had another job when old exports were made"),
    "company_dressed": (0.10, "of companies are written another way (Inc., Ltd, \"The\")"),
    "misspelt": (0.02, "of rows have a slip of the keyboard in a name"),
    "nickname": (0.04, "of rows have a short form of the given name"),
    "dressed": (0.08, "of rows have a degree, a title, or an emoji in the name"),
    "swapped": (0.005, "of rows have given and family name exchanged"),
    "initial": (0.005, "of rows have only the first letter of the family name"),
    "namesake": (0.02, "of people share their name with another of their circle"),
    "generation": (0.01, "of people are the Jr of a Sr in their circle"),
    "twin": (0.01, "of people are the twin of another: family name, company and place are the same"),
}
__doc__ += "".join(f"  {share:6.1%} {what}\n" for share, what in NOISE.values())

PEOPLE_PER_RECORD = 0.25
CIRCLE = 400
OUTSIDE = 0.10          # of contacts are from anywhere
ONSETS = "b br c ch d dr f fl g gr h j k kl l m n p pr r s sch st t th tr v w z".split()
VOWELS = "a e i o u ai ei ie oo ou".split()
CODAS = "l n r s t ck ld ng nd rt st m ff".split()
ENDINGS = ["", "", "son", "man", "berg", "ez", "ski", "ova", "ini", "sen", "stra", "ell", "ard", "ley", "ton"]
TITLES = ["Engineer", "Senior Engineer", "Account Manager", "Sales Director", "Nurse", "Teacher", "Recruiter",
          "Product Manager", "Data Analyst", "Consultant", "Architect", "Founder", "Controller", "Designer",
          "Head of Marketing", "Project Lead", "Lawyer", "Researcher", "Buyer", "Planner"]
DRESS = [("", ", PhD"), ("", ", MBA"), ("Dr. ", ""), ("", " (she/her)"), ("", " \U0001F680"), ("", ", PMP"),
         ("Prof. ", ""), ("", " - We are hiring!")]
HEADER = ["First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"]
PREAMBLE = 'Notes:\n"Some addresses are missing."\n\n'


class Pool:
    """Things of which the first are common and the last rare."""

    def __init__(self, things, flat):
        self.things = things
        self.sums = list(itertools.accumulate(1 / (i + flat) for i in range(len(things))))

    def pick(self, rng):
        return self.things[bisect.bisect(self.sums, rng.random() * self.sums[-1])]


def make_words(rng, count, endings, taken):
    words = []
    while len(words) < count:
        word = rng.choice(ONSETS) + rng.choice(VOWELS) + rng.choice(CODAS)
        if rng.random() < 0.5:
            word += rng.choice(VOWELS) + rng.choice(CODAS)
        word = (word + rng.choice(endings)).capitalize()
        if word not in taken:
            taken.add(word)
            words.append(word)
    return words


class Person:
    __slots__ = ("given", "family", "suffix", "short", "job", "former", "url", "email", "second")


class World:
    def __init__(self, rng, people):
        lines = (Path(__file__).parents[2] / "share/kith/nicknames.csv").read_text().splitlines()
        groups = [line.split(",") for line in lines if not line.startswith("#")]
        self.shorts = {forms[0].capitalize(): [f.capitalize() for f in forms[1:]] for forms in groups}
        known = list(self.shorts)
        rng.shuffle(known)
        self.given = Pool(known + make_words(rng, 1200, ["", "a", "o", "in"], set(known)), 15)
        self.family = Pool(make_words(rng, 9000, ENDINGS, set()), 40)
        self.rng = rng
        self.people, self.circles, self.work_emails = [], [], set()
        self.companies = make_words(rng, max(40, people // 60), ["", "tech", "works", "group", "soft"], set())
        while len(self.people) < people:
            self.add_circle()

    def add_circle(self):
        rng, first = self.rng, len(self.people)
        pool = Pool(rng.sample(self.companies, min(30, len(self.companies))), 3)
        while len(self.people) < first + CIRCLE:
            self.people.append(self.make(pool, self.people[first:]))
        self.circles.append(range(first, len(self.people)))

    def make(self, pool, circle):
        rng, p = self.rng, Person()
        p.given, p.family, p.suffix = self.given.pick(rng), self.family.pick(rng), ""
        p.job = (pool.pick(rng), rng.choice(TITLES))
        luck = rng.random()
        other = rng.choice(circle) if circle else None
        if other and luck < NOISE["namesake"][0]:
            p.given, p.family = other.given, other.family
        elif other and luck < NOISE["namesake"][0] + NOISE["generation"][0] and not other.suffix:
            p.given, p.family, p.suffix, other.suffix = other.given, other.family, "Jr.", "Sr."
        elif other and luck < sum(NOISE[k][0] for k in ("namesake", "generation", "twin")):
            p.family, p.job = other.family, (other.job[0], p.job[1])
        p.short = rng.choice(self.shorts.get(p.given) or [p.given])
        p.former = (pool.pick(rng), rng.choice(TITLES)) if rng.random() < NOISE["former_job"][0] else p.job
        number = len(self.people)
        plain = f"{p.given}.{p.family}".lower()
        work = f"{plain}@{p.job[0].lower()}.example"
        if work in self.work_emails:
            work = work.replace("@", f"{number}@")
        self.work_emails.add(work)
        p.url = f"https://www.linkedin.com/in/{plain.replace('.', '-')}-{number:x}"
        p.email = rng.choice([f"{plain}{number % 1000}@gmail.com", work,
                              f"{p.given[0].lower()}{p.family.lower()}{number % 500}@mail{number % 89}.example"])
        p.second = rng.choice([f"{plain}@post{number % 997}.example", f"{p.short.lower()}{number}@home.example"])
        return p


def slip(rng, word):
    at = rng.randrange(1, len(word)) if len(word) > 1 else 0
    kind = rng.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1:]
    if kind == 1:
        return word[:at] + rng.choice("aeinorst") + word[at:]
    if kind == 2:
        return word[:at] + rng.choice("aeinorst") + word[at + 1:]
    return word[:at - 1] + word[at] + word[at - 1] + word[at + 1:] if at else word


def show_name(rng, p):
    given, family = p.given, p.family
    hit = lambda what: rng.random() < NOISE[what][0]
    if hit("nickname"):
        given = p.short
    if hit("misspelt"):
        if rng.random() < 0.5:
            given = slip(rng, given)
        else:
            family = slip(rng, family)
    if hit("initial"):
        family = family[0] + "."
    if p.suffix:
        family += " " + p.suffix
    if hit("dressed"):
        before, after = rng.choice(DRESS)
        given, family = before + given, family + after
    return (family, given) if hit("swapped") else (given, family)


def show_row(rng, p, old, day):
    given, family = show_name(rng, p)
    email, (company, title) = "", p.former if old else p.job
    if rng.random() < NOISE["email_old" if old else "email_new"][0]:
        email = p.second if rng.random() < NOISE["second_email"][0] else p.email
    if rng.random() < NOISE["no_company"][0]:
        company = title = ""
    elif rng.random() < NOISE["company_dressed"][0]:
        company = rng.choice([company + " Inc.", company + " Ltd", "The " + company, company.upper()])
    row = [given, family] + ([] if old else [p.url]) + [email, company, title, f"{day:02d} Mar 2021"]
    return row


def write_owner(world, rng, folder, name, count, truth):
    old = rng.random() < NOISE["old_export"][0]
    circle = rng.choice(world.circles)
    contacts = set()
    while len(contacts) < count:
        outside = rng.random() < OUTSIDE or len(contacts) > 0.8 * len(circle)
        contacts.add(rng.randrange(len(world.people)) if outside else rng.choice(circle))
    (folder / name).mkdir(parents=True, exist_ok=True)
    with open(folder / name / "Connections.csv", "w", newline="", encoding="utf-8") as out:
        out.write(PREAMBLE)
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([h for h in HEADER if not (old and h == "URL")])
        for i, number in enumerate(sorted(contacts, key=lambda n: (n * 2654435761) % 2**32)):
            writer.writerow(show_row(rng, world.people[number], old, 1 + i % 28))
            truth.writerow([f"{name}/Connections.csv", 5 + i, number])
    with open(folder / name / "Profile.csv", "w", newline="", encoding="utf-8") as out:
        out.write(f"First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,"
                  f"Geo Location,Twitter Handles,Websites,Instant Messengers\nOwner,{name},,,,Lister,,,,,,,\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=10000)
    parser.add_argument("--owners", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("folder", type=Path)
    args = parser.parse_args()
    owners = args.owners or max(10, args.records // 1000)
    rng = random.Random(args.seed)
    world = World(rng, int(args.records * PEOPLE_PER_RECORD))
    args.folder.mkdir(parents=True, exist_ok=True)
    with open(args.folder / "truth.csv", "w", newline="") as out:
        truth = csv.writer(out, lineterminator="\n")
        truth.writerow(["source", "line", "person"])
        for i in range(owners):
            write_owner(world, rng, args.folder / "exports", f"owner{i:04d}", args.records // owners, truth)


if __name__ == "__main__":
    main()
