#include <kith/ancestry.h>

#include "analysis/begun_rows.h"
#include "analysis/first_arrivals.h"
#include "base/mem.h"

/** One tree under way. */
typedef struct growth {
    const kith_mentor_graph *g;
    const kith_mentor_side *side; /**< that leads away from the person */
    bool backwards;
    uint32_t origin;
    const kith_arrival *arrivals; /**< [n] */
    uint32_t *shown;              /**< [n] row; UINT32_MAX: not yet */
    bool *told;                   /**< [k] whether this place of the side makes a row */
    kith_kin_tree *tree;
    size_t capacity;
} growth;

/** Somebody whose row in the graph is being followed. */
typedef struct branch {
    uint32_t person, row, at;
} branch;

/** Whether v's chain of the tree goes on by this mentorship. */
static bool goes_on(const growth *gr, uint32_t v, const kith_mentor_link *m)
{
    const kith_day level = gr->arrivals[v].latest;

    if (gr->g->in_loop[m->edge])
        return v == gr->origin; /* a chain of one */
    if (m->start == KITH_NO_DATE || level == KITH_NO_DATE)
        return true;
    return gr->backwards ? m->start <= level : m->start >= level;
}

static bool add_row(growth *gr, kith_kin row)
{
    if (!kith_grow((void **)&gr->tree->rows, &gr->capacity, (size_t)gr->tree->n_rows + 1, sizeof row))
        return false;
    gr->tree->rows[gr->tree->n_rows++] = row;
    return true;
}

/** Whether the person to whom v's row leads here stands under v. */
static bool is_of_tree(const growth *gr, uint32_t v, uint32_t at)
{
    const uint32_t other = gr->side->link[at].other;

    if (gr->arrivals[other].generation == UINT32_MAX) /* by a loop alone */
        return gr->shown[other] == UINT32_MAX;
    return gr->arrivals[other].from == v;
}

/** Adds the row that the mentorship at `at` leads to. @param follow  out: whether others stand under it. */
static bool add_kin(growth *gr, const branch *from, uint32_t at, bool *follow)
{
    const kith_mentor_link *m = &gr->side->link[at];
    const uint32_t row = gr->tree->n_rows;

    *follow = is_of_tree(gr, from->person, at);
    if (*follow)
        gr->shown[m->other] = row;
    return add_row(gr, (kith_kin){.person = m->other, /* ids and places follow when all rows are there */
                                  .generation = gr->tree->rows[from->row].generation + 1,
                                  .under = from->row,
                                  .shown = *follow ? row : UINT32_MAX,
                                  .start = m->start,
                                  .in_loop = gr->g->in_loop[m->edge]});
}

/** Chooses what makes rows: of several mentorships of one pair the one of the tree, else the first that goes
 * on; `seen` is [n] zeros. */
static void choose_told(growth *gr, uint32_t *seen)
{
    for (uint32_t v = 0; v < gr->g->n; v++)
        for (uint32_t at = gr->side->offset[v]; at < gr->side->offset[v + 1]; at++) {
            const uint32_t other = gr->side->link[at].other;
            if (gr->arrivals[v].generation == UINT32_MAX)
                gr->told[at] = false;
            else if (gr->arrivals[other].generation != UINT32_MAX && gr->arrivals[other].from == v)
                gr->told[at] = gr->arrivals[other].link == at;
            else
                gr->told[at] = seen[other] != v + 1 && goes_on(gr, v, &gr->side->link[at]);
            if (gr->told[at])
                seen[other] = v + 1;
        }
}

/** All rows, depth first. */
static bool grow(growth *gr)
{
    branch *stack = kith_alloc_array((size_t)gr->g->n + 1, sizeof *stack);
    uint32_t depth = 0;
    bool ok =
        stack && add_row(gr, (kith_kin){.person = gr->origin, .under = UINT32_MAX, .start = KITH_NO_DATE});

    if (ok) {
        gr->shown[gr->origin] = 0;
        stack[depth++] = (branch){gr->origin, 0, gr->side->offset[gr->origin]};
    }
    while (ok && depth > 0) {
        branch *top = &stack[depth - 1];
        bool follow = false;
        if (top->at == gr->side->offset[top->person + 1]) {
            depth--;
            continue;
        }
        const uint32_t at = top->at++, row = gr->tree->n_rows, other = gr->side->link[at].other;
        if (!gr->told[at])
            continue;
        ok = add_kin(gr, top, at, &follow);
        if (ok && follow && gr->arrivals[other].generation != UINT32_MAX)
            stack[depth++] = (branch){other, row, gr->side->offset[other]};
    }
    kith_free(stack);
    return ok;
}

