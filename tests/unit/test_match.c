/* Who is one person by more than keys, and who is not. */
#include <stdio.h>
#include <stdlib.h>

#include "each_failure.h"
#include "hand_made.h"

/** One record: whose list it stands in, and what it tells; NULL where nothing. */
typedef struct record {
    uint32_t list;
    const char *name, *url, *email, *company, *title, *phone, *birth;
} record;

static void add_record(hand_made *hand, uint32_t source, uint64_t line, const record *one, uint32_t *handle)
{
    const kith_attr all[] = {{KITH_FIELD_NAME, one->name},       {KITH_FIELD_URL, one->url},
                             {KITH_FIELD_EMAIL, one->email},     {KITH_FIELD_COMPANY, one->company},
                             {KITH_FIELD_TITLE, one->title},     {KITH_FIELD_PHONE, one->phone},
                             {KITH_FIELD_BIRTH_DATE, one->birth}};
    kith_attr attrs[8];
    size_t n = 0;

    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i].value)
            attrs[n++] = all[i];
    *handle = hand_mention(
        hand, &(kith_mention){
                  .source = source, .line = line, .space = KITH_NO_SPACE, .attrs = attrs, .n_attrs = n});
}

/** Feeds records list by list. @param handle  [n] by record. */
static void feed(hand_made *hand, const record *records, uint32_t n, uint32_t lists, uint32_t *handle)
{
    for (uint32_t list = 0; list < lists; list++) {
        char name[32];
        snprintf(name, sizeof name, "list%u.csv", list);
        uint32_t source = hand_source(hand, name);
        for (uint32_t i = 0; i < n; i++)
            if (records[i].list == list)
                add_record(hand, source, i + 1, &records[i], &handle[i]);
        hand_source_end(hand, source, 100 + list, UINT32_MAX);
    }
}

/** How many people some records are. */
static uint32_t count_people(const record *records, uint32_t n)
{
    hand_made hand = hand_begin(NULL);
    uint32_t handle[16];

    feed(&hand, records, n, 4, handle);
    uint32_t people = hand_resolve(&hand)->n;
    hand_end(&hand);
    return people;
}

#define PEOPLE_OF(...)                                                                                       \
    count_people((const record[]){__VA_ARGS__}, sizeof((const record[]){__VA_ARGS__}) / sizeof(record))

Test(match, a_name_and_a_company_in_two_lists)
{
    cr_expect_eq(PEOPLE_OF({0, "Ann Lee", .company = "Acme", .title = "Buyer"},
                           {1, "Ann Lee, PhD", .company = "Acme Inc.", .title = "Buyer"}),
                 1);
    cr_expect_eq(PEOPLE_OF({0, "Ann Lee", .url = "linkedin.com/in/ann", .company = "Acme"},
                           {1, "Ann Lee", .company = "Acme"}),
                 1);
    cr_expect_eq(PEOPLE_OF({0, "Robert Lee", .company = "Acme", .title = "Buyer"},
                           {1, "Bob Lee", .company = "Acme", .title = "Buyer"}),
                 1);
}

Test(match, a_name_alone_joins_nobody)
{
    cr_expect_eq(PEOPLE_OF({0, .name = "Ann Lee"}, {1, .name = "Ann Lee"}), 2);
    cr_expect_eq(PEOPLE_OF({0, "Ann Lee", .company = "Acme"}, {1, "Ann Lee", .company = "Borealis"}), 2);
}

Test(match, one_list_rarely_names_one_person_twice)
{
    cr_expect_eq(
        PEOPLE_OF({0, "Ann Lee", .company = "Acme"}, {0, "Ann Lee", .company = "Acme", .email = "a@x.org"}),
        2);
}

