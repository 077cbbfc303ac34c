/* The ties as a graph, borrowed from the file. */
#include "graph/graph_check.h"
#include "network/netstate.h"

/** The graph as the sections have it, nothing of it checked. */
static kith_graph graph_of(const kith_net *net)
{
    const uint64_t *place = net->layout.offset;

    return (kith_graph){
        .n = net->head.header.people,
        .m = net->head.header.ties,
        .offset = (const void *)(net->bytes + place[KITH_SECTION_TIE_OFFSETS]),
        .target = (const void *)(net->bytes + place[KITH_SECTION_TIE_TARGETS]),
        .cost = (const void *)(net->bytes + place[KITH_SECTION_TIE_COSTS]),
    };
}

static kith_code check_ties(const kith_net *net, const kith_graph *graph, kith_err *err)
{
    bool valid;
    kith_code rc = kith_graph_check(graph, &valid, err);

    if (rc == KITH_OK && valid)
        atomic_store(&net->marks->graph_checked, true);
    else if (rc == KITH_OK)
        (void)kith_net_mark_damage(net, "the ties");
    return rc;
}

kith_code kith_net_graph(const kith_net *net, kith_graph *graph, kith_err *err)
{
    uint64_t rows = 2 * net->head.header.ties;
    kith_code rc = KITH_OK;

    *graph = graph_of(net);
    if (kith_net_rows(net, KITH_SECTION_TIE_OFFSETS, 0, (uint64_t)graph->n + 1) &&
        kith_net_rows(net, KITH_SECTION_TIE_TARGETS, 0, rows) &&
        kith_net_rows(net, KITH_SECTION_TIE_COSTS, 0, rows) && !atomic_load(&net->marks->graph_checked))
        rc = check_ties(net, graph, err);
    if (atomic_load(&net->marks->graph_checked))
        return KITH_OK;
    *graph = (kith_graph){0};
    return rc != KITH_OK ? rc : kith_net_status(net, err);
}

uint64_t kith_net_leads(const kith_net *net, const kith_graph *graph, uint8_t *leads)
{
    const uint16_t *mask = kith_net_rows(net, KITH_SECTION_TIE_EVIDENCE, 0, 2 * graph->m);
    uint64_t directed = 0;

    for (uint32_t person = 0; mask && person < graph->n; person++)
        for (uint64_t e = graph->offset[person]; e < graph->offset[person + 1]; e++) {
            const bool lower = person < graph->target[e];
            const uint32_t of_lower = (uint32_t)mask[e] >> KITH_MASK_LEADS;
            leads[e] = (uint8_t)(lower ? of_lower : kith_stated_turn(of_lower));
            directed += lower && of_lower != 0;
        }
    return directed;
}

static bool check_row(const void *ctx, uint32_t person)
{
    const kith_net *net = ctx;
    const kith_graph graph = graph_of(net);
    uint64_t first, count;

    if (kith_net_bit(net->row_checked, person))
        return true;
    if (!kith_net_span(net, KITH_SECTION_TIE_OFFSETS, KITH_SECTION_TIE_TARGETS, person, &first, &count) ||
        !kith_net_rows(net, KITH_SECTION_TIE_TARGETS, first, count) ||
        !kith_net_rows(net, KITH_SECTION_TIE_COSTS, first, count))
        return false;
    if (!kith_graph_row_valid(&graph, person))
        return kith_net_mark_damage(net, "the ties");
    kith_net_set_bit(net->row_checked, person);
    return true;
}

kith_graph kith_net_graph_lazy(const kith_net *net)
{
    kith_graph graph = graph_of(net);

    if (!atomic_load(&net->marks->graph_checked)) {
        graph.check = check_row;
        graph.check_ctx = net;
    }
    return graph;
}
