#include <criterion/criterion.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <kith/who.h>

#include "base/mem.h"
#include "base/text.h"
#include "small_net.h"

/**
 *  0 Ann Lee, Analyst at Initech, owner     4 Jürgen Groß, Hiring Manager at Acme Corp
 *  1 Ann Lee, Talent Partner at Acme Corp   5 李小龍, skills Python and C++
 *  2 Ann-Marie Lee-Jones, owner             6 Bo "the fox" Fox, formerly at Acme
 *  3 Bob Stone at Acme Corporation          7 without anything, called p7
 */
static small_net *made_up(void)
{
    static const struct {
        uint32_t person;
        kith_field field;
        const char *value;
    } facts[] = {
        {0, KITH_FIELD_NAME, "Ann Lee"},
        {0, KITH_FIELD_TITLE, "Analyst"},
        {0, KITH_FIELD_COMPANY, "Initech"},
        {1, KITH_FIELD_NAME, "Ann Lee"},
        {1, KITH_FIELD_TITLE, "Talent Partner"},
        {1, KITH_FIELD_COMPANY, "Acme Corp"},
        {2, KITH_FIELD_NAME, "Ann-Marie Lee-Jones"},
        {2, KITH_FIELD_COHORT, "2024"},
        {3, KITH_FIELD_NAME, "Bob Stone"},
        {3, KITH_FIELD_COMPANY, "Acme Corporation"},
        {4, KITH_FIELD_NAME, "Jürgen Groß"},
        {4, KITH_FIELD_TITLE, "Hiring Manager"},
        {4, KITH_FIELD_COMPANY, "ACME corp"},
        {5, KITH_FIELD_NAME, "李小龍"},
        {5, KITH_FIELD_SKILL, "Python"},
        {5, KITH_FIELD_SKILL, "C++"},
        {6, KITH_FIELD_NAME, "Bo \"the fox\" Fox"},
        {6, KITH_FIELD_COMPANY, "Globex"},
        {6, KITH_FIELD_COMPANY, "Acme"},
        {6, KITH_FIELD_SKILL_WANTED, "Python"},
        {6, KITH_FIELD_INDUSTRY, "Health care"},
        {6, KITH_FIELD_LOCATION, "Köln"},
        {6, KITH_FIELD_ROLE, "mentor"},
        {6, KITH_FIELD_GOAL, "from sales to marketing"},
        {6, KITH_FIELD_LABEL, "Friends"},
        {6, KITH_FIELD_EMAIL, "bo@example.org"},
    };
    small_net *s = small_net_from_ties(8, (const uint32_t[][2]){{0, 1}}, 1, NULL);

    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        small_net_value(s, facts[i].person, facts[i].field, facts[i].value);
    small_net_key(s, 3, "Bob:3");
    small_net_alias(s, 6, "bo@example.org");
    small_net_alias(s, 6, "bo-fox");
    small_net_flags(s, 0, KITH_PERSON_OWNER);
    small_net_flags(s, 2, KITH_PERSON_OWNER);
    return s;
}

/** Ids as "0 4 7". */
static const char *listed(const kith_ids *ids)
{
    static char text[256];

    text[0] = '\0';
    for (uint32_t i = 0; i < ids->count; i++)
        (void)snprintf(text + strlen(text), sizeof text - strlen(text), i ? " %u" : "%u", ids->ids[i]);
    return text;
}

