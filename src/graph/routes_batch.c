#include "graph/routes_batch.h"

#include <string.h>

#include "base/mem.h"
#include "base/parallel.h"
#include "base/ticker.h"
#include "graph/route_lanes.h"
#include "graph/route_list.h"

/** Fewer askers are each asked for on their own. */
#define LEAST_ASKERS UINT32_C(24)

/** A pass from fewer sets costs nearly as much: they are not dealt out to more threads. */
#define LEAST_SETS UINT32_C(4)

/** Askers of each lane between two ticks, where each is searched for alone. */
#define ASKERS_PER_TICK 16

/** Work on all threads: job j is done in lane j mod KITH_LANES. */
typedef struct crew {
    const kith_route_batch *batch;
    uint32_t top;
    kith_found_routes *out;
    kith_code (*job)(struct crew *crew, uint32_t job, kith_err *err);
    uint32_t begin, end; /**< jobs of this round */
    uint32_t passes;     /**< shared by several sets each */
    uint8_t *passable;   /**< [n] for shared passes, else NULL */
    kith_way_scale scale;
    kith_err failed[KITH_LANES];
} crew;

static bool run_lane(void *ctx, uint32_t lane)
{
    crew *c = ctx;
    bool ok = true;

    for (uint32_t job = c->begin + lane; ok && job < c->end; job += KITH_LANES)
        ok = c->job(c, job, &c->failed[lane]) == KITH_OK;
    return ok;
}

/** Does all jobs, some at a time; the caller's thread reports progress in between. */
static kith_code run_jobs(crew *c, uint32_t jobs, uint32_t at_a_time, kith_err *err)
{
    for (c->begin = 0; c->begin < jobs; c->begin = c->end) {
        kith_code rc = kith_tick_now(c->batch->query->progress, "searching routes", c->begin, jobs, err);
        if (rc)
            return rc;
        c->end = jobs - c->begin < at_a_time ? jobs : c->begin + at_a_time;
        bool ok = kith_parallel_lanes(run_lane, c);
        for (uint32_t lane = 0; !ok && lane < KITH_LANES; lane++)
            if (c->failed[lane].code) {
                if (err)
                    *err = c->failed[lane];
                return c->failed[lane].code;
            }
    }
    return KITH_OK;
}

static kith_found_routes *answer_of(const crew *c, uint32_t asker, uint32_t set)
{
    return &c->out[(size_t)asker * c->batch->n_sets + set];
}

/** One asker and one set, by a search of their own. */
static kith_code search_alone(crew *c, uint32_t asker, uint32_t set, kith_err *err)
{
    kith_route_query query = *c->batch->query;

    query.from = c->batch->askers[asker];
    query.targets = c->batch->sets[set].targets;
    query.n_targets = c->batch->sets[set].n_targets;
    query.progress = NULL;
    return kith_routes_per_introducer(&query, c->top, answer_of(c, asker, set), err);
}

/** A job: one asker, each set alone. */
static kith_code ask_alone(crew *c, uint32_t asker, kith_err *err)
{
    kith_code rc = KITH_OK;

    for (uint32_t set = 0; !rc && set < c->batch->n_sets; set++)
        rc = search_alone(c, asker, set, err);
    return rc;
}

/* ---- one pass for many askers ---- */

/** What a pass tells of the ways to one set. It knows of no asker. */
typedef struct pass_view {
    const kith_ground *ground; /**< nobody's */
    const kith_lanes *lanes;   /**< without a limit: ways of search `lane` in it; else NULL */
    uint32_t lane;
    const kith_labels *labels; /**< within a limit: labels by hops */
} pass_view;

static bool way_of(const pass_view *view, uint32_t person, kith_start *way)
{
    if (view->lanes) {
        uint32_t number = view->lanes->way[person].of[view->lane];
        way->cost = kith_way_cost(&view->lanes->scale, number);
        way->hops = kith_way_hops(&view->lanes->scale, number);
        return number != view->lanes->scale.far;
    }
    const kith_label *label = kith_label_latest(view->labels, person);
    if (label)
        *way = (kith_start){label->cost, label->hops, person};
    return label != NULL;
}

/**
 * The best starts of an asker by the ways of the pass.
 * @param complete  out: false where a way may have been too long to be told.
 */
