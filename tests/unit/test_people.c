/* Who is who: mentions become people. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include <xxhash.h>

#include "hand_made.h"

static const char ann_url[] = "https://www.linkedin.com/in/ann-lee";

static size_t count_merges(const kith_people *people, const char *evidence, double probability)
{
    size_t count = 0;

    for (size_t i = 0; i < people->n_merges; i++)
        count +=
            strcmp(people->merges[i].evidence, evidence) == 0 && people->merges[i].probability == probability;
    return count;
}

/** Names (may be NULL), addresses and emails of some records of one source. */
typedef struct record {
    const char *name, *url, *email;
} record;

static hand_made of_records(const record *records, uint32_t count)
{
    hand_made hand = hand_begin(NULL);
    uint32_t source = hand_source(&hand, "a.csv");

    for (uint32_t i = 0; i < count; i++)
        hand_person(&hand, source, i + 1, records[i].name, records[i].url, records[i].email);
    hand_source_end(&hand, source, 1, UINT32_MAX);
    return hand;
}

#define OF_RECORDS(...)                                                                                      \
    of_records((const record[]){__VA_ARGS__}, sizeof((const record[]){__VA_ARGS__}) / sizeof(record))

Test(people, nobody)
{
    hand_made hand = hand_begin(NULL);
    const kith_people *people = hand_resolve(&hand);

    cr_expect_eq(people->n, 0);
    cr_expect_eq(people->attr_offset[0], 0);
    hand_end(&hand);
}

Test(people, one_address_is_one_person)
{
    hand_made hand = OF_RECORDS({"Ann Lee", ann_url, NULL}, {"Bob Ray", NULL, NULL},
                                {"Ann Lee, PhD", "linkedin.com/in/Ann-Lee/", NULL});
    const kith_people *people = hand_resolve(&hand);

    cr_assert_eq(people->n, 2);
    cr_expect_str_eq(people->key[0], "ann-lee");
    cr_expect_str_eq(value_of(people, 0, KITH_FIELD_NAME), "Ann Lee");
    cr_expect_str_eq(value_of(people, 0, KITH_FIELD_URL), "linkedin.com/in/ann-lee");
    cr_assert_eq(people->n_merges, 1);
    cr_expect_eq(people->merges[0].line, 3);
    cr_expect_str_eq(people->merges[0].name, "Ann Lee, PhD");
    cr_expect_str_eq(people->merges[0].evidence, "same LinkedIn address");
    cr_expect_eq(people->merges[0].probability, 1);
    hand_end(&hand);
}

Test(people, one_email_is_one_person_whatever_its_case)
{
    hand_made hand =
        OF_RECORDS({"Ann", NULL, "mailto:Ann@Example.org"}, {"Ann Lee", NULL, "ann@example.org"});
    const kith_people *people = hand_resolve(&hand);

    cr_assert_eq(people->n, 1);
    cr_expect_eq(count_merges(people, "same email", 1), 1);
    cr_expect_eq(alias_of(people, "ann@example.org"), 0);
    hand_end(&hand);
}

Test(people, a_name_merges_nobody)
{
    hand_made hand =
        OF_RECORDS({"John Smith", NULL, NULL}, {"John Smith", NULL, NULL}, {"John Smith", NULL, NULL});
    const kith_people *people = hand_resolve(&hand);
    char second[64];

    cr_assert_eq(people->n, 3);
    snprintf(second, sizeof second, "%s-2", people->key[0]);
    cr_expect_str_eq(people->key[1], second);
    snprintf(second, sizeof second, "%s-3", people->key[0]);
    cr_expect_str_eq(people->key[2], second);
    cr_expect_eq(people->n_merges, 0);
    hand_end(&hand);
}

Test(people, keys_join_through_others)
{ /* address - email - email: three records, one person */
    hand_made hand =
        OF_RECORDS({"Ann", NULL, "b@example.org"}, {"Ann", ann_url, NULL}, {"Ann", ann_url, "b@example.org"});
    const kith_people *people = hand_resolve(&hand);

    cr_expect_eq(people->n, 1);
    hand_end(&hand);
}