Test(who, finds_all_whom_it_fits)
{
    static const struct {
        const char *who, *expected;
    } cases[] = {
        {"id:0", "0"},
        {"id:7", "7"},
        {"key:Bob:3", "3"},
        {"key:bo-fox", "6"},
        {"bo@example.org", "6"},
        {"  BO@Example.org ", "6"},
        {"mailto:bo@example.org", "6"},
        {"https://www.linkedin.com/in/bo-fox/", "6"},
        {"linkedin.com/in/Bo-Fox", "6"},
        {"me", "0 2"},
        {"Ann Lee", "0 1"},
        {"ann  LEE", "0 1"},
        {"ann", "0 1 2"},
        {"lee", "0 1 2"},
        {"Lee Jones", "2"},
        {"jurgen gross", "4"},
        {"Jürgen", "4"},
        {"小龍", "5"},
        {"李小龍", "5"},
        {"Bo \"the fox\" Fox", "6"},
        {"the fox", "6"},
        {"company:acme", "1 3 4 6"},
        {"company:\"Acme Corp\"", "1 4"},
        {"company:initech|globex", "0 6"},
        {"company:\"acme corp\"|\"acme corporation\"", "1 3 4"},
        {"company:acme title:\"hiring manager\"", "4"},
        {"title:manager|\"talent partner\" company:acme", "1 4"},
        {"COMPANY:ACME", "1 3 4 6"},
        {"skill:python", "5"},
        {"wants:python", "6"},
        {"industry:health location:koln role:mentor goal:marketing label:friends", "6"},
        {"cohort:2024", "2"},
        {"name:ann", "0 1 2"},
        {"name:\"ann lee\"", "0 1"},
        {"name:\"\\\"the fox\\\"\"", "6"},
        {"owner:any", "0 2"},
        {"owner:no company:acme", "1 3 4 6"},
        {"owner:any name:ann company:initech", "0"},
        {"name:p7", "7"},
    };
    small_net *s = made_up();
    const kith_net *net = small_net_open(s);

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kith_err err = KITH_ERR_NONE;
        kith_ids ids;
        cr_expect_eq(kith_who_all(net, cases[i].who, &ids, &err), KITH_OK, "%s: %s", cases[i].who,
                     err.message);
        cr_expect_str_eq(listed(&ids), cases[i].expected, "%s gives %s", cases[i].who, listed(&ids));
        kith_ids_free(&ids);
    }
    small_net_free(s);
}

Test(who, says_why_it_finds_nobody_or_makes_no_sense)
{
    static const struct {
        const char *who;
        kith_code code;
        const char *told;
    } cases[] = {
        {"Zoe", KITH_NOT_FOUND, "nobody is called \"Zoe\""},
        {"company:\"Nowhere Ltd\"", KITH_NOT_FOUND, "nobody fits company:\"Nowhere Ltd\""},
        {"company:acm", KITH_NOT_FOUND, "nobody fits company:acm"},
        {"id:8", KITH_NOT_FOUND, "nobody has id:8"},
        {"key:nobody", KITH_NOT_FOUND, "nobody has key:nobody"},
        {"x@example.org", KITH_NOT_FOUND, "x@example.org"},
        {"linkedin.com/in/nobody", KITH_NOT_FOUND, "linkedin.com/in/nobody"},
        {"", KITH_EUSAGE, "who is meant"},
        {"  ", KITH_EUSAGE, "who is meant"},
        {"...", KITH_EUSAGE, "who is meant"},
        {"id:", KITH_EUSAGE, "number"},
        {"id:1x", KITH_EUSAGE, "number"},
        {"id:-1", KITH_EUSAGE, "number"},
        {"id:4294967295", KITH_EUSAGE, "number"},
        {"id:99999999999999999999", KITH_EUSAGE, "number"},
        {"firm:acme", KITH_EUSAGE, "fields are company, title"},
        {"company:acme firm:x", KITH_EUSAGE, "firm:x: there is no such field"},
        {"company:acme manager", KITH_EUSAGE, "needs a field"},
        {"Ann Lee company:acme", KITH_EUSAGE, "name:\"Ann Lee\""},
        {"company:", KITH_EUSAGE, "no word"},
        {"company:acme|", KITH_EUSAGE, "no word"},
        {"company:\"\"", KITH_EUSAGE, "no word"},
        {"company:\"Acme", KITH_EUSAGE, "quotation mark"},
        {"company:\"Acme\\", KITH_EUSAGE, "quotation mark"},
        {"company:\"Acme\"Corp", KITH_EUSAGE, "quote the whole value"},
        {"company:Acme\"Corp\"", KITH_EUSAGE, "quote the whole value"},
        {"owner:yes", KITH_EUSAGE, "any or no"},
        {"owner:any|no", KITH_EUSAGE, "any or no"},
        {"linkedin.com/in/", KITH_EUSAGE, "LinkedIn"},
    };
    small_net *s = made_up();
    const kith_net *net = small_net_open(s);

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kith_err err = KITH_ERR_NONE;
        kith_ids ids;
        uint32_t id;
        cr_expect_eq(kith_who_all(net, cases[i].who, &ids, &err), cases[i].code, "\"%s\": %s", cases[i].who,
                     err.message);
        cr_expect(strstr(err.message, cases[i].told), "\"%s\": %s", cases[i].who, err.message);
        cr_expect(ids.count == 0 && !ids.ids);
        cr_expect_eq(kith_who_one(net, cases[i].who, &id, NULL), cases[i].code);
    }
    small_net_free(s);
}

