/* The files of a LinkedIn archive, each by its own and all together. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/date.h"
#include "each_failure.h"
#include "recording_sink.h"
#include "temp_folder.h"

TestSuite(ingest_linkedin, .init = temp_folder_enter, .fini = temp_folder_leave);

#define CORPUS KITH_SOURCE_DIR "/tests/corpus/"
#define PROFILE "First Name,Last Name,Headline,Industry,Geo Location\n"
#define CONNECTIONS "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
#define RECOMMENDATIONS "First Name,Last Name,Company,Job Title,Text,Creation Date,Status\n"
#define MESSAGES                                                                                             \
    "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,"     \
    "CONTENT,FOLDER\n"
#define IN "https://www.linkedin.com/in/"

/** Reads one input, whose owner is `owner` where that is not NULL. */
static kith_code read_as(recording *rec, const char *input, const char *owner, kith_err *err)
{
    kith_build_opts opts = {.inputs = &input, .n_inputs = 1, .owners = &owner, .n_owners = owner ? 1 : 0};

    return record(rec, &opts, err);
}

static recording read_well(const char *input, const char *owner)
{
    recording rec = {0};
    kith_err err = KITH_ERR_NONE;

    cr_assert_eq(read_as(&rec, input, owner, &err), KITH_OK, "%s: %s", input, err.message);
    return rec;
}

static recording read_corpus(const char *name, const char *owner)
{
    char path[512];

    (void)snprintf(path, sizeof path, CORPUS "%s", name);
    return read_well(path, owner);
}

static const char *name_of(const recording *rec, uint32_t mention)
{
    return value_of(rec, mention, KITH_FIELD_NAME, 0);
}

static kith_day day(int32_t year, uint32_t month, uint32_t of_month)
{
    return kith_day_from_civil(year, month, of_month);
}

/** What became of the rows of every file. */
static const file_rows counts[] = {
    {"good-linkedin-messages.csv", "LinkedIn messages", 4, 5, 0},
    {"good-linkedin-messages-2019.csv", "LinkedIn messages", 3, 0, 0},
    {"good-linkedin-messages-2026.csv", "LinkedIn messages", 3, 0, 0},
    {"good-linkedin-messages-two.csv", "LinkedIn messages", 0, 2, 0},
    {"bad-linkedin-messages.csv", "LinkedIn messages", 1, 1, 3},
    {"good-linkedin-invitations.csv", "LinkedIn invitations", 2, 1, 0},
    {"good-linkedin-invitations-2019.csv", "LinkedIn invitations", 1, 0, 0},
    {"bad-linkedin-invitations.csv", "LinkedIn invitations", 1, 0, 2},
    {"good-linkedin-recommendations-received.csv", "LinkedIn recommendations", 2, 1, 0},
    {"good-linkedin-recommendations-given.csv", "LinkedIn recommendations", 1, 0, 0},
    {"bad-linkedin-recommendations.csv", "LinkedIn recommendations", 0, 0, 3},
    {"good-linkedin-endorsements-received.csv", "LinkedIn endorsements", 3, 2, 0},
    {"good-linkedin-endorsements-given.csv", "LinkedIn endorsements", 1, 0, 0},
    {"bad-linkedin-endorsements.csv", "LinkedIn endorsements", 0, 0, 2},
    {"good-linkedin-positions.csv", "LinkedIn positions", 3, 0, 0},
    {"bad-linkedin-positions.csv", "LinkedIn positions", 1, 0, 3},
    {"good-linkedin-education.csv", "LinkedIn schools", 3, 0, 0},
    {"bad-linkedin-education.csv", "LinkedIn schools", 0, 0, 3},
    {"good-linkedin-skills.csv", "LinkedIn skills", 2, 0, 0},
};

/** Nothing that a reader hands on may hold what people wrote: all such text in the corpus is marked. */
static void check_privacy(const recording *rec)
{
    for (size_t i = 0; i < rec->n_mentions; i++)
        for (size_t k = 0; k < rec->mentions[i].n_attrs; k++)
            cr_expect_null(strstr(rec->mentions[i].attrs[k].value, "SECRET"));
    for (size_t i = 0; i < rec->n_rejects; i++)
        cr_expect(!strstr(rec->rejects[i].reason, "SECRET") && !strstr(rec->rejects[i].columns, "SECRET"));
    for (size_t i = 0; i < rec->n_tenures; i++)
        cr_expect(!strstr(rec->tenures[i].place, "SECRET") && !strstr(rec->tenures[i].title, "SECRET"));
    cr_expect_null(strstr(kith_dynbuf_cstr(&rec->notices), "SECRET"));
}

