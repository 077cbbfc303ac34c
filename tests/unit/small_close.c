/* From what a test said to the sorted columns of a network. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "small_net_parts.h"

static void sort(list *l, size_t size, int (*order)(const void *, const void *))
{
    if (l->count > 0)
        qsort(l->items, l->count, size, order);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static uint32_t number(const small_net *s, const char *text)
{
    char **found = bsearch(&text, s->strings.items, s->strings.count, sizeof text, by_text);

    small_must_be(found != NULL, "a string that was never kept");
    return (uint32_t)(found - (char **)s->strings.items);
}

/** Sorts, drops what is there twice, and lays out the bytes. */
static void close_strings(small_net *s)
{
    char **text = s->strings.items;
    size_t distinct = 0;
    size_t bytes = 0;

    sort(&s->strings, sizeof *text, by_text);
    for (size_t i = 0; i < s->strings.count; i++)
        if (distinct == 0 || strcmp(text[distinct - 1], text[i]) != 0) {
            bytes += strlen(text[i]) + 1;
            text[distinct++] = text[i];
        }
    s->strings.count = distinct;
    uint64_t *offset = small_own_array(s, distinct + 1, sizeof *offset);
    char *out = small_own_array(s, bytes, 1);
    for (size_t i = 0; i < distinct; i++) {
        size_t length = strlen(text[i]) + 1;
        memcpy(out + offset[i], text[i], length);
        offset[i + 1] = offset[i] + length;
    }
    s->data.n_strings = distinct;
    s->data.string_offset = offset;
    s->data.string_bytes = out;
}

static int by_person_field(const void *a, const void *b)
{
    const known_value *x = a;
    const known_value *y = b;

    if (x->person != y->person)
        return x->person < y->person ? -1 : 1;
    if (x->field != y->field)
        return x->field < y->field ? -1 : 1;
    return x->place < y->place ? -1 : 1;
}

static void close_people(small_net *s)
{
    known_value *values = s->values.items;
    bool *named = small_own_array(s, s->n, sizeof *named);

    for (size_t i = 0; i < s->values.count; i++)
        named[values[i].person] |= values[i].field == KITH_FIELD_NAME;
    for (uint32_t i = 0; i < s->n; i++)
        if (!named[i]) {
            char name[16];
            (void)snprintf(name, sizeof name, "p%u", i);
            small_net_value(s, i, KITH_FIELD_NAME, name);
        }
    values = s->values.items;
    sort(&s->values, sizeof *values, by_person_field);
    close_strings(s);

    uint32_t *keys = small_own_array(s, s->n, sizeof *keys);
    uint64_t *offset = small_own_array(s, (size_t)s->n + 1, sizeof *offset);
    uint8_t *fields = small_own_array(s, s->values.count, sizeof *fields);
    uint32_t *strings = small_own_array(s, s->values.count, sizeof *strings);
    for (uint32_t i = 0; i < s->n; i++)
        keys[i] = number(s, s->key[i]);
    for (size_t i = 0; i < s->values.count; i++) {
        offset[values[i].person + 1] = i + 1;
        fields[i] = (uint8_t)values[i].field;
        strings[i] = number(s, values[i].text);
    }
    s->data.person_key = keys;
    s->data.person_flags = s->flags;
    s->data.attr_offset = offset;
    s->data.attr_field = fields;
    s->data.attr_value = strings;
}

static int by_alias(const void *a, const void *b)
{
    return strcmp(((const known_value *)a)->text, ((const known_value *)b)->text);
}

static void close_aliases(small_net *s)
{
    for (uint32_t i = 0; i < s->n; i++) {
        known_value v = {.person = i, .text = s->key[i]};
        small_push(&s->aliases, &v, sizeof v);
    }
    known_value *alias = s->aliases.items;
    sort(&s->aliases, sizeof *alias, by_alias);
    uint32_t *text = small_own_array(s, s->aliases.count, sizeof *text);
    uint32_t *person = small_own_array(s, s->aliases.count, sizeof *person);
    size_t n = 0;
    for (size_t i = 0; i < s->aliases.count; i++) {
        if (i > 0 && strcmp(alias[i - 1].text, alias[i].text) == 0) {
            small_must_be(alias[i - 1].person == alias[i].person, "one key for two people");
            continue;
        }
        text[n] = number(s, alias[i].text);
        person[n++] = alias[i].person;
    }
    s->data.n_aliases = n;
    s->data.alias_text = text;
    s->data.alias_person = person;
}

static int by_ends(const void *a, const void *b)
{
    const tie *x = a;
    const tie *y = b;

    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    if (x->b != y->b)
        return x->b < y->b ? -1 : 1;
    return x->place < y->place ? -1 : 1;
}

