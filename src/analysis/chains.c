#include <kith/chains.h>

#include <stdlib.h>
#include <string.h>

#include "analysis/generations.h"
#include "analysis/holds.h"
#include "analysis/lineage.h"
#include "analysis/mentor_cycles.h"
#include "analysis/mentor_graph.h"
#include "analysis/pay_forward.h"
#include "analysis/pay_groups.h"
#include "base/intern.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/ticker.h"

static const uint64_t default_limit = 10000000000;
static const uint32_t default_exposure_months = 24;

/** A programme or cohort asked for, and what the last text looked at said to it. */
typedef struct wanted {
    const char *words; /**< folded; NULL: everything is fine */
    const char *text;
    bool holds;
    uint32_t name; /**< number of that text in `names` */
    kith_intern *names;
} wanted;

/** Mentorships of the network that have begun. */
typedef struct begun {
    kith_mentor_edge *all;
    uint32_t n_all;
    kith_mentor_edge *chosen;     /**< those of the programme and cohort asked for */
    uint32_t *programme, *cohort; /**< [n_chosen] numbers of their names, UINT32_MAX: none */
    uint32_t n_chosen;
    uint32_t n_future; /**< of those, not begun */
} begun;

/** Rows of one programme mostly stand together and share its text, so the last verdict is kept. */
static kith_code look_at(wanted *w, const char *text, kith_dynbuf *folded, kith_err *err)
{
    kith_code rc;

    if (text == w->text)
        return KITH_OK;
    w->text = text;
    w->holds = !w->words;
    w->name = UINT32_MAX;
    if (w->words) {
        kith_dynbuf_clear(folded);
        kith_text_fold(text, folded);
        if ((rc = kith_dynbuf_check(folded, "a mentorship's programme or cohort", err)) != KITH_OK)
            return rc;
        w->holds = kith_text_has_words(kith_dynbuf_cstr(folded), w->words);
    }
    return w->holds && *text ? kith_intern_add(w->names, text, strlen(text), &w->name, err) : KITH_OK;
}

static kith_code sort_out(const kith_net *net, uint32_t count, kith_day as_of, wanted *programme,
                          wanted *cohort, begun *out, kith_err *err)
{
    kith_code rc = KITH_OK;
    kith_dynbuf folded = {0};
    kith_mentorship m;

    for (uint32_t i = 0; i < count && kith_net_mentorship(net, i, &m); i++) {
        if (m.mentor == m.mentee)
            continue;
        if ((rc = look_at(programme, m.programme, &folded, err)) != KITH_OK ||
            (rc = look_at(cohort, m.cohort, &folded, err)) != KITH_OK)
            break;
        const kith_mentor_edge edge = {m.mentor, m.mentee, m.start};
        const bool is_chosen = programme->holds && cohort->holds;
        if (m.start > as_of) {
            out->n_future += is_chosen;
            continue;
        }
        out->all[out->n_all++] = edge;
        if (is_chosen) {
            out->programme[out->n_chosen] = programme->name;
            out->cohort[out->n_chosen] = cohort->name;
            out->chosen[out->n_chosen++] = edge;
        }
    }
    kith_dynbuf_free(&folded);
    return rc;
}

static kith_code fold_wanted(const char *asked, kith_dynbuf *folded, wanted *out, kith_err *err)
{
    if (!asked)
        return KITH_OK;
    kith_text_fold(asked, folded);
    out->words = kith_dynbuf_cstr(folded);
    return kith_dynbuf_check(folded, "the programme or cohort asked for", err);
}

static kith_code read_begun(const kith_net *net, const kith_chains_opts *opts, kith_intern *programmes,
                            kith_intern *cohorts, begun *out, kith_err *err)
{
    kith_code rc;
    kith_net_summary about;
    kith_dynbuf programme_words = {0}, cohort_words = {0};
    wanted programme = {.names = programmes}, cohort = {.names = cohorts};

    kith_net_summarise(net, &about);
    out->all = kith_alloc_array(about.mentorships, sizeof *out->all);
    out->chosen = kith_alloc_array(about.mentorships, sizeof *out->chosen);
    out->programme = kith_alloc_array(about.mentorships, sizeof *out->programme);
    out->cohort = kith_alloc_array(about.mentorships, sizeof *out->cohort);
    if (!out->all || !out->chosen || !out->programme || !out->cohort) {
        rc = kith_fail_memory(err, "mentorships");
        goto done;
    }
    if ((rc = fold_wanted(opts->programme, &programme_words, &programme, err)) != KITH_OK ||
        (rc = fold_wanted(opts->cohort, &cohort_words, &cohort, err)) != KITH_OK)
        goto done;
    rc = sort_out(net, about.mentorships, about.as_of, &programme, &cohort, out, err);

done:
    kith_dynbuf_free(&programme_words);
    kith_dynbuf_free(&cohort_words);
    return rc;
}

/** UINT32_MAX, which stands for unknown, comes after all that is known. */
static int compare_descendants(uint32_t x, uint32_t y)
{
    if (x == y)
        return 0;
    if (x == UINT32_MAX || y == UINT32_MAX)
        return x == UINT32_MAX ? 1 : -1;
    return x > y ? -1 : 1;
}

static int compare_lineages(const void *a, const void *b)
{
    const kith_lineage *x = a, *y = b;
    int order = compare_descendants(x->descendants, y->descendants);

    if (order != 0)
        return order;
    if (x->generations_below != y->generations_below)
        return x->generations_below > y->generations_below ? -1 : 1;
    if (x->fecundity != y->fecundity)
        return x->fecundity > y->fecundity ? -1 : 1;
    return (x->person > y->person) - (x->person < y->person);
}