Test(people, an_email_does_not_join_two_addresses)
{
    hand_made hand = OF_RECORDS({"Ann Lee", ann_url, "home@example.org"},
                                {"Bob Lee", "linkedin.com/in/bob-lee", "home@example.org"},
                                {"Bob Lee", "linkedin.com/in/bob-lee", NULL});
    const kith_people *people = hand_resolve(&hand);

    cr_assert_eq(people->n, 2);
    cr_expect_eq(count_merges(people, "same email, but another LinkedIn address", 0), 1);
    cr_expect_eq(people->merges[0].person, 1);
    cr_expect_eq(people->merges[0].line, 2);
    cr_expect_eq(alias_of(people, "home@example.org"), UINT32_MAX, "it leads to two people");
    cr_expect_eq(alias_of(people, "bob-lee"), 1);
    hand_end(&hand);
}

Test(people, nor_does_a_chain_of_emails)
{ /* the record between has no address of its own */
    hand_made hand =
        OF_RECORDS({"Ann", ann_url, "a@example.org"}, {"Bob", "linkedin.com/in/bob", "z@example.org"});
    hand_made between =
        OF_RECORDS({"Ann", ann_url, "a@example.org"}, {"Bob", "linkedin.com/in/bob", "z@example.org"});
    kith_attr attrs[] = {{KITH_FIELD_EMAIL, "z@example.org"}, {KITH_FIELD_EMAIL, "a@example.org"}};

    hand_mention(&between, &(kith_mention){.line = 3, .space = KITH_NO_SPACE, .attrs = attrs, .n_attrs = 2});
    cr_expect_eq(hand_resolve(&hand)->n, 2);
    const kith_people *people = hand_resolve(&between);
    cr_expect_eq(people->n, 2);
    cr_expect_eq(alias_of(people, "ann-lee"), 0);
    hand_end(&hand);
    hand_end(&between);
}

Test(people, an_office_email_merges_nobody)
{
    hand_made shared =
        OF_RECORDS({"Ann Lee", NULL, "info@example.org"}, {"Bob Ray", NULL, "info@example.org"},
                   {"Cy Wu", NULL, "info@example.org"}, {"Di Ek", NULL, "info@example.org"});
    hand_made variants =
        OF_RECORDS({"Ann Lee", NULL, "ann@example.org"}, {"ANN  LEE", NULL, "ann@example.org"},
                   {"Ann Lee, PhD", NULL, "ann@example.org"}, {"Ánn Lee (she/her)", NULL, "ann@example.org"},
                   {"Ann", NULL, "ann@example.org"}, {"A. Lee", NULL, "ann@example.org"});
    const kith_people *people = hand_resolve(&shared);

    cr_expect_eq(people->n, 4);
    cr_expect_eq(count_merges(people, "same email, but several people use it", 0), 3);
    cr_expect_eq(hand_resolve(&variants)->n, 1, "three ways to write one name are one person's");
    hand_end(&shared);
    hand_end(&variants);
}

Test(people, many_records_of_one_person_share_no_office)
{ /* four names, but the address tells that they are one: the email is personal */
    hand_made hand =
        OF_RECORDS({"Ann Lee", ann_url, "ann@example.org"}, {"Ann Roe", ann_url, "ann@example.org"},
                   {"Ann R.", ann_url, "ann@example.org"}, {"Annie", ann_url, "ann@example.org"},
                   {"A Lee", NULL, "ann@example.org"});

    cr_expect_eq(hand_resolve(&hand)->n, 1);
    hand_end(&hand);
}

