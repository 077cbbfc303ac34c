"""The cast of the fictional datasets: names, companies, words, and the people whose parts are fixed.

Everyone here is made up. Companies are invented, mail addresses use the domains reserved for
examples, telephone numbers come from ranges set aside for fiction.
"""

from datetime import date

TARGET = "Acme Robotics"

# First and last names that go together; the last name list is combined freely with the first.
NAMES = [
    ("Inês Duarte Beatriz Tomás Leonor Gonçalo Matilde Rui Benedita Simão",
     "Carvalho Falcão Brandão Seixas Quintela Morgado Vilhena Sardinha Gouveia Tavira"),
    ("Joost Anouk Hanneke Sjoerd Marijke Wouter Fenna Bram Liesbeth Ruud",
     "Haverkamp Smeets Verbruggen Dijkhuis Roosenboom Terpstra Molenveld Kuyper Schaap Wijnands"),
    ("Adaeze Chidi Obinna Ngozi Ifeoma Emeka Zainab Tunde Folake Sade",
     "Nwosu Ezenwa Adebowale Okonjo Balarabe Umeh Ogunlade Afolabi Danjuma Ikwue"),
    ("Lena Jürgen Käthe Anselm Frauke Götz Henrike Torben Silke Volker",
     "Hoffmeister Brückner Wöhler Zimmerling Ahrendt Kranz Löwenthal Steinbeck Pfaff Uhlig"),
    ("Tomasz Katarzyna Łukasz Bożena Zbigniew Małgorzata Kacper Jadwiga Wiesław Agnieszka",
     "Wilkosz Zaręba Świderek Gołębiak Mączka Piórko Szczepik Dąbek Jeżyk Wrona"),
    ("Yara Karim Layla Sami Rania Nadim Hala Ziad Dalia Munir",
     "Mansour Haddad Kassab Shalhoub Barakat Nasrallah Qabbani Sayegh Tannous Zureik"),
    ("Ben Haruka Kenji Sayuri Daichi Mio Ren Natsuki Takumi Aoi",
     "Ito Kuroda Hasegawa Minami Onodera Sakuraba Tachibana Yukimura Asano Mizuno"),
    ("Ravi Meera Arjun Kavya Nikhil Sunita Vikram Lakshmi Dev Ishani",
     "Menon Karnad Bhatkal Talwar Deshpande Iyengar Kulkarni Pillai Rajguru Sethna"),
    ("Ingrid Sigurd Astrid Håkon Solveig Bjørn Torunn Eirik Maren Øystein",
     "Solheim Bråten Fjeldstad Grønli Kvamme Lindrud Nordbø Ødegård Rønning Vestby"),
    ("Camila Joaquín Ximena Mateo Lucía Andrés Rocío Emilio Paloma Íñigo",
     "Quiroga Ibáñez Villalón Peñaflor Arrieta Zúñiga Montoro Cárdenas Olmedo Urrutia"),
    ("Zoë Étienne Maëlle Thibault Aurélie Loïc Clémence Gaëtan Océane Rémi",
     "Lambertin Fauvelle Garreau Bellecour Mérigot Chastain Dutilleul Péronnet Rouvière Sablon"),
    ("Wanjiru Otieno Makena Baraka Akinyi Juma Nyambura Kiprono Amina Mwangi",
     "Kariuki Odhiambo Wekesa Cheruiyot Mutiso Barasa Njoroge Omondi Simiyu Kilonzo"),
    ("Linh Minh Thảo Quân Hương Bảo Ngọc Đức Yến Phúc",
     "Nguyễn Trịnh Đặng Lưu Phan Vũ Hồ Đoàn Bùi Lương"),
    ("Grace Owen Bethan Callum Niamh Rhys Morag Declan Isla Fergus",
     "Pemberly Llanwood Thistleby Oakeshaw MacRanald Penhallow Winterbourne O'Dell-Finch Hartsease Gwynfor"),
]
ISLAND_NAMES = ("Sefa Talia Manaia Ioane Lupe Tavita Sina Fetu Malia Pita",
                "Lemalu Fonotia Tuiasau Matagi Alofaituli Seumanu Vaitele Leiataua Fa'asavalu Tupuola")