Test(match, father_and_son_stay_two)
{
    cr_expect_eq(
        PEOPLE_OF({0, "John Smith Jr.", .company = "Acme", .title = "Buyer", .phone = "+31201234567"},
                  {1, "John Smith Sr.", .company = "Acme", .title = "Buyer", .phone = "+31201234567"}),
        2);
    cr_expect_eq(PEOPLE_OF({0, "John Smith Jr.", .company = "Acme", .title = "Buyer"},
                           {1, "John Smith", .company = "Acme", .title = "Buyer"}),
                 2);
    cr_expect_eq(PEOPLE_OF({0, "John Smith Jr.", .company = "Acme", .title = "Buyer"},
                           {1, "John Smith, Jr", .company = "Acme", .title = "Buyer"}),
                 1);
}

Test(match, two_addresses_are_two_people_whatever_agrees)
{
    cr_expect_eq(PEOPLE_OF({0, "Ann Lee", "linkedin.com/in/a", .company = "Acme", .title = "Buyer"},
                           {1, "Ann Lee", "linkedin.com/in/b", .company = "Acme", .title = "Buyer"}),
                 2);
}

Test(match, who_could_be_either_of_two_is_neither)
{ /* the third record fits both namesakes as well */
    cr_expect_eq(PEOPLE_OF({0, "Ann Lee", "linkedin.com/in/a", .company = "Acme"},
                           {1, "Ann Lee", "linkedin.com/in/b", .company = "Acme"},
                           {2, "Ann Lee", .company = "Acme"}),
                 3);
    cr_expect_eq(PEOPLE_OF({0, "Ann Lee", "linkedin.com/in/a", .company = "Acme"},
                           {1, "Ann Lee", "linkedin.com/in/b", .company = "Borealis"},
                           {2, "Ann Lee", .company = "Acme"}),
                 2);
}

Test(match, twins_stay_two)
{
    cr_expect_eq(
        PEOPLE_OF({0, "Anna Berg", .company = "Acme", .phone = "+31201234567", .birth = "19900401"},
                  {1, "Bianca Berg", .company = "Acme", .phone = "+31201234567", .birth = "19900401"}),
        2);
}

Test(match, a_phone_alone_joins_nobody)
{
    cr_expect_eq(PEOPLE_OF({0, "Ann Lee", .phone = "+31201234567"}, {1, "Bob Ray", .phone = "+31201234567"}),
                 2);
    cr_expect_eq(
        PEOPLE_OF({0, "Ann Lee", .phone = "+31 20 1234567"}, {1, "Ann Lee", .phone = "0031201234567"}), 1);
}

Test(match, a_chain_of_likely_pairs_is_not_one_person)
{ /* a and b share a company, b and c a phone, but a and c were born on different days and work elsewhere */
    const record records[] = {{0, "Ann Lee", .company = "Acme", .title = "Buyer", .birth = "19800101"},
                              {1, "Ann Lee", .company = "Acme", .title = "Buyer", .phone = "+31201234567"},
                              {2, "Ann Lee", .company = "Borealis", .title = "Nurse", .phone = "+31201234567",
                               .birth = "19911224"}};

    cr_expect_eq(count_people(records, 2), 1);
    cr_expect_eq(count_people(records + 1, 2), 1);
    cr_expect_eq(count_people(records, 3), 2);
}

Test(match, modes)
{
    const record records[] = {{0, "Ann Lee", .email = "a@x.org", .company = "Acme", .title = "Buyer"},
                              {1, "Ann Lee", .email = "a@x.org", .company = "Acme", .title = "Buyer"},
                              {2, "Ann Lee", .company = "Acme", .title = "Buyer"}};
    static const struct {
        kith_merge_mode mode;
        uint32_t people;
    } expected[] = {{KITH_MERGE_BALANCED, 1}, {KITH_MERGE_STRICT, 2}, {KITH_MERGE_OFF, 3}};

    for (size_t i = 0; i < 3; i++) {
        hand_made hand = hand_begin(NULL);
        uint32_t handle[3];
        hand.merge.mode = expected[i].mode;
        feed(&hand, records, 3, 3, handle);
        cr_expect_eq(hand_resolve(&hand)->n, expected[i].people, "mode %zu", i);
        hand_end(&hand);
    }
}