Test(people, ids_mean_someone_in_their_space_only)
{
    hand_made hand = hand_begin(NULL);
    uint32_t spring = hand_space(&hand, "spring"), autumn = hand_space(&hand, "autumn");
    uint32_t source = hand_source(&hand, "people.csv"), other = hand_source(&hand, "more.csv");

    hand_id(&hand, source, 1, spring, "5", "Ann Lee");
    hand_id(&hand, source, 2, spring, "6", "Bob Ray");
    hand_id(&hand, source, 3, spring, "5", "Ann Lee-Ray");
    hand_id(&hand, other, 1, autumn, "5", "Cy Wu");
    hand_source_end(&hand, source, 1, UINT32_MAX);
    hand_source_end(&hand, other, 2, UINT32_MAX);
    const kith_people *people = hand_resolve(&hand);
    cr_assert_eq(people->n, 3);
    cr_expect_str_eq(people->key[0], "spring/5");
    cr_expect_str_eq(people->key[1], "spring/6");
    cr_expect_str_eq(people->key[2], "autumn/5");
    cr_expect_eq(alias_of(people, "6"), 1);
    cr_expect_eq(alias_of(people, "5"), UINT32_MAX);
    cr_expect_eq(count_merges(people, "same id", 1), 1);
    hand_end(&hand);
}

Test(people, spaces_that_do_not_collide_need_no_prefix)
{
    hand_made hand = hand_begin(NULL);
    uint32_t spring = hand_space(&hand, "x"), autumn = hand_space(&hand, "x");
    uint32_t source = hand_source(&hand, "people.csv");

    hand_id(&hand, source, 1, spring, "5", "Ann Lee");
    hand_id(&hand, source, 2, autumn, "6", "Bob Ray");
    hand_source_end(&hand, source, 1, UINT32_MAX);
    const kith_people *people = hand_resolve(&hand);
    cr_expect_str_eq(people->key[0], "5");
    cr_expect_str_eq(people->key[1], "6");
    hand_end(&hand);
}

Test(people, one_id_with_two_addresses_stays_two)
{
    hand_made hand = hand_begin(NULL);
    uint32_t space = hand_space(&hand, "x"), source = hand_source(&hand, "people.csv");
    kith_attr one[] = {{KITH_FIELD_URL, ann_url}}, two[] = {{KITH_FIELD_URL, "linkedin.com/in/bob"}};

    hand_mention(&hand, &(kith_mention){.line = 1, .space = space, .id = "5", .attrs = one, .n_attrs = 1});
    hand_mention(&hand, &(kith_mention){.line = 2, .space = space, .id = "5", .attrs = two, .n_attrs = 1});
    hand_source_end(&hand, source, 1, UINT32_MAX);
    const kith_people *people = hand_resolve(&hand);
    cr_assert_eq(people->n, 2);
    cr_expect_eq(count_merges(people, "same id, but another LinkedIn address", 0), 1);
    cr_expect_str_eq(people->key[0], "5");
    cr_expect_str_eq(people->key[1], "5-2");
    cr_expect_eq(alias_of(people, "5"), 0, "a key leads to whom it names");
    hand_end(&hand);
}

Test(people, references_are_kept_once_and_are_no_merges)
{
    hand_made hand = hand_begin(NULL);
    uint32_t space = hand_space(&hand, "x");
    uint32_t ties = hand_source(&hand, "ties.csv"), sheet = hand_source(&hand, "people.csv");
    uint32_t first = hand_id(&hand, ties, 2, space, "7", NULL);

    cr_expect_eq(hand_id(&hand, ties, 3, space, "7", NULL), first);
    cr_expect_neq(hand_id(&hand, ties, 3, space, "8", NULL), first);
    cr_expect_neq(hand_id(&hand, sheet, 3, space, "7", NULL), first);
    hand_id(&hand, sheet, 4, space, "7", "Ann Lee");
    hand_source_end(&hand, ties, 1, UINT32_MAX);
    hand_source_end(&hand, sheet, 2, UINT32_MAX);
    const kith_people *people = hand_resolve(&hand);
    cr_assert_eq(people->n, 2);
    cr_expect_str_eq(value_of(people, 0, KITH_FIELD_NAME), "Ann Lee");
    cr_expect_str_eq(value_of(people, 1, KITH_FIELD_NAME), "8", "who has no name goes by the id");
    cr_expect_eq(people->n_merges, 0);
    hand_end(&hand);
}