Test(ingest_linkedin, every_row_is_accounted_for_and_no_text_is_kept)
{
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        recording rec = read_corpus(counts[i].name, "Dana");
        expect_rows(&rec, &counts[i]);
        check_privacy(&rec);
        recording_free(&rec);
    }
    cr_assert_eq(kith_mem_live(), 0);
}

Test(ingest_linkedin, rejects_say_why)
{
    static const struct {
        const char *name;
        uint64_t line[3];
        const char *reason[3];
    } cases[] = {
        {"bad-linkedin-messages.csv",
         {2, 4, 5},
         {"date is no date", "it holds NUL bytes", "date is no date"}},
        {"bad-linkedin-invitations.csv",
         {2, 3},
         {"direction is neither INCOMING nor OUTGOING", "date is no date"}},
        {"bad-linkedin-recommendations.csv", {2, 3, 4}, {"no name", "date is no date", "date is no date"}},
        {"bad-linkedin-endorsements.csv", {2, 3}, {"no name", "date is no date: \"never\""}},
        {"bad-linkedin-positions.csv",
         {2, 3, 4},
         {"no company", "it ends before it starts", "start is no date"}},
        {"bad-linkedin-education.csv",
         {2, 3, 4},
         {"no school", "it ends before it starts", "start is no date"}},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        recording rec = read_corpus(cases[i].name, "Dana");
        for (size_t k = 0; k < rec.n_rejects; k++) {
            cr_expect_eq(rec.rejects[k].line, cases[i].line[k], "%s", cases[i].name);
            cr_expect_str_eq(rec.rejects[k].reason, cases[i].reason[k], "%s", cases[i].name);
        }
        recording_free(&rec);
    }
}

/** How many relations of a kind lead from one named person to another; checks what each of them counts. */
static size_t relations(const recording *rec, kith_evidence kind, const char *from, const char *to,
                        double each)
{
    size_t count = 0;

    for (size_t i = 0; i < rec->n_relations; i++) {
        const kith_relation *r = &rec->relations[i];
        if (r->kind != kind || strcmp(name_of(rec, r->a), from) != 0 || strcmp(name_of(rec, r->b), to) != 0)
            continue;
        count++;
        cr_expect_eq(r->count, 1);
        if (kind == KITH_EVIDENCE_MESSAGES)
            cr_expect_float_eq(r->weight, each, 1e-12);
        else
            cr_expect(isnan(r->weight) && isnan(r->strength));
    }
    return count;
}

static size_t messages(const recording *rec, const char *from, const char *to, double each)
{
    return relations(rec, KITH_EVIDENCE_MESSAGES, from, to, each);
}

Test(ingest_linkedin, messages_go_from_their_writer_to_the_others)
{
    recording rec = read_corpus("good-linkedin-messages.csv", NULL);
    uint32_t owner = rec.sources[0].end.owner;
    size_t to_three = 0;

    cr_assert_str_eq(name_of(&rec, owner), "Dana Fox", "the one in all conversations");
    cr_assert_str_eq(value_of(&rec, owner, KITH_FIELD_URL, 0), IN "dana-fox");
    cr_expect_eq(messages(&rec, "Ben Ito", "Dana Fox", 1), 1);
    cr_expect_eq(messages(&rec, "Eve Poe", "Dana Fox", 1. / 3), 1);
    cr_expect_eq(messages(&rec, "Dana Fox", "Eve Poe", 1. / 3), 1);
    for (size_t i = 0; i < rec.n_relations; i++) {
        const kith_relation *r = &rec.relations[i];
        cr_expect(r->a == owner || r->b == owner, "others are related to the owner only");
        to_three += r->date == day(2024, 1, 3);
    }
    cr_expect_eq(to_three, 3);
    cr_expect_eq(rec.n_relations, 6, "one to Ben, one from him, one from Eve, one to each of three");
    cr_expect_eq(rec.relations[0].date, day(2024, 3, 5));
    recording_free(&rec);
}

