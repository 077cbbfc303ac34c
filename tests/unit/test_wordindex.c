/* The index of words, and that searching by it finds what asking everyone finds. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <kith/who.h>

#include "base/text.h"
#include "each_failure.h"
#include "network/wordindex.h"
#include "small_net.h"

/** "word:people" of every entry, a space behind each; the field as a letter from 'a' before the word. */
static void put_index(const kith_wordindex *index, kith_dynbuf *out)
{
    for (uint64_t w = 0; w < index->n_words; w++) {
        const char *text = index->text + index->text_offset[w];
        kith_dynbuf_printf(out, "%c%s:", 'a' + text[0] - 1, text + 1);
        for (uint64_t i = index->people_offset[w]; i < index->people_offset[w + 1]; i++)
            kith_dynbuf_printf(out, "%s%u", i > index->people_offset[w] ? "," : "", index->people[i]);
        kith_dynbuf_put(out, ' ');
    }
}

/** Field letters by kith_field: a name, d email, g company, h title. */
Test(wordindex, has_each_folded_word_once_with_its_people)
{
    small_net *s = small_net_new(4);
    kith_wordindex index;
    kith_dynbuf text = {0};

    small_net_value(s, 0, KITH_FIELD_NAME, "Zoë Groß-Lee");
    small_net_value(s, 0, KITH_FIELD_COMPANY, "Acme Corp");
    small_net_value(s, 0, KITH_FIELD_COMPANY, "ACME, Acme");
    small_net_value(s, 1, KITH_FIELD_TITLE, "lee");
    small_net_value(s, 1, KITH_FIELD_EMAIL, "lee@example.org");
    small_net_value(s, 3, KITH_FIELD_NAME, "Lee P3");
    small_net_value(s, 3, KITH_FIELD_COMPANY, "東京 acme");
    cr_assert_eq(kith_wordindex_make(small_net_data(s), NULL, &index, NULL), KITH_OK);
    put_index(&index, &text);
    cr_expect_str_eq(kith_dynbuf_cstr(&text),
                     "agross:0 alee:0,3 ap3:3 azoe:0 gacme:0,3 gcorp:0 g京:3 g東:3 hlee:1 ");
    kith_dynbuf_free(&text);
    kith_wordindex_free(&index);
    small_net_free(s);
}

Test(wordindex, holds_nothing_of_people_who_are_bare_ids)
{
    small_net *s = small_net_new(100);
    kith_wordindex index;

    cr_assert_eq(kith_wordindex_make(small_net_data(s), NULL, &index, NULL), KITH_OK);
    cr_expect_eq(index.n_words, 0);
    cr_expect_eq(index.people_offset[0], 0);
    kith_wordindex_free(&index);
    small_net_free(s);
    cr_expect(kith_is_plain_key("p17") && kith_is_plain_key("0"));
    cr_expect_not(kith_is_plain_key("") || kith_is_plain_key("P17") || kith_is_plain_key("p-17") ||
                  kith_is_plain_key("ö") || kith_is_plain_key("p 17"));
}

static kith_code make_and_free(void *ctx, kith_err *err)
{
    kith_wordindex index;
    kith_code rc = kith_wordindex_make(ctx, NULL, &index, err);

    kith_wordindex_free(&index);
    return rc;
}

Test(wordindex, every_failed_allocation_is_told)
{
    small_net *s = small_net_new(3);

    small_net_value(s, 0, KITH_FIELD_NAME, "Zoë Groß");
    small_net_value(s, 2, KITH_FIELD_GOAL, "from sales to märketing");
    cr_expect_gt(each_failure(make_and_free, (void *)(uintptr_t)small_net_data(s)), 5);
    small_net_free(s);
}