# Written in their own script: first, last, the Latin form used in addresses and slugs.
OWN_SCRIPT = [
    ("美玲", "陳", "meiling-chen"), ("Ольга", "Мельниченко", "olha-melnychenko"),
    ("مريم", "الزهراني", "maryam-alzahrani"), ("अनन्या", "राव", "ananya-rao"),
    ("Γιώργος", "Παππαδάκης", "giorgos-pappadakis"), ("さくら", "藤原", "sakura-fujiwara"),
    ("지우", "한", "jiwoo-han"), ("נועה", "ברקאי", "noa-barkai"),
    ("ნინო", "კაპანაძე", "nino-kapanadze"),
]

# How people dress their names up: (put before the first, after the first, after the last).
DRESS = [
    ("", "", ", PhD"), ("", "", ", PhD, MBA"), ("", "", ", PMP®"), ("Dr. ", "", ""), ("", "", " (she/her)"),
    ("", "", " (he/him)"), ("", " 🚀", ""), ("", "", " 🌱"), ("Prof. Dr. ", "", ""), ("", "", ", CFA"),
    ("", "", " 🎻"), ("Ir. ", "", ""), ("", " ✨", ", MSc"), ("", "", " - We are hiring!"),
    ("", "", " (they/them) 🏳️‍🌈"),
]

CIRCLES = {
    "health": {
        "city": "Lisbon, Portugal", "industry": "Health Technology", "programme": "Lighthouse",
        "companies": ["Quillfeather Health", "Bluebarrow Diagnostics", "Tandem & Thyme Clinics", "Pulsewright",
                      "Marrowstone Imaging", "Kindling Care", "Sable Heron Labs", "Ohm & Otter Devices"],
        "titles": ["Clinical Data Analyst", "Product Manager", "Firmware Engineer", "Regulatory Affairs Lead",
                   "Biostatistician", "UX Researcher", "Head of Partnerships", "Nurse Informaticist",
                   "Machine Learning Engineer", "Founder & CEO", "Quality Engineer, Implants", "Sales Manager"],
        "skills": ["python", "statistics", "regulatory affairs", "product strategy", "embedded c", "user research",
                   "clinical trials", "sales", "marketing", "fundraising", "medical imaging", "people management"],
    },
    "logistics": {
        "city": "Rotterdam, Netherlands", "industry": "Logistics", "programme": "Harbour",
        "companies": ["Tidewick Freight", "Parcel & Plume", 'The "Slow Boat" Company', "Copperquay Terminals",
                      "Lanternfish Shipping", "Halfmast Customs", "Ninebarge Inland"],
        "titles": ["Fleet Planner", "Customs Broker", "Terminal Manager", "Supply Chain Analyst", "Route Optimiser",
                   "Procurement Lead", "Operations Director, Inland", "Data Engineer", "Warehouse Supervisor"],
        "skills": ["route planning", "sql", "customs law", "negotiation", "forecasting", "safety", "procurement",
                   "python", "change management", "dutch", "people management"],
    },
    "island": {
        "city": "Apia, Samoa", "industry": "Marine Conservation", "programme": "Reef",
        "companies": ["Coralbell Trust", "Windward Kelp Society", "Moana Lantern School"],
        "titles": ["Reef Ecologist", "Dive Instructor", "Programme Coordinator", "Marine Educator", "Grant Writer"],
        "skills": ["diving", "ecology", "grant writing", "teaching", "boat handling", "statistics"],
    },
}
CIRCLES["bridge"] = CIRCLES["health"]      # where Marisol, who knows both, lives and works
TARGET_TITLES = ["Talent Partner", "Robotics Engineer", "Controls Engineer", "Test Lead", "Motion Planning Intern",
                 "Head of Surgical Software", "Embedded Engineer", "Technical Writer", "Field Service Engineer",
                 "Product Designer"]

