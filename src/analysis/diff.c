#include "analysis/diff_parts.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/ticker.h"

/** Changes beyond those wanted that a list may hold until it is cut. */
enum { SLACK = 4096 };

const char *kith_fact_name(uint32_t fact)
{
    switch (fact) {
    case KITH_FACT_KEY:
        return "key";
    case KITH_FACT_OWNER:
        return "owner";
    case KITH_FACT_DO_NOT_INTRODUCE:
        return "do_not_introduce";
    default:
        return kith_field_name((kith_field)fact);
    }
}

/* ---- lists of changes ---- */

/** The lower of two costs, one of which may be 0 for none. */
static uint32_t stronger(uint32_t a, uint32_t b)
{
    if (a == 0 || b == 0)
        return a + b;
    return a < b ? a : b;
}

/** What changes of one kind are ordered by before ids. */
static uint32_t place_of(kith_change_kind kind, const kith_change *change)
{
    switch (kind) {
    case KITH_CHANGE_PERSON_ADDED:
    case KITH_CHANGE_PERSON_REMOVED:
    case KITH_CHANGE_PERSON_MERGED:
    case KITH_CHANGE_PERSON_SPLIT:
    case KITH_CHANGE_PERSON_CHANGED:
        return UINT32_MAX - change->person.contacts;
    case KITH_CHANGE_TIE_ADDED:
    case KITH_CHANGE_TIE_REMOVED:
    case KITH_CHANGE_TIE_TIER:
        return stronger(change->cost.before, change->cost.after);
    case KITH_CHANGE_MENTORSHIP_ADDED:
    case KITH_CHANGE_MENTORSHIP_CHANGED:
        return change->mentorship.after;
    case KITH_CHANGE_MENTORSHIP_REMOVED:
        return change->mentorship.before;
    case KITH_CHANGE_BROKER_NEW:
    case KITH_CHANGE_BROKER_RISEN:
    case KITH_CHANGE_BROKER_FALLEN:
    case KITH_CHANGE_BROKER_GONE:
        return change->broker;
    case KITH_CHANGE_ROUTE_OPENED:
    case KITH_CHANGE_ROUTE_CLOSED:
        return change->route;
    case KITH_CHANGE_GROUP:
    case KITH_CHANGE_KINDS:
        break;
    }
    return change->measure;
}

static int compare_numbers(uint32_t a, uint32_t b)
{
    return (a > b) - (a < b);
}

/** By place, then later people, earlier people, and facts. */
static int compare_changes(const void *left, const void *right, void *kind_of_both)
{
    const kith_change *x = left, *y = right;
    const kith_change_kind kind = *(const kith_change_kind *)kind_of_both;
    int order = compare_numbers(place_of(kind, x), place_of(kind, y));

    for (int i = 0; order == 0 && i < 2; i++)
        order = compare_numbers(x->after[i], y->after[i]);
    for (int i = 0; order == 0 && i < 2; i++)
        order = compare_numbers(x->before[i], y->before[i]);
    if (order == 0 && kind == KITH_CHANGE_PERSON_CHANGED)
        order = compare_numbers(x->person.fact, y->person.fact);
    return order;
}

/** Sorts a list and drops what is beyond the first `top`. */
static void cut(kith_change_list *list, kith_change_kind kind, uint32_t top)
{
    if (list->count > 0)
        qsort_r(list->items, list->count, sizeof *list->items, compare_changes, &kind);
    if (top > 0 && list->count > top)
        list->count = top;
}

kith_code kith_diff_note(kith_diffing *d, kith_change_kind kind, const kith_change *change, kith_err *err)
{
    kith_change_list *list = &d->result->changes[kind];
    const uint32_t top = d->opts->top;

    if (top > 0 && list->count >= 2 * (uint64_t)top + SLACK)
        cut(list, kind, top);
    if (!kith_grow((void **)&list->items, &list->capacity, list->count + 1, sizeof *list->items))
        return kith_fail_memory(err, "changes");
    list->items[list->count++] = *change;
    list->total++;
    return KITH_OK;
}

/* ---- the comparison ---- */

static kith_code compare(kith_diffing *d, kith_err *err)
{
    const kith_progress *progress = d->opts->progress;
    kith_code rc = kith_tick_now(progress, "following people", 0, 0, err);

    if (!rc)
        rc = kith_follow_people(d->net, &d->who, err);
    for (int side = 0; !rc && side < SIDES; side++)
        rc = kith_net_graph(d->net[side], &d->graph[side], err);
    if (!rc)
        rc = kith_diff_people(d, err);
    if (!rc)
        rc = kith_diff_ties(d, err);
    if (!rc)
        rc = kith_diff_mentorships(d, err);
    if (!rc && d->opts->brokers > 0)
        rc = kith_diff_brokers(d, err);
    if (!rc && d->opts->from)
        rc = kith_diff_routes(d, err);
    if (!rc && d->opts->grouped)
        rc = kith_diff_groups(d, err);
    for (int side = 0; !rc && side < SIDES; side++)
        rc = kith_net_status(d->net[side], err);
    return rc;
}

kith_code kith_diff(const kith_net *before, const kith_net *after, const kith_diff_opts *opts,
                    kith_diff_result *result, kith_err *err)
{
    kith_diffing d = {.net = {before, after}, .opts = opts, .result = result};

    *result = (kith_diff_result){.top = opts->top,
                                 .n_brokers = opts->brokers,
                                 .routed = opts->from != NULL,
                                 .grouped = opts->grouped,
                                 .max_hops = opts->max_hops,
                                 .group = opts->group};
    const kith_code rc = compare(&d, err);
    kith_followed_free(&d.who);
    if (rc)
        kith_diff_free(result);
    for (int kind = 0; !rc && kind < KITH_CHANGE_KINDS; kind++)
        cut(&result->changes[kind], (kith_change_kind)kind, opts->top);
    return rc;
}

uint64_t kith_diff_count(const kith_diff_result *result)
{
    uint64_t count = 0;

    for (int kind = 0; kind < KITH_CHANGE_KINDS; kind++)
        count += result->changes[kind].total;
    return count;
}

void kith_diff_free(kith_diff_result *result)
{
    for (int kind = 0; kind < KITH_CHANGE_KINDS; kind++)
        kith_free(result->changes[kind].items);
    for (int side = 0; side < SIDES; side++)
        kith_intro_free(&result->routes[side]);
    kith_free(result->brokers);
    kith_free(result->measures);
    for (int side = 0; side < SIDES; side++)
        kith_cohort_free(&result->cohorts[side]);
    *result = (kith_diff_result){0};
}
