"""What some of the invented exports hold beside the list of contacts: messages, positions, recommendations.

Everything is between an owner and contacts of theirs, so it makes no tie that is not there. The people whom
the story is about (SILENT) are left out: how strong their ties are is told elsewhere.
"""

import csv
import io
from datetime import date, datetime, timedelta

SILENT = ["noor", "ingrid", "brandao", "beatriz"]

# Owner: positions (company, title, start, end), newest first; schools (name, start, end, degree); skills.
# None stands for what the owner is and does now.
LIVES = {
    "ben": {
        "positions": [(None, None, "Jan 2020", ""), ("Pulsewright", "Firmware Engineer", "Mar 2013", "Dec 2019"),
                      ("Half a Lab, Lda.", "Intern", "Sep 2011", "Feb 2013")],
        "schools": [("Tagus Institute of Technology", "2006", "2011", "MSc, Embedded Systems")],
        "skills": ["Hiring", "Circuit Design", "Talking to Lawyers"]},
    "yara": {
        "positions": [(None, None, "Oct 2017", ""), ("pulsewright", "Sales Engineer", "May 2010", "Mar 2016")],
        "schools": [("Tagus Institute of Technology", "2005", "2009", "BSc, Physics"),
                    ("Évora School of Management", "2016", "2017", "")],
        "skills": ["Partnerships", "Arabic", "Contract Law"]},
    "joost": {
        "positions": [(None, None, "Feb 2018", ""), ("Tidewick Freight", "Fleet Planner", "Jun 2009", "Jan 2018")],
        "schools": [("Havenschool Rotterdam", "", "2009", "BSc, Logistics")],
        "skills": ["Cranes", "Bid Writing"]},
}

MESSAGES_HEADER = ("CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,"
                   "CONTENT,FOLDER,ATTACHMENTS,IS MESSAGE DRAFT").split(",")
LINES = ["Thank you for making the time!", "See you on Thursday, then.", "Great to meet you yesterday.\n\nSafe travels!",
         "Could you have a look at this, please?", 'She said "yes, gladly", so I put you in touch.',
         "Happy birthday!", "Here are the slides, as promised.", "Congratulations on the new role!",
         "Do you have ten minutes this week?", "I asked around: nobody minds.", "Let me check and come back to you."]
OFFER = '<p class="spinmail-quill-editor__spin-break">A diploma in nine days. Begin today!</p>'
RECOMMENDATIONS_HEADER = "First Name,Last Name,Company,Job Title,Text,Creation Date,Status".split(",")
PRAISE = ["Patient, clear, and never late.", "Asks the question that everybody else forgot,\nand listens to the answer.",
          "I would work with them again tomorrow."]


def table(rows, quoting=csv.QUOTE_MINIMAL):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n", quoting=quoting).writerows(rows)
    return out.getvalue().encode()


