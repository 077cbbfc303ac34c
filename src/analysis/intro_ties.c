#include "analysis/intro_ties.h"

#include <math.h>

#include "analysis/intro_interactions.h"
#include "base/mem.h"
#include "network/netfile.h"
#include "network/strength.h"

uint64_t kith_cost_ldbc_inv(double interactions)
{
    return (UINT64_C(1) << 33) / ((uint64_t)(2 * interactions) + 2);
}

uint64_t kith_cost_ldbc_sqrt(double interactions)
{
    long cost = lround(40 - sqrt(interactions));

    return cost < 1 ? 1 : (uint64_t)cost;
}

static bool by_interactions(kith_cost cost)
{
    return cost == KITH_COST_LDBC_INV || cost == KITH_COST_LDBC_SQRT;
}

/** Ties being taken over from the network. */
typedef struct taking {
    const kith_net *net;
    const kith_intro_opts *opts;
    kith_graph all;
    bool by_rows;       /**< nothing is told of interactions: the rows that state a tie stand for them */
    uint32_t most_cost; /**< of a tie that is strong enough */
} taking;

/** Whether of any tie it is told how often its people dealt with each other. */
static bool tells_interactions(const kith_net *net, uint32_t people)
{
    kith_tie tie;

    for (uint32_t person = 0; person < people; person++)
        for (uint32_t i = 0; kith_net_tie_at(net, person, i, &tie); i++) {
            const bool stated = tie.b > person && tie.evidence >> KITH_EVIDENCE_STATED_TIE & 1;
            if (tie.evidence >> KITH_EVIDENCE_MESSAGES & 1 ||
                (stated && kith_tie_interactions(net, person, tie.b) > 0))
                return true;
        }
    return false;
}

/** How many rows state a tie. */
static double rows_of(const kith_net *net, uint32_t a, uint32_t b)
{
    kith_reason reasons[KITH_EVIDENCE_COUNT];
    const uint32_t count = kith_net_reasons(net, a, b, reasons);

    for (uint32_t i = 0; i < count; i++)
        if (reasons[i].kind == KITH_EVIDENCE_STATED_TIE)
            return reasons[i].count;
    return 0;
}

/** How often two people dealt with each other. */
static double interactions_of(const taking *t, uint32_t a, uint32_t b)
{
    return t->by_rows ? rows_of(t->net, a, b) : kith_tie_interactions(t->net, a, b);
}

/** Takes over a tie where it counts. @return where the next one goes. */
static uint64_t take_tie(const taking *t, uint32_t person, uint64_t e, kith_intro_ties *ties, uint64_t at)
{
    const kith_cost by = t->opts->cost;
    const uint32_t other = t->all.target[e];

    if (t->all.cost[e] > t->most_cost)
        return at;
    const double n = by_interactions(by) ? interactions_of(t, person, other) : 0;
    if (by == KITH_COST_LDBC_SQRT && n <= 0)
        return at;
    ties->target[at] = other;
    ties->cost[at] = t->all.cost[e];
    if (ties->tie_costs)
        ties->tie_costs[at] = by == KITH_COST_LDBC_INV ? kith_cost_ldbc_inv(n) : kith_cost_ldbc_sqrt(n);
    return at + 1;
}

static kith_code take_ties(const kith_net *net, const kith_intro_opts *opts, kith_intro_ties *ties,
                           kith_err *err)
{
    const kith_graph all = ties->graph;
    taking t = {.net = net, .opts = opts, .all = all, .most_cost = UINT16_MAX};
    uint64_t at = 0;

    if (opts->min_strength > 0)
        t.most_cost = kith_cost_of_strength(opts->min_strength);
    if (by_interactions(opts->cost))
        t.by_rows = !tells_interactions(net, all.n);

    ties->offset = kith_alloc_array((size_t)all.n + 1, sizeof *ties->offset);
    ties->target = kith_alloc_array(2 * all.m, sizeof *ties->target);
    ties->cost = kith_alloc_array(2 * all.m, sizeof *ties->cost);
    if (by_interactions(opts->cost))
        ties->tie_costs = kith_alloc_array(2 * all.m, sizeof *ties->tie_costs);
    if (!ties->offset || !ties->target || !ties->cost || (by_interactions(opts->cost) && !ties->tie_costs))
        return kith_fail_memory(err, "ties");
    for (uint32_t person = 0; person < all.n; person++) {
        ties->offset[person] = at;
        for (uint64_t e = all.offset[person]; e < all.offset[person + 1]; e++)
            at = take_tie(&t, person, e, ties, at);
    }
    ties->offset[all.n] = at;
    ties->graph = (kith_graph){
        .n = all.n, .m = at / 2, .offset = ties->offset, .target = ties->target, .cost = ties->cost};
    return kith_net_status(net, err);
}

kith_code kith_intro_ties_new(const kith_net *net, const kith_intro_opts *opts, bool goes_everywhere,
                              kith_intro_ties *ties, kith_err *err)
{
    const bool some = opts->min_strength > 0 || by_interactions(opts->cost);
    kith_code rc = KITH_OK;

    *ties = (kith_intro_ties){0};
    if (goes_everywhere || some)
        rc = kith_net_graph(net, &ties->graph, err);
    else
        ties->graph = kith_net_graph_lazy(net);
    return rc || !some ? rc : take_ties(net, opts, ties, err);
}

void kith_intro_ties_free(kith_intro_ties *ties)
{
    kith_free(ties->offset);
    kith_free(ties->target);
    kith_free(ties->cost);
    kith_free(ties->tie_costs);
    *ties = (kith_intro_ties){0};
}

/* ---- novelty ---- */

double kith_novelty(double jaccard)
{
    return 0.5 + 0.5 * (4 * jaccard * (1 - jaccard));
}

double kith_novelty_of(const kith_graph *graph, uint32_t asker, uint32_t contact)
{
    const kith_tie_row a = kith_graph_row(graph, asker), b = kith_graph_row(graph, contact);
    const uint64_t both = (a.end - a.begin) + (b.end - b.begin);
    uint64_t shared = 0;

    for (uint64_t i = a.begin, k = b.begin; i < a.end && k < b.end;) {
        const uint32_t x = graph->target[i], y = graph->target[k];
        shared += x == y;
        i += x <= y;
        k += y <= x;
    }
    return both > 0 ? kith_novelty((double)shared / (double)(both - shared)) : kith_novelty(0);
}

kith_code kith_intro_first_costs(const kith_net *net, const kith_intro_ties *ties, uint32_t asker,
                                 uint32_t **costs, kith_err *err)
{
    const kith_graph all = kith_net_graph_lazy(net); /* whom people know does not depend on what counts */
    const kith_tie_row row = kith_graph_row(&ties->graph, asker);

    if (!(*costs = kith_alloc_array(row.end - row.begin, sizeof **costs)))
        return kith_fail_memory(err, "novelty");
    for (uint64_t e = row.begin; e < row.end; e++) {
        const double novelty = kith_novelty_of(&all, asker, ties->graph.target[e]);
        (*costs)[e - row.begin] = ties->graph.cost[e] + (uint32_t)lround(-1000 * log(novelty));
    }
    return KITH_OK;
}
