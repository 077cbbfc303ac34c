/* Ties that came, went, or crossed from one tier into another: rows of both networks side by side, one number
 * at a time, so that no list of all ties is ever made. */
#include <stdlib.h>
#include <string.h>

#include "analysis/diff_parts.h"
#include "base/mem.h"
#include "base/ticker.h"

/** People compared between two reports of progress. */
enum { TICK_PEOPLE = 1 << 16 };

/** A tie from the number at hand to a higher one. */
typedef struct end {
    uint32_t number;
    uint32_t cost;
    uint32_t from, to; /**< the people of this side */
} end;

/** The ties of one number on one side. */
typedef struct ends {
    end *items;
    size_t count, capacity;
    bool ascend; /**< through distinct numbers */
} ends;

static uint32_t lower(const end *e)
{
    return e->from < e->to ? e->from : e->to;
}

static uint32_t higher(const end *e)
{
    return e->from < e->to ? e->to : e->from;
}

/** By number, strongest first, then by ids whichever end the tie is seen from. */
static int compare_ends(const void *a, const void *b)
{
    const end *x = a, *y = b;

    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    if (x->cost != y->cost)
        return x->cost < y->cost ? -1 : 1;
    if (lower(x) != lower(y))
        return lower(x) < lower(y) ? -1 : 1;
    return (higher(x) > higher(y)) - (higher(x) < higher(y));
}

/** Takes the ties of one person to higher numbers. */
static kith_code take_row(const kith_graph *graph, const uint32_t *of, uint32_t person, ends *list,
                          kith_err *err)
{
    const kith_tie_row row = kith_graph_row(graph, person);
    const uint32_t own = of[person];

    if (!kith_grow((void **)&list->items, &list->capacity, list->count + (row.end - row.begin),
                   sizeof *list->items))
        return kith_fail_memory(err, "ties to compare");
    for (uint64_t e = row.begin; e < row.end; e++) {
        const uint32_t to = graph->target[e];
        if (of[to] <= own)
            continue;
        list->ascend &= list->count == 0 || list->items[list->count - 1].number < of[to];
        list->items[list->count++] = (end){of[to], graph->cost[e], person, to};
    }
    return KITH_OK;
}

/** The ties of a number on one side, ascending; of several to one other number the strongest. */
static kith_code take_ends(const kith_diffing *d, int side, uint32_t number, ends *list, kith_err *err)
{
    const kith_followed *who = &d->who;
    kith_code rc = KITH_OK;
    size_t kept = 0;

    list->count = 0;
    list->ascend = true;
    for (uint32_t v = who->person[side][number]; !rc && v != KITH_NOBODY; v = who->also[side][v])
        rc = take_row(&d->graph[side], who->of[side], v, list, err);
    if (rc || list->ascend)
        return rc;
    qsort(list->items, list->count, sizeof *list->items, compare_ends);
    for (size_t i = 1; i < list->count; i++)
        if (list->items[i].number != list->items[kept].number)
            list->items[++kept] = list->items[i];
    list->count = kept + 1;
    return KITH_OK;
}

static bool same_tier(uint32_t cost, uint32_t other)
{
    return cost == other || strcmp(kith_tier_of_strength(kith_strength_of_cost(cost)),
                                   kith_tier_of_strength(kith_strength_of_cost(other))) == 0;
}

/** Notes what became of one tie; NULL where there is none. */
static kith_code note_tie(kith_diffing *d, const end *before, const end *after, kith_err *err)
{
    kith_change change = {.before = {KITH_NOBODY, KITH_NOBODY}, .after = {KITH_NOBODY, KITH_NOBODY}};

    if (before && after && same_tier(before->cost, after->cost))
        return KITH_OK;
    change.cost.before = before ? before->cost : 0;
    change.cost.after = after ? after->cost : 0;
    if (before) {
        change.before[0] = before->from;
        change.before[1] = before->to;
    }
    if (after) {
        change.after[0] = after->from;
        change.after[1] = after->to;
    }
    return kith_diff_note(d,
                          !before  ? KITH_CHANGE_TIE_ADDED
                          : !after ? KITH_CHANGE_TIE_REMOVED
                                   : KITH_CHANGE_TIE_TIER,
                          &change, err);
}

static kith_code compare_rows(kith_diffing *d, const ends list[SIDES], kith_err *err)
{
    const end *b = list[BEFORE].items, *b_end = b ? b + list[BEFORE].count : b;
    const end *a = list[AFTER].items, *a_end = a ? a + list[AFTER].count : a;
    kith_code rc = KITH_OK;

    while (!rc && (b < b_end || a < a_end)) {
        const bool has_before = b < b_end && (a == a_end || b->number <= a->number);
        const bool has_after = a < a_end && (b == b_end || a->number <= b->number);
        rc = note_tie(d, has_before ? b : NULL, has_after ? a : NULL, err);
        b += has_before;
        a += has_after;
    }
    return rc;
}

kith_code kith_diff_ties(kith_diffing *d, kith_err *err)
{
    ends list[SIDES] = {{0}};
    kith_code rc = KITH_OK;

    for (uint32_t number = 0; !rc && number < d->who.count; number++) {
        if (number % TICK_PEOPLE == 0)
            rc = kith_tick_now(d->opts->progress, "comparing ties", number, d->who.count, err);
        for (int side = 0; !rc && side < SIDES; side++)
            rc = take_ends(d, side, number, &list[side], err);
        if (!rc)
            rc = compare_rows(d, list, err);
    }
    kith_free(list[BEFORE].items);
    kith_free(list[AFTER].items);
    return rc;
}