Test(people, keys_by_strength)
{
    hand_made hand = OF_RECORDS({"Ann Lee", ann_url, "ann@example.org"}, {"Bob Ray", NULL, "bob@example.org"},
                                {NULL, NULL, "cy.wu@example.org"}, {NULL, "linkedin.com/in/di-ek", NULL});
    const kith_people *people = hand_resolve(&hand);
    char mail[32];

    cr_assert_eq(people->n, 4);
    cr_expect_str_eq(people->key[0], "ann-lee");
    snprintf(mail, sizeof mail, "mail-%016" PRIx64, (uint64_t)XXH3_64bits("bob@example.org", 15));
    cr_expect_str_eq(people->key[1], mail);
    cr_expect_str_eq(value_of(people, 2, KITH_FIELD_NAME), "cy.wu");
    cr_expect_str_eq(value_of(people, 3, KITH_FIELD_NAME), "di-ek");
    for (uint32_t i = 0; i < people->n; i++)
        cr_expect_eq(alias_of(people, people->key[i]), i);
    hand_end(&hand);
}

Test(people, a_name_key_depends_on_whose_list_it_is)
{
    hand_made hand = hand_begin(NULL);
    uint32_t a = hand_source(&hand, "a.csv"), b = hand_source(&hand, "b.csv");

    hand_person(&hand, a, 1, "John Smith", NULL, NULL);
    hand_person(&hand, b, 1, "John Smith", NULL, NULL);
    hand_source_end(&hand, a, 1, hand_person(&hand, a, 0, "Ann", ann_url, NULL));
    hand_source_end(&hand, b, 2, hand_person(&hand, b, 0, "Bob", NULL, "bob@example.org"));
    const kith_people *people = hand_resolve(&hand);
    cr_assert_eq(people->n, 4);
    cr_expect_eq(strncmp(people->key[1], "name-", 5), 0);
    cr_expect_eq(strncmp(people->key[3], "name-", 5), 0);
    cr_expect_eq(strlen(people->key[1]), 21);
    cr_expect_str_neq(people->key[1], people->key[3]);
    hand_end(&hand);
}

static void attrs_of(hand_made *hand, uint32_t source, const kith_mention *flags, const char *name,
                     const char *company, kith_day listed)
{
    kith_attr attrs[] = {{KITH_FIELD_URL, ann_url}, {KITH_FIELD_NAME, name}, {KITH_FIELD_COMPANY, company}};
    kith_mention mention = *flags;

    mention.source = source;
    mention.line = 2;
    mention.attrs = attrs;
    mention.n_attrs = 3;
    uint32_t ann = hand_mention(hand, &mention);
    kith_relation relation =
        relation_of(hand_person(hand, source, 1, "Owner", NULL, NULL), ann, KITH_EVIDENCE_LISTED, listed);
    relation.source = source;
    hand_relation(hand, relation);
    hand_source_end(hand, source, source + 1, UINT32_MAX);
}

Test(people, values_preferred_by_who_says_them)
{
    const kith_mention contact = {.space = KITH_NO_SPACE};
    const kith_mention owner = {.space = KITH_NO_SPACE, .owner = true};
    hand_made hand = hand_begin(NULL);
    const kith_mention table = {.space = hand_space(&hand, "x"), .id = "1", .do_not_introduce = true};

    attrs_of(&hand, hand_source(&hand, "people.csv"), &table, "Ann B. Lee", "Sheetco", KITH_NO_DATE);
    attrs_of(&hand, hand_source(&hand, "old.csv"), &contact, "Ann", "Oldco", 100);
    attrs_of(&hand, hand_source(&hand, "new.csv"), &contact, "ANN LEE", "Newco", 200);
    attrs_of(&hand, hand_source(&hand, "self.csv"), &owner, "Ann Lee", "Selfco", KITH_NO_DATE);
    const kith_people *people = hand_resolve(&hand);
    uint32_t ann = alias_of(people, "ann-lee");
    const char *const expected[] = {"Ann B. Lee", "Ann Lee", "Ann",   "linkedin.com/in/ann-lee",
                                    "Sheetco",    "Selfco",  "Newco", "Oldco"};
    uint64_t begin = people->attr_offset[ann];

    cr_assert_eq(people->attr_offset[ann + 1] - begin, 8);
    for (size_t i = 0; i < 8; i++)
        cr_expect_str_eq(people->attrs[begin + i].value, expected[i]);
    cr_expect(people->owner[ann]);
    cr_expect(people->do_not_introduce[ann], "one record that says so is enough");
    hand_end(&hand);
}