Test(ingest_linkedin, recipients_are_told_apart_by_their_addresses_only)
{
    recording rec = read_corpus("good-linkedin-messages.csv", NULL);
    bool kim = false;

    for (uint32_t i = 0; i < rec.n_mentions; i++) {
        cr_expect_null(strchr(name_of(&rec, i), ','), "%s", name_of(&rec, i));
        cr_expect_str_neq(name_of(&rec, i), "Kim Lee", "her name is nowhere but in a list");
        kim |= strcmp(value_of(&rec, i, KITH_FIELD_URL, 0), IN "kim-lee") == 0;
    }
    cr_expect(kim);
    recording_free(&rec);
}

Test(ingest_linkedin, old_messages_tell_no_addresses_of_recipients)
{
    recording alone = read_corpus("good-linkedin-messages-2019.csv", NULL);

    cr_assert_str_eq(name_of(&alone, alone.sources[0].end.owner), "Dana Fox");
    cr_expect_eq(messages(&alone, "Ben Ito", "Dana Fox", 1), 1);
    cr_expect_eq(messages(&alone, "Kim Lee", "Dana Fox", 1), 1);
    cr_expect_eq(alone.n_relations, 2, "nobody knows which Ben Ito was written to");
    recording_free(&alone);

    cr_assert_eq(system("cp " CORPUS "good-linkedin-messages-2019.csv messages.csv"), 0);
    put_file("Connections.csv", CONNECTIONS "Ben,Ito," IN "ben-ito,,,,01 Jan 2018\n");
    recording rec = read_well(".", NULL);
    cr_expect_eq(messages(&rec, "Dana Fox", "Ben Ito", 1), 1, "but for the one among the contacts");
    recording_free(&rec);
}

Test(ingest_linkedin, quoted_messages_with_lines_in_them)
{
    recording rec = read_corpus("good-linkedin-messages-2026.csv", NULL);

    cr_assert_str_eq(name_of(&rec, rec.sources[0].end.owner), "Dana Fox");
    cr_expect_eq(messages(&rec, "Dana Fox", "Ben Ito", 1), 1);
    cr_expect_eq(messages(&rec, "Dana Fox", "Kim Lee", 1), 1);
    cr_expect_eq(messages(&rec, "Kim Lee", "Dana Fox", 1), 1);
    cr_expect_eq(rec.relations[2].line, 8, "text of four and of two lines before it");
    recording_free(&rec);
}

Test(ingest_linkedin, which_of_two_is_the_owner)
{
    static const char file[] = CORPUS "good-linkedin-messages-two.csv";
    recording rec = {0};
    kith_err err = KITH_ERR_NONE;

    cr_expect_eq(read_as(&rec, file, NULL, &err), KITH_EUSAGE);
    cr_expect_not_null(strstr(err.message, "--owner"));
    recording_free(&rec);

    static const char *const owners[] = {"dana fox", "www.linkedin.com/in/DANA-FOX/"};
    for (size_t i = 0; i < 2; i++) {
        rec = read_well(file, owners[i]);
        uint32_t owner = rec.sources[0].end.owner;
        cr_assert_eq(rec.n_relations, 2);
        cr_expect_eq(rec.relations[0].a, owner);
        cr_expect_str_eq(name_of(&rec, rec.relations[0].b), "Ben Ito");
        cr_expect_eq(rec.relations[1].b, owner);
        recording_free(&rec);
    }
    rec = read_well(file, "dana@fox.example");
    cr_expect_eq(rec.n_relations, 0, "no way to tell, so nothing is told");
    cr_expect_not_null(strstr(kith_dynbuf_cstr(&rec.notices), "which of the people"));
    recording_free(&rec);
}

Test(ingest_linkedin, an_invitation_names_the_owner_and_makes_no_tie)
{
    recording rec = read_corpus("good-linkedin-invitations.csv", NULL);

    cr_assert_eq(rec.n_mentions, 1);
    cr_expect(rec.mentions[0].owner);
    cr_expect_str_eq(name_of(&rec, 0), "Dana Fox");
    cr_expect_str_eq(value_of(&rec, 0, KITH_FIELD_URL, 0), IN "dana-fox");
    cr_expect_eq(rec.n_relations, 0);
    recording_free(&rec);

    rec = read_corpus("good-linkedin-invitations-2019.csv", NULL);
    cr_expect_str_eq(name_of(&rec, 0), "Dana Fox");
    recording_free(&rec);
}

