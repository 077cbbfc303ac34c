/** @file
 * Every tie once, in the row of the person who has fewer of them: what walks over triangles stand on.
 */
#ifndef KITH_GRAPH_HALF_ROWS_H
#define KITH_GRAPH_HALF_ROWS_H

#include "base/err.h"
#include "graph/graph.h"
#include "graph/graph_order.h"

/**
 * The beginning of each ordered row, up to the row's own number. Nobody has more than sqrt(2 m) ties there.
 * Tie `first[i] + k` is that of i with the k-th of i's ordered row.
 */
typedef struct kith_half_rows {
    kith_ordered people;
    uint64_t *first; /**< [n + 1] */
} kith_half_rows;

/**
 * @param out  caller-owned: kith_half_rows_free, also on failure.
 * @cost  O(n + m) time; 20 n + 8 m bytes.
 */
kith_code kith_half_rows_new(const kith_graph *graph, kith_half_rows *out, kith_err *err);

void kith_half_rows_free(kith_half_rows *rows);

/** Where tie k of row i stands in `graph`, which the rows were made of: in the row of person[i]. @cost O(log
 * d).
 */
uint64_t kith_half_rows_place(const kith_half_rows *rows, const kith_graph *graph, uint32_t i, uint64_t k);

/** Three people who all know each other, by their numbers u > v > w in the rows, and their ties. */
typedef struct kith_triangle {
    uint32_t u, v, w;
    uint64_t uv, uw, vw;
} kith_triangle;

typedef void kith_triangle_fn(void *ctx, const kith_triangle *triangle);

/**
 * Calls `fn` for every triangle once, on any thread and in any order: it may add integers to what threads
 * share, atomically.
 * @return KITH_ENOMEM.
 * @cost  O(m^1.5) time; 4 n bytes for each thread.
 */
kith_code kith_half_rows_triangles(const kith_half_rows *rows, kith_triangle_fn *fn, void *ctx,
                                   kith_err *err);

#endif
