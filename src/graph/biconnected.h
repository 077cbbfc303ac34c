/** @file
 * People and ties whose loss parts the network, with what each parts.
 */
#ifndef KITH_GRAPH_BICONNECTED_H
#define KITH_GRAPH_BICONNECTED_H

#include "base/err.h"
#include "graph/graph.h"

/**
 * One depth-first pass. A subtree of the search is a run of `order`: the subtree of v is
 * order[position[v] .. position[v] + size[v]).
 */
typedef struct kith_biconnected {
    uint32_t n;
    uint32_t *order;    /**< [n] people by first visit; components are runs */
    uint32_t *position; /**< [n] place in order */
    uint32_t *size;     /**< [n] people in the subtree */
    uint32_t *parent;   /**< [n] or UINT32_MAX for roots */
    uint32_t *root;     /**< [n] root of the component, its smallest id */
    bool *separates;    /**< [n] whether v's subtree hangs on its parent alone (never for roots) */
    uint32_t
        *parts;   /**< [n] pieces the component falls into without v; 0 where it stays whole or v is alone */
    bool *bridge; /**< [n] whether the tie to the parent is a bridge */
} kith_biconnected;

/**
 * @param out  caller-owned: kith_biconnected_free; zeroed on failure.
 * @cost  O(n + m) time; 26 n bytes, and 32 for each person on the longest way of the search; no recursion.
 * @source Hopcroft & Tarjan 1973, doi:10.1145/362248.362272; Tarjan 1974, doi:10.1016/0020-0190(74)90003-9
 */
kith_code kith_biconnected_run(const kith_graph *graph, kith_biconnected *out, kith_err *err);

void kith_biconnected_free(kith_biconnected *b);

/** One piece that a cut person leaves behind: a subtree, or all the rest of the component. */
typedef struct kith_piece {
    uint32_t first, count; /**< run of `order`; for the rest: the whole component's run, */
    bool is_rest;          /**< from which the subtrees that hang on v and v itself are taken away */
    uint32_t people;
} kith_piece;

/**
 * The pieces that remain of v's component without v, largest first, then by smallest run.
 * @param pieces  caller-owned array, room for parts[v].
 * @return how many: parts[v].
 * @cost  O(d log d) for d ties of v.
 */
uint32_t kith_biconnected_pieces(const kith_biconnected *b, const kith_graph *graph, uint32_t v,
                                 kith_piece *pieces);

/**
 * The people of one of v's pieces, in order of first visit.
 * @param people  caller-owned array, room for piece->people.
 * @cost  O(people in the piece + ties of v).
 */
void kith_biconnected_members(const kith_biconnected *b, const kith_graph *graph, uint32_t v,
                              const kith_piece *piece, uint32_t *people);

#endif