Test(ingest_linkedin, whose_archive_it_is)
{
    put_file("Connections.csv", CONNECTIONS "Cy,Dow,,,Acme,Clerk,01 Jan 2020\n");
    put_file("messages.csv",
             MESSAGES "c1,,Mia Roe," IN "mia-roe,Cy Dow," IN "cy-dow,2024-01-01 00:00:00 UTC,,,\n"
                      "c2,,Mia Roe," IN "mia-roe,Ed Fox," IN "ed-fox,2024-01-01 00:00:00 UTC,,,\n");
    recording rec = read_well(".", NULL);
    uint32_t owner = source_named(&rec, "Connections.csv")->end.owner;
    cr_expect_str_eq(name_of(&rec, owner), "Mia Roe", "the one who takes part in all conversations");
    cr_expect_str_eq(value_of(&rec, owner, KITH_FIELD_URL, 0), IN "mia-roe");
    cr_expect_eq(source_named(&rec, "messages.csv")->end.owner, owner);
    recording_free(&rec);

    put_file("Invitations.csv", "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n"
                                "Mia R,Cy Dow,\"1/2/20, 1:00 PM\",,OUTGOING," IN "mia-roe,\n");
    rec = read_well(".", NULL);
    owner = source_named(&rec, "Connections.csv")->end.owner;
    cr_expect_str_eq(name_of(&rec, owner), "Mia R", "who invites goes before who writes");
    cr_expect_str_eq(value_of(&rec, owner, KITH_FIELD_URL, 1), "");
    recording_free(&rec);

    put_file("Profile.csv", PROFILE "Mia,Roe-Dow,Boss,Ships,Oslo\n");
    rec = read_well(".", NULL);
    owner = source_named(&rec, "Connections.csv")->end.owner;
    cr_expect_str_eq(name_of(&rec, owner), "Mia Roe-Dow", "the profile goes before all");
    cr_expect_str_eq(value_of(&rec, owner, KITH_FIELD_NAME, 1), "");
    cr_expect_str_eq(value_of(&rec, owner, KITH_FIELD_URL, 0), IN "mia-roe", "but does not tell the address");
    recording_free(&rec);

    rec = read_well(".", "Connections.csv=Somebody Else");
    cr_expect_str_eq(name_of(&rec, source_named(&rec, "Connections.csv")->end.owner), "Somebody Else");
    cr_expect_str_eq(name_of(&rec, source_named(&rec, "messages.csv")->end.owner), "Mia Roe-Dow");
    recording_free(&rec);
}

Test(ingest_linkedin, files_that_do_not_tell_need_an_owner)
{
    static const char *const files[] = {"good-linkedin-positions.csv", "good-linkedin-education.csv",
                                        "good-linkedin-skills.csv", "good-linkedin-recommendations-given.csv",
                                        "good-linkedin-endorsements-given.csv"};

    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char path[512];
        recording rec = {0};
        kith_err err = KITH_ERR_NONE;
        (void)snprintf(path, sizeof path, CORPUS "%s", files[i]);
        cr_expect_eq(read_as(&rec, path, NULL, &err), KITH_EUSAGE, "%s", files[i]);
        cr_expect_not_null(strstr(err.message, "--owner"), "%s", err.message);
        recording_free(&rec);
    }
}

