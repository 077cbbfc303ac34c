/* Brokers who are new, rose, fell, or are gone. */
#include <stdlib.h>

#include "analysis/broker_scores.h"
#include "analysis/diff_parts.h"
#include "base/mem.h"

/** How everyone of one network stands. */
typedef struct standing {
    double *share;  /**< [n] betweenness, normalised */
    uint32_t *rank; /**< [n] one more than people with a larger share; 0: no route of others leads through */
} standing;

typedef struct scored {
    double share;
    uint32_t person;
} scored;

static int compare_scored(const void *a, const void *b)
{
    const scored *x = a, *y = b;

    if (x->share != y->share)
        return x->share > y->share ? -1 : 1;
    return (x->person > y->person) - (x->person < y->person);
}

static kith_code rank_people(uint32_t n, standing *s, kith_err *err)
{
    scored *order = kith_alloc_array(n, sizeof *order);

    if (!order)
        return kith_fail_memory(err, "brokers to compare");
    for (uint32_t v = 0; v < n; v++)
        order[v] = (scored){s->share[v], v};
    if (n > 0)
        qsort(order, n, sizeof *order, compare_scored);
    for (uint32_t i = 0; i < n && order[i].share > 0; i++)
        s->rank[order[i].person] =
            i > 0 && !(order[i].share < order[i - 1].share) ? s->rank[order[i - 1].person] : i + 1;
    kith_free(order);
    return KITH_OK;
}

static kith_code take_standing(kith_diffing *d, int side, standing *s, kith_err *err)
{
    const kith_graph *graph = &d->graph[side];
    const uint32_t n = graph->n;
    const double pairs = n < 3 ? 1 : ((double)n - 1) * ((double)n - 2) / 2; /* of fewer all shares are 0 */
    const kith_bridges_opts opts = {.progress = d->opts->progress};
    kith_bridges_result how = {0};

    s->share = kith_alloc_array(n, sizeof *s->share);
    s->rank = kith_calloc(n, sizeof *s->rank);
    if (!s->share || !s->rank)
        return kith_fail_memory(err, "brokers to compare");
    const kith_code rc = kith_broker_scores(graph, &opts, &how, s->share, err);
    if (rc)
        return rc;
    for (uint32_t v = 0; v < n; v++)
        s->share[v] /= pairs;
    d->result->method[side] = (kith_diff_method){how.exact, how.epsilon, how.delta, how.samples};
    return rank_people(n, s, err);
}

/** Where somebody stands on one side; nobody stands nowhere. */
static void look_up(const standing *s, uint32_t person, uint32_t *rank, double *share)
{
    *rank = person == KITH_NOBODY ? 0 : s->rank[person];
    *share = person == KITH_NOBODY ? 0 : s->share[person];
}

/** What became of a broker; KITH_CHANGE_KINDS where there is nothing to tell. */
static kith_change_kind kind_of(const kith_diffing *d, const kith_broker_change *b)
{
    const kith_diff_method *method = d->result->method;
    const double larger = b->share_before > b->share_after ? b->share_before : b->share_after;
    const double least = larger * KITH_DIFF_BROKER_CHANGE,
                 error = method[BEFORE].epsilon + method[AFTER].epsilon;
    const double grown = b->share_after - b->share_before, size = grown < 0 ? -grown : grown;
    const bool was = b->rank_before > 0 && b->rank_before <= d->opts->brokers;
    const bool is = b->rank_after > 0 && b->rank_after <= d->opts->brokers;

    if (!(size > 0) || size < least || size < error)
        return KITH_CHANGE_KINDS;
    if (was && is)
        return grown > 0 ? KITH_CHANGE_BROKER_RISEN : KITH_CHANGE_BROKER_FALLEN;
    if (is && grown > 0)
        return KITH_CHANGE_BROKER_NEW;
    return was && grown < 0 ? KITH_CHANGE_BROKER_GONE : KITH_CHANGE_KINDS;
}

/** A broker whose change is told. */
typedef struct told {
    kith_broker_change broker;
    kith_change change;
    kith_change_kind kind;
} told;

/** The better of both ranks; one of them is above 0. */
static uint32_t best_rank(const kith_broker_change *b)
{
    if (b->rank_before == 0 || b->rank_after == 0)
        return b->rank_before + b->rank_after;
    return b->rank_before < b->rank_after ? b->rank_before : b->rank_after;
}

/** By the better of both ranks, then later people, then earlier ones. */
static int compare_told(const void *a, const void *b)
{
    const told *x = a, *y = b;
    const uint32_t best_x = best_rank(&x->broker), best_y = best_rank(&y->broker);

    if (best_x != best_y)
        return best_x < best_y ? -1 : 1;
    if (x->change.after[0] != y->change.after[0])
        return x->change.after[0] < y->change.after[0] ? -1 : 1;
    return (x->change.before[0] > y->change.before[0]) - (x->change.before[0] < y->change.before[0]);
}

static kith_code find_told(const kith_diffing *d, const standing s[SIDES], told **list, size_t *count,
                           kith_err *err)
{
    size_t capacity = 0;

    for (uint32_t number = 0; number < d->who.count; number++) {
        const uint32_t before = d->who.person[BEFORE][number], after = d->who.person[AFTER][number];
        told one = {.change = {.before = {before, KITH_NOBODY}, .after = {after, KITH_NOBODY}}};
        look_up(&s[BEFORE], before, &one.broker.rank_before, &one.broker.share_before);
        look_up(&s[AFTER], after, &one.broker.rank_after, &one.broker.share_after);
        if ((one.kind = kind_of(d, &one.broker)) == KITH_CHANGE_KINDS)
            continue;
        if (!kith_grow((void **)list, &capacity, *count + 1, sizeof **list))
            return kith_fail_memory(err, "brokers to compare");
        (*list)[(*count)++] = one;
    }
    if (*count > 0)
        qsort(*list, *count, sizeof **list, compare_told);
    return KITH_OK;
}

kith_code kith_diff_brokers(kith_diffing *d, kith_err *err)
{
    standing s[SIDES] = {{0}};
    told *list = NULL;
    size_t count = 0;
    kith_code rc = KITH_OK;

    for (int side = 0; !rc && side < SIDES; side++)
        rc = take_standing(d, side, &s[side], err);
    if (!rc)
        rc = find_told(d, s, &list, &count, err);
    if (!rc && !(d->result->brokers = kith_alloc_array(count, sizeof *d->result->brokers)))
        rc = kith_fail_memory(err, "brokers to compare");
    for (size_t i = 0; !rc && i < count; i++) {
        d->result->brokers[i] = list[i].broker;
        list[i].change.broker = (uint32_t)i;
        rc = kith_diff_note(d, list[i].kind, &list[i].change, err);
    }
    kith_free(list);
    for (int side = 0; side < SIDES; side++) {
        kith_free(s[side].share);
        kith_free(s[side].rank);
    }
    return rc;
}
