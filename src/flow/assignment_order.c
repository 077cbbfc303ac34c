/* Of equally good assignments always the same one. */
#include <string.h>

#include "base/mem.h"
#include "flow/assignment_parts.h"

/**
 * Seekers move among tight options along chains: one comes to an option, another leaves it for the next,
 * until somebody takes the place that the first one left. A chain may also end where an option has room and
 * no price, and begin again where one without a price can lose somebody: that is `open`, behind all options.
 */
typedef struct ordering {
    kith_settled *s;
    uint32_t nobody, open;
    uint32_t *first, *next, *previous; /**< those who may still move, by option: [open], [n_seekers] twice */
    uint32_t *round;                   /**< [open + 1] seeker + 1 whose search was here last */
    uint32_t *from;                    /**< [open + 1] the option before on the chain */
    uint32_t *mover;                   /**< [open + 1] who moves here from there; UINT32_MAX: nobody has to */
    uint32_t *queue;                   /**< [open + 1] */
    uint32_t head, tail;
} ordering;

static bool is_free_of_price(const ordering *o, uint32_t option)
{
    return option == o->nobody || o->s->price[option] == 0;
}

static bool has_room(const ordering *o, uint32_t option)
{
    return option == o->nobody || o->s->load[option] < o->s->offers->capacity[option];
}

static void list_add(ordering *o, uint32_t seeker, uint32_t option)
{
    o->previous[seeker] = UINT32_MAX;
    o->next[seeker] = o->first[option];
    if (o->first[option] != UINT32_MAX)
        o->previous[o->first[option]] = seeker;
    o->first[option] = seeker;
}

static void list_drop(ordering *o, uint32_t seeker)
{
    const uint32_t before = o->previous[seeker], after = o->next[seeker];

    if (before == UINT32_MAX)
        o->first[o->s->option[seeker]] = after;
    else
        o->next[before] = after;
    if (after != UINT32_MAX)
        o->previous[after] = before;
}

static void reach(ordering *o, uint32_t round, uint32_t option, uint32_t from, uint32_t mover)
{
    if (o->round[option] == round)
        return;
    o->round[option] = round;
    o->from[option] = from;
    o->mover[option] = mover;
    o->queue[o->tail++] = option;
}

/** Everything that can follow once somebody more is at `option`. */
static void expand(ordering *o, uint32_t round, uint32_t option)
{
    const kith_offers *offers = o->s->offers;

    if (option == o->open) {
        for (uint32_t other = 0; other <= o->nobody; other++)
            if (is_free_of_price(o, other) && o->s->load[other] > 0)
                reach(o, round, other, option, UINT32_MAX);
        return;
    }
    if (is_free_of_price(o, option) && has_room(o, option))
        reach(o, round, o->open, option, UINT32_MAX);
    for (uint32_t k = o->first[option]; k != UINT32_MAX; k = o->next[k]) {
        for (uint64_t pair = offers->offset[k]; pair < offers->offset[k + 1]; pair++)
            if (kith_pair_margin(o->s, pair) == o->s->profit[k])
                reach(o, round, offers->helper[pair], option, k);
        if (o->s->profit[k] == 0)
            reach(o, round, o->nobody, option, k);
    }
}

/** Whether the place at `goal` can be filled again once the seeker of this round comes to `start`. What one
 * start of a round could not reach, no later one can. */
static bool search(ordering *o, uint32_t round, uint32_t start, uint32_t goal)
{
    o->head = o->tail = 0;
    reach(o, round, start, UINT32_MAX, UINT32_MAX);
    while (o->head < o->tail && o->round[goal] != round)
        expand(o, round, o->queue[o->head++]);
    return o->round[goal] == round;
}

/** Moves everyone along the chain that the search found. */
static void follow(ordering *o, uint32_t start, uint32_t goal)
{
    for (uint32_t at = goal; at != start; at = o->from[at]) {
        const uint32_t k = o->mover[at];
        if (k == UINT32_MAX)
            continue;
        list_drop(o, k);
        o->s->load[o->s->option[k]]--;
        o->s->load[at]++;
        o->s->option[k] = at;
        list_add(o, k, at);
    }
}

/** Gives the seeker the first option that some best assignment has for them, those before them unmoved. */
static void settle_one(ordering *o, uint32_t seeker)
{
    const kith_offers *offers = o->s->offers;
    const uint32_t now = o->s->option[seeker];

    list_drop(o, seeker);
    for (uint64_t pair = offers->offset[seeker]; pair < offers->offset[seeker + 1]; pair++) {
        const uint32_t option = offers->helper[pair];
        if (option >= now)
            return;
        if (kith_pair_margin(o->s, pair) != o->s->profit[seeker] || o->round[option] == seeker + 1 ||
            !search(o, seeker + 1, option, now))
            continue;
        follow(o, option, now);
        o->s->load[now]--;
        o->s->load[option]++;
        o->s->option[seeker] = option;
        return;
    }
}

kith_code kith_settled_order(kith_settled *s, kith_err *err)
{
    const uint32_t n = s->offers->n_seekers, nobody = s->offers->n_helpers;
    ordering o = {.s = s, .nobody = nobody, .open = nobody + 1};
    kith_code rc = KITH_OK;

    o.first = kith_alloc_array((size_t)o.open, sizeof *o.first);
    o.next = kith_alloc_array(n, sizeof *o.next);
    o.previous = kith_alloc_array(n, sizeof *o.previous);
    o.round = kith_calloc((size_t)o.open + 1, sizeof *o.round);
    o.from = kith_alloc_array((size_t)o.open + 1, sizeof *o.from);
    o.mover = kith_alloc_array((size_t)o.open + 1, sizeof *o.mover);
    o.queue = kith_alloc_array((size_t)o.open + 1, sizeof *o.queue);
    if (!o.first || !o.next || !o.previous || !o.round || !o.from || !o.mover || !o.queue) {
        rc = kith_fail_memory(err, "the order of an assignment");
        goto done;
    }
    memset(o.first, 0xff, (size_t)o.open * sizeof *o.first);
    for (uint32_t i = 0; i < n; i++)
        list_add(&o, i, s->option[i]);
    for (uint32_t i = 0; i < n; i++)
        settle_one(&o, i);

done:
    kith_free(o.first);
    kith_free(o.next);
    kith_free(o.previous);
    kith_free(o.round);
    kith_free(o.from);
    kith_free(o.mover);
    kith_free(o.queue);
    return rc;
}