Test(who, one_is_one)
{
    small_net *s = made_up();
    const kith_net *net = small_net_open(s);
    kith_err err = KITH_ERR_NONE;
    kith_ids ids;
    uint32_t id;

    cr_assert_eq(kith_who_one(net, "title:\"hiring manager\"", &id, NULL), KITH_OK);
    cr_assert_eq(id, 4);
    cr_assert_eq(kith_who_one(net, "Ann Lee", &id, &err), KITH_EUSAGE);
    cr_assert_str_eq(err.message, "\"Ann Lee\" fits 2 people: id:0 Ann Lee (Analyst, Initech), id:1 Ann Lee "
                                  "(Talent Partner, Acme Corp); name one by id:N");
    err = (kith_err)KITH_ERR_NONE;
    cr_assert_eq(kith_who_one(net, "me", &id, &err), KITH_EUSAGE);
    cr_assert(strstr(err.message, "id:2 Ann-Marie Lee-Jones"), "%s", err.message);
    cr_assert_eq(kith_who_one(net, "company:acme", &id, NULL), KITH_EUSAGE);

    cr_assert_eq(kith_who_many(net, "Ann Lee", &ids, NULL), KITH_EUSAGE);
    cr_assert_eq(ids.count, 0);
    cr_assert_eq(kith_who_many(net, "me", &ids, NULL), KITH_EUSAGE);
    cr_assert_eq(kith_who_many(net, "name:ann", &ids, NULL), KITH_OK);
    cr_assert_eq(ids.count, 3);
    kith_ids_free(&ids);
    small_net_free(s);
}

Test(who, me_is_the_only_owner)
{
    small_net *s = small_net_new(3);
    uint32_t id;

    small_net_flags(s, 2, KITH_PERSON_OWNER);
    cr_assert_eq(kith_who_one(small_net_open(s), "me", &id, NULL), KITH_OK);
    cr_assert_eq(id, 2);
    small_net_free(s);
    s = small_net_new(3);
    cr_assert_eq(kith_who_one(small_net_open(s), "me", &id, NULL), KITH_NOT_FOUND);
    small_net_free(s);
}

Test(who, a_long_list_is_cut_to_what_a_message_holds)
{
    small_net *s = small_net_new(500);
    kith_err err = KITH_ERR_NONE;
    uint32_t id;
    unsigned last;
    unsigned more;

    for (uint32_t i = 0; i < 500; i++) {
        small_net_value(s, i, KITH_FIELD_NAME, "Zoë\tQuite \033[31m Long-Name");
        small_net_value(s, i, KITH_FIELD_COMPANY, "Université de Genève, Faculté des sciences de la société");
    }
    cr_assert_eq(kith_who_one(small_net_open(s), "Zoe Quite", &id, &err), KITH_EUSAGE);
    cr_assert_null(strchr(err.message, '\033'));
    cr_assert(strstr(err.message, "; name one by id:N"), "%s", err.message);
    const char *end = strstr(err.message, " and ");
    cr_assert(end && sscanf(end, " and %u more", &more) == 1, "%s", err.message);
    last = 500 - more - 1;
    char entry[32];
    (void)snprintf(entry, sizeof entry, "id:%u ", last);
    cr_assert(strstr(err.message, entry), "%s", err.message);
    (void)snprintf(entry, sizeof entry, "id:%u ", last + 1);
    cr_assert_null(strstr(err.message, entry), "%s", err.message);
    small_net_free(s);
}

/** Whether the words stand in any value of the field, asking person by person. */
static bool fits_plainly(const kith_net *net, uint32_t id, kith_field field, const char *sought)
{
    kith_dynbuf needle = {0};
    kith_dynbuf hay = {0};
    const char *value;
    bool found = false;

    kith_text_fold(sought, &needle);
    for (uint32_t nth = 0; !found && (value = kith_net_value(net, id, field, nth)); nth++) {
        kith_dynbuf_clear(&hay);
        kith_text_fold(value, &hay);
        found = kith_text_has_words(kith_dynbuf_cstr(&hay), kith_dynbuf_cstr(&needle));
    }
    kith_dynbuf_free(&needle);
    kith_dynbuf_free(&hay);
    return found;
}

