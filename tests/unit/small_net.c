#include "small_net_parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"

static void *must(void *ptr)
{
    if (!ptr)
        abort();
    return ptr;
}

void small_must_be(bool fine, const char *what)
{
    if (fine)
        return;
    (void)fprintf(stderr, "small_net: %s\n", what);
    abort();
}

void *small_push(list *l, const void *item, size_t size)
{
    if (l->count == l->capacity) {
        l->capacity = l->capacity ? 2 * l->capacity : 16;
        l->items = must(realloc(l->items, l->capacity * size));
    }
    return memcpy((char *)l->items + l->count++ * size, item, size);
}

static void *own(small_net *s, void *ptr)
{
    must(ptr);
    small_push(&s->owned, &ptr, sizeof ptr);
    return ptr;
}

void *small_own_array(small_net *s, size_t count, size_t size)
{
    return own(s, calloc(count ? count : 1, size));
}

/** A copy of `text` that also goes into the table of strings. */
static char *keep(small_net *s, const char *text)
{
    small_must_be(!s->closed, "nothing can be added any more");
    char *copy = own(s, strdup(text));
    small_push(&s->strings, &copy, sizeof copy);
    return copy;
}

small_net *small_net_new(uint32_t n)
{
    small_net *s = must(calloc(1, sizeof *s));
    char name[16];

    s->n = n;
    s->as_of = small_net_day(2024, 1, 1);
    s->key = small_own_array(s, n, sizeof *s->key);
    s->flags = small_own_array(s, n, sizeof *s->flags);
    (void)keep(s, "");
    for (uint32_t i = 0; i < n; i++) {
        (void)snprintf(name, sizeof name, "p%u", i);
        s->key[i] = keep(s, name);
    }
    return s;
}

small_net *small_net_from_ties(uint32_t n, const uint32_t (*ties)[2], size_t n_ties, const uint16_t *costs)
{
    small_net *s = small_net_new(n);

    for (size_t i = 0; i < n_ties; i++)
        small_net_tie(s, ties[i][0], ties[i][1], costs ? costs[i] : SMALL_NET_COST);
    return s;
}

static void must_be_person(const small_net *s, uint32_t id)
{
    small_must_be(id < s->n, "no such person");
}

void small_net_tie(small_net *s, uint32_t a, uint32_t b, uint16_t cost)
{
    must_be_person(s, a);
    must_be_person(s, b);
    small_must_be(a != b && cost > 0, "no such tie");
    tie t = {.a = a < b ? a : b, .b = a < b ? b : a, .cost = cost, .place = s->ties.count, .plain = true};
    small_push(&s->ties, &t, sizeof t);
}

void small_add_evidence(small_net *s, uint32_t low, uint32_t high, const kith_reason *reason)
{
    evidence e = {.a = low, .weight = reason->weight};
    const bool stated = reason->kind == KITH_EVIDENCE_STATED_TIE;
    const bool in_halves = stated ? reason->interactions > 0 : fmod(reason->interactions, 1) > 0;

    e.row = (kith_evidence_row){.b = high,
                                .kind = (uint8_t)reason->kind,
                                .in_halves = in_halves,
                                .count = in_halves ? (uint32_t)(2 * reason->interactions) : reason->count,
                                .first = reason->first,
                                .last = reason->last,
                                .factor = (float)reason->factor};
    small_push(&s->evidence, &e, sizeof e);
}

void small_net_evidence(small_net *s, uint32_t a, uint32_t b, const kith_reason *reason)
{
    uint32_t low = a < b ? a : b;
    uint32_t high = a < b ? b : a;
    tie *ties = s->ties.items;
    bool found = false;

    for (size_t i = 0; i < s->ties.count; i++)
        if (ties[i].a == low && ties[i].b == high) {
            ties[i].plain = false;
            found = true;
        }
    small_must_be(found, "evidence without a tie");
    small_add_evidence(s, low, high, reason);
}

void small_net_stated(small_net *s, uint32_t a, uint32_t b, uint32_t mask)
{
    const kith_reason reason = {.kind = KITH_EVIDENCE_STATED_RELATION,
                                .count = 1,
                                .first = KITH_NO_DATE,
                                .last = KITH_NO_DATE,
                                .weight = 0.4,
                                .factor = 1};

    small_net_evidence(s, a, b, &reason);
    evidence *last = (evidence *)s->evidence.items + s->evidence.count - 1;
    last->row.detail = (uint16_t)(a < b ? mask : kith_stated_turn(mask));
}

void small_net_value(small_net *s, uint32_t person, kith_field field, const char *text)
{
    must_be_person(s, person);
    known_value v = {.person = person, .field = field, .place = s->values.count, .text = keep(s, text)};
    small_push(&s->values, &v, sizeof v);
}

void small_net_key(small_net *s, uint32_t person, const char *key)
{
    must_be_person(s, person);
    s->key[person] = keep(s, key);
}

void small_net_alias(small_net *s, uint32_t person, const char *text)
{
    must_be_person(s, person);
    known_value v = {.person = person, .text = keep(s, text)};
    small_push(&s->aliases, &v, sizeof v);
}

