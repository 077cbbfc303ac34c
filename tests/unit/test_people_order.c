/* Who is who, whatever the order of inputs and however often they are read. */
#include <stdio.h>

#include "each_failure.h"
#include "hand_made.h"
#include "network/netdata.h"

/* ---- joining by keys equals brute force ---- */

enum { MOST = 14, TRUTHS = 5 };

/** What a random record goes by: a slug, two emails and an id of its true person, each or not. */
typedef struct random_record {
    uint32_t truth;
    bool has[4];
} random_record;

static void make_random(uint64_t *state, random_record *records, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        records[i].truth = random_below(state, TRUTHS);
        for (int k = 0; k < 4; k++)
            records[i].has[k] = random_below(state, 3) == 0;
    }
}

static void feed_random(hand_made *hand, const random_record *records, uint32_t n, uint32_t *handle)
{
    uint32_t space = hand_space(hand, "x"), source = hand_source(hand, "a.csv");
    char texts[4][64];

    for (uint32_t i = 0; i < n; i++) {
        kith_attr attrs[4] = {{KITH_FIELD_NAME, "Ann"}};
        size_t count = 1;
        snprintf(texts[0], sizeof texts[0], "linkedin.com/in/s%u", records[i].truth);
        snprintf(texts[1], sizeof texts[1], "a%u@example.org", records[i].truth);
        snprintf(texts[2], sizeof texts[2], "b%u@example.org", records[i].truth);
        snprintf(texts[3], sizeof texts[3], "%u", records[i].truth);
        for (int k = 0; k < 3; k++)
            if (records[i].has[k])
                attrs[count++] = (kith_attr){k == 0 ? KITH_FIELD_URL : KITH_FIELD_EMAIL, texts[k]};
        handle[i] = hand_mention(hand, &(kith_mention){.source = source,
                                                       .line = i + 1,
                                                       .space = space,
                                                       .id = records[i].has[3] ? texts[3] : NULL,
                                                       .attrs = attrs,
                                                       .n_attrs = count});
    }
    hand_source_end(hand, source, 1, UINT32_MAX);
}

/** same[i][j]: whether a way of shared keys leads from record i to j. */
static void close_over(const random_record *records, uint32_t n, bool same[MOST][MOST])
{
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t j = 0; j < n; j++) {
            same[i][j] = i == j;
            for (int k = 0; k < 4; k++)
                same[i][j] |= records[i].truth == records[j].truth && records[i].has[k] && records[j].has[k];
        }
    for (uint32_t k = 0; k < n; k++)
        for (uint32_t i = 0; i < n; i++)
            for (uint32_t j = 0; j < n; j++)
                same[i][j] |= same[i][k] && same[k][j];
}

Test(people_order, joining_is_the_closure_over_shared_keys)
{
    uint64_t state = 7;

    for (int round = 0; round < 500; round++) {
        random_record records[MOST];
        bool same[MOST][MOST];
        uint32_t handle[MOST], n = 1 + random_below(&state, MOST);
        hand_made hand = hand_begin(NULL);

        make_random(&state, records, n);
        close_over(records, n, same);
        feed_random(&hand, records, n, handle);
        /* each record mentors a person of its own, which shows whom it became */
        for (uint32_t i = 0; i < n; i++) {
            uint32_t witness = hand_person(&hand, 0, 100 + i, "W", NULL, NULL);
            hand_pairing(&hand,
                         pairing_of(handle[i], witness, (kith_day)i, KITH_NO_DATE, KITH_MENTORSHIP_ACTIVE));
        }
        const kith_people *people = hand_resolve(&hand);
        uint32_t person[MOST];
        cr_assert_eq(people->n_pairings, n);
        for (uint32_t i = 0; i < n; i++)
            person[people->pairings[i].start] = people->pairings[i].mentor;
        for (uint32_t i = 0; i < n; i++)
            for (uint32_t j = 0; j < n; j++)
                cr_assert_eq(person[i] == person[j], same[i][j], "round %d: %u and %u", round, i, j);
        hand_end(&hand);
    }
}

/* ---- the same whatever the order of inputs ---- */