static int by_weight(const void *a, const void *b)
{
    const evidence *x = a;
    const evidence *y = b;
    double worth_x = x->weight * (double)x->row.factor;
    double worth_y = y->weight * (double)y->row.factor;

    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    if (x->row.b != y->row.b)
        return x->row.b < y->row.b ? -1 : 1;
    if (worth_x > worth_y || worth_x < worth_y)
        return worth_x > worth_y ? -1 : 1;
    return x->row.kind < y->row.kind ? -1 : 1;
}

/** Keeps the first of equal ties. */
static void settle_ties(small_net *s)
{
    tie *ties = s->ties.items;
    size_t n = 0;

    sort(&s->ties, sizeof *ties, by_ends);
    for (size_t i = 0; i < s->ties.count; i++)
        if (n == 0 || ties[n - 1].a != ties[i].a || ties[n - 1].b != ties[i].b)
            ties[n++] = ties[i];
    s->ties.count = n;
}

/** Gives each plain tie its evidence, and each tie its mask. */
static void settle_evidence(small_net *s)
{
    tie *ties = s->ties.items;
    size_t at = 0;

    for (size_t i = 0; i < s->ties.count; i++)
        if (ties[i].plain)
            small_add_evidence(s, ties[i].a, ties[i].b,
                               &(kith_reason){.kind = KITH_EVIDENCE_LISTED,
                                              .count = 1,
                                              .first = KITH_NO_DATE,
                                              .last = KITH_NO_DATE,
                                              .weight = 0.1,
                                              .factor = 0.75});
    sort(&s->evidence, sizeof(evidence), by_weight);
    const evidence *e = s->evidence.items;
    for (size_t i = 0; i < s->ties.count; i++)
        for (; at < s->evidence.count && e[at].a == ties[i].a && e[at].row.b == ties[i].b; at++)
            ties[i].mask |= (uint16_t)(1U << e[at].row.kind);
}

static void close_evidence(small_net *s)
{
    evidence *e = s->evidence.items;
    uint64_t *offset = small_own_array(s, (size_t)s->n + 1, sizeof *offset);
    kith_evidence_row *rows = small_own_array(s, s->evidence.count, sizeof *rows);

    for (size_t i = 0; i < s->evidence.count; i++) {
        offset[e[i].a + 1]++;
        rows[i] = e[i].row;
    }
    for (uint32_t i = 0; i < s->n; i++)
        offset[i + 1] += offset[i];
    s->data.evidence_offset = offset;
    s->data.evidence = rows;
}

static void close_ties(small_net *s)
{
    settle_ties(s);
    settle_evidence(s);
    const tie *ties = s->ties.items;
    size_t m = s->ties.count;
    uint64_t *offset = small_own_array(s, (size_t)s->n + 1, sizeof *offset);
    uint64_t *next = small_own_array(s, (size_t)s->n + 1, sizeof *next);
    uint32_t *target = small_own_array(s, 2 * m, sizeof *target);
    uint16_t *cost = small_own_array(s, 2 * m, sizeof *cost);
    uint16_t *mask = small_own_array(s, 2 * m, sizeof *mask);

    for (size_t i = 0; i < m; i++) {
        offset[ties[i].a + 1]++;
        offset[ties[i].b + 1]++;
    }
    for (uint32_t i = 0; i < s->n; i++)
        offset[i + 1] += offset[i];
    memcpy(next, offset, ((size_t)s->n + 1) * sizeof *next);
    /* Ties come by lower, then higher end: first those to lower ids fill a row, then those to higher ones. */
    for (int lower = 1; lower >= 0; lower--)
        for (size_t i = 0; i < m; i++) {
            uint64_t at = next[lower ? ties[i].b : ties[i].a]++;
            target[at] = lower ? ties[i].a : ties[i].b;
            cost[at] = ties[i].cost;
            mask[at] = ties[i].mask;
        }
    s->data.m = m;
    s->data.tie_offset = offset;
    s->data.tie_target = target;
    s->data.tie_cost = cost;
    s->data.tie_evidence = mask;
    close_evidence(s);
}

static int by_start(const void *a, const void *b)
{
    const logged *x = a;
    const logged *y = b;

    if (x->person != y->person)
        return x->person < y->person ? -1 : 1;
    if (x->tenure.start != y->tenure.start)
        return x->tenure.start < y->tenure.start ? -1 : 1;
    return (x->tenure.end > y->tenure.end) - (x->tenure.end < y->tenure.end);
}