Test(ingest_linkedin, recommendations_meet_the_contact_of_that_name)
{
    put_file("Connections.csv", CONNECTIONS "Ben,Ito," IN "ben-ito,,Acme,Clerk,01 Jan 2020\n"
                                            "Kim,Lee," IN "kim-1,,Acme,Clerk,01 Jan 2020\n"
                                            "Kim,Lee," IN "kim-2,,Cogs,Clerk,01 Jan 2020\n");
    put_file("Recommendations Given.csv",
             RECOMMENDATIONS "BEN,Ito,Initech,Boss,x,\"01/02/23, 3:04 PM\",VISIBLE\n");
    put_file("Recommendations_Received.csv",
             RECOMMENDATIONS "Kim,Lee,Acme,Clerk,x,\"01/03/23, 3:04 PM\",VISIBLE\n"
                             "Zoe,Poe,Initech,Boss,x,\"01/04/23, 3:04 PM\",VISIBLE\n"
                             "Zoe,Poe,Initech,Boss,x,\"01/05/23, 3:04 PM\",VISIBLE\n");
    recording rec = read_well(".", "Dana Fox");
    uint32_t owner = named(&rec, "Dana Fox"), ben = named(&rec, "Ben Ito"), zoe = named(&rec, "Zoe Poe");
    size_t found = 0;

    cr_expect_eq(relations(&rec, KITH_EVIDENCE_RECOMMENDATION, "Dana Fox", "Ben Ito", 0), 1, "given");
    cr_expect_eq(relations(&rec, KITH_EVIDENCE_RECOMMENDATION, "Zoe Poe", "Dana Fox", 0), 2, "received");
    for (size_t i = 0; i < rec.n_relations; i++) {
        const kith_relation *r = &rec.relations[i];
        if (r->kind != KITH_EVIDENCE_RECOMMENDATION)
            continue;
        found++;
        if (r->date == day(2023, 1, 2))
            cr_expect(r->a == owner && r->b == ben);
        if (r->date == day(2023, 1, 3)) /* which of two? so a third, for others to decide on */
            cr_expect_str_eq(value_of(&rec, r->a, KITH_FIELD_URL, 0), "");
        if (r->date >= day(2023, 1, 4))
            cr_expect_eq(r->a, zoe);
    }
    cr_expect_eq(found, 4);
    cr_expect_str_eq(value_of(&rec, zoe, KITH_FIELD_COMPANY, 0), "Initech");
    cr_expect_eq(rec.n_mentions, 6);
    recording_free(&rec);
}

Test(ingest_linkedin, endorsements_count_when_they_were_accepted)
{
    recording rec = read_corpus("good-linkedin-endorsements-received.csv", "Dana");

    cr_expect_eq(relations(&rec, KITH_EVIDENCE_ENDORSEMENT, "Ben Ito", "Dana", 0), 2);
    cr_expect_eq(relations(&rec, KITH_EVIDENCE_ENDORSEMENT, "Cy Dow", "Dana", 0), 1);
    cr_expect_eq(rec.n_relations, 3);
    cr_expect_str_eq(value_of(&rec, named(&rec, "Ben Ito"), KITH_FIELD_URL, 0),
                     "www.linkedin.com/in/ben-ito");
    cr_expect_eq(rec.relations[0].date, day(2022, 3, 4));
    recording_free(&rec);

    rec = read_corpus("good-linkedin-endorsements-given.csv", "Dana");
    cr_expect_eq(relations(&rec, KITH_EVIDENCE_ENDORSEMENT, "Dana", "Kim Lee", 0), 1);
    recording_free(&rec);
}

Test(ingest_linkedin, positions_are_tenures_and_the_current_one_is_known_of_the_owner)
{
    recording rec = read_corpus("good-linkedin-positions.csv", "Dana");
    uint32_t dana = named(&rec, "Dana");

    cr_assert_eq(rec.n_tenures, 3);
    const kith_tenure *t = rec.tenures;
    cr_expect(t[0].kind == KITH_TENURE_WORK && t[0].mention == dana && t[0].line == 2 && t[0].current);
    cr_expect(t[0].start == day(2019, 3, 1) && t[0].end == KITH_NO_DATE);
    cr_expect_str_eq(t[0].place, "Acme");
    cr_expect(t[1].start == day(2015, 1, 1) && t[1].end == day(2019, 2, 1) && !t[1].current);
    cr_expect_str_eq(t[1].title, "Clerk, Sales");
    cr_expect(t[2].start == KITH_NO_DATE && t[2].current);
    cr_expect_str_eq(value_of(&rec, dana, KITH_FIELD_COMPANY, 0), "Acme");
    cr_expect_str_eq(value_of(&rec, dana, KITH_FIELD_TITLE, 0), "Director");
    cr_expect_str_eq(value_of(&rec, dana, KITH_FIELD_COMPANY, 1), "Cogs & Sons");
    cr_expect_str_eq(value_of(&rec, dana, KITH_FIELD_COMPANY, 2), "");
    recording_free(&rec);
}

