#include "analysis/intro_interactions.h"

#include <stdlib.h>

#include "base/mem.h"

double kith_tie_interactions(const kith_net *net, uint32_t a, uint32_t b)
{
    kith_reason reasons[KITH_EVIDENCE_COUNT];
    const uint32_t count = kith_net_reasons(net, a, b, reasons);
    double stated = 0;

    for (uint32_t i = 0; i < count; i++) {
        if (reasons[i].kind == KITH_EVIDENCE_MESSAGES)
            return reasons[i].interactions;
        if (reasons[i].kind == KITH_EVIDENCE_STATED_TIE)
            stated = reasons[i].interactions;
    }
    return stated;
}

double kith_route_interactions(const kith_net *net, const uint32_t *people, uint32_t hops)
{
    double sum = 0; /* exact: all are whole numbers and halves */

    for (uint32_t i = 0; i < hops; i++)
        sum += kith_tie_interactions(net, people[i], people[i + 1]);
    return sum;
}

/** A route in the order of its list, which begins with the best. */
typedef struct ranked {
    double interactions;
    uint32_t place;
    kith_found_route route;
} ranked;

static int compare(const void *left, const void *right)
{
    const ranked *x = left, *y = right;

    if (x->interactions != y->interactions)
        return x->interactions > y->interactions ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

kith_code kith_routes_by_interactions(const kith_net *net, kith_found_routes *found, kith_err *err)
{
    ranked *list = kith_alloc_array(found->count, sizeof *list);

    if (!list)
        return kith_fail_memory(err, "routes");
    for (uint32_t i = 0; i < found->count; i++) {
        const kith_found_route *route = &found->routes[i];
        list[i] =
            (ranked){kith_route_interactions(net, found->people + route->first, route->hops), i, *route};
    }
    qsort(list, found->count, sizeof *list, compare);
    for (uint32_t i = 0; i < found->count; i++)
        found->routes[i] = list[i].route;
    kith_free(list);
    return KITH_OK;
}