static void close_tenures(small_net *s)
{
    const logged *from = s->tenures.items;
    size_t n = s->tenures.count;
    uint64_t *offset = small_own_array(s, (size_t)s->n + 1, sizeof *offset);
    kith_tenure_row *rows = small_own_array(s, n, sizeof *rows);

    sort(&s->tenures, sizeof *from, by_start);
    for (size_t i = 0; i < n; i++) {
        offset[from[i].person + 1]++;
        rows[i] = from[i].tenure;
        rows[i].place = number(s, from[i].first);
        rows[i].title = number(s, from[i].second);
    }
    for (uint32_t i = 0; i < s->n; i++)
        offset[i + 1] += offset[i];
    s->data.tenure_offset = offset;
    s->data.tenures = rows;
}

static int by_mentor(const void *a, const void *b)
{
    const kith_mentorship_row *x = &((const logged *)a)->mentorship;
    const kith_mentorship_row *y = &((const logged *)b)->mentorship;

    if (x->mentor != y->mentor)
        return x->mentor < y->mentor ? -1 : 1;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    if (x->mentee != y->mentee)
        return x->mentee < y->mentee ? -1 : 1;
    return (x->end > y->end) - (x->end < y->end);
}

static void close_mentorships(small_net *s)
{
    const logged *from = s->mentorships.items;
    uint32_t n = (uint32_t)s->mentorships.count;
    kith_mentorship_row *rows = small_own_array(s, n, sizeof *rows);

    sort(&s->mentorships, sizeof *from, by_mentor);
    for (uint32_t i = 0; i < n; i++) {
        rows[i] = from[i].mentorship;
        rows[i].programme = number(s, from[i].first);
        rows[i].cohort = number(s, from[i].second);
    }
    s->data.n_mentorships = n;
    s->data.mentorships = rows;
}

static void close_sources(small_net *s)
{
    const logged *from = s->sources.items;
    uint32_t n = (uint32_t)s->sources.count;
    kith_source_row *rows = small_own_array(s, n, sizeof *rows);

    for (uint32_t i = 0; i < n; i++) {
        rows[i] = from[i].source;
        rows[i].name = number(s, from[i].first);
        rows[i].format = number(s, from[i].second);
    }
    s->data.n_sources = n;
    s->data.sources = rows;
}

static void close_rejects(small_net *s)
{
    const logged *from = s->rejects.items;
    size_t n = s->rejects.count;
    kith_reject_row *rows = small_own_array(s, n, sizeof *rows);

    for (size_t i = 0; i < n; i++) {
        rows[i] = from[i].reject;
        rows[i].reason = number(s, from[i].first);
        rows[i].columns = number(s, from[i].second);
    }
    s->data.n_rejects = n;
    s->data.rejects = rows;
}

static void close_merges(small_net *s)
{
    const logged *from = s->merges.items;
    uint32_t n = (uint32_t)s->merges.count;
    kith_merge_row *rows = small_own_array(s, n, sizeof *rows);

    for (uint32_t i = 0; i < n; i++) {
        rows[i] = from[i].merge;
        rows[i].evidence = number(s, from[i].first);
        rows[i].name = number(s, from[i].second);
    }
    s->data.n_merges = n;
    s->data.merges = rows;
}

static void close_doubts(small_net *s)
{
    const logged *from = s->doubts.items;
    uint32_t n = (uint32_t)s->doubts.count;
    kith_doubt_row *rows = small_own_array(s, n, sizeof *rows);

    for (uint32_t i = 0; i < n; i++) {
        rows[i] = from[i].doubt;
        rows[i].evidence = number(s, from[i].first);
        for (int side = 0; side < 2; side++)
            rows[i].key[side] = number(s, s->key[rows[i].person[side]]);
    }
    s->data.n_doubts = s->data.n_all_doubts = n;
    s->data.doubts = rows;
}

static void close_parameters(small_net *s)
{
    const logged *from = s->parameters.items;
    uint32_t n = (uint32_t)s->parameters.count;
    kith_parameter_row *rows = small_own_array(s, n, sizeof *rows);

    for (uint32_t i = 0; i < n; i++) {
        rows[i] = from[i].parameter;
        rows[i].name = number(s, from[i].first);
    }
    s->data.n_parameters = n;
    s->data.parameters = rows;
}

const kith_netdata *small_net_data(small_net *s)
{
    if (s->closed)
        return &s->data;
    close_people(s);
    s->closed = true;
    close_aliases(s);
    close_ties(s);
    close_tenures(s);
    close_mentorships(s);
    close_sources(s);
    close_rejects(s);
    close_merges(s);
    close_doubts(s);
    close_parameters(s);
    s->data.n = s->n;
    s->data.as_of = s->as_of;
    return &s->data;
}