Test(who, queries_find_what_asking_everyone_finds)
{
    static const char *const words[] = {"Acme",      "acme corp", "Société", "Corp",
                                        "corp acme", "Ärzte",     "the corp"};
    enum { WORDS = sizeof words / sizeof *words };
    unsigned state = 1;

    for (int round = 0; round < 60; round++) {
        small_net *s = small_net_new(30);
        for (uint32_t i = 0; i < 30; i++)
            for (int field = KITH_FIELD_COMPANY; field <= KITH_FIELD_TITLE; field++)
                for (int nth = rand_r(&state) % 3; nth > 0; nth--)
                    small_net_value(s, i, (kith_field)field, words[rand_r(&state) % WORDS]);
        const kith_net *net = small_net_open(s);
        const char *a = words[rand_r(&state) % WORDS];
        const char *b = words[rand_r(&state) % WORDS];
        const char *c = words[rand_r(&state) % WORDS];
        char who[128];
        (void)snprintf(who, sizeof who, "company:\"%s\"|\"%s\" title:\"%s\"", a, b, c);
        kith_ids ids;
        kith_code rc = kith_who_many(net, who, &ids, NULL);
        uint32_t found = 0;
        for (uint32_t i = 0; i < 30; i++) {
            bool fits = (fits_plainly(net, i, KITH_FIELD_COMPANY, a) ||
                         fits_plainly(net, i, KITH_FIELD_COMPANY, b)) &&
                        fits_plainly(net, i, KITH_FIELD_TITLE, c);
            if (fits)
                cr_assert(found < ids.count && ids.ids[found++] == i, "%s misses %u", who, i);
        }
        cr_assert_eq(found, ids.count);
        cr_assert_eq(rc, found ? KITH_OK : KITH_NOT_FOUND);
        kith_ids_free(&ids);
        small_net_free(s);
    }
}

Test(who, every_failed_allocation_is_told)
{
    static const char *const whos[] = {"id:1",
                                       "me",
                                       "Ann Lee",
                                       "Zoe",
                                       "firm:x",
                                       "bo@example.org",
                                       "linkedin.com/in/bo-fox",
                                       "company:acme|initech title:Müller|manager",
                                       "name:jürgen"};
    small_net *s = made_up();
    const kith_net *net = small_net_open(s);
    uint64_t live = kith_mem_live();

    for (size_t i = 0; i < sizeof whos / sizeof *whos; i++) {
        kith_ids plain;
        kith_code expected = kith_who_all(net, whos[i], &plain, NULL);
        kith_code rc = KITH_ENOMEM;
        for (uint64_t n = 0; rc == KITH_ENOMEM; n++) {
            kith_ids ids;
            kith_mem_fail_after(n);
            rc = kith_who_all(net, whos[i], &ids, NULL);
            kith_mem_fail_after(UINT64_MAX);
            cr_assert(rc == KITH_ENOMEM || rc == expected, "%s: %d", whos[i], (int)rc);
            if (rc == KITH_OK)
                cr_assert_arr_eq(ids.ids, plain.ids, plain.count * sizeof *plain.ids);
            else
                cr_assert_eq(ids.count, 0);
            kith_ids_free(&ids);
        }
        kith_ids_free(&plain);
        cr_assert_eq(kith_mem_live(), live);
    }
    small_net_free(s);
}

Test(who, a_damaged_network_gives_no_answer)
{
    small_net *s = made_up();
    size_t length;
    const void *bytes = small_net_bytes(s, &length);
    unsigned char *copy = malloc(length);
    kith_net *net;
    kith_ids ids;

    cr_assert(copy);
    memcpy(copy, bytes, length);
    copy[1024] ^= 4;
    cr_assert_eq(kith_net_parse(copy, length, "x.kith", &net, NULL), KITH_OK);
    cr_assert_eq(kith_who_all(net, "name:ann", &ids, NULL), KITH_EDATA);
    cr_assert_eq(kith_who_all(net, "Zoe", &ids, NULL), KITH_EDATA);
    kith_net_close(net);
    free(copy);
    small_net_free(s);
}
