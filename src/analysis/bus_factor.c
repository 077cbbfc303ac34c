#include "analysis/bus_factor.h"

#include "base/mem.h"
#include "graph/biconnected.h"
#include "graph/remaining.h"

/** What is left, and what each person's leaving would do to their component. */
typedef struct leaving {
    bool *gone;      /**< [n] */
    uint32_t *below; /**< [n] people in the pieces that hang on them alone */
    uint32_t *piece; /**< [n] people in the largest of these */
} leaving;

/** Root of the largest component, of equals the lowest; UINT32_MAX for nobody. */
static uint32_t largest_part(const kith_biconnected *b, const bool *gone)
{
    uint32_t best = UINT32_MAX;

    for (uint32_t v = 0; v < b->n; v++)
        if (!gone[v] && b->root[v] == v && (best == UINT32_MAX || b->size[v] > b->size[best]))
            best = v;
    return best;
}

/** Fills in `below` and `piece`. */
static void measure_pieces(const kith_biconnected *b, leaving *l)
{
    for (uint32_t v = 0; v < b->n; v++)
        l->below[v] = l->piece[v] = 0;
    for (uint32_t v = 0; v < b->n; v++) {
        if (b->root[v] == v || !b->separates[v])
            continue;
        const uint32_t parent = b->parent[v];
        l->below[parent] += b->size[v];
        l->piece[parent] = b->size[v] > l->piece[parent] ? b->size[v] : l->piece[parent];
    }
}

/** Who of the component of `root` is to leave next. */
static uint32_t choose(const kith_graph *graph, const kith_biconnected *b, uint32_t root, leaving *l)
{
    uint32_t best = UINT32_MAX, least = UINT32_MAX, most_ties = 0;

    measure_pieces(b, l);
    for (uint32_t v = 0; v < b->n; v++) {
        if (b->root[v] != root)
            continue;
        const uint32_t rest = b->size[root] - 1 - l->below[v], ties = kith_graph_degree(graph, v);
        const uint32_t left = rest > l->piece[v] ? rest : l->piece[v];
        if (left < least || (left == least && ties > most_ties)) {
            best = v;
            least = left;
            most_ties = ties;
        }
    }
    return best;
}

/** One more person leaves, unless the parts are small enough. @param half  0 before the first leaves. */
static kith_code step(const kith_graph *graph, leaving *l, uint32_t *half, uint32_t *next, kith_err *err)
{
    kith_code rc;
    kith_remaining rest = {0};
    kith_biconnected b = {0};

    *next = UINT32_MAX;
    if ((rc = kith_remaining_new(graph, l->gone, &rest, err)) != KITH_OK ||
        (rc = kith_biconnected_run(&rest.graph, &b, err)) != KITH_OK)
        goto done;
    const uint32_t root = largest_part(&b, l->gone);
    if (root == UINT32_MAX)
        goto done;
    *half = *half > 0 ? *half : b.size[root] / 2;
    if (*half > 0 && b.size[root] > *half)
        *next = choose(&rest.graph, &b, root, l);

done:
    kith_biconnected_free(&b);
    kith_remaining_free(&rest);
    return rc;
}

kith_code kith_bus_factor(const kith_graph *graph, uint64_t limit, uint32_t *people, uint32_t *count,
                          kith_err *err)
{
    kith_code rc = KITH_OK;
    const uint32_t n = graph->n;
    uint64_t work = 0;
    uint32_t half = 0;
    leaving l = {.gone = kith_calloc(n, sizeof *l.gone),
                 .below = kith_alloc_array(n, sizeof *l.below),
                 .piece = kith_alloc_array(n, sizeof *l.piece)};

    *count = 0;
    if (!l.gone || !l.below || !l.piece) {
        rc = kith_fail_memory(err, "the bus factor");
        goto done;
    }
    for (uint32_t next; rc == KITH_OK;) {
        if ((work += n + 2 * graph->m) > limit) {
            *count = 0;
            break;
        }
        if ((rc = step(graph, &l, &half, &next, err)) != KITH_OK || next == UINT32_MAX)
            break;
        l.gone[next] = true;
        people[(*count)++] = next;
    }

done:
    kith_free(l.gone);
    kith_free(l.below);
    kith_free(l.piece);
    return rc;
}