GOALS = ["Move from sales to marketing", "Get promoted to team lead", "Learn to present to a board",
         "Find a first job in robotics", "Return after parental leave", "Change field, from nursing to product",
         "Build a circle of peers in the city", "Prepare for a first management post", "Start a company",
         "Publish; find a co-author", "Negotiate pay, and \"say no\" more often", "Speak at a conference"]

# Key, first, last, circle, title, company, cohort, role.  Everybody here is on the people sheet.
PARTS = [
    ("noor", "Noor", "Haddad", "health", "Junior Robotics Engineer", "", 2025, "mentee"),
    ("ben", "Ben", "Ito", "health", "Director of Engineering", "Ohm & Otter Devices", 2017, "both"),
    ("ines", "Inês", "Carvalho", "health", "Founder & CEO", "Quillfeather Health", 2014, "mentor"),
    ("adaeze", "Adaeze", "Nwosu", "health", "Regulatory Affairs Lead", "Bluebarrow Diagnostics", 2016, "both"),
    ("lena", "Lena", "Hoffmeister", "health", "Product Manager", "Pulsewright", 2015, "both"),
    ("tomasz", "Tomasz", "Wilkosz", "health", "Biostatistician", "Marrowstone Imaging", 2018, "both"),
    ("yara", "Yara", "Mansour", "health", "Head of Partnerships", "Kindling Care", 2019, "mentor"),
    ("marisol", "Marisol", "Tanaka", "bridge", "Cold Chain Programme Lead", "Sable Heron Labs", 2018, "both"),
    ("joost", "Joost", "Haverkamp", "logistics", "Terminal Manager", "Copperquay Terminals", 2020, "both"),
    ("chidi", "Chidi", "Ezenwa", "logistics", "Supply Chain Analyst", "Tidewick Freight", 2021, "both"),
    ("hanneke", "Hanneke", "Smeets", "logistics", "Operations Director, Inland", "Ninebarge Inland", 2017, "mentor"),
    ("ravi", "Ravi", "Menon", "logistics", "Route Optimiser", "Parcel & Plume", 2022, "both"),
    ("sefa", "Sefa", "Lemalu", "island", "Reef Ecologist", "Coralbell Trust", 2019, "both"),
    ("ingrid", "Ingrid", "Solheim", "health", "Hiring Manager, Surgical Platforms", TARGET, 2016, "both"),
    ("brandao", "Tomás", "Brandão", "health", "Hiring Manager, Controls", TARGET, 2015, "mentor"),
    ("beatriz", "Beatriz", "Falcão", "health", "Chief Medical Officer", "Kindling Care", 2021, "both"),
    ("duarte", "Duarte", "Quintela", "health", "Nurse Informaticist", "Quillfeather Health", 2014, "both"),
    ("anouk", "Anouk", "Verbruggen", "logistics", "Customs Broker", "Halfmast Customs", 2024, "both"),
    ("bram", "Bram", "Kuyper", "logistics", "Fleet Planner", "Lanternfish Shipping", 2025, "mentee"),
    ("sjoerd", "Sjoerd", "Terpstra", "logistics", "Procurement Lead", "Tidewick Freight", 2018, "both"),
    ("talia", "Talia", "Fonotia", "island", "Programme Coordinator", "Moana Lantern School", 2018, "mentor"),
    ("maria_h", "Maria", "Santos", "health", "UX Researcher", "Pulsewright", 2020, "mentee"),
    ("maria_l", "Maria", "Santos", "logistics", "Data Engineer", "Parcel & Plume", 2023, "mentee"),
    ("walter", "Walter", "Brandt", "health", "Quality Engineer, Implants", "Ohm & Otter Devices", 2016, "mentor"),
    ("walter_jr", "Walter", "Brandt Jr.", "health", "Embedded Engineer", TARGET, 2024, "mentee"),
    ("rui", "Rui", "Vilhena", "health", "Machine Learning Engineer", "Marrowstone Imaging", 2017, "both"),
    ("zoe", "Zoë", "Lambertin", "health", "UX Researcher", "Tandem & Thyme Clinics", 2022, "both"),
]
DO_NOT_INTRODUCE = ["brandao", "beatriz", "sjoerd", "talia"]