/** All that `people` holds, as text; sources only with `sources`. */
static void dump(const kith_people *people, bool sources, kith_dynbuf *out)
{
    for (uint32_t i = 0; i < people->n; i++) {
        kith_dynbuf_printf(out, "%u %s %d%d\n", i, people->key[i], people->owner[i],
                           people->do_not_introduce[i]);
        for (uint64_t k = people->attr_offset[i]; k < people->attr_offset[i + 1]; k++)
            kith_dynbuf_printf(out, "  %d %s\n", (int)people->attrs[k].field, people->attrs[k].value);
    }
    for (size_t i = 0; i < people->n_aliases; i++)
        kith_dynbuf_printf(out, "alias %s %u\n", people->aliases[i].text, people->aliases[i].person);
    for (size_t i = 0; i < people->n_ties; i++)
        kith_dynbuf_printf(out, "tie %lx\n", (unsigned long)people->ties[i]);
    for (size_t i = 0; i < people->n_relations; i++) {
        const kith_relation *r = &people->relations[i];
        kith_dynbuf_printf(out, "relation %u %u %d %d %d %u %u line %lu %g %g\n", r->a, r->b, (int)r->kind,
                           r->date, r->end, r->count, r->stated, (unsigned long)r->line, r->strength,
                           r->weight);
    }
    for (size_t i = 0; i < people->n_pairings; i++) {
        const kith_pairing *p = &people->pairings[i];
        kith_dynbuf_printf(out, "pairing %u %u %d %d %s %s\n", p->mentor, p->mentee, p->start, p->end,
                           p->programme, p->cohort);
    }
    for (size_t i = 0; i < people->n_merges; i++)
        kith_dynbuf_printf(out, "merge %u %lu %s %s %g\n", people->merges[i].person,
                           (unsigned long)people->merges[i].line, people->merges[i].evidence,
                           people->merges[i].name, people->merges[i].probability);
    for (size_t i = 0; i < people->n_rejects; i++)
        kith_dynbuf_printf(out, "reject %lu %s\n", (unsigned long)people->rejects[i].line,
                           people->rejects[i].reason);
    for (uint32_t i = 0; sources && i < people->n_sources; i++)
        kith_dynbuf_printf(out, "source %s %u\n", people->sources[i].name, people->sources[i].owner);
}

/** One of four inputs: two exports with contradictions and an office email, and two tables of one folder. */
static void feed_input(hand_made *hand, uint32_t input, uint32_t space, const char *name)
{
    const char *const email[] = {"home@example.org", "info@example.org"};
    uint32_t source = hand_source(hand, name), owner = UINT32_MAX;
    kith_attr attrs[] = {{KITH_FIELD_NAME, "Owner One"}, {KITH_FIELD_COMPANY, "Acme"}};

    if (input < 2) {
        owner = hand_mention(hand, &(kith_mention){.source = source,
                                                   .space = KITH_NO_SPACE,
                                                   .attrs = attrs,
                                                   .n_attrs = input ? 1 : 2,
                                                   .owner = true});
        for (uint32_t i = 0; i < 6; i++) {
            char contact[16], url[32];
            snprintf(contact, sizeof contact, "Contact %u", i * (input + 1));
            snprintf(url, sizeof url, "linkedin.com/in/c%u", i + input);
            uint32_t handle = hand_person(hand, source, i + 2, contact, i % 3 == 2 ? NULL : url,
                                          i % 3 == 1 ? NULL : email[i / 4]);
            kith_relation relation = relation_of(owner, handle, KITH_EVIDENCE_LISTED, (kith_day)(100 * i));
            relation.source = source;
            relation.line = i + 2;
            hand_relation(hand, relation);
        }
        hand_person(hand, source, 20, "Namesake", NULL, NULL);
        hand_reject(hand, source, 30 + input, "no name");
    } else {
        for (uint32_t i = 0; i < 5; i++) {
            char id[8], called[16];
            snprintf(id, sizeof id, "%u", i);
            snprintf(called, sizeof called, "Person %u", i);
            uint32_t a = hand_id(hand, source, i + 2, space, id, input == 2 ? called : NULL);
            id[0] = (char)('0' + (i + 1) % 5);
            uint32_t b = hand_id(hand, source, i + 2, space, id, NULL);
            if (input == 3) {
                kith_pairing pairing = pairing_of(a, b, (kith_day)i, KITH_NO_DATE, KITH_MENTORSHIP_ACTIVE);
                pairing.source = source;
                hand_pairing(hand, pairing);
            }
        }
    }
    hand_source_end(hand, source, 1000 - 10 * input, owner);
}

