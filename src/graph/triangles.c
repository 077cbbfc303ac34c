#include "graph/triangles.h"

#include <math.h>

#include "base/mem.h"

/**
 * Every tie once, from the person with fewer ties to the one with more (by id among equals).
 * Nobody then has more than sqrt(2 m) ties that lead out, which bounds the search for triangles.
 */
typedef struct oriented {
    uint32_t n;
    uint64_t *offset;    /**< [n + 1] */
    uint32_t *target;    /**< [m] */
    uint64_t *tie_marks; /**< [n] scratch: 1 + the tie that leads to this person from the one at hand, or 0 */
} oriented;

/** A triangle: three people, and for each the tie that joins the other two. */
typedef struct triangle {
    uint32_t person[3];
    uint64_t opposite[3]; /**< into oriented.target */
} triangle;

typedef void triangle_fn(void *ctx, const triangle *t);

static bool leads_out(const kith_graph *graph, uint32_t from, uint32_t to)
{
    uint32_t from_degree = kith_graph_degree(graph, from);
    uint32_t to_degree = kith_graph_degree(graph, to);

    return from_degree != to_degree ? from_degree < to_degree : from < to;
}

static void oriented_free(oriented *ties)
{
    kith_free(ties->offset);
    kith_free(ties->target);
    kith_free(ties->tie_marks);
}

/** @return false when out of memory; what was allocated is then still to be freed. */
static bool oriented_new(const kith_graph *graph, oriented *ties)
{
    uint64_t used = 0;

    *ties = (oriented){
        .n = graph->n,
        .offset = kith_alloc_array((size_t)graph->n + 1, sizeof *ties->offset),
        .target = kith_alloc_array(graph->m, sizeof *ties->target),
        .tie_marks = kith_calloc(graph->n, sizeof *ties->tie_marks),
    };
    if (!ties->offset || !ties->target || !ties->tie_marks)
        return false;
    for (uint32_t u = 0; u < graph->n; u++) {
        ties->offset[u] = used;
        for (uint64_t e = graph->offset[u]; e < graph->offset[u + 1]; e++)
            if (leads_out(graph, u, graph->target[e]))
                ties->target[used++] = graph->target[e];
    }
    ties->offset[graph->n] = used;
    return true;
}

/** Calls `visit` once for every triangle that begins at u. */
static inline void triangles_from(const oriented *ties, uint32_t u, triangle_fn *visit, void *ctx)
{
    uint64_t begin = ties->offset[u];
    uint64_t end = ties->offset[u + 1];

    for (uint64_t uv = begin; uv < end; uv++)
        ties->tie_marks[ties->target[uv]] = uv + 1;
    for (uint64_t uv = begin; uv < end; uv++) {
        uint32_t v = ties->target[uv];
        for (uint64_t vw = ties->offset[v]; vw < ties->offset[v + 1]; vw++) {
            uint32_t w = ties->target[vw];
            if (ties->tie_marks[w])
                visit(ctx, &(triangle){{u, v, w}, {vw, ties->tie_marks[w] - 1, uv}});
        }
    }
    for (uint64_t uv = begin; uv < end; uv++)
        ties->tie_marks[ties->target[uv]] = 0;
}

static inline void triangles_all(const oriented *ties, triangle_fn *visit, void *ctx)
{
    for (uint32_t u = 0; u < ties->n; u++)
        triangles_from(ties, u, visit, ctx);
}

static void count_for_ties(void *ctx, const triangle *t)
{
    uint32_t *per_tie = ctx;

    for (int k = 0; k < 3; k++)
        per_tie[t->opposite[k]]++;
}

/** Copies what was counted per oriented tie into both rows of the graph. */
static void spread_to_rows(const kith_graph *graph, const uint32_t *per_tie, uint64_t *cursor,
                           uint32_t *shared)
{
    uint64_t next = 0;

    /* People come in ascending order, as rows have them: u stands at v's cursor. */
    for (uint32_t u = 0; u < graph->n; u++)
        cursor[u] = graph->offset[u];
    for (uint32_t u = 0; u < graph->n; u++)
        for (uint64_t e = graph->offset[u]; e < graph->offset[u + 1]; e++) {
            uint64_t mirror = cursor[graph->target[e]]++;
            if (leads_out(graph, u, graph->target[e]))
                shared[e] = shared[mirror] = per_tie[next++];
        }
}

kith_code kith_shared_neighbours(const kith_graph *graph, uint32_t *shared, kith_err *err)
{
    kith_code rc = KITH_OK;
    oriented ties = {0};
    uint32_t *per_tie = NULL;

    if (!oriented_new(graph, &ties) || !(per_tie = kith_calloc(graph->m, sizeof *per_tie))) {
        rc = kith_fail_memory(err, "shared contacts");
        goto done;
    }
    triangles_all(&ties, count_for_ties, per_tie);
    spread_to_rows(graph, per_tie, ties.tie_marks, shared);
done:
    kith_free(per_tie);
    oriented_free(&ties);
    return rc;
}

/** What constraint and effective size take from the triangles. */
typedef struct brokerage_sums {
    const kith_graph *graph;
    double
        *shared_share; /**< [m] sum over the neighbours q that both ends of a tie share of 1 / degree of q */
    double *triangles; /**< [n] triangles each person is in */
} brokerage_sums;

static void add_brokerage(void *ctx, const triangle *t)
{
    const brokerage_sums *sums = ctx;

    for (int k = 0; k < 3; k++) {
        sums->shared_share[t->opposite[k]] += 1.0 / kith_graph_degree(sums->graph, t->person[k]);
        sums->triangles[t->person[k]] += 1;
    }
}

/** Adds up (1 + sum)^2 over each person's ties, which is constraint times the square of the degree. */
static void add_squares(const oriented *ties, const double *shared_share, double *constraint)
{
    for (uint32_t u = 0; u < ties->n; u++)
        constraint[u] = 0;
    for (uint32_t u = 0; u < ties->n; u++)
        for (uint64_t uv = ties->offset[u]; uv < ties->offset[u + 1]; uv++) {
            double square = (1 + shared_share[uv]) * (1 + shared_share[uv]);
            constraint[u] += square;
            constraint[ties->target[uv]] += square;
        }
}

kith_code kith_constraint(const kith_graph *graph, double *constraint, double *effective_size, kith_err *err)
{
    kith_code rc = KITH_OK;
    oriented ties = {0};
    brokerage_sums sums = {.graph = graph, .triangles = effective_size};

    if (!oriented_new(graph, &ties) || !(sums.shared_share = kith_calloc(graph->m, sizeof(double)))) {
        rc = kith_fail_memory(err, "constraint");
        goto done;
    }
    for (uint32_t u = 0; u < graph->n; u++)
        sums.triangles[u] = 0;
    triangles_all(&ties, add_brokerage, &sums);
    add_squares(&ties, sums.shared_share, constraint);
    for (uint32_t u = 0; u < graph->n; u++) {
        double degree = kith_graph_degree(graph, u);
        constraint[u] = degree > 0 ? constraint[u] / (degree * degree) : NAN;
        effective_size[u] = degree > 0 ? degree - 2 * effective_size[u] / degree : NAN;
    }
done:
    kith_free(sums.shared_share);
    oriented_free(&ties);
    return rc;
}