# The longest line of mentors: each mentored the next. It crosses from one circle to the other.
LINEAGE = [("ines", "duarte", 2014), ("duarte", "lena", 2016), ("lena", "marisol", 2018), ("marisol", "joost", 2020),
           ("joost", "ravi", 2022), ("ravi", "anouk", 2024), ("anouk", "bram", 2025)]

# Whose export it is: circle, folder, age of the header, day of export, quirk.
OWNERS = {
    "ines": ("health", "ines-carvalho", "new", "2026-05-30", ""),
    "ben": ("health", "ben-ito", "new", "2026-06-12", ""),
    "adaeze": ("health", "adaeze-nwosu", "middle", "2022-05-20", "google-old"),
    "lena": ("health", "lena-hoffmeister", "new", "2025-11-17", "german"),
    "tomasz": ("health", "tomasz-wilkosz", "old", "2021-02-14", "gzip"),
    "yara": ("health", "yara-mansour", "new", "2026-06-08", "zip"),
    "oskar": ("health", "oskar-lindrud", "new", "2024-03-02", "profile-only"),
    "marisol": ("bridge", "marisol-tanaka", "new", "2026-05-21", ""),
    "joost": ("logistics", "joost-haverkamp", "new", "2026-04-11", "google-new"),
    "chidi": ("logistics", "chidi-ezenwa", "middle", "2023-01-30", "excel"),
    "hanneke": ("logistics", "hanneke-smeets", "old", "2020-11-03", "decomposed"),
    "ravi": ("logistics", "ravi-menon", "new", "2026-01-19", "bad-rows"),
    "sefa": ("island", "sefa-lemalu", "new", "2026-02-27", ""),
}
SEEKER_EXPORT_DAY = "2026-06-14"
LAST_CONTACT_DAY = date(2026, 5, 30)       # the newest date of all is a meeting, on 11 June

# Contacts that the story needs: owner, contact, day of connection.
CONNECTIONS = {
    ("ben", "noor"): "2025-10-08", ("ines", "noor"): "2024-11-19", ("yara", "noor"): "2023-06-30",
    ("adaeze", "noor"): "2021-09-14", ("noor", "ben"): "2025-10-08", ("noor", "ines"): "2024-11-19",
    ("noor", "yara"): "2023-06-30", ("noor", "adaeze"): "2021-09-14", ("noor", "beatriz"): "2024-12-02",
    ("ben", "ingrid"): "2025-03-03", ("lena", "ingrid"): "2019-09-02", ("yara", "ingrid"): "2012-05-21",
    ("ines", "brandao"): "2015-10-12", ("ben", "brandao"): "2024-01-22",
    ("ines", "beatriz"): "2020-02-10", ("yara", "beatriz"): "2021-11-05",
}
# Between owners: each lists the other, if the export was made after they connected.
OWNER_CONNECTIONS = [
    ("ines", "ben", "2017-09-18"), ("ines", "adaeze", "2016-09-14"), ("ines", "lena", "2015-09-21"),
    ("ines", "tomasz", "2018-10-01"), ("ben", "lena", "2019-01-30"), ("ben", "yara", "2024-04-17"),
    ("yara", "adaeze", "2021-03-08"), ("lena", "yara", "2022-08-25"), ("adaeze", "tomasz", "2019-05-06"),
    ("ines", "marisol", "2018-09-03"), ("lena", "marisol", "2018-09-17"), ("ben", "marisol", "2023-02-11"),
    ("marisol", "joost", "2020-09-14"), ("marisol", "ravi", "2022-10-03"), ("joost", "ravi", "2022-09-12"),
    ("joost", "chidi", "2021-10-20"), ("hanneke", "joost", "2019-04-15"), ("ravi", "chidi", "2023-05-09"),
    ("hanneke", "chidi", "2018-11-28"),
]

