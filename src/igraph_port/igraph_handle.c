#include "igraph_port/igraph_handle.h"

#include "base/mem.h"
#include "base/ticker.h"

/* igraph's handlers take no context, and it runs on one thread only. */
static const kith_progress *watching;
static const char *phase_at_hand = "";

static igraph_error_t ask_caller(void *data)
{
    (void)data;
    if (kith_tick_now(watching, phase_at_hand, 0, 0, NULL) == KITH_OK)
        return IGRAPH_SUCCESS;
    kith_ig.error_handler_ignore("", "", 0, IGRAPH_INTERRUPTED); /* frees what igraph was at */
    return IGRAPH_INTERRUPTED;
}

/** Nothing prints, nothing aborts; attributes are kept. */
static void set_handlers(void)
{
    kith_ig.set_error_handler(kith_ig.error_handler_ignore);
    kith_ig.set_warning_handler(kith_ig.warning_handler_ignore);
    kith_ig.set_interruption_handler(ask_caller);
    kith_ig.set_attribute_table(kith_ig.cattribute_table);
}

void kith_igraph_begin(const kith_igraph *graph, const char *phase)
{
    watching = graph->progress;
    phase_at_hand = phase;
}

kith_code kith_igraph_check(igraph_error_t code, const char *doing, kith_err *err)
{
    switch (code) {
    case IGRAPH_SUCCESS:
        return KITH_OK;
    case IGRAPH_ENOMEM:
        return kith_fail_memory(err, doing);
    case IGRAPH_INTERRUPTED:
        return kith_fail(err, KITH_EINTERRUPT, "stopped while %s", doing);
    default:
        return kith_fail(err, KITH_EBUG, "%s: igraph says: %s", doing, kith_ig.strerror(code));
    }
}

/** Ends of ties, each tie once, in the order of the rows. */
static void fill_ends(const kith_graph *graph, igraph_vector_int_t *ends)
{
    igraph_integer_t used = 0;

    for (uint32_t u = 0; u < graph->n; u++)
        for (uint64_t e = graph->offset[u]; e < graph->offset[u + 1]; e++)
            if (graph->target[e] > u) {
                VECTOR(*ends)[used++] = u;
                VECTOR(*ends)[used++] = graph->target[e];
            }
}

kith_code kith_igraph_new(const kith_graph *graph, kith_igraph **out, kith_err *err)
{
    static const char *const doing = "building the graph";
    igraph_vector_int_t ends;
    kith_code rc = kith_igraph_load(err);

    *out = NULL;
    if (rc)
        return rc;
    kith_igraph *made = kith_calloc(1, sizeof *made);
    if (!made)
        return kith_fail_memory(err, doing);
    set_handlers();
    kith_igraph_begin(made, doing);
    rc = kith_igraph_check(kith_ig.vector_int_init(&ends, (igraph_integer_t)(2 * graph->m)), doing, err);
    if (rc) {
        kith_free(made);
        return rc;
    }
    fill_ends(graph, &ends);
    rc = kith_igraph_check(kith_ig.create(&made->graph, &ends, graph->n, IGRAPH_UNDIRECTED), doing, err);
    kith_ig.vector_int_destroy(&ends);
    if (rc)
        kith_free(made);
    else
        *out = made;
    return rc;
}

void kith_igraph_free(kith_igraph *graph)
{
    if (!graph)
        return;
    watching = NULL;
    kith_ig.destroy(&graph->graph);
    kith_free(graph);
}

void kith_igraph_watch(kith_igraph *graph, const kith_progress *progress)
{
    graph->progress = progress;
}