Test(match, the_log_tells_why)
{
    const record records[] = {{0, "Ann Lee", .company = "Acme", .title = "Buyer"},
                              {1, "Ann Lee", .company = "Acme", .title = "Buyer"}};
    hand_made hand = hand_begin(NULL);
    uint32_t handle[2];

    feed(&hand, records, 2, 2, handle);
    const kith_people *people = hand_resolve(&hand);
    cr_assert_eq(people->n_merges, 1);
    cr_expect_str_eq(people->merges[0].evidence, "the same name, the same company, the same title");
    cr_expect_gt(people->merges[0].probability, 0.95);
    cr_expect_lt(people->merges[0].probability, 1);
    cr_expect_eq(people->person_of[handle[0]], people->person_of[handle[1]]);
    hand_end(&hand);
}

Test(match, what_is_sensitive_is_compared_and_not_kept)
{
    const record records[] = {{0, "Ann Lee", .birth = "19800101"}};
    hand_made hand = hand_begin(NULL);
    uint32_t handle[1];

    feed(&hand, records, 1, 1, handle);
    cr_expect_str_eq(value_of(hand_resolve(&hand), 0, KITH_FIELD_BIRTH_DATE), "");
    hand_end(&hand);
}

/* ---- a name alone, where many people are known ---- */

enum { KNOWN = 1500, TALKED_OF = 4 };

/** How many people they are: KNOWN with LinkedIn addresses, each in two lists, of whom `n_alike` bear the
 * first one's name; and in a third list every fourth without an address, and at another company. */
static uint32_t count_known(uint32_t n_alike)
{
    static char names[KNOWN][32], urls[KNOWN][32], companies[2 * KNOWN][32];
    static uint32_t handle[KNOWN];
    hand_made hand = hand_begin(NULL);

    for (uint32_t list = 0; list < 3; list++) {
        char file[32];
        snprintf(file, sizeof file, "list%u.csv", list);
        uint32_t source = hand_source(&hand, file);
        for (uint32_t i = 0; i < KNOWN; i++) {
            uint32_t name = i < n_alike ? 0 : i;
            snprintf(names[i], sizeof names[i], "G%cx%u F%cx%u", 'a' + (int)(name % 26), name % 53,
                     'a' + (int)(name % 23), name);
            snprintf(urls[i], sizeof urls[i], "linkedin.com/in/p%u", i);
            snprintf(companies[i], sizeof companies[i], "C%ux", i * 7919 % KNOWN);
            snprintf(companies[KNOWN + i], sizeof companies[i], "D%ux", i);
            if (list < 2)
                add_record(&hand, source, i + 1,
                           &(record){list, names[i], .url = urls[i], .company = companies[i]}, &handle[i]);
            else if (i % TALKED_OF == 0)
                add_record(&hand, source, i + 1, &(record){list, names[i], .company = companies[KNOWN + i]},
                           &handle[i]);
        }
        hand_source_end(&hand, source, 100 + list, UINT32_MAX);
    }
    uint32_t people = hand_resolve(&hand)->n;
    hand_end(&hand);
    return people;
}

Test(match, a_rare_name_that_one_of_many_bears_is_theirs)
{
    cr_expect_eq(count_known(0), KNOWN);
    cr_expect_eq(count_known(2), KNOWN + 1, "who could be either of two is neither");
}

/* ---- a small world, in any order ---- */

enum { WORLD = 160, LISTS = 8 };

static void make_world(record *records)
{
    static const char *const given[] = {"Ann", "Robert", "Bob", "Carla", "Dirk", "Eve", "Anna", "Klara"};
    static const char *const family[] = {"Lee", "Smith", "Smyth", "van den Berg", "Okonjo", "Ito"};
    static const char *const companies[] = {"Acme", "Acme Inc.", "Borealis", NULL};
    static const char *const emails[] = {"a@x.org", "b.smith12@y.org", "b.smith12@z.org", NULL, NULL, NULL};
    static const char *const urls[] = {
        "linkedin.com/in/a", "linkedin.com/in/b", "linkedin.com/in/c", NULL, NULL, NULL};
    static char names[WORLD][64];
    uint64_t state = 11;

    for (uint32_t i = 0; i < WORLD; i++) {
        snprintf(names[i], sizeof names[i], "%s %s", given[random_below(&state, 8)],
                 family[random_below(&state, 6)]);
        records[i] = (record){.list = i % LISTS,
                              .name = names[i],
                              .company = companies[random_below(&state, 4)],
                              .email = random_below(&state, 4) ? NULL : emails[random_below(&state, 6)],
                              .url = random_below(&state, 4) ? NULL : urls[random_below(&state, 6)],
                              .title = random_below(&state, 2) ? "Buyer" : "Nurse"};
    }
}

