"""The Google Contacts exports of two owners, one with the old header and one with the new."""

import csv
import io

OLD_HEADER = (
    "Name,Given Name,Additional Name,Family Name,Yomi Name,Given Name Yomi,Additional Name Yomi,Family Name Yomi,"
    "Name Prefix,Name Suffix,Initials,Nickname,Short Name,Maiden Name,Birthday,Gender,Location,Billing Information,"
    "Directory Server,Mileage,Occupation,Hobby,Sensitivity,Priority,Subject,Notes,Language,Photo,Group Membership,"
    "E-mail 1 - Type,E-mail 1 - Value,E-mail 2 - Type,E-mail 2 - Value,Phone 1 - Type,Phone 1 - Value,"
    "Address 1 - Type,Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 1 - Postal Code,"
    "Organization 1 - Type,Organization 1 - Name,Organization 1 - Title,"
    "Relation 1 - Type,Relation 1 - Value").split(",")
NEW_HEADER = (
    "First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,"
    "Name Suffix,Nickname,File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,"
    "Labels,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Label,E-mail 2 - Value,Phone 1 - Label,Phone 1 - Value,"
    "Address 1 - Label,Address 1 - Formatted,Address 1 - Street,Address 1 - City,Address 1 - Postal Code,"
    "Relation 1 - Label,Relation 1 - Value").split(",")

# Private contacts that nobody else lists: known by name and telephone alone.
PRIVATE = {
    "adaeze": [("Uju", "Nwosu", "* myContacts ::: Family"), ("Auntie Bisi", "", "* myContacts ::: Family"),
               ("Dr. Salgueiro", "(dentist)", "* myContacts"), ("Mirela", "Piano", "* myContacts ::: Lessons")],
    "joost": [("Oma", "Trijntje", "* myContacts ::: Familie"), ("Kees", "Fietsenmaker", "* myContacts"),
              ("Floor", "Haverkamp", "* starred ::: * myContacts ::: Familie")],
}
# Whom the address book says somebody is to its row: row, relation, who. The last of each is nobody in the file.
RELATIONS = {
    "adaeze": {"noor": ("Friend", "Yara Mansour"), "beatriz": ("Mentor", "Ingrid Solheim"),
               "ines": ("Assistant", "Someone Temporary")},
    "joost": {"anouk": ("Mentor", "Ravi Menon"), "chidi": ("Manager", "Not In This File")},
}

LABELS = ["* myContacts ::: Lighthouse", "Work ::: * myContacts", "* myContacts",
          "* starred ::: * myContacts ::: Mentoring"]


def choose_second_emails(town):
    """Three contacts show Tomasz another address than the people sheet has; Adaeze's book holds both."""
    known = [k for k in town.people
             if k in town.contacts["tomasz"] and town.people[k].member and k.startswith("health_")]
    for key in known[:3]:
        person = town.people[key]
        person.second_email = person.email.split("@")[0].replace(".", "_") + "@home.example"


def export(town, owner, old):
    """One contacts.csv as bytes."""
    dice, header = town.dice, OLD_HEADER if old else NEW_HEADER
    circle = town.people[owner].circle
    keys = list(RELATIONS[owner]) + ["yara", "ingrid"] * old + ["ravi"] * (not old)
    keys += [k for k in town.people if old and town.people[k].second_email and k not in keys]
    others = [k for k, p in town.people.items() if p.circle == circle and k not in keys and k not in (owner, "oskar")
              and not p.shared_email and not k.startswith(("alone", "friend", "acme"))]
    keys += dice.some(others, 14)
    rows = [contact(town, owner, key, old, n) for n, key in enumerate(keys)]
    rows.append(dict(rows[-1], **{"Labels": "* myContacts", "Group Membership": "* myContacts"}))    # entered twice
    for n, (first, last, labels) in enumerate(PRIVATE[owner]):
        phone = f"+44 7700 900{310 + n}" + (" ::: +1 202-555-0142" if n == 0 else "")
        rows.append({"Name": f"{first} {last}".strip(), "Given Name": first, "Family Name": last, "First Name": first,
                     "Last Name": last, "Group Membership": labels, "Labels": labels,
                     "Phone 1 - Type": "Mobile", "Phone 1 - Label": "Mobile", "Phone 1 - Value": phone})
    rows.sort(key=lambda row: (row["Name"], row["Labels"]))
    out = io.StringIO()
    writer = csv.DictWriter(out, header, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def contact(town, owner, key, old, n):
    """The cells that are filled in, under the names of both headers."""
    person, kind = town.people[key], "Type" if old else "Label"
    labels = LABELS[n % len(LABELS)]
    cells = {
        "Name": f"{person.first} {person.last}", "Given Name": person.first, "Family Name": person.last,
        "First Name": person.first, "Last Name": person.last, "Group Membership": labels, "Labels": labels,
        f"E-mail 1 - {kind}": "* Work" if n % 3 else "Home",
        "E-mail 1 - Value": " ::: ".join(filter(None, [person.email, person.second_email])),
        "Organization 1 - Name": person.company, "Organization 1 - Title": person.title,
        "Organization Name": person.company, "Organization Title": person.title}
    if n % 4 == 1:
        cells |= {f"Phone 1 - {kind}": "Mobile", "Phone 1 - Value": f"+44 7700 900{100 + n}"}
    if n % 2 == 0:
        street = f"{3 + 7 * n} Kite Street" + (f"\n2nd floor, door {n}" if n % 3 == 0 else "")
        code = str(10000 + 37 * n)
        cells |= {f"Address 1 - {kind}": "Work", "Address 1 - Formatted": f"{street}\n{code} Fairhaven",
                  "Address 1 - Street": street, "Address 1 - City": "Fairhaven", "Address 1 - Postal Code": code}
    if key in RELATIONS[owner]:
        cells[f"Relation 1 - {kind}"], cells["Relation 1 - Value"] = RELATIONS[owner][key]
    if n == 5:
        cells["Notes"] = "Met at the winter fair;\nlikes tea"
    return cells