/** Counts who stands below, and turns numbers of the graph into ids. */
static void finish(growth *gr)
{
    kith_kin *rows = gr->tree->rows;

    for (uint32_t i = gr->tree->n_rows; i-- > 1;) {
        if (rows[i].shown == UINT32_MAX)
            rows[i].shown = gr->shown[rows[i].person];
        if (rows[i].shown == i)
            rows[rows[i].under].below += rows[i].below + 1;
    }
    for (uint32_t i = 0; i < gr->tree->n_rows; i++)
        rows[i].person = gr->g->person[rows[i].person];
}

static kith_code grow_tree(const kith_mentor_graph *g, uint32_t origin, bool backwards, kith_kin_tree *tree,
                           kith_err *err)
{
    kith_code rc;
    kith_arrival *arrivals = kith_alloc_array(g->n, sizeof *arrivals);
    uint32_t *seen = kith_calloc(g->n, sizeof *seen);
    growth gr = {.g = g,
                 .side = backwards ? &g->mentors : &g->mentees,
                 .backwards = backwards,
                 .origin = origin,
                 .arrivals = arrivals,
                 .shown = kith_alloc_array(g->n, sizeof *gr.shown),
                 .told = kith_alloc_array(g->k, sizeof *gr.told),
                 .tree = tree};

    if (!arrivals || !seen || !gr.shown || !gr.told) {
        rc = kith_fail_memory(err, "a lineage");
        goto done;
    }
    if ((rc = kith_first_arrivals(g, backwards, &origin, 1, arrivals, err)) != KITH_OK)
        goto done;
    for (uint32_t v = 0; v < g->n; v++)
        gr.shown[v] = UINT32_MAX;
    choose_told(&gr, seen);
    if (!grow(&gr)) {
        rc = kith_fail_memory(err, "a lineage");
        goto done;
    }
    finish(&gr);

done:
    kith_free(arrivals);
    kith_free(seen);
    kith_free(gr.shown);
    kith_free(gr.told);
    return rc;
}

static kith_code note_asked(const kith_ancestry_opts *opts, kith_ancestry_result *result, kith_err *err)
{
    *result = (kith_ancestry_result){
        .person = opts->person,
        .depth = opts->depth,
        .programme = opts->programme ? kith_strdup(opts->programme) : NULL,
        .cohort = opts->cohort ? kith_strdup(opts->cohort) : NULL,
    };
    if ((opts->programme && !result->programme) || (opts->cohort && !result->cohort))
        return kith_fail_memory(err, "what was asked for");
    return KITH_OK;
}

kith_code kith_ancestry(const kith_net *net, const kith_ancestry_opts *opts, kith_ancestry_result *result,
                        kith_err *err)
{
    kith_code rc;
    kith_begun rows = {0};
    kith_mentor_graph g = {0};
    uint32_t origin = 0;

    if ((rc = note_asked(opts, result, err)) != KITH_OK ||
        (rc = kith_begun_read(net, opts->programme, opts->cohort, &rows, err)) != KITH_OK ||
        (rc = kith_mentor_graph_build(rows.chosen, rows.n_chosen, opts->progress, &g, err)) != KITH_OK)
        goto done;
    while (origin < g.n && g.person[origin] != opts->person)
        origin++;
    if (origin < g.n && ((rc = grow_tree(&g, origin, true, &result->ancestors, err)) != KITH_OK ||
                         (rc = grow_tree(&g, origin, false, &result->descendants, err)) != KITH_OK))
        goto done;
    rc = kith_net_status(net, err);

done:
    kith_mentor_graph_free(&g);
    kith_begun_free(&rows);
    if (rc != KITH_OK)
        kith_ancestry_free(result);
    return rc;
}

void kith_ancestry_free(kith_ancestry_result *result)
{
    kith_free(result->ancestors.rows);
    kith_free(result->descendants.rows);
    kith_free((void *)result->programme);
    kith_free((void *)result->cohort);
    *result = (kith_ancestry_result){0};
}