Test(people, a_full_name_is_made_of_given_and_family)
{
    hand_made hand = hand_begin(NULL);
    kith_attr attrs[] = {{KITH_FIELD_GIVEN_NAME, "Ann"}, {KITH_FIELD_FAMILY_NAME, "Lee"}};
    uint32_t source = hand_source(&hand, "a.csv");

    hand_mention(&hand, &(kith_mention){.line = 1, .space = KITH_NO_SPACE, .attrs = attrs, .n_attrs = 2});
    hand_source_end(&hand, source, 1, UINT32_MAX);
    const kith_people *people = hand_resolve(&hand);
    cr_assert_eq(people->attr_offset[1], 1);
    cr_expect_str_eq(value_of(people, 0, KITH_FIELD_NAME), "Ann Lee");
    hand_end(&hand);
}

Test(people, relations_to_oneself_are_gone_and_the_rest_is_sorted)
{
    hand_made hand = hand_begin(NULL);
    uint32_t source = hand_source(&hand, "a.csv");
    uint32_t ann = hand_person(&hand, source, 1, "Ann", ann_url, NULL);
    uint32_t again = hand_person(&hand, source, 2, "Ann", ann_url, NULL);
    uint32_t bob = hand_person(&hand, source, 3, "Bob", NULL, NULL);

    hand_relation(&hand, relation_of(ann, again, KITH_EVIDENCE_LISTED, 1));
    hand_relation(&hand, relation_of(bob, again, KITH_EVIDENCE_STATED_TIE, 9));
    hand_relation(&hand, relation_of(bob, ann, KITH_EVIDENCE_STATED_TIE, 7));
    hand_relation(&hand, relation_of(bob, ann, KITH_EVIDENCE_LISTED, 8));
    hand_pairing(&hand, pairing_of(ann, again, 1, 2, KITH_MENTORSHIP_COMPLETED));
    hand_pairing(&hand, pairing_of(bob, ann, 5, 6, KITH_MENTORSHIP_COMPLETED));
    hand_pairing(&hand, pairing_of(again, bob, 1, 2, KITH_MENTORSHIP_COMPLETED));
    hand_source_end(&hand, source, 1, UINT32_MAX);
    const kith_people *people = hand_resolve(&hand);
    const kith_day dates[] = {8, 7, 9};
    cr_assert_eq(people->n_relations, 3);
    for (size_t i = 0; i < 3; i++)
        cr_expect_eq(people->relations[i].date, dates[i]);
    cr_assert_eq(people->n_pairings, 2);
    cr_expect_eq(people->pairings[0].mentor, 0);
    cr_expect_eq(people->pairings[1].mentor, 1);
    hand_end(&hand);
}

Test(people, strict_stops_at_the_first_reject)
{
    kith_err err = KITH_ERR_NONE;
    kith_roster *roster = NULL;
    uint32_t source;

    cr_assert_eq(kith_roster_new(true, &roster, &err), KITH_OK);
    kith_sink sink = kith_roster_sink(roster);
    cr_assert_eq(sink.source_begin(sink.ctx, &(kith_source_begin){"a.csv", "x"}, &source, &err), KITH_OK);
    cr_expect_eq(sink.reject(sink.ctx, source, 12, "no name", "", &err), KITH_EDATA);
    cr_expect_str_eq(err.file, "a.csv");
    cr_expect_eq(err.line, 12);
    cr_expect_str_eq(err.message, "no name");
    kith_roster_free(roster);
}
