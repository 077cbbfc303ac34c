#include <kith/coverage.h>

#include "analysis/opening.h"
#include "base/err.h"
#include "base/mem.h"
#include "network/netfile.h"

static void fill_cell(kith_coverage *coverage, uint64_t i, const kith_intro_result *result)
{
    const kith_route *best = result->routes;

    coverage->cells[i] = (kith_coverage_cell){.introducer = UINT32_MAX, .target = UINT32_MAX};
    if (result->n_routes == 0)
        return;
    coverage->cells[i] = (kith_coverage_cell){best->hops, best->hops > 1 ? best->people[1] : UINT32_MAX,
                                              best->people[best->hops], best->chance};
    coverage->reached++;
}

/** The best route of each pair. */
static kith_code fill_cells(const kith_net *net, const kith_intro_opts *opts, const uint32_t *askers,
                            const kith_ids *sought, kith_coverage *coverage, kith_err *err)
{
    const uint64_t count = (uint64_t)coverage->n_askers * coverage->n_sought;
    kith_query *list = kith_alloc_array(count, sizeof *list);
    const kith_queries queries = {
        .list = list, .count = count, .sought = (kith_ids *)sought, .n_sought = coverage->n_sought};
    const kith_query *query = NULL;
    const kith_intro_result *result;
    kith_query_run *run = NULL;
    kith_code rc = KITH_OK;

    if (!list || !(coverage->cells = kith_calloc(count, sizeof *coverage->cells)))
        rc = kith_fail_memory(err, "coverage");
    for (uint64_t i = 0; i < count && !rc; i++)
        list[i] = (kith_query){askers[i / coverage->n_sought], (uint32_t)(i % coverage->n_sought),
                               opts->max_hops, 1};
    if (!rc)
        rc = kith_query_run_begin(net, opts, &queries, &run, err);
    for (uint64_t i = 0; i < count && !rc; i++)
        if (!(rc = kith_query_run_next(run, &query, &result, err)))
            fill_cell(coverage, i, result);
    kith_query_run_end(run);
    kith_free(list);
    return rc;
}

kith_code kith_coverage_find(const kith_net *net, const kith_intro_opts *opts, const uint32_t *askers,
                             uint32_t n_askers, const kith_ids *sought, uint32_t n_sought,
                             kith_coverage *coverage, kith_err *err)
{
    *coverage = (kith_coverage){.n_askers = n_askers, .n_sought = n_sought};
    if (opts->via != UINT32_MAX)
        return kith_fail(err, KITH_EUSAGE, "coverage cannot be asked for through one person");
    kith_code rc = fill_cells(net, opts, askers, sought, coverage, err);
    if (!rc && coverage->reached < (uint64_t)n_askers * n_sought)
        rc = kith_opening_find(net, opts, askers, sought, coverage, err);
    if (rc)
        kith_coverage_free(coverage);
    return rc;
}

void kith_coverage_free(kith_coverage *coverage)
{
    kith_free(coverage->cells);
    *coverage = (kith_coverage){0};
}