/** Who the records are, as text; lists are fed from `first` on, `twice` one of them again at the end. */
static void describe(const record *records, uint32_t first, bool backwards, bool twice, kith_dynbuf *out)
{
    hand_made hand = hand_begin(NULL);
    static uint32_t handle[WORLD];
    uint32_t again[WORLD];

    hand.merge.all_doubts = true;
    for (uint32_t i = 0; i < LISTS + (twice ? 1 : 0); i++) {
        uint32_t list = (first + (backwards ? LISTS - i % LISTS : i)) % LISTS;
        char name[32];
        snprintf(name, sizeof name, "list%u.csv", list);
        uint32_t source = hand_source(&hand, name);
        for (uint32_t k = 0; k < WORLD; k++)
            if (records[k].list == list)
                add_record(&hand, source, k + 1, &records[k], i < LISTS ? &handle[k] : &again[k]);
        hand_source_end(&hand, source, 100 + list, UINT32_MAX);
    }
    const kith_people *people = hand_resolve(&hand);
    for (uint32_t i = 0; i < people->n; i++)
        kith_dynbuf_printf(out, "%u %s\n", i, people->key[i]);
    for (uint32_t i = 0; i < WORLD; i++)
        kith_dynbuf_printf(out, "record %u %u\n", i, people->person_of[handle[i]]);
    for (size_t i = 0; i < people->n_merges; i++)
        kith_dynbuf_printf(out, "merge %u %s %s %.17g\n", people->merges[i].person, people->merges[i].name,
                           people->merges[i].evidence, people->merges[i].probability);
    for (size_t i = 0; i < people->n_doubts; i++)
        kith_dynbuf_printf(out, "doubt %s %s %s %.17g\n", people->doubts[i].key[0], people->doubts[i].key[1],
                           people->doubts[i].evidence, people->doubts[i].probability);
    hand_end(&hand);
}

Test(match, the_order_of_inputs_does_not_matter_nor_does_reading_one_twice)
{
    record records[WORLD];
    kith_dynbuf once = {0};

    make_world(records);
    describe(records, 0, false, false, &once);
    cr_expect_not_null(strstr(kith_dynbuf_cstr(&once), "the same name"), "somebody is joined");
    for (uint32_t first = 0; first < LISTS; first++)
        for (int way = 0; way < 4; way++) {
            kith_dynbuf other = {0};
            describe(records, first, way & 1, way & 2, &other);
            cr_expect_str_eq(kith_dynbuf_cstr(&other), kith_dynbuf_cstr(&once), "from %u, way %d", first,
                             way);
            kith_dynbuf_free(&other);
        }
    kith_dynbuf_free(&once);
}

static kith_code resolve_world(void *ctx, kith_err *err)
{
    const kith_decision decisions[] = {{"a", "b", true, 2}, {"b.smith12@y.org", "b", false, 3}};
    hand_made hand = hand_begin(err);
    uint32_t handle[WORLD];

    hand.merge =
        (kith_merge_opts){.all_doubts = true, .decisions = decisions, .n_decisions = 2, .region = "NL"};
    feed(&hand, ctx, 40, LISTS, handle);
    hand_resolve(&hand);
    hand_end(&hand);
    return hand.rc;
}

Test(match, every_failed_allocation_is_told)
{
    record records[WORLD];

    make_world(records);
    each_failure(resolve_world, records);
}