class Archive:
    """The files of one owner; all dates lie before the day of the export."""

    def __init__(self, owner, town, dice, day):
        self.me, self.dice, self.day = town.people[owner], dice, day
        self.life = LIVES[owner]
        self.friends = [town.people[k] for k in town.people if k in town.contacts[owner] and k not in SILENT]
        self.since = {id(town.people[k]): town.listed[min(owner, k), max(owner, k)] for k in town.contacts[owner]}

    def moment(self, first):
        day = self.dice.day(first, self.day - timedelta(days=3))
        return datetime(day.year, day.month, day.day, 7 + self.dice.below(12), self.dice.below(60), self.dice.below(60))

    def name(self, person):
        return f"{person.shown_first} {person.shown_last}".strip() if person is not self.me else \
            f"{person.first} {person.last}"

    def message(self, conversation, title, sender, others, when, text, draft="No"):
        return [conversation, title, self.name(sender), sender.url, ",".join(map(self.name, others)),
                ",".join(p.url for p in others), f"{when:%Y-%m-%d %H:%M:%S} UTC", "", text, "INBOX", "", draft]

    def messages(self):
        dice, me, rows = self.dice, self.me, []
        for i, friend in enumerate(dice.some(self.friends, 14)):
            first = max(self.since[id(friend)], date(2022, 1, 1))
            for _ in range(1 + dice.below(7)):
                sender, other = (me, friend) if dice.chance(50) else (friend, me)
                rows.append(self.message(f"2-{i:04d}", "", sender, [other], self.moment(first), dice.pick(LINES)))
        group = [me] + dice.some(self.friends, 3)
        first = max(self.since[id(p)] for p in group[1:])
        for sender in group + [me]:
            others = [p for p in group if p is not sender]
            rows.append(self.message("2-grp1", "Reunion, maybe?", sender, others, self.moment(first), dice.pick(LINES)))
        friend = dice.pick(self.friends)
        rows.append(self.message("2-drft", "", me, [friend], self.moment(self.since[id(friend)]), "I meant to say", "Yes"))
        when = f"{self.moment(date(2024, 1, 1)):%Y-%m-%d %H:%M:%S} UTC"
        rows.append(["2-spin", "Grow!", "A Business School", "", self.name(me), me.url, when, "Grow!", OFFER, "INBOX",
                     "", "No"])
        rows.append(["2-gone", "", "LinkedIn Member", "", self.name(me), me.url, when, "", dice.pick(LINES), "INBOX",
                     "", "No"])
        rows.sort(key=lambda r: (r[6], r[0], r[2]), reverse=True)
        return table([MESSAGES_HEADER] + rows, csv.QUOTE_ALL)

    def invitations(self):
        rows = [["From", "To", "Sent At", "Message", "Direction", "inviterProfileUrl", "inviteeProfileUrl"]]
        for i, friend in enumerate(self.dice.some(self.friends, 6)):
            pair = [self.me, friend] if i % 2 == 0 else [friend, self.me]
            when = self.moment(self.since[id(friend)])
            rows.append([self.name(pair[0]), self.name(pair[1]), f"{when.month}/{when.day}/{when:%y, %I:%M %p}",
                         "We met at the fair." if i == 0 else "", "INCOMING" if i % 2 else "OUTGOING",
                         pair[0].url, pair[1].url])
        return table(rows)

    def recommendations(self, count):
        rows = [RECOMMENDATIONS_HEADER]
        shown = [self.name(p) for p in self.friends]
        clear = [p for p in self.friends if shown.count(self.name(p)) == 1]
        for i, friend in enumerate(self.dice.some(clear, count)):
            when = self.moment(self.since[id(friend)])
            rows.append([friend.shown_first, friend.shown_last, friend.company, friend.title, self.dice.pick(PRAISE),
                         f"{when:%m/%d/%y, %I:%M %p}", "PENDING" if i == 2 else "VISIBLE"])
        return table(rows)

    def endorsements(self, who, count):
        rows = [["Endorsement Date", "Skill Name", f"{who} First Name", f"{who} Last Name", f"{who} Public Url",
                 "Endorsement Status"]]
        for i, friend in enumerate(self.dice.some(self.friends, count)):
            for skill in self.dice.some(self.life["skills"], 1 + self.dice.below(2)):
                rows.append([f"{self.moment(self.since[id(friend)]):%Y/%m/%d %H:%M:%S} UTC", skill, friend.shown_first,
                             friend.shown_last, friend.url.removeprefix("https://"), "PENDING" if i == 1 else "ACCEPTED"])
        return table(rows)

    def positions(self):
        rows = [["Company Name", "Title", "Description", "Location", "Started On", "Finished On"]]
        rows += [[company or self.me.company, title or self.me.title, "", "", start, end]
                 for company, title, start, end in self.life["positions"]]
        return table(rows)

    def education(self):
        rows = [["School Name", "Start Date", "End Date", "Notes", "Degree Name", "Activities"]]
        return table(rows + [[name, start, end, "", degree, ""] for name, start, end, degree in self.life["schools"]])

    def files(self):
        return {"messages.csv": self.messages(), "Invitations.csv": self.invitations(),
                "Recommendations_Received.csv": self.recommendations(3),
                "Recommendations_Given.csv": self.recommendations(2),
                "Endorsement_Received_Info.csv": self.endorsements("Endorser", 7),
                "Endorsement_Given_Info.csv": self.endorsements("Endorsee", 4),
                "Positions.csv": self.positions(), "Education.csv": self.education(),
                "Skills.csv": table([["Name"]] + [[s] for s in self.life["skills"]])}


def export(town, owner, dice, day):
    """The files as bytes by name."""
    return Archive(owner, town, dice, day).files() if owner in LIVES else {}
