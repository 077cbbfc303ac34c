/** @file
 * A sink that keeps nothing and ends the program where a reader hands on what it must not.
 */
#ifndef KITH_TESTS_CHECKING_SINK_H
#define KITH_TESTS_CHECKING_SINK_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "ingest/record.h"

/** What came so far. Zeroed is nothing. */
typedef struct checked {
    uint32_t spaces, sources, mentions;
    uint64_t rejects;
} checked;

static inline void expect(bool holds, const char *what)
{
    if (holds)
        return;
    (void)fprintf(stderr, "%s\n", what);
    abort();
}

static inline void expect_text(const char *text)
{
    expect(text && kith_text_valid(text, strlen(text)), "a text that is no UTF-8");
}

static inline kith_code check_space(void *ctx, const char *name, uint32_t *space, kith_err *err)
{
    checked *c = ctx;

    (void)err;
    expect(name != NULL, "a space without a name");
    *space = c->spaces++;
    return KITH_OK;
}

static inline kith_code check_begin(void *ctx, const kith_source_begin *begin, uint32_t *source,
                                    kith_err *err)
{
    checked *c = ctx;

    (void)err;
    expect(begin->name && *begin->format, "a source without a format");
    *source = c->sources++;
    return KITH_OK;
}

static inline kith_code check_end(void *ctx, uint32_t source, const kith_source_end *end, kith_err *err)
{
    const checked *c = ctx;

    (void)err;
    expect(source < c->sources, "a source that never began");
    expect(end->rows == end->used + end->skipped + end->rejected, "rows are not accounted for");
    expect(end->owner == UINT32_MAX || end->owner < c->mentions, "an owner who is nobody");
    if (end->columns)
        expect_text(end->columns);
    return KITH_OK;
}

static inline kith_code check_mention(void *ctx, const kith_mention *mention, uint32_t *handle, kith_err *err)
{
    checked *c = ctx;

    (void)err;
    expect(mention->source < c->sources && mention->line > 0, "a mention from nowhere");
    expect(mention->id ? mention->space < c->spaces : mention->space == KITH_NO_SPACE,
           "an id without a space, or the reverse");
    expect(mention->id || mention->n_attrs, "a mention of nobody");
    for (size_t i = 0; i < mention->n_attrs; i++) {
        expect_text(mention->attrs[i].value);
        expect(*mention->attrs[i].value, "an empty value");
    }
    *handle = c->mentions++;
    return KITH_OK;
}

static inline kith_code check_relation(void *ctx, const kith_relation *relation, kith_err *err)
{
    const checked *c = ctx;

    (void)err;
    expect(relation->a < c->mentions && relation->b < c->mentions, "a relation of nobody");
    expect(relation->count > 0 && !(relation->strength < 0) && !(relation->strength > 1) &&
               !(relation->weight <= 0),
           "a relation with numbers that cannot be");
    expect(relation->stated >> KITH_STATED_LEADS < 4 &&
               ((relation->stated & UINT16_MAX) == 0 || relation->kind == KITH_EVIDENCE_STATED_RELATION),
           "a relation that states what it cannot");
    expect(relation->halves == 0 || relation->kind == KITH_EVIDENCE_MESSAGES ||
               relation->kind == KITH_EVIDENCE_STATED_TIE,
           "interactions of a kind that has none");
    return KITH_OK;
}

static inline kith_code check_ties(void *ctx, uint32_t source, const uint32_t *ends, size_t n, kith_err *err)
{
    const checked *c = ctx;

    (void)err;
    expect(source < c->sources && n > 0, "ties from nowhere");
    for (size_t i = 0; i < 2 * n; i++)
        expect(ends[i] < c->mentions, "a tie of nobody");
    return KITH_OK;
}

static inline kith_code check_pairing(void *ctx, const kith_pairing *pairing, kith_err *err)
{
    const checked *c = ctx;

    (void)err;
    expect(pairing->mentor < c->mentions && pairing->mentee < c->mentions, "a mentorship of nobody");
    expect(pairing->mentor != pairing->mentee, "a mentorship with oneself");
    expect_text(pairing->programme);
    expect_text(pairing->cohort);
    return KITH_OK;
}

static inline kith_code check_tenure(void *ctx, const kith_tenure *tenure, kith_err *err)
{
    (void)ctx;
    (void)err;
    expect(tenure != NULL, "no tenure");
    return KITH_OK;
}

static inline kith_code check_reject(void *ctx, uint32_t source, uint64_t line, const char *reason,
                                     const char *columns, kith_err *err)
{
    checked *c = ctx;

    (void)err;
    expect(source < c->sources && line > 0 && *reason, "a reject that tells nothing");
    expect_text(reason);
    expect_text(columns);
    c->rejects++;
    return KITH_OK;
}

static inline kith_sink checking_sink(checked *c)
{
    return (kith_sink){.ctx = c,
                       .space = check_space,
                       .source_begin = check_begin,
                       .source_end = check_end,
                       .mention = check_mention,
                       .relation = check_relation,
                       .ties = check_ties,
                       .pairing = check_pairing,
                       .tenure = check_tenure,
                       .reject = check_reject};
}

#endif
