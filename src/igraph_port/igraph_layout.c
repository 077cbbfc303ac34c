#include <math.h>

#include "base/rng.h"
#include "igraph_port/igraph_handle.h"

/** Rounds of pushing and pulling. */
#define ROUNDS 500

/** How far people move in the first round, in lengths of a tie, where they have a good place to begin with.
 */
#define GENTLE 2

static const char doing[] = "laying out the network";

/** What igraph lays out by; all is empty where it does not matter. */
typedef struct layout_frame {
    igraph_matrix_t places;
    igraph_vector_t weight; /* of ties */
    igraph_vector_t low[2], high[2];
} layout_frame;

/** Scatters people over a square whose area grows with their number. */
static void scatter(igraph_matrix_t *places, uint32_t n, uint64_t seed)
{
    kith_rng rng;
    double side = sqrt(n);

    kith_rng_seed(&rng, seed);
    for (uint32_t v = 0; v < n; v++) {
        MATRIX(*places, v, 0) = side * (kith_rng_unit(&rng) - 0.5);
        MATRIX(*places, v, 1) = side * (kith_rng_unit(&rng) - 0.5);
    }
}

/** Moves the centre to 0. */
static void centre(igraph_matrix_t *places, uint32_t n)
{
    for (uint32_t axis = 0; axis < 2; axis++) {
        double mean = 0;

        for (uint32_t v = 0; v < n; v++)
            mean += MATRIX(*places, v, axis) / n;
        for (uint32_t v = 0; v < n; v++)
            MATRIX(*places, v, axis) -= mean;
    }
}

static void free_frame(layout_frame *frame)
{
    kith_ig.matrix_destroy(&frame->places);
    kith_ig.vector_destroy(&frame->weight);
    for (uint32_t axis = 0; axis < 2; axis++) {
        kith_ig.vector_destroy(&frame->low[axis]);
        kith_ig.vector_destroy(&frame->high[axis]);
    }
}

/** Makes room: for bounds and weights only where there are any. */
static kith_code init_frame(layout_frame *frame, igraph_integer_t n, igraph_integer_t m,
                            const kith_layout_opts *opts, kith_err *err)
{
    igraph_error_t code = kith_ig.matrix_init(&frame->places, n, 2);

    if (code == IGRAPH_SUCCESS)
        code = kith_ig.vector_init(&frame->weight, opts->group ? m : 0);
    for (uint32_t axis = 0; axis < 2; axis++) {
        if (code == IGRAPH_SUCCESS)
            code = kith_ig.vector_init(&frame->low[axis], opts->fixed ? n : 0);
        if (code == IGRAPH_SUCCESS)
            code = kith_ig.vector_init(&frame->high[axis], opts->fixed ? n : 0);
    }
    return kith_igraph_check(code, doing, err);
}

/** Fills in where people begin, who may move how far, and how ties pull. */
static void fill_frame(const kith_igraph *graph, const kith_layout_opts *opts, layout_frame *frame)
{
    const uint32_t n = (uint32_t)kith_ig.vcount(&graph->graph);
    const igraph_integer_t m = kith_ig.ecount(&graph->graph);

    if (!opts->start)
        scatter(&frame->places, n, opts->seed);
    for (uint32_t v = 0; v < n; v++)
        for (uint32_t axis = 0; axis < 2; axis++) {
            if (opts->start)
                MATRIX(frame->places, v, axis) = opts->start[2 * (size_t)v + axis];
            if (!opts->fixed)
                continue;
            VECTOR(frame->low[axis])[v] = opts->fixed[v] ? MATRIX(frame->places, v, axis) : -INFINITY;
            VECTOR(frame->high[axis])[v] = opts->fixed[v] ? MATRIX(frame->places, v, axis) : INFINITY;
        }
    for (igraph_integer_t e = 0; opts->group && e < m; e++) {
        const bool is_within =
            opts->group[IGRAPH_FROM(&graph->graph, e)] == opts->group[IGRAPH_TO(&graph->graph, e)];

        VECTOR(frame->weight)[e] = is_within ? 1 : 1 / sqrt(n);
    }
}

kith_code kith_igraph_layout(const kith_igraph *graph, const kith_layout_opts *opts, double *xy,
                             kith_err *err)
{
    const uint32_t n = (uint32_t)kith_ig.vcount(&graph->graph);
    layout_frame frame = {0};

    kith_igraph_begin(graph, doing);
    kith_code rc = init_frame(&frame, n, kith_ig.ecount(&graph->graph), opts, err);
    if (!rc) /* igraph draws numbers of its own where two people stand in one place */
        rc =
            kith_igraph_check(kith_ig.rng_seed(kith_ig.rng_default(), (igraph_uint_t)opts->seed), doing, err);
    if (!rc) {
        fill_frame(graph, opts, &frame);
        rc = kith_igraph_check(kith_ig.layout_fruchterman_reingold(
                                   &graph->graph, &frame.places, true, ROUNDS, opts->start ? GENTLE : sqrt(n),
                                   IGRAPH_LAYOUT_AUTOGRID, opts->group ? &frame.weight : NULL,
                                   opts->fixed ? &frame.low[0] : NULL, opts->fixed ? &frame.high[0] : NULL,
                                   opts->fixed ? &frame.low[1] : NULL, opts->fixed ? &frame.high[1] : NULL),
                               doing, err);
    }
    if (!rc && !opts->fixed)
        centre(&frame.places, n);
    for (uint32_t v = 0; !rc && v < n; v++)
        for (uint32_t axis = 0; axis < 2; axis++)
            xy[2 * (size_t)v + axis] = MATRIX(frame.places, v, axis);
    free_frame(&frame);
    return rc;
}
