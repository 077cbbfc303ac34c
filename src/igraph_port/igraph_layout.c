#include <math.h>

#include "base/rng.h"
#include "igraph_port/igraph_handle.h"

/** Rounds of pushing and pulling. */
#define ROUNDS 500

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

/** Bounds of each person on one axis: where they stand for those who are fixed, none for others. */
static kith_code bound(const igraph_matrix_t *places, igraph_integer_t axis, const bool *fixed, uint32_t n,
                       igraph_vector_t *low, igraph_vector_t *high, kith_err *err)
{
    kith_code rc = kith_igraph_check(igraph_vector_init(low, n), "laying out the network", err);

    if (rc)
        return rc;
    if ((rc = kith_igraph_check(igraph_vector_init(high, n), "laying out the network", err)) != KITH_OK) {
        igraph_vector_destroy(low);
        return rc;
    }
    for (uint32_t v = 0; v < n; v++) {
        VECTOR(*low)[v] = fixed[v] ? MATRIX(*places, v, axis) : -INFINITY;
        VECTOR(*high)[v] = fixed[v] ? MATRIX(*places, v, axis) : INFINITY;
    }
    return KITH_OK;
}

/** Pushes and pulls all but those who are fixed. */
static kith_code move_around(const kith_igraph *graph, const bool *fixed, uint32_t n, igraph_matrix_t *places,
                             kith_err *err)
{
    igraph_vector_t low_x, high_x, low_y, high_y;

    kith_code rc = bound(places, 0, fixed, n, &low_x, &high_x, err);
    if (rc)
        return rc;
    if ((rc = bound(places, 1, fixed, n, &low_y, &high_y, err)) == KITH_OK) {
        rc = kith_igraph_check(igraph_layout_fruchterman_reingold(&graph->graph, places, true, ROUNDS, 1,
                                                                  IGRAPH_LAYOUT_AUTOGRID, NULL, &low_x,
                                                                  &high_x, &low_y, &high_y),
                               "laying out the network", err);
        igraph_vector_destroy(&low_y);
        igraph_vector_destroy(&high_y);
    }
    igraph_vector_destroy(&low_x);
    igraph_vector_destroy(&high_x);
    return rc;
}

kith_code kith_igraph_layout(const kith_igraph *graph, uint64_t seed, const double *start, const bool *fixed,
                             double *xy, kith_err *err)
{
    static const char *const doing = "laying out the network";
    uint32_t n = (uint32_t)igraph_vcount(&graph->graph);
    igraph_matrix_t places;

    kith_igraph_begin(graph, doing);
    kith_code rc = kith_igraph_check(igraph_matrix_init(&places, n, 2), doing, err);
    if (rc)
        return rc;
    if (!start)
        scatter(&places, n, seed);
    for (uint32_t v = 0; start && v < n; v++)
        for (uint32_t axis = 0; axis < 2; axis++)
            MATRIX(places, v, axis) = start[2 * (size_t)v + axis];
    /* igraph draws numbers of its own where two people stand in one place. */
    rc = kith_igraph_check(igraph_rng_seed(igraph_rng_default(), (igraph_uint_t)seed), doing, err);
    if (!rc && fixed)
        rc = move_around(graph, fixed, n, &places, err);
    else if (!rc)
        rc = kith_igraph_check(igraph_layout_fruchterman_reingold(&graph->graph, &places, true, ROUNDS,
                                                                  sqrt(n), IGRAPH_LAYOUT_AUTOGRID, NULL, NULL,
                                                                  NULL, NULL, NULL),
                               doing, err);
    if (!rc && !fixed)
        centre(&places, n);
    for (uint32_t v = 0; !rc && v < n; v++)
        for (uint32_t axis = 0; axis < 2; axis++)
            xy[2 * (size_t)v + axis] = MATRIX(places, v, axis);
    igraph_matrix_destroy(&places);
    return rc;
}
