#include "analysis/broker_scores.h"

#include "graph/betweenness.h"
#include "graph/betweenness_sampled.h"

#define USUAL_EPSILON 0.005
#define USUAL_DELTA 0.1

/** Decides how betweenness is measured, and notes it in the result. */
static kith_code choose_method(const kith_bridges_opts *opts, const kith_graph *graph,
                               kith_bridges_result *how, kith_err *err)
{
    if (!(opts->epsilon >= 0 && opts->epsilon < 1) || !(opts->delta >= 0 && opts->delta < 1))
        return kith_fail(err, KITH_EUSAGE, "the error of samples and its chance are at least 0 and below 1");
    how->work = graph->n * graph->m;
    how->exact = opts->method == KITH_BRIDGES_EXACT ||
                 (opts->method == KITH_BRIDGES_CHOOSE && how->work <= KITH_BRIDGES_WORK);
    if (how->exact)
        return KITH_OK;
    how->epsilon = opts->epsilon > 0 ? opts->epsilon : USUAL_EPSILON;
    how->delta = opts->delta > 0 ? opts->delta : USUAL_DELTA;
    how->seed = opts->seed;
    return KITH_OK;
}

kith_code kith_broker_scores(const kith_graph *graph, const kith_bridges_opts *opts, kith_bridges_result *how,
                             double *betweenness, kith_err *err)
{
    const kith_code rc = choose_method(opts, graph, how, err);

    if (rc)
        return rc;
    if (how->exact)
        return kith_betweenness(graph, opts->progress, betweenness, err);
    const kith_sampling sampling = {how->epsilon, how->delta, how->seed};
    return kith_betweenness_sampled(graph, &sampling, opts->progress, betweenness, &how->samples, err);
}