static void feed_in_order(hand_made *hand, const uint32_t *inputs, uint32_t count)
{
    uint32_t space = UINT32_MAX;

    for (uint32_t i = 0; i < count; i++) {
        char name[16];
        snprintf(name, sizeof name, "input%u", inputs[i]);
        if (inputs[i] >= 2 && space == UINT32_MAX)
            space = hand_space(hand, "folder");
        feed_input(hand, inputs[i], space, name);
    }
}

static void dump_of_order(const uint32_t *inputs, uint32_t count, bool sources, kith_dynbuf *out)
{
    hand_made hand = hand_begin(NULL);

    feed_in_order(&hand, inputs, count);
    dump(hand_resolve(&hand), sources, out);
    hand_end(&hand);
}

static bool append(void *ctx, const void *bytes, size_t length)
{
    kith_dynbuf_append(ctx, bytes, length);
    return true;
}

/** The network file that comes of four inputs. */
static void write_in_order(const uint32_t *inputs, kith_dynbuf *file)
{
    const kith_assemble_opts opts = {.shared_contacts = KITH_SHARED_AUTO};
    hand_made hand = hand_begin(NULL);
    kith_arena arena = {0};
    kith_netdata net;

    feed_in_order(&hand, inputs, 4);
    cr_assert_eq(kith_assemble(hand_resolve(&hand), &opts, &arena, &net, NULL), KITH_OK);
    cr_assert_eq(kith_netdata_write(&net, NULL, append, file, NULL), KITH_OK);
    kith_arena_free(&arena);
    hand_end(&hand);
}

Test(people_order, the_order_of_inputs_does_not_matter)
{
    kith_dynbuf first = {0}, first_file = {0};
    const uint32_t in_order[] = {0, 1, 2, 3};
    int orders = 0;

    dump_of_order(in_order, 4, true, &first);
    write_in_order(in_order, &first_file);
    cr_assert_gt(first.length, 1000);
    for (uint32_t code = 0; code < 256; code++) {
        const uint32_t inputs[] = {code & 3, code >> 2 & 3, code >> 4 & 3, code >> 6};
        kith_dynbuf other = {0}, other_file = {0};
        if ((1U << inputs[0] | 1U << inputs[1] | 1U << inputs[2] | 1U << inputs[3]) != 15)
            continue;
        dump_of_order(inputs, 4, true, &other);
        cr_expect_str_eq(other.data, first.data);
        write_in_order(inputs, &other_file);
        cr_assert_eq(other_file.length, first_file.length);
        cr_expect_eq(memcmp(other_file.data, first_file.data, first_file.length), 0);
        kith_dynbuf_free(&other);
        kith_dynbuf_free(&other_file);
        orders++;
    }
    cr_expect_eq(orders, 24);
    kith_dynbuf_free(&first);
    kith_dynbuf_free(&first_file);
}

Test(people_order, reading_an_input_twice_changes_nothing)
{
    kith_dynbuf once = {0}, twice = {0}, thrice = {0};

    dump_of_order((const uint32_t[]){0, 1, 2, 3}, 4, false, &once);
    dump_of_order((const uint32_t[]){3, 1, 0, 1, 2, 3, 0, 2}, 8, false, &twice);
    dump_of_order((const uint32_t[]){1, 1, 1, 0, 2, 3}, 6, false, &thrice);
    cr_expect_str_eq(twice.data, once.data);
    cr_expect_str_eq(thrice.data, once.data);
    kith_dynbuf_free(&once);
    kith_dynbuf_free(&twice);
    kith_dynbuf_free(&thrice);
}

