/* The one file that includes LEMON. Nothing is thrown out of it. */
#include "flow/mincost.h"

#include <algorithm>
#include <cstdint>
#include <new>

#ifndef __clang__
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized" /* SmartDigraph copies an arc before it fills it in   \
                                                        */
#endif
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

namespace
{

using graph = lemon::SmartDigraph;
using simplex = lemon::NetworkSimplex<graph, int64_t, int64_t>;

/* Seekers, then helpers, then the sink that takes everyone: by a helper, or directly where nobody takes them.
 */
class flow
{
  public:
    flow(uint32_t n_seekers, uint32_t n_helpers, uint32_t n_pairs) : seekers(n_seekers), helpers(n_helpers)
    {
        net.reserveNode(static_cast<int>(seekers + helpers + 1));
        net.reserveArc(static_cast<int>(n_pairs + seekers + helpers));
        for (uint32_t i = 0; i < seekers + helpers + 1; i++)
            net.addNode();
    }

    void add(uint32_t from, uint32_t to, int64_t most, int64_t arc_cost)
    {
        const graph::Arc arc = net.addArc(node(from), node(to));
        upper.set(arc, most);
        cost.set(arc, arc_cost);
    }

    graph::Node node(uint32_t i) const
    {
        return graph::nodeFromId(static_cast<int>(i));
    }
    uint32_t sink() const
    {
        return seekers + helpers;
    }

    uint32_t seekers, helpers;
    graph net;
    graph::ArcMap<int64_t> upper{net}, cost{net};
    graph::NodeMap<int64_t> supply{net};
};

bool solve(flow &f, const uint32_t *capacity, const kith_flow_pair *pairs, uint32_t n_pairs, uint32_t *chosen,
           int64_t *price)
{
    for (uint32_t i = 0; i < n_pairs; i++)
        f.add(pairs[i].seeker, f.seekers + pairs[i].helper, 1, -pairs[i].value);
    for (uint32_t j = 0; j < f.helpers; j++)
        f.add(f.seekers + j, f.sink(), capacity[j], 0);
    for (uint32_t i = 0; i < f.seekers; i++) {
        f.add(i, f.sink(), 1, 0);
        f.supply.set(f.node(i), 1);
        chosen[i] = UINT32_MAX;
    }
    f.supply.set(f.node(f.sink()), -static_cast<int64_t>(f.seekers));

    simplex algorithm(f.net);
    algorithm.upperMap(f.upper).costMap(f.cost).supplyMap(f.supply);
    if (algorithm.run() != simplex::OPTIMAL)
        return false;
    for (uint32_t i = 0; i < n_pairs; i++)
        if (algorithm.flow(graph::arcFromId(static_cast<int>(i))) > 0)
            chosen[pairs[i].seeker] = i;
    /* A helper with places left may get a price below 0; raising it to 0 breaks no condition. */
    const int64_t base = algorithm.potential(f.node(f.sink()));
    for (uint32_t j = 0; j < f.helpers; j++)
        price[j] = std::max<int64_t>(0, base - algorithm.potential(f.node(f.seekers + j)));
    return true;
}

} // namespace

kith_code kith_mincost_solve(uint32_t n_seekers, uint32_t n_helpers, const uint32_t *capacity,
                             const kith_flow_pair *pairs, uint32_t n_pairs, uint32_t *chosen, int64_t *price)
{
    try {
        flow f(n_seekers, n_helpers, n_pairs);
        if (solve(f, capacity, pairs, n_pairs, chosen, price))
            return KITH_OK;
    } catch (const std::bad_alloc &) {
        return KITH_ENOMEM;
    }
    return KITH_EBUG;
}
