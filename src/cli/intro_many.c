#include "intro_many.h"

#include <kith/memory.h>
#include <kith/sharing.h>
#include <string.h>

#include "terminal.h"

const option many_options[] = {
    {OPT_LIST, 'f', "from", "WHO", "who asks (me: the owner); a query may fit many; may be given again",
     offsetof(many_args, from), NULL},
    {OPT_LIST, 't', "to", "WHO", "whom to reach: a person or a query; may be given again, each by itself",
     offsetof(many_args, to), NULL},
    {OPT_TEXT, 0, "queries", "FILE.csv", "questions: columns from and to, and may be max_hops and top",
     offsetof(many_args, queries), NULL},
    {OPT_FLAG, 0, "coverage", NULL, "who reaches what, and the introduction that would open most",
     offsetof(many_args, coverage), NULL},
    {OPT_U32, 0, "load", "N",
     "one route for each question, so that nobody gets more than N requests (0: any number) and the sum of "
     "chances is greatest",
     offsetof(many_args, load), NULL},
    {.kind = OPT_END},
};

kith_code many_check(const many_args *args, kith_err *err)
{
    const bool worded = args->from.count > 0 || args->to.count > 0;

    if (args->queries && worded)
        return cli_usage(err, "--queries does not go with --from and --to: its rows say who asks for whom");
    if (!args->queries && (args->from.count == 0 || args->to.count == 0))
        return cli_usage(err, "intro wants --from WHO and --to WHO");
    if (args->queries && args->coverage)
        return cli_usage(err, "--coverage goes with --from and --to, not with --queries");
    if (args->coverage && args->load > 0)
        return cli_usage(err, "--load shares out requests, and --coverage makes none: give one of them");
    return KITH_OK;
}

const char *many_file_name(const many_args *args)
{
    const char *slash = strrchr(args->queries, '/');

    return slash ? slash + 1 : args->queries;
}

kith_code many_wanted(const kith_net *net, const many_args *args, bool *many, kith_err *err)
{
    kith_ids askers = {0};

    *many = args->coverage || args->load > 0 || args->queries || args->from.count > 1 || args->to.count > 1;
    if (*many)
        return KITH_OK;
    kith_code rc = kith_who_many(net, args->from.items[0], &askers, err);
    *many = askers.count > 1;
    kith_ids_free(&askers);
    return rc;
}

/** @param load  most requests for one introducer; 0: any number. */
static kith_code answer_each(const kith_net *net, const kith_queries *queries, uint32_t load,
                             const kith_intro_opts *opts, const kith_output *to, bool *found, kith_err *err)
{
    kith_query_run *run = NULL;
    kith_sharing sharing = {0};
    kith_code rc = load > 0 ? kith_queries_share(net, opts, queries, load, &sharing, err) : KITH_OK;

    if (!rc)
        rc = kith_query_run_begin(net, opts, queries, &run, err);
    if (!rc)
        rc = kith_write_queries(net, opts, queries, run, load > 0 ? &sharing : NULL, to, err);
    terminal_finish();
    *found = !rc && kith_query_run_found(run) > 0;
    kith_query_run_end(run);
    kith_sharing_free(&sharing);
    return rc;
}

/** Answers questions that are every asker with each of `n_to` groups. */
static kith_code answer_coverage(const kith_net *net, const kith_queries *queries, uint32_t n_to,
                                 const kith_intro_opts *opts, const kith_output *to, bool *found,
                                 kith_err *err)
{
    const uint32_t n_askers = (uint32_t)(queries->count / n_to);
    kith_coverage coverage = {0};

    if (queries->n_sought != n_to)
        return cli_usage(err, "--coverage wants every --to once");
    uint32_t *askers = kith_calloc(n_askers, sizeof *askers);
    if (!askers)
        return KITH_ENOMEM;
    for (uint32_t a = 0; a < n_askers; a++)
        askers[a] = queries->list[(uint64_t)a * n_to].from;
    kith_code rc = kith_coverage_find(net, opts, askers, n_askers, queries->sought, n_to, &coverage, err);
    terminal_finish();
    if (!rc)
        rc = kith_write_coverage(net, opts, queries, &coverage, to, err);
    *found = coverage.reached > 0;
    kith_coverage_free(&coverage);
    kith_free(askers);
    return rc;
}

kith_code many_answer(const kith_net *net, const many_args *args, const kith_intro_opts *opts,
                      const kith_output *to, bool *found, kith_err *err)
{
    const kith_query_words words = {.path = args->queries,
                                    .from = args->from.items,
                                    .n_from = args->from.count,
                                    .to = args->to.items,
                                    .n_to = args->to.count,
                                    .max_hops = opts->max_hops,
                                    .top = opts->top};
    kith_queries queries;
    kith_code rc = kith_queries_make(net, &words, &queries, err);

    if (!rc && args->coverage)
        rc = answer_coverage(net, &queries, args->to.count, opts, to, found, err);
    else if (!rc)
        rc = answer_each(net, &queries, args->load, opts, to, found, err);
    kith_queries_free(&queries);
    return rc;
}
