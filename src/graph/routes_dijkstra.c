#include "base/mem.h"
#include "base/ticker.h"
#include "graph/cost_queue.h"
#include "graph/route_labels.h"

/** People settled between two ticks. */
#define PEOPLE_PER_TICK 16384

/** The best way known from somebody; final once they have a label. */
typedef struct known_way {
    uint64_t cost; /**< UINT64_MAX where none is known; 0 for those whom no way may lead through */
    uint32_t hops;
} known_way;

/** The search as it stands. */
typedef struct search {
    const kith_ground *ground;
    known_way *best; /**< [n] */
    kith_cost_queue queue;
    kith_labels *labels;
} search;

/** Puts the first people in, whatever may lead through them. */
static bool seed(search *s, uint32_t person, uint64_t cost, uint32_t hops)
{
    s->best[person] = (known_way){cost, hops};
    return kith_cost_queue_push(&s->queue, cost, person);
}

static bool seed_ends(search *s)
{
    for (uint32_t v = 0; v < s->ground->graph->n; v++)
        if (s->ground->is_end[v] && !seed(s, v, 0, 0))
            return false;
    return true;
}

static bool seed_onward(search *s, const kith_labels *onward, uint32_t via)
{
    const kith_label *label = kith_label_within(onward, via, UINT32_MAX);

    return !label || seed(s, via, label->cost, label->hops);
}

/**
 * Labels somebody and looks at their ties. All ways at a lower cost are known by now, and every tie costs
 * at least 1: so of ways as cheap, the shortest is known too, in whatever order the queue gives people of
 * equal cost.
 */
static bool settle(search *s, uint32_t u)
{
    const kith_graph *graph = s->ground->graph;
    known_way way = s->best[u];

    if (!kith_labels_add(s->labels, u, way.cost, way.hops))
        return false;
    for (uint64_t e = graph->offset[u]; e < graph->offset[u + 1]; e++) {
        uint32_t v = graph->target[e];
        uint64_t cost = way.cost + kith_step_cost(s->ground, e);
        if (cost > s->best[v].cost)
            continue;
        if (cost < s->best[v].cost) {
            s->best[v] = (known_way){cost, way.hops + 1};
            if (!kith_cost_queue_push(&s->queue, cost, v))
                return false;
        } else if (way.hops + 1 < s->best[v].hops) {
            s->best[v].hops = way.hops + 1;
        }
    }
    return true;
}

/** Settles the next person. Entries from before a better way was found are passed over. */
static bool settle_next(search *s)
{
    kith_queued next;

    if (!kith_cost_queue_pop(&s->queue, &next))
        return false;
    return s->labels->latest[next.person] != UINT64_MAX || settle(s, next.person);
}

static bool begin(search *s)
{
    uint32_t n = s->ground->graph->n;

    s->best = kith_alloc_array(n, sizeof *s->best);
    if (!s->best || !kith_labels_begin(s->labels, n))
        return false;
    for (uint32_t v = 0; v < n; v++)
        s->best[v] = (known_way){.cost = s->ground->passable[v] ? UINT64_MAX : 0};
    return true;
}

kith_code kith_labels_unlimited(const kith_ground *ground, const kith_labels *onward, uint32_t via,
                                kith_labels *labels, kith_err *err)
{
    kith_code rc = KITH_OK;
    uint64_t taken = 0;
    search s = {.ground = ground, .labels = labels};

    *labels = (kith_labels){0};
    if (!begin(&s) || !(onward ? seed_onward(&s, onward, via) : seed_ends(&s)))
        rc = kith_fail_memory(err, "routes");
    while (!rc && s.queue.count > 0) {
        if (taken++ % PEOPLE_PER_TICK == 0)
            rc = kith_tick_now(ground->progress, "searching routes", labels->count, ground->graph->n, err);
        if (!rc && !settle_next(&s))
            rc = kith_fail_memory(err, "routes");
    }
    kith_cost_queue_free(&s.queue);
    kith_free(s.best);
    return rc;
}