Test(wordindex, each_of_many_words_leads_to_its_own)
{
    enum { MANY = 3000, CIRCLES = 7 };
    small_net *s = small_net_new(MANY);
    char text[64];
    kith_ids ids;

    for (uint32_t i = 0; i < MANY; i++) {
        (void)snprintf(text, sizeof text, "Ann N%u", i);
        small_net_value(s, i, KITH_FIELD_NAME, text);
        (void)snprintf(text, sizeof text, "Circle %u", i % CIRCLES);
        small_net_value(s, i, KITH_FIELD_COMPANY, text);
    }
    const kith_net *net = small_net_open(s);
    for (uint32_t i = 0; i < MANY; i++) {
        (void)snprintf(text, sizeof text, "n%u", i);
        cr_assert_eq(kith_who_all(net, text, &ids, NULL), KITH_OK, "%s", text);
        cr_assert(ids.count == 1 && ids.ids[0] == i, "%s", text);
        kith_ids_free(&ids);
    }
    for (uint32_t c = 0; c < CIRCLES; c++) {
        (void)snprintf(text, sizeof text, "company:%u", c);
        cr_assert_eq(kith_who_all(net, text, &ids, NULL), KITH_OK, "%s", text);
        cr_assert_eq(ids.count, (MANY - c + CIRCLES - 1) / CIRCLES, "%s", text);
        for (uint32_t i = 0; i < ids.count; i++)
            cr_assert_eq(ids.ids[i], c + i * CIRCLES);
        kith_ids_free(&ids);
    }
    small_net_free(s);
}

static const char *const parts[] = {"ann", "Ann", "ÄNN",  "lee", "Lee-",   "o'", "brien", "p", "7",
                                    "p7",  "P7",  "東京", "京",  "acme東", "-",  "กรุ",    "ß", "ss"};
enum { PARTS = sizeof parts / sizeof *parts, PEOPLE = 25 };

/** One to four parts in a row, with or without spaces; it may have no word in it. */
static const char *random_text(unsigned *state, char *text)
{
    text[0] = '\0';
    for (int left = 1 + rand_r(state) % 4; left > 0; left--)
        (void)strcat(strcat(text, parts[(size_t)rand_r(state) % PARTS]), rand_r(state) % 3 ? " " : "");
    return text;
}

static small_net *random_people(unsigned *state)
{
    static const kith_field fields[] = {KITH_FIELD_NAME,     KITH_FIELD_COMPANY, KITH_FIELD_TITLE,
                                        KITH_FIELD_INDUSTRY, KITH_FIELD_SKILL,   KITH_FIELD_EMAIL,
                                        KITH_FIELD_LABEL};
    small_net *s = small_net_new(PEOPLE);
    char text[128];

    for (uint32_t i = 0; i < PEOPLE; i++) {
        if (rand_r(state) % 4 == 0) {
            (void)snprintf(text, sizeof text, "%s%u", rand_r(state) % 2 ? "P" : "Ann-", i);
            small_net_key(s, i, text);
            if (rand_r(state) % 2)
                small_net_value(s, i, KITH_FIELD_NAME, text);
        }
        for (size_t f = 0; f < sizeof fields / sizeof *fields; f++)
            for (int nth = rand_r(state) % 3 - 1; nth > 0; nth--)
                small_net_value(s, i, fields[f], random_text(state, text));
        if (rand_r(state) % 5 == 0)
            small_net_flags(s, i, KITH_PERSON_OWNER);
    }
    return s;
}

/** 2 where a value is the sought one, folded; 1 where one has its words; else 0. */
static int plain_fit(const kith_net *net, uint32_t id, kith_field field, const char *sought)
{
    kith_dynbuf needle = {0}, hay = {0};
    const char *value;
    int best = 0;

    kith_text_fold(sought, &needle);
    for (uint32_t nth = 0; (value = kith_net_value(net, id, field, nth)); nth++) {
        kith_dynbuf_clear(&hay);
        kith_text_fold(value, &hay);
        if (strcmp(kith_dynbuf_cstr(&hay), kith_dynbuf_cstr(&needle)) == 0)
            best = 2;
        else if (best == 0)
            best = kith_text_has_words(kith_dynbuf_cstr(&hay), kith_dynbuf_cstr(&needle));
    }
    kith_dynbuf_free(&needle);
    kith_dynbuf_free(&hay);
    return best;
}

