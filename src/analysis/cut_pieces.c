#include "analysis/cut_pieces.h"

#include "base/mem.h"

static uint32_t people_in(const kith_cut_pieces *p, uint32_t cut, uint32_t piece)
{
    return piece == KITH_PIECE_REST ? p->rest[cut] : p->b.size[piece];
}

/** Lists children: they were visited in the order of each person's row. */
static void list_children(kith_cut_pieces *p, const kith_graph *graph)
{
    uint32_t count = 0;

    for (uint32_t v = 0; v < graph->n; v++) {
        p->first[v] = count;
        for (uint64_t e = graph->offset[v]; e < graph->offset[v + 1]; e++)
            if (p->b.parent[graph->target[e]] == v)
                p->child[count++] = graph->target[e];
    }
    p->first[graph->n] = count;
}

/** Finds the two largest pieces; of equals the rest comes first, then who was visited first. */
static void rank_pieces(kith_cut_pieces *p, uint32_t cut)
{
    const uint32_t root = p->b.root[cut];
    uint32_t best = KITH_PIECE_REST, next = KITH_PIECE_REST, most = 0, second = 0;

    p->rest[cut] = p->b.size[root] - 1;
    for (uint32_t i = p->first[cut]; i < p->first[cut + 1]; i++)
        p->rest[cut] -= p->b.separates[p->child[i]] ? p->b.size[p->child[i]] : 0;
    most = p->rest[cut];
    for (uint32_t i = p->first[cut]; i < p->first[cut + 1]; i++) {
        const uint32_t child = p->child[i], size = p->b.size[child];
        if (!p->b.separates[child])
            continue;
        if (size > most) {
            next = best;
            second = most;
            best = child;
            most = size;
        } else if (size > second) {
            next = child;
            second = size;
        }
    }
    p->larger[cut] = best;
    p->smaller[cut] = next;
}

kith_code kith_cut_pieces_new(const kith_graph *graph, kith_cut_pieces *out, kith_err *err)
{
    const uint32_t n = graph->n;

    *out = (kith_cut_pieces){.first = kith_alloc_array((size_t)n + 1, sizeof *out->first),
                             .child = kith_alloc_array(n, sizeof *out->child),
                             .rest = kith_alloc_array(n, sizeof *out->rest),
                             .larger = kith_alloc_array(n, sizeof *out->larger),
                             .smaller = kith_alloc_array(n, sizeof *out->smaller)};
    if (!out->first || !out->child || !out->rest || !out->larger || !out->smaller)
        return kith_fail_memory(err, "cut people");
    const kith_code rc = kith_biconnected_run(graph, &out->b, err);
    if (rc != KITH_OK)
        return rc;
    list_children(out, graph);
    for (uint32_t v = 0; v < n; v++)
        if (out->b.parts[v] > 0)
            rank_pieces(out, v);
    return KITH_OK;
}

void kith_cut_pieces_free(kith_cut_pieces *pieces)
{
    kith_biconnected_free(&pieces->b);
    kith_free(pieces->first);
    kith_free(pieces->child);
    kith_free(pieces->rest);
    kith_free(pieces->larger);
    kith_free(pieces->smaller);
    *pieces = (kith_cut_pieces){0};
}

uint32_t kith_cut_piece_of(const kith_cut_pieces *pieces, uint32_t cut, uint32_t person)
{
    const kith_biconnected *b = &pieces->b;
    const uint32_t place = b->position[person];
    uint32_t low = pieces->first[cut], high = pieces->first[cut + 1];

    if (place - b->position[cut] >= b->size[cut])
        return KITH_PIECE_REST;
    while (high - low > 1) { /* the last child that was visited no later */
        const uint32_t middle = low + (high - low) / 2;
        if (b->position[pieces->child[middle]] <= place)
            low = middle;
        else
            high = middle;
    }
    return b->separates[pieces->child[low]] ? pieces->child[low] : KITH_PIECE_REST;
}

uint32_t kith_cut_pieces_secured(const kith_cut_pieces *pieces, uint32_t cut, uint32_t a, uint32_t b,
                                 bool *removed)
{
    const uint32_t of_a = kith_cut_piece_of(pieces, cut, a), of_b = kith_cut_piece_of(pieces, cut, b);

    *removed = false;
    if (of_a == of_b)
        return 0;
    *removed = pieces->b.parts[cut] == 2;
    const uint32_t joined = people_in(pieces, cut, of_a) + people_in(pieces, cut, of_b);
    const uint32_t most = people_in(pieces, cut, pieces->larger[cut]);
    return joined > most ? joined - most : 0;
}
