/** @file
 * The network that a kernel and its peer both work on.
 */
#ifndef KITH_BENCH_GRAPH_H
#define KITH_BENCH_GRAPH_H

#include <stddef.h>

#include "base/err.h"
#include "graph/graph.h"

/** Ties as they come: repeated, either way round, some to oneself. */
typedef struct bench_ties {
    uint32_t people;
    size_t count;
    size_t capacity;     /**< in ties */
    uint32_t (*pair)[2]; /**< [count] */
} bench_ties;

/** R-MAT of this size and seed (rmat.h). */
kith_code bench_ties_make(uint64_t count, uint64_t seed, bench_ties *out, kith_err *err);

/**
 * Two ids a line, parted by a comma, blanks or tabs; more columns are not read, nor lines that
 * begin with `#`, nor a first line that says `source`.
 */
kith_code bench_ties_read(const char *path, bench_ties *out, kith_err *err);

void bench_ties_free(bench_ties *ties);

/** A graph and its memory. */
typedef struct bench_graph {
    kith_graph graph;
    uint64_t *offset;
    uint32_t *target;
    uint16_t *cost; /**< [2 m] 100 to 999, made of the ids of both ends */
} bench_graph;

/** Ties once each, none to oneself. @param ties  freed here. */
kith_code bench_graph_new(bench_ties *ties, bench_graph *out, kith_err *err);

/** The cost that bench_graph_new gives a tie: the same both ways. */
uint16_t bench_cost(uint32_t a, uint32_t b);

void bench_graph_free(bench_graph *g);

#endif