static bool has_word(const char *text)
{
    const char *word;
    size_t length, at = 0;

    return kith_text_next_word(text, &at, &word, &length);
}

/** Asks for `who` and expects just those whom `fits` marks. */
static void expect_found(const kith_net *net, const char *who, const bool fits[PEOPLE])
{
    uint32_t n = 0;
    kith_ids ids;
    kith_code rc = kith_who_all(net, who, &ids, NULL);

    for (uint32_t i = 0; i < PEOPLE; i++)
        if (fits[i])
            cr_assert(n < ids.count && ids.ids[n++] == i, "%s misses %u", who, i);
    cr_assert_eq(n, ids.count, "%s finds too many", who);
    cr_assert_eq(rc, n ? KITH_OK : KITH_NOT_FOUND);
    kith_ids_free(&ids);
}

Test(wordindex, names_find_whom_asking_everyone_finds)
{
    unsigned state = 1;
    char who[128];

    for (int round = 0; round < 40; round++) {
        small_net *s = random_people(&state);
        const kith_net *net = small_net_open(s);
        for (int query = 0; query < 40; query++) {
            bool fits[PEOPLE];
            int best = 1;
            if (query < PEOPLE / 2)
                (void)snprintf(who, sizeof who, query % 2 ? "p%d" : "P%d", query);
            else if (!has_word(random_text(&state, who)))
                continue;
            for (uint32_t i = 0; i < PEOPLE; i++)
                if (plain_fit(net, i, KITH_FIELD_NAME, who) == 2)
                    best = 2;
            for (uint32_t i = 0; i < PEOPLE; i++)
                fits[i] = plain_fit(net, i, KITH_FIELD_NAME, who) >= best;
            expect_found(net, who, fits);
        }
        small_net_free(s);
    }
}

Test(wordindex, queries_find_whom_asking_everyone_finds)
{
    static const struct {
        const char *word;
        kith_field field;
    } known[] = {{"name", KITH_FIELD_NAME},
                 {"company", KITH_FIELD_COMPANY},
                 {"industry", KITH_FIELD_INDUSTRY},
                 {"label", KITH_FIELD_LABEL},
                 {"skill", KITH_FIELD_SKILL}};
    unsigned state = 2;

    for (int round = 0; round < 1500; round++) {
        small_net *s = random_people(&state);
        const kith_net *net = small_net_open(s);
        bool fits[PEOPLE];
        int owner = rand_r(&state) % 3; /* 0: any; 1: no; else not asked for */
        char who[512] = "";
        size_t length = 0;
        for (uint32_t i = 0; i < PEOPLE; i++) {
            kith_person person;
            kith_net_person(net, i, &person);
            fits[i] = owner == 2 || person.is_owner == (owner == 0);
        }
        if (owner < 2)
            length = (size_t)snprintf(who, sizeof who, "owner:%s ", owner ? "no" : "any");
        for (int term = rand_r(&state) % 3 + (owner == 2); term > 0; term--) {
            size_t f = (size_t)rand_r(&state) % (sizeof known / sizeof *known);
            char a[128], b[128];
            if (!has_word(random_text(&state, a)) || !has_word(random_text(&state, b)))
                (void)strcpy(a, strcpy(b, "ann"));
            length +=
                (size_t)snprintf(who + length, sizeof who - length, "%s:\"%s\"|\"%s\" ", known[f].word, a, b);
            for (uint32_t i = 0; i < PEOPLE; i++)
                fits[i] =
                    fits[i] && (plain_fit(net, i, known[f].field, a) || plain_fit(net, i, known[f].field, b));
        }
        expect_found(net, who, fits);
        small_net_free(s);
    }
}