# Mentorships that the story needs: mentor, mentee, start, more.
MENTORSHIPS = [
    ("ben", "noor", "2025-10-06",
     {"status": "active", "end": date(2026, 12, 18), "meetings": 14, "last": date(2026, 6, 11)}),
    ("beatriz", "noor", "2025-01-13", {"end": date(2025, 9, 26), "meetings": 16}),
    ("ingrid", "beatriz", "2021-09-13", {}),
    ("ines", "ingrid", "2016-09-12", {}),
    ("ines", "ingrid", "2023-02-06", {"programme": "Alumni"}),
    ("rui", "zoe", "2022-09-19", {}),
    ("zoe", "rui", "2024-10-07", {"programme": "Reverse"}),
    ("walter", "walter_jr", "2024-09-16", {}),
    ("ben", "ravi", "2023-03-20", {"status": "cancelled", "programme": "Exchange"}),
    ("adaeze", "alone8", "2023-09-11", {"status": "rejected"}),
    ("hanneke", "alone9", "2023-09-11", {"status": "cancelled"}),
    ("hanneke", "sjoerd", "2018-09-10", {}),
    ("talia", "sefa", "2019-09-09", {}),
    ("walter", "health_member15", None, {}),
    ("health_member6", "health_member21", None, {"meetings": 6}),
    ("hanneke", "logistics_member4", None, {}),
    ("health_member9", "tomasz", None, {"end": date(2019, 6, 28)}),
    ("health_member18", "health_member18", "2018-09-17", {}),
    ("adaeze", "maria_h", "2020-09-14", {"end": date(2020, 3, 31)}),
]

NICKNAMES = {"Katarzyna": "Kasia", "Małgorzata": "Gosia", "Joaquín": "Quino", "Liesbeth": "Liesje"}
FRIEND_TITLES = ["Student", "Teaching Assistant", "Barista", "Junior Developer", "Research Intern", "Cellist"]
FRIEND_COMPANIES = ["Lower Alder University", "Café Periscope", "Gingko & Daughters", "Library of Things"]
SUMMARY = "I like early trains, long walks\nand people who ask good questions."

PREAMBLE = '''Notes:
"Some of your contacts may appear without an email address.
An address is shown only where its holder ticked ""share my address"", see https://privacy.example/email"

'''
GERMAN_PREAMBLE = '''Hinweise:
"Bei manchen Kontakten fehlt die E-Mail-Adresse.
Sie steht nur dort, wo die Person sie in ihren Einstellungen ""für Kontakte sichtbar"" gemacht hat."

'''
GERMAN_HEADER = ["Vorname", "Nachname", "URL", "E-Mail-Adresse", "Unternehmen", "Position", "Verbunden am"]
PROFILE_HEADER = ("First Name,Last Name,Maiden Name,Address,Birth Date,Headline,Summary,Industry,Zip Code,Geo Location,"
                  "Twitter Handles,Websites,Instant Messengers").split(",")
PEOPLE_HEADER = ("id,name,email,url,company,title,industry,location,skills,cohort,role,capacity,skills_wanted,goals,"
                 "do_not_introduce").split(",")
MENTORSHIPS_HEADER = "mentor,mentee,start,end,programme,cohort,status,goals,meetings,last_meeting".split(",")
# Typed by hand, each in another way.
URL_FORMS = ["https://www.linkedin.com/in/{}", "linkedin.com/in/{}/", "https://pt.linkedin.com/in/{}?trk=sheet",
             "http://www.linkedin.com/in/{}/en", "https://www.linkedin.com/in/{}#about"]