/** People, longest chain and cycles. */
static kith_code measure(const kith_mentor_graph *g, const kith_progress *progress,
                         kith_chains_result *result, kith_err *err)
{
    kith_code rc;
    kith_generations generations = {0};
    kith_mentor_cycles cycles = {0};

    if ((rc = kith_generations_measure(g, &generations, err)) != KITH_OK)
        goto done;
    if (!(result->people = kith_alloc_array(g->n, sizeof *result->people))) {
        rc = kith_fail_memory(err, "lineages");
        goto done;
    }
    rc = kith_lineage_measure(g, &generations, result->limit, progress, result->people, err);
    if (rc != KITH_OK || (rc = kith_holds_list(g, progress, result, err)) != KITH_OK ||
        (rc = kith_mentor_cycles_list(g, &cycles, err)) != KITH_OK)
        goto done;
    qsort(result->people, g->n, sizeof *result->people, compare_lineages);
    for (uint32_t v = 0; v < g->n; v++)
        result->descendants_unknown += result->people[v].descendants == UINT32_MAX;
    result->n_involved = g->n;
    result->n_people = result->top > 0 && result->top < g->n ? result->top : g->n;
    result->cycles = cycles.cycles;
    result->n_cycles = cycles.n_cycles;
    result->more_cycles = cycles.more;
    for (uint32_t i = 0; i < generations.n_longest; i++)
        generations.longest[i] = g->person[generations.longest[i]];
    result->longest_chain = generations.longest;
    result->n_longest_chain = generations.n_longest;
    generations.longest = NULL; /* the result's now */

done:
    kith_generations_free(&generations);
    return rc;
}

/** Copies what was asked for into the result. */
static kith_code note_asked(const kith_net *net, const kith_chains_opts *opts, kith_chains_result *result,
                            kith_err *err)
{
    kith_net_summary about;

    kith_net_summarise(net, &about);
    *result = (kith_chains_result){
        .programme = opts->programme ? kith_strdup(opts->programme) : NULL,
        .cohort = opts->cohort ? kith_strdup(opts->cohort) : NULL,
        .top = opts->top,
        .limit = opts->limit > 0 ? opts->limit : default_limit,
        .exposure_months = opts->exposure_months > 0 ? opts->exposure_months : default_exposure_months,
        .as_of = about.as_of,
    };
    if ((opts->programme && !result->programme) || (opts->cohort && !result->cohort))
        return kith_fail_memory(err, "what was asked for");
    return KITH_OK;
}

/** How soon those who were mentored mentor in turn: all of them, then by programme and cohort. */
static kith_code follow(const begun *rows, const kith_intern *programmes, const kith_intern *cohorts,
                        kith_chains_result *result, kith_err *err)
{
    kith_code rc;
    kith_pay_rows pay = {0};

    if ((rc = kith_pay_rows_new(rows->chosen, rows->n_chosen, rows->all, rows->n_all, &pay, err)) != KITH_OK)
        goto done;
    pay.as_of = result->as_of;
    pay.exposure_months = result->exposure_months;
    if ((rc = kith_pay_forward_measure(&pay, pay.order, rows->n_chosen, &result->pay_forward, err)) !=
            KITH_OK ||
        (rc = kith_pay_groups_measure(&pay, rows->programme, programmes, false, result, err)) != KITH_OK)
        goto done;
    rc = kith_pay_groups_measure(&pay, rows->cohort, cohorts, true, result, err);

done:
    kith_pay_rows_free(&pay);
    return rc;
}

kith_code kith_chains(const kith_net *net, const kith_chains_opts *opts, kith_chains_result *result,
                      kith_err *err)
{
    kith_code rc;
    begun rows = {0};
    kith_intern *programmes = NULL, *cohorts = NULL;
    kith_mentor_graph g = {0};

    if ((rc = note_asked(net, opts, result, err)) != KITH_OK)
        goto done;
    if ((rc = kith_tick_now(opts->progress, "following chains", 0, 0, err)) != KITH_OK)
        goto done;
    if ((rc = kith_intern_new(0, &programmes, err)) != KITH_OK ||
        (rc = kith_intern_new(0, &cohorts, err)) != KITH_OK ||
        (rc = read_begun(net, opts, programmes, cohorts, &rows, err)) != KITH_OK)
        goto done;
    result->n_mentorships = rows.n_chosen;
    result->n_future = rows.n_future;
    if ((rc = kith_mentor_graph_build(rows.chosen, rows.n_chosen, opts->progress, &g, err)) != KITH_OK)
        goto done;
    if ((rc = measure(&g, opts->progress, result, err)) != KITH_OK)
        goto done;
    if ((rc = follow(&rows, programmes, cohorts, result, err)) != KITH_OK)
        goto done;
    rc = kith_net_status(net, err);

done:
    kith_mentor_graph_free(&g);
    kith_free(rows.all);
    kith_free(rows.chosen);
    kith_free(rows.programme);
    kith_free(rows.cohort);
    kith_intern_free(programmes);
    kith_intern_free(cohorts);
    if (rc != KITH_OK)
        kith_chains_free(result);
    return rc;
}

void kith_chains_free(kith_chains_result *result)
{
    kith_free(result->people);
    kith_free(result->founders);
    kith_free(result->fragile);
    kith_free(result->longest_chain);
    kith_mentor_cycles_free(result->cycles, result->n_cycles);
    kith_pay_forward_free(&result->pay_forward);
    kith_pay_groups_free(result);
    kith_free((void *)result->programme);
    kith_free((void *)result->cohort);
    *result = (kith_chains_result){0};
}