void small_net_flags(small_net *s, uint32_t person, unsigned flags)
{
    must_be_person(s, person);
    s->flags[person] = (uint8_t)flags;
}

static void log_row(list *l, small_net *s, logged row, const char *first, const char *second)
{
    row.first = keep(s, first);
    row.second = keep(s, second);
    small_push(l, &row, sizeof row);
}

void small_net_mentorship_full(small_net *s, const kith_mentorship *m)
{
    logged row = {.mentorship = {.mentor = m->mentor,
                                 .mentee = m->mentee,
                                 .start = m->start,
                                 .end = m->end,
                                 .last_meeting = m->last_meeting,
                                 .requested = m->requested,
                                 .status = m->status,
                                 .meetings = m->meetings,
                                 .agreed_gap_days = m->agreed_gap_days,
                                 .gaps = m->gaps.count,
                                 .median_gap_days = m->gaps.median_days,
                                 .regularity = (float)m->gaps.regularity}};

    must_be_person(s, m->mentor);
    must_be_person(s, m->mentee);
    log_row(&s->mentorships, s, row, m->programme, m->cohort);
}

void small_net_mentorship(small_net *s, uint32_t mentor, uint32_t mentee, kith_day start, kith_day end)
{
    small_net_mentorship_full(s, &(kith_mentorship){.mentor = mentor,
                                                    .mentee = mentee,
                                                    .start = start,
                                                    .end = end,
                                                    .status = KITH_MENTORSHIP_COMPLETED,
                                                    .programme = "",
                                                    .cohort = "",
                                                    .meetings = UINT32_MAX,
                                                    .last_meeting = KITH_NO_DATE,
                                                    .requested = KITH_NO_DATE});
}

void small_net_tenure(small_net *s, uint32_t person, const kith_tenure_view *t)
{
    logged row = {
        .tenure = {.kind = t->kind, .start = t->start, .end = t->end, .current = t->current ? 1 : 0},
        .person = person};

    must_be_person(s, person);
    log_row(&s->tenures, s, row, t->place, t->title);
}

void small_net_source(small_net *s, const char *name, const char *format, uint32_t owner,
                      const uint64_t rows_used_skipped_rejected[4])
{
    const uint64_t *r = rows_used_skipped_rejected;
    logged row = {.source = {.checksum = {strlen(name), (unsigned char)name[0]},
                             .bytes = 100,
                             .rows = r[0],
                             .used = r[1],
                             .skipped = r[2],
                             .rejected = r[3],
                             .owner = owner}};

    log_row(&s->sources, s, row, name, format);
}

void small_net_reject(small_net *s, const kith_reject *r)
{
    logged row = {.reject = {.line = r->line, .source = r->source}};

    log_row(&s->rejects, s, row, r->reason, r->columns);
}

void small_net_merge(small_net *s, const kith_merge *m)
{
    logged row = {
        .merge = {.line = m->line, .probability = m->probability, .person = m->person, .source = m->source}};

    log_row(&s->merges, s, row, m->evidence, m->name);
}

void small_net_doubt(small_net *s, const kith_doubt *d)
{
    logged row = {.doubt = {.probability = d->probability, .person = {d->person[0], d->person[1]}}};

    log_row(&s->doubts, s, row, d->evidence, "");
}

void small_net_parameter(small_net *s, const char *name, double value)
{
    logged row = {.parameter = {.value = value}};

    log_row(&s->parameters, s, row, name, "");
}

void small_net_as_of(small_net *s, kith_day day)
{
    s->as_of = day;
}

bool small_bytes_take(void *ctx, const void *bytes, size_t length)
{
    small_bytes *b = ctx;

    if (b->length + length > b->capacity) {
        b->capacity = 2 * (b->length + length);
        b->data = must(realloc(b->data, b->capacity));
    }
    memcpy(b->data + b->length, bytes, length);
    b->length += length;
    return true;
}

const void *small_net_bytes(small_net *s, size_t *length)
{
    kith_err err = KITH_ERR_NONE;

    if (s->file.length == 0 &&
        kith_netdata_write(small_net_data(s), NULL, small_bytes_take, &s->file, &err) != KITH_OK)
        small_must_be(false, err.message);
    *length = s->file.length;
    return s->file.data;
}

const kith_net *small_net_open(small_net *s)
{
    kith_err err = KITH_ERR_NONE;
    size_t length;
    const void *bytes = small_net_bytes(s, &length);

    if (!s->net && kith_net_parse(bytes, length, "small.kith", &s->net, &err) != KITH_OK)
        small_must_be(false, err.message);
    return s->net;
}

void small_net_free(small_net *s)
{
    void **owned = s->owned.items;
    list *lists[] = {&s->values,      &s->aliases, &s->ties,    &s->evidence, &s->tenures,
                     &s->mentorships, &s->sources, &s->rejects, &s->merges,   &s->doubts,
                     &s->parameters,  &s->strings, &s->owned};

    kith_net_close(s->net);
    for (size_t i = 0; i < s->owned.count; i++)
        free(owned[i]);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        free(lists[i]->items);
    free(s->file.data);
    free(s);
}

kith_day small_net_day(int year, unsigned month, unsigned day)
{
    return kith_day_from_civil(year, month, day);
}
