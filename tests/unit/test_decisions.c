/* What a person has decided wins over everything. */
#include <stdio.h>

#include "hand_made.h"

static const char *last_notice;

static void take_notice(void *ctx, const char *text)
{
    static char kept[256];

    (void)ctx;
    snprintf(kept, sizeof kept, "%s", text);
    last_notice = kept;
}

/** Names (may be NULL), addresses and emails, each in a list of its own. */
typedef struct record {
    const char *name, *url, *email, *company;
} record;

/** Whether each two of three records are one person, under some decisions. */
typedef struct verdict {
    bool ab, bc, ac;
} verdict;

static verdict judge(const record records[3], const kith_decision *decisions, size_t n)
{
    hand_made hand = hand_begin(NULL);
    uint32_t handle[3];

    last_notice = NULL;
    hand.merge = (kith_merge_opts){
        .decisions = decisions, .n_decisions = n, .decisions_name = "d.csv", .notice = take_notice};
    for (uint32_t i = 0; i < 3; i++) {
        kith_attr attrs[4];
        size_t count = 0;
        uint32_t source = hand_source(&hand, "list.csv");
        if (records[i].name)
            attrs[count++] = (kith_attr){KITH_FIELD_NAME, records[i].name};
        if (records[i].url)
            attrs[count++] = (kith_attr){KITH_FIELD_URL, records[i].url};
        if (records[i].email)
            attrs[count++] = (kith_attr){KITH_FIELD_EMAIL, records[i].email};
        if (records[i].company)
            attrs[count++] = (kith_attr){KITH_FIELD_COMPANY, records[i].company};
        handle[i] = hand_mention(
            &hand,
            &(kith_mention){
                .source = source, .line = 1, .space = KITH_NO_SPACE, .attrs = attrs, .n_attrs = count});
        hand_source_end(&hand, source, i + 1, UINT32_MAX);
    }
    const uint32_t *person = hand_resolve(&hand)->person_of;
    verdict found = {person[handle[0]] == person[handle[1]], person[handle[1]] == person[handle[2]],
                     person[handle[0]] == person[handle[2]]};
    hand_end(&hand);
    return found;
}

static void expect(verdict found, bool ab, bool bc, bool ac)
{
    cr_expect_eq(found.ab, ab);
    cr_expect_eq(found.bc, bc);
    cr_expect_eq(found.ac, ac);
}

static const record apart[3] = {{"Ann", "linkedin.com/in/ann", NULL, NULL},
                                {"Anna", "linkedin.com/in/anna", NULL, NULL},
                                {"Nan", NULL, "nan@x.org", NULL}};

Test(decisions, the_same_though_addresses_differ)
{
    expect(judge(apart, NULL, 0), false, false, false);
    expect(judge(apart, &(kith_decision){"ann", "anna", true, 2}, 1), true, false, false);
    expect(judge(apart, &(kith_decision){"https://www.linkedin.com/in/Ann/", "mailto:Nan@X.org", true, 2}, 1),
           false, false, true);
}

Test(decisions, different_though_an_email_is_the_same)
{
    const record shared[3] = {{"Ann", "linkedin.com/in/ann", "home@x.org", NULL},
                              {"Bob", NULL, "home@x.org", NULL},
                              {"Bob", NULL, "bob@y.org", NULL}};
    const record both[3] = {shared[0], {"Bob", NULL, "home@x.org", NULL}, {"Cas", NULL, "cas@x.org", NULL}};

    expect(judge(both, NULL, 0), true, false, false);
    /* one record holds both keys: it is Ann's, whoever else has the email is not Ann */
    expect(judge(both, &(kith_decision){"ann", "home@x.org", false, 2}, 1), false, false, false);
    cr_expect_null(last_notice);
}

Test(decisions, different_though_everything_agrees)
{
    const record alike[3] = {{"Ann Lee", "linkedin.com/in/ann", NULL, "Acme"},
                             {"Ann Lee", NULL, "ann@x.org", "Acme"},
                             {"Cas Ray", NULL, NULL, NULL}};

    expect(judge(alike, NULL, 0), true, false, false);
    expect(judge(alike, &(kith_decision){"ann", "ann@x.org", false, 2}, 1), false, false, false);
}

Test(decisions, different_wins_over_the_same_and_is_told)
{
    const kith_decision decisions[] = {
        {"ann", "anna", true, 2}, {"anna", "nan@x.org", true, 3}, {"nan@x.org", "ann", false, 4}};
    const kith_decision turned[] = {decisions[2], decisions[1], decisions[0]};

    verdict found = judge(apart, decisions, 3);
    cr_expect_not(found.ac);
    cr_expect_eq(found.ab + found.bc, 1);
    cr_expect_not_null(last_notice);
    verdict again = judge(apart, turned, 3);
    cr_expect_eq(found.ab, again.ab, "the order of decisions does not matter");
}

Test(decisions, a_key_that_nobody_has_is_told)
{
    expect(judge(apart, &(kith_decision){"ann", "nobody", true, 7}, 1), false, false, false);
    cr_assert_not_null(last_notice);
    cr_expect_str_eq(last_notice, "d.csv:7: nobody goes by nobody");
}

Test(decisions, people_with_a_name_alone_go_by_the_keys_of_doubts)
{
    const record named[3] = {
        {"Ann Lee", NULL, NULL, "Acme"}, {"Ann Lee", NULL, NULL, "Borealis"}, {"Cas", NULL, NULL, NULL}};
    hand_made hand = hand_begin(NULL);
    uint32_t handle[3];

    for (uint32_t i = 0; i < 3; i++) {
        uint32_t source = hand_source(&hand, "list.csv");
        handle[i] = hand_person(&hand, source, 1, named[i].name, NULL, NULL);
        hand_source_end(&hand, source, i + 1, UINT32_MAX);
    }
    const kith_people *people = hand_resolve(&hand);
    kith_decision decision = {people->key[people->person_of[handle[0]]],
                              people->key[people->person_of[handle[1]]], true, 2};
    expect(judge(named, &decision, 1), true, false, false);
    hand_end(&hand);
}