Test(ingest_linkedin, schools_are_tenures)
{
    recording rec = read_corpus("good-linkedin-education.csv", "Dana");

    cr_assert_eq(rec.n_tenures, 3);
    const kith_tenure *t = rec.tenures;
    cr_expect(t[0].kind == KITH_TENURE_STUDY && t[0].start == day(2006, 1, 1) && t[0].end == day(2010, 1, 1));
    cr_expect_str_eq(t[0].place, "Delft");
    cr_expect_str_eq(t[0].title, "BSc");
    cr_expect(t[1].start == KITH_NO_DATE && t[1].end == day(2012, 6, 1));
    cr_expect(t[2].start == day(2025, 1, 1) && t[2].current);
    recording_free(&rec);
}

Test(ingest_linkedin, skills_are_known_of_the_owner)
{
    recording rec = read_corpus("good-linkedin-skills.csv", "Dana");

    cr_expect_str_eq(value_of(&rec, named(&rec, "Dana"), KITH_FIELD_SKILL, 0), "Welding");
    cr_expect_str_eq(value_of(&rec, named(&rec, "Dana"), KITH_FIELD_SKILL, 1), "Double-entry book-keeping");
    recording_free(&rec);

    recording other = {0};
    put_file("names.csv", "Name\nWelding\n");
    cr_expect_eq(read_as(&other, "names.csv", "Dana", NULL), KITH_EDATA, "a lone column could be anything");
    recording_free(&other);
}

Test(ingest_linkedin, a_whole_archive)
{
    recording rec = read_corpus("good-linkedin-archive.zip", NULL);
    uint32_t dana = named(&rec, "Dana Fox");

    cr_expect_eq(rec.n_sources, 12);
    for (size_t i = 0; i < rec.n_sources; i++)
        cr_expect_eq(rec.sources[i].end.owner, dana, "%s", rec.sources[i].name);
    cr_expect_str_eq(value_of(&rec, dana, KITH_FIELD_EMAIL, 0), "dana@fox.example");
    cr_expect_str_eq(value_of(&rec, dana, KITH_FIELD_URL, 0), IN "dana-fox");
    cr_expect_str_eq(value_of(&rec, dana, KITH_FIELD_COMPANY, 0), "Acme");
    cr_expect_str_eq(value_of(&rec, dana, KITH_FIELD_SKILL, 1), "Double-entry book-keeping");
    cr_expect_eq(rec.n_tenures, 6);
    for (size_t i = 0; i < rec.n_relations; i++)
        if (rec.relations[i].kind == KITH_EVIDENCE_RECOMMENDATION) {
            uint32_t other = rec.relations[i].a == dana ? rec.relations[i].b : rec.relations[i].a;
            cr_expect_neq(value_of(&rec, other, KITH_FIELD_URL, 0)[0], '\0',
                          "a contact, though they came later");
        }
    check_privacy(&rec);
    recording_free(&rec);
}

static kith_code read_all(void *ctx, kith_err *err)
{
    recording rec = {0};
    kith_code rc = read_as(&rec, ctx, "Dana Fox", err);

    recording_free(&rec);
    return rc;
}

/* One file at a time: the work grows with the square of the allocations. */
Test(ingest_linkedin, every_failed_allocation)
{
    static const char *const names[] = {"good-linkedin-messages.csv",
                                        "good-linkedin-messages-2019.csv",
                                        "good-linkedin-invitations.csv",
                                        "good-linkedin-positions.csv",
                                        "good-linkedin-education.csv",
                                        "good-linkedin-skills.csv",
                                        "good-linkedin-recommendations-given.csv",
                                        "good-linkedin-endorsements-received.csv"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[512];
        (void)snprintf(path, sizeof path, CORPUS "%s", names[i]);
        cr_expect_gt(each_failure(read_all, path), 30, "%s", names[i]);
    }
}

Test(ingest_linkedin, every_failed_allocation_in_a_folder)
{
    char here[] = ".";

    put_file("Connections.csv", CONNECTIONS "Ben,Ito,,,Acme,Clerk,01 Jan 2020\n");
    put_file("Invitations.csv", "From,To,Sent At,Message,Direction\nDana Fox,Ben Ito,1/2/20,,OUTGOING\n");
    put_file("Positions.csv", "Company Name,Title,Description,Location,Started On,Finished On\nAcme,,,,,\n");
    put_file("Recommendations_Given.csv", RECOMMENDATIONS "Ben,Ito,,,x,,VISIBLE\nKim,Lee,,,x,,VISIBLE\n");
    cr_expect_gt(each_failure(read_all, here), 100);
}