static bool collect_starts(const pass_view *view, uint32_t from, uint32_t top, kith_starts *starts,
                           bool *complete)
{
    const kith_graph *graph = view->ground->graph;
    kith_tie_row row = kith_graph_row(graph, from);

    for (uint64_t e = row.begin; e < row.end; e++) {
        kith_start start = {0};
        bool found = way_of(view, graph->target[e], &start);
        if (!found && view->lanes && view->lanes->cut)
            *complete = false;
        /* Who knows only the asker leads to nobody but themselves. */
        if (!found || (start.hops > 0 && kith_graph_degree(graph, graph->target[e]) == 1))
            continue;
        start.cost += kith_first_cost(view->ground, e);
        start.hops += 1;
        start.introducer = graph->target[e];
        if (!kith_starts_offer(starts, top, start))
            return false;
    }
    kith_starts_keep(starts, top);
    return true;
}

/** Writes everyone after the introducer, as kith_label_follow does. */
static bool follow_lane(const pass_view *view, const kith_start *start, uint32_t *people)
{
    const kith_graph *graph = view->ground->graph;
    const kith_way_scale *scale = &view->lanes->scale;
    uint32_t at = start->introducer;

    for (uint32_t hops = 1; hops < start->hops; hops++) {
        uint32_t way = view->lanes->way[at].of[view->lane];
        kith_tie_row row = kith_graph_row(graph, at);
        uint64_t e = row.begin;
        while (e < row.end &&
               view->lanes->way[graph->target[e]].of[view->lane] + kith_way_step(scale, graph, e) != way)
            e++;
        if (e == row.end)
            return false;
        *people++ = at = graph->target[e];
    }
    return true;
}

static bool follow(const pass_view *view, const kith_start *start, uint32_t *people)
{
    return view->lanes ? follow_lane(view, start, people)
                       : kith_label_follow(view->ground, view->labels,
                                           kith_label_latest(view->labels, start->introducer), 0, people);
}

static bool stands_in(const uint32_t *people, uint32_t count, uint32_t person)
{
    for (uint32_t i = 0; i < count; i++)
        if (people[i] == person)
            return true;
    return false;
}

/**
 * Writes out the routes of starts. The pass knows more ways than the asker may use, so a way of it that
 * keeps clear of the asker is the best without the asker too.
 * @param clear  out: false where one leads through the asker.
 */
static kith_code write_routes(const pass_view *view, uint32_t from, const kith_starts *starts,
                              kith_found_routes *out, bool *clear, kith_err *err)
{
    uint32_t *people = kith_alloc_array((size_t)kith_starts_longest(starts) + 1, sizeof *people);
    kith_code rc = KITH_OK;

    if (!people)
        return kith_fail_memory(err, "routes");
    for (size_t i = 0; !rc && *clear && i < starts->count; i++) {
        const kith_start *start = &starts->all[i];
        people[0] = from;
        people[1] = start->introducer;
        *clear = follow(view, start, people + 2) && !stands_in(people + 2, start->hops - 1, from);
        if (*clear && !kith_found_routes_add(out, start->cost, start->hops, people))
            rc = kith_fail_memory(err, "routes");
    }
    kith_free(people);
    return rc;
}

/** One asker and one set out of a pass: by a search of their own where the pass does not tell. */
static kith_code ask_pass(crew *c, const pass_view *view, uint32_t asker, uint32_t set, kith_starts *starts,
                          kith_err *err)
{
    const kith_target_set *sought = &c->batch->sets[set];
    uint32_t from = c->batch->askers[asker];
    kith_found_routes *out = answer_of(c, asker, set);
    kith_code rc = KITH_OK;
    bool told = !kith_ids_have(sought->targets, sought->n_targets, from);

    starts->count = 0;
    if (told && !collect_starts(view, from, c->top, starts, &told))
        return kith_fail_memory(err, "routes");
    if (told)
        rc = write_routes(view, from, starts, out, &told, err);
    if (rc || told)
        return rc;
    kith_found_routes_free(out);
    return search_alone(c, asker, set, err);
}

/** Everyone's query for one set, but nobody's in particular. */
static kith_route_query query_of_nobody(const kith_route_batch *batch, const kith_target_set *set)
{
    kith_route_query query = *batch->query;

    query.from = UINT32_MAX;
    query.targets = set->targets;
    query.n_targets = set->n_targets;
    query.progress = NULL;
    return query;
}

/** A job: labels by hops from one set, for all askers. */
static kith_code ask_labels(crew *c, uint32_t set, kith_err *err)
{
    const kith_route_query query = query_of_nobody(c->batch, &c->batch->sets[set]);
    const kith_ground ground = kith_ground_of(&query);
    kith_labels labels = {0};
    kith_starts starts = {0};
    const pass_view view = {.ground = &ground, .labels = &labels};
    kith_code rc = kith_labels_by_hops(&ground, query.max_hops - 1, NULL, UINT32_MAX, &labels, err);

    for (uint32_t asker = 0; !rc && asker < c->batch->n_askers; asker++)
        rc = ask_pass(c, &view, asker, set, &starts, err);
    kith_starts_free(&starts);
    kith_labels_free(&labels);
    return rc;
}

