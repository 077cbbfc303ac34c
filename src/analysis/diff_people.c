/* People who came, went, became one or several, and what is told of them differently. */
#include <stdlib.h>
#include <string.h>

#include "analysis/diff_parts.h"
#include "base/mem.h"

/** The values of one person, and room to sort those of a field. */
typedef struct values {
    const kith_net *net;
    const uint8_t *fields;
    const uint32_t *strings;
    uint32_t count, at; /**< `at`: the first of the field at hand */
    uint32_t *sorted;
    size_t capacity;
} values;

static int compare_strings(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

static const char *text_of(const values *v, uint32_t string)
{
    return kith_net_string(v->net, string);
}

/** How many values there are of the field at hand. */
static uint32_t count_of(const values *v, uint32_t field)
{
    uint32_t end = v->at;

    while (end < v->count && v->fields[end] == field)
        end++;
    return end - v->at;
}

/** Sorts the values of the field at hand; strings are numbered in byte order. */
static bool sort_values(values *v, uint32_t count)
{
    if (!kith_grow((void **)&v->sorted, &v->capacity, count, sizeof *v->sorted))
        return false;
    memcpy(v->sorted, v->strings + v->at, count * sizeof *v->sorted);
    qsort(v->sorted, count, sizeof *v->sorted, compare_strings);
    return true;
}

static bool same_texts(const values v[SIDES], const uint32_t *before, const uint32_t *after, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (strcmp(text_of(&v[BEFORE], before[i]), text_of(&v[AFTER], after[i])) != 0)
            return false;
    return true;
}

/** Whether the values of a field are others, or another one is preferred; the order of the rest says nothing.
 */
static kith_code compare_field(values v[SIDES], uint32_t field, bool *differs, kith_err *err)
{
    const uint32_t count = count_of(&v[AFTER], field);

    *differs = count != count_of(&v[BEFORE], field);
    if (*differs || count == 0)
        return KITH_OK;
    const uint32_t *before = v[BEFORE].strings + v[BEFORE].at, *after = v[AFTER].strings + v[AFTER].at;
    if (same_texts(v, before, after, count))
        return KITH_OK;
    *differs = !same_texts(v, before, after, 1);
    if (*differs)
        return KITH_OK;
    if (!sort_values(&v[BEFORE], count) || !sort_values(&v[AFTER], count))
        return kith_fail_memory(err, "values to compare");
    *differs = !same_texts(v, v[BEFORE].sorted, v[AFTER].sorted, count);
    return KITH_OK;
}

/** The facts that differ, a bit each. */
static kith_code compare_facts(values v[SIDES], const uint32_t id[SIDES], uint32_t *facts, kith_err *err)
{
    kith_person person[SIDES];
    kith_code rc = KITH_OK;

    for (int side = 0; side < SIDES; side++) {
        kith_net_person(v[side].net, id[side], &person[side]);
        v[side].count = kith_net_attrs(v[side].net, id[side], &v[side].fields, &v[side].strings);
        v[side].at = 0;
    }
    *facts = 0;
    for (uint32_t field = 0; !rc && field < KITH_FIELD_COUNT; field++) {
        bool differs;
        rc = compare_field(v, field, &differs, err);
        *facts |= (uint32_t)(!rc && differs) << field;
        for (int side = 0; side < SIDES; side++)
            v[side].at += count_of(&v[side], field);
    }
    *facts |= (uint32_t)(strcmp(person[BEFORE].key, person[AFTER].key) != 0) << KITH_FACT_KEY;
    *facts |= (uint32_t)(person[BEFORE].is_owner != person[AFTER].is_owner) << KITH_FACT_OWNER;
    *facts |= (uint32_t)(person[BEFORE].do_not_introduce != person[AFTER].do_not_introduce)
              << KITH_FACT_DO_NOT_INTRODUCE;
    return rc;
}

static kith_change change_of(const kith_diffing *d, uint32_t before, uint32_t after)
{
    const int side = after == KITH_NOBODY ? BEFORE : AFTER;

    return (kith_change){
        .before = {before, KITH_NOBODY},
        .after = {after, KITH_NOBODY},
        .person.contacts = kith_graph_degree(&d->graph[side], side == AFTER ? after : before),
    };
}

/** What is told differently of somebody there was and is. */
static kith_code note_facts(kith_diffing *d, values v[SIDES], const uint32_t id[SIDES], kith_err *err)
{
    kith_change change = change_of(d, id[BEFORE], id[AFTER]);
    uint32_t facts;
    kith_code rc = compare_facts(v, id, &facts, err);

    d->result->people_changed += !rc && facts != 0;
    for (uint32_t fact = 0; !rc && fact < KITH_FACT_COUNT; fact++) {
        change.person.fact = fact;
        if (facts >> fact & 1)
            rc = kith_diff_note(d, KITH_CHANGE_PERSON_CHANGED, &change, err);
    }
    return rc;
}

/** Those who have a number together with the first of their side. */
static kith_code note_others(kith_diffing *d, int side, uint32_t number, kith_err *err)
{
    const kith_followed *who = &d->who;
    kith_code rc = KITH_OK;

    for (uint32_t v = who->also[side][who->person[side][number]]; !rc && v != KITH_NOBODY;
         v = who->also[side][v]) {
        const kith_change merged = change_of(d, v, who->person[AFTER][number]),
                          split = change_of(d, who->person[BEFORE][number], v);
        rc = side == BEFORE ? kith_diff_note(d, KITH_CHANGE_PERSON_MERGED, &merged, err)
                            : kith_diff_note(d, KITH_CHANGE_PERSON_SPLIT, &split, err);
    }
    return rc;
}

static kith_code compare_number(kith_diffing *d, values v[SIDES], uint32_t number, kith_err *err)
{
    const uint32_t id[SIDES] = {d->who.person[BEFORE][number], d->who.person[AFTER][number]};

    if (id[BEFORE] == KITH_NOBODY || id[AFTER] == KITH_NOBODY) {
        const kith_change change = change_of(d, id[BEFORE], id[AFTER]);
        return kith_diff_note(
            d, id[BEFORE] == KITH_NOBODY ? KITH_CHANGE_PERSON_ADDED : KITH_CHANGE_PERSON_REMOVED, &change,
            err);
    }
    kith_code rc = note_facts(d, v, id, err);
    for (int side = 0; !rc && side < SIDES; side++)
        rc = note_others(d, side, number, err);
    return rc;
}

kith_code kith_diff_people(kith_diffing *d, kith_err *err)
{
    values v[SIDES] = {{.net = d->net[BEFORE]}, {.net = d->net[AFTER]}};
    kith_code rc = KITH_OK;

    for (uint32_t number = 0; !rc && number < d->who.count; number++)
        rc = compare_number(d, v, number, err);
    kith_free(v[BEFORE].sorted);
    kith_free(v[AFTER].sorted);
    return rc;
}
