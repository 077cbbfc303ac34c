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

/** Moves the centre to 0 and the farthest person to distance 1. */
static void normalise(const igraph_matrix_t *places, uint32_t n, double *xy)
{
    double centre[2] = {0, 0};
    double farthest = 0;

    for (uint32_t v = 0; v < n; v++)
        for (uint32_t axis = 0; axis < 2; axis++)
            centre[axis] += MATRIX(*places, v, axis) / n;
    for (uint32_t v = 0; v < n; v++) {
        for (uint32_t axis = 0; axis < 2; axis++)
            xy[2 * (size_t)v + axis] = MATRIX(*places, v, axis) - centre[axis];
        farthest = fmax(farthest, hypot(xy[2 * (size_t)v], xy[2 * (size_t)v + 1]));
    }
    for (size_t i = 0; i < 2 * (size_t)n; i++)
        xy[i] = farthest > 0 ? xy[i] / farthest : 0;
}

kith_code kith_igraph_layout(const kith_igraph *graph, uint64_t seed, double *xy, kith_err *err)
{
    static const char *const doing = "laying out the network";
    uint32_t n = (uint32_t)igraph_vcount(&graph->graph);
    igraph_matrix_t places;

    kith_igraph_begin(graph, doing);
    kith_code rc = kith_igraph_check(igraph_matrix_init(&places, n, 2), doing, err);
    if (rc)
        return rc;
    scatter(&places, n, seed);
    /* igraph draws numbers of its own where two people stand in one place. */
    rc = kith_igraph_check(igraph_rng_seed(igraph_rng_default(), (igraph_uint_t)seed), doing, err);
    if (!rc)
        rc = kith_igraph_check(igraph_layout_fruchterman_reingold(&graph->graph, &places, true, ROUNDS,
                                                                  sqrt(n), IGRAPH_LAYOUT_AUTOGRID, NULL, NULL,
                                                                  NULL, NULL, NULL),
                               doing, err);
    if (!rc)
        normalise(&places, n, xy);
    igraph_matrix_destroy(&places);
    return rc;
}