/** First set of a pass when sets are dealt out evenly. */
static uint32_t first_set(const crew *c, uint32_t pass)
{
    return (uint32_t)((uint64_t)c->batch->n_sets * pass / c->passes);
}

/** A job: ways of any length from up to sixteen sets, for all askers. */
static kith_code ask_lanes(crew *c, uint32_t pass, kith_err *err)
{
    const kith_route_batch *batch = c->batch;
    const uint32_t first = first_set(c, pass), count = first_set(c, pass + 1) - first;
    const kith_route_query query = query_of_nobody(batch, &batch->sets[first]);
    const kith_ground ground = kith_ground_of(&query);
    kith_lanes lanes = {0};
    kith_starts starts = {0};
    kith_code rc = KITH_OK;

    if (kith_lanes_new(query.graph, c->passable, &c->scale, &lanes))
        kith_lanes_run(&lanes, batch->sets + first, count);
    else
        rc = kith_fail_memory(err, "routes");
    for (uint32_t asker = 0; !rc && asker < batch->n_askers; asker++)
        for (uint32_t k = 0; !rc && k < count; k++) {
            const pass_view view = {.ground = &ground, .lanes = &lanes, .lane = k};
            rc = ask_pass(c, &view, asker, first + k, &starts, err);
        }
    kith_starts_free(&starts);
    kith_lanes_free(&lanes);
    return rc;
}

/** Who may be an intermediate as far as nobody asks. */
static uint8_t *passable_to_all(const kith_route_batch *batch)
{
    const kith_route_query nobody = query_of_nobody(batch, &batch->sets[0]);
    const kith_ground ground = kith_ground_of(&nobody);
    uint8_t *passable = kith_alloc_array(nobody.graph->n, sizeof *passable);

    for (uint32_t v = 0; passable && v < nobody.graph->n; v++)
        passable[v] = kith_ground_passable(&ground, v);
    return passable;
}

/** How many askers a pass within a limit is worth it for: it goes further than the search of one. */
static uint32_t least_askers(uint32_t max_hops)
{
    return max_hops <= 3 ? LEAST_ASKERS : LEAST_ASKERS << 3 * (max_hops < 8 ? max_hops - 3 : 5U);
}

/** As few passes as take all sets, and some more where threads would otherwise stand idle. */
static uint32_t passes_for(uint32_t sets, uint32_t threads)
{
    const uint32_t least = (sets + KITH_ROUTE_LANES - 1) / KITH_ROUTE_LANES;
    const uint32_t most = (sets + LEAST_SETS - 1) / LEAST_SETS;
    const uint32_t even = (least + threads - 1) / threads * threads;

    return even < most ? even : most;
}

static kith_code search_batch(crew *c, kith_err *err)
{
    const kith_route_batch *batch = c->batch;
    const kith_route_query *q = batch->query;
    bool limited = q->max_hops > 0 && q->max_hops < q->graph->n;
    bool free_to_share =
        q->via == UINT32_MAX && !q->first_costs && batch->n_askers >= LEAST_ASKERS && batch->n_sets > 0;

    if (free_to_share && limited && batch->n_askers >= least_askers(q->max_hops)) {
        c->job = ask_labels;
        return run_jobs(c, batch->n_sets, KITH_LANES, err);
    }
    if (free_to_share && !limited && !q->graph->check && !q->tie_costs &&
        kith_way_scale_make(q->graph, q->handover, q->unit_costs, &c->scale)) {
        c->job = ask_lanes;
        if (!(c->passable = passable_to_all(batch)))
            return kith_fail_memory(err, "routes");
        c->passes = passes_for(batch->n_sets, kith_thread_count());
        return run_jobs(c, c->passes, kith_thread_count(), err);
    }
    c->job = ask_alone;
    return run_jobs(c, batch->n_askers, ASKERS_PER_TICK * KITH_LANES, err);
}

kith_code kith_routes_batch(const kith_route_batch *batch, uint32_t top, kith_found_routes *out,
                            kith_err *err)
{
    size_t answers = (size_t)batch->n_askers * batch->n_sets;
    crew c = {.batch = batch, .top = top, .out = out};

    memset(out, 0, answers * sizeof *out);
    kith_code rc = search_batch(&c, err);
    for (size_t i = 0; rc && i < answers; i++)
        kith_found_routes_free(&out[i]);
    kith_free(c.passable);
    return rc;
}