/** Exports of one owner, who is named by the first that is read; some are read twice. */
static void dump_of_one_owner(const uint32_t *inputs, uint32_t count, kith_dynbuf *out)
{
    hand_made hand = hand_begin(NULL);
    kith_attr attr = {KITH_FIELD_NAME, "Ann Lee"};
    uint32_t owner = 0;

    for (uint32_t i = 0; i < count; i++) {
        uint32_t source = hand_source(&hand, inputs[i] ? "b.csv" : "a.csv");
        if (i == 0)
            owner = hand_mention(&hand, &(kith_mention){.source = source,
                                                        .line = 1,
                                                        .space = KITH_NO_SPACE,
                                                        .attrs = &attr,
                                                        .n_attrs = 1,
                                                        .owner = true});
        for (uint32_t k = 0; k < 3; k++) {
            char name[16];
            snprintf(name, sizeof name, "Contact %u", k);
            kith_relation relation = relation_of(owner, hand_person(&hand, source, k + 1, name, NULL, NULL),
                                                 KITH_EVIDENCE_LISTED, (kith_day)(inputs[i] + k));
            relation.source = source;
            hand_relation(&hand, relation);
        }
        hand_source_end(&hand, source, inputs[i] + 5, owner);
    }
    const kith_people *people = hand_resolve(&hand);
    cr_expect_eq(people->n, 7, "the owner, and three contacts in each of two lists");
    dump(people, false, out);
    hand_end(&hand);
}

Test(people_order, an_owner_of_several_exports)
{
    const uint32_t orders[][4] = {{0, 1, 0, 1}, {1, 0, 1, 0}, {0, 0, 1, 1}, {1, 1, 0, 0}, {1, 0, 0, 1}};
    kith_dynbuf once = {0};

    dump_of_one_owner((const uint32_t[]){0, 1}, 2, &once);
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        kith_dynbuf other = {0};
        dump_of_one_owner(orders[i], 4, &other);
        cr_expect_str_eq(other.data, once.data);
        kith_dynbuf_free(&other);
    }
    kith_dynbuf_free(&once);
}

Test(people_order, the_same_list_of_another_owner_is_no_duplicate)
{
    hand_made hand = hand_begin(NULL);

    for (uint32_t i = 0; i < 3; i++) {
        uint32_t source = hand_source(&hand, i == 0 ? "a.csv" : "b.csv");
        uint32_t owner = hand_person(&hand, source, 0, "Owner", i == 0 ? "linkedin.com/in/ann-lee" : NULL,
                                     i == 0 ? NULL : "o@example.org");
        uint32_t contact = hand_person(&hand, source, 2, "John Smith", NULL, NULL);
        kith_relation relation = relation_of(owner, contact, KITH_EVIDENCE_LISTED, 1);
        relation.source = source;
        hand_relation(&hand, relation);
        hand_source_end(&hand, source, 1, owner);
    }
    const kith_people *people = hand_resolve(&hand);
    cr_expect_eq(people->n_sources, 3);
    cr_expect_eq(people->n_duplicates, 1);
    cr_expect_eq(people->n, 4, "two owners, and a contact of each");
    cr_expect_eq(people->n_relations, 2);
    hand_end(&hand);
}

static kith_code resolve_inputs(void *ctx, kith_err *err)
{
    hand_made hand = hand_begin(err);

    (void)ctx;
    if (hand.rc == KITH_OK) {
        uint32_t space = hand_space(&hand, "folder"), other = hand_space(&hand, "other");
        for (uint32_t input = 0; input < 4; input++)
            feed_input(&hand, input, space, "input");
        feed_input(&hand, 2, other, "more");
        (void)hand_resolve(&hand);
    }
    hand_end(&hand);
    return hand.rc;
}

Test(people_order, every_failed_allocation)
{
    cr_expect_gt(each_failure(resolve_inputs, NULL), 50);
}

Test(people_order, copies_of_a_file_are_one_row_by_row)
{
    hand_made hand = hand_begin(NULL);
    uint32_t copy = hand_source(&hand, "a.csv"), other = hand_source(&hand, "b.csv");

    /* Whoever goes by a name alone may be known elsewhere, and is then not mentioned again. */
    hand_person(&hand, copy, 4, "Zoe", NULL, NULL);
    hand_person(&hand, other, 2, "Ben", NULL, NULL);
    hand_person(&hand, other, 3, "Kim", NULL, NULL);
    hand_person(&hand, other, 4, "Zoe", NULL, NULL);
    hand_source_end(&hand, copy, 7, UINT32_MAX);
    hand_source_end(&hand, other, 7, UINT32_MAX);
    const kith_people *people = hand_resolve(&hand);
    cr_expect_eq(people->n_duplicates, 1);
    cr_assert_eq(people->n, 3);
    for (uint32_t i = 0; i < people->n; i++) {
        uint64_t values = people->attr_offset[i + 1] - people->attr_offset[i];
        cr_expect_eq(values, 1, "nobody has two names");
    }
    hand_end(&hand);
}
