/** @file
 * Feeding a roster by hand, as a reader would.
 */
#ifndef KITH_TESTS_HAND_MADE_H
#define KITH_TESTS_HAND_MADE_H

#include <math.h>
#include <string.h>

#include <criterion/criterion.h>

#include "people/people.h"

/** A roster with its sink, failing the test on any error unless `err` has one already. */
typedef struct hand_made {
    kith_roster *roster;
    kith_sink sink;
    kith_code rc; /**< of the first call that failed: later ones do nothing */
    kith_merge_opts merge;
    kith_err *err;
} hand_made;

static inline hand_made hand_begin(kith_err *err)
{
    hand_made hand = {.err = err};

    hand.rc = kith_roster_new(false, &hand.roster, err);
    if (hand.rc == KITH_OK)
        hand.sink = kith_roster_sink(hand.roster);
    return hand;
}

static inline uint32_t hand_space(hand_made *hand, const char *name)
{
    uint32_t space = 0;

    if (hand->rc == KITH_OK)
        hand->rc = hand->sink.space(hand->sink.ctx, name, &space, hand->err);
    return space;
}

static inline uint32_t hand_source(hand_made *hand, const char *name)
{
    uint32_t source = 0;

    if (hand->rc == KITH_OK)
        hand->rc = hand->sink.source_begin(hand->sink.ctx, &(kith_source_begin){name, "by hand"}, &source,
                                           hand->err);
    return source;
}

static inline void hand_source_end(hand_made *hand, uint32_t source, uint64_t checksum, uint32_t owner)
{
    const kith_source_end end = {.checksum = {checksum, 0}, .rows = 1, .used = 1, .owner = owner};

    if (hand->rc == KITH_OK)
        hand->rc = hand->sink.source_end(hand->sink.ctx, source, &end, hand->err);
}

static inline uint32_t hand_mention(hand_made *hand, const kith_mention *mention)
{
    uint32_t handle = 0;

    if (hand->rc == KITH_OK)
        hand->rc = hand->sink.mention(hand->sink.ctx, mention, &handle, hand->err);
    return handle;
}

/** A person by some of name, URL and email; NULL where not known. */
static inline uint32_t hand_person(hand_made *hand, uint32_t source, uint64_t line, const char *name,
                                   const char *url, const char *email)
{
    kith_attr attrs[3];
    size_t n = 0;

    if (name)
        attrs[n++] = (kith_attr){KITH_FIELD_NAME, name};
    if (url)
        attrs[n++] = (kith_attr){KITH_FIELD_URL, url};
    if (email)
        attrs[n++] = (kith_attr){KITH_FIELD_EMAIL, email};
    return hand_mention(
        hand, &(kith_mention){
                  .source = source, .line = line, .space = KITH_NO_SPACE, .attrs = attrs, .n_attrs = n});
}

/** A person by id, with a name where `name` is not NULL. */
static inline uint32_t hand_id(hand_made *hand, uint32_t source, uint64_t line, uint32_t space,
                               const char *id, const char *name)
{
    const kith_attr attr = {KITH_FIELD_NAME, name};

    return hand_mention(hand, &(kith_mention){.source = source,
                                              .line = line,
                                              .space = space,
                                              .id = id,
                                              .attrs = &attr,
                                              .n_attrs = name ? 1 : 0});
}

/** A relation with nothing stated. */
static inline kith_relation relation_of(uint32_t a, uint32_t b, kith_evidence kind, kith_day date)
{
    return (kith_relation){.a = a,
                           .b = b,
                           .kind = kind,
                           .line = 1,
                           .date = date,
                           .end = KITH_NO_DATE,
                           .count = 1,
                           .strength = NAN,
                           .weight = NAN};
}

static inline void hand_relation(hand_made *hand, kith_relation relation)
{
    if (hand->rc == KITH_OK)
        hand->rc = hand->sink.relation(hand->sink.ctx, &relation, hand->err);
}

/** A pairing of which only this is known. */
static inline kith_pairing pairing_of(uint32_t mentor, uint32_t mentee, kith_day start, kith_day end,
                                      kith_mentorship_status status)
{
    return (kith_pairing){.mentor = mentor,
                          .mentee = mentee,
                          .line = 1,
                          .start = start,
                          .end = end,
                          .last_meeting = KITH_NO_DATE,
                          .requested = KITH_NO_DATE,
                          .status = status,
                          .programme = "",
                          .cohort = "",
                          .meetings = UINT32_MAX};
}

static inline void hand_pairing(hand_made *hand, kith_pairing pairing)
{
    if (hand->rc == KITH_OK)
        hand->rc = hand->sink.pairing(hand->sink.ctx, &pairing, hand->err);
}

static inline void hand_tenure(hand_made *hand, kith_tenure tenure)
{
    if (hand->rc == KITH_OK)
        hand->rc = hand->sink.tenure(hand->sink.ctx, &tenure, hand->err);
}

static inline void hand_reject(hand_made *hand, uint32_t source, uint64_t line, const char *reason)
{
    if (hand->rc == KITH_OK)
        hand->rc = hand->sink.reject(hand->sink.ctx, source, line, reason, "name=x", hand->err);
}

/** Who is who; fails the test where that failed and no error is expected. */
static inline const kith_people *hand_resolve(hand_made *hand)
{
    const kith_people *people = NULL;

    if (hand->rc == KITH_OK)
        hand->rc = kith_roster_resolve(hand->roster, &hand->merge, &people, hand->err);
    if (!hand->err)
        cr_assert_eq(hand->rc, KITH_OK);
    return people;
}

static inline void hand_end(hand_made *hand)
{
    kith_roster_free(hand->roster);
}

/** The first value of a field, or "". */
static inline const char *value_of(const kith_people *people, uint32_t person, kith_field field)
{
    for (uint64_t i = people->attr_offset[person]; i < people->attr_offset[person + 1]; i++)
        if (people->attrs[i].field == field)
            return people->attrs[i].value;
    return "";
}

/** The person a text leads to, or UINT32_MAX. */
static inline uint32_t alias_of(const kith_people *people, const char *text)
{
    for (size_t i = 0; i < people->n_aliases; i++)
        if (strcmp(people->aliases[i].text, text) == 0)
            return people->aliases[i].person;
    return UINT32_MAX;
}

/** A small generator, so that random instances are the same every time. */
static inline uint32_t random_below(uint64_t *state, uint32_t bound)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((*state >> 33) % bound);
}

#endif
