/* Routes to given people that opened or closed. */
#include <kith/who.h>

#include "analysis/diff_parts.h"
#include "base/mem.h"
#include "network/whoparse.h"

/** Finds people in one network; nobody is no failure. */
static kith_code ask(const kith_net *net, const char *who, kith_ids *people, kith_err *err)
{
    kith_err why = KITH_ERR_NONE;
    const kith_code rc = kith_who_many(net, who, people, &why);

    return rc == KITH_OK || rc == KITH_NOT_FOUND ? KITH_OK : kith_fail(err, rc, "%s", why.message);
}

/** Somebody on both sides, sought in the later network or else in the earlier one, and followed. */
static kith_code find_person(const kith_diffing *d, const char *who, uint32_t id[SIDES], kith_err *err)
{
    kith_err why = KITH_ERR_NONE;
    int side = AFTER;
    kith_code rc = kith_who_one(d->net[AFTER], who, &id[AFTER], &why);

    if (rc == KITH_NOT_FOUND)
        rc = kith_who_one(d->net[side = BEFORE], who, &id[BEFORE], err);
    else if (rc)
        return kith_fail(err, rc, "%s", why.message);
    if (!rc)
        id[!side] = d->who.person[!side][d->who.of[side][id[side]]];
    return rc;
}

static kith_code is_query(const char *who, bool *query, kith_err *err)
{
    kith_who parsed;
    const kith_code rc = kith_who_parse(who, &parsed, err);

    *query = parsed.kind == KITH_WHO_QUERY;
    kith_who_free(&parsed);
    return rc;
}

/** Adds those whom a query fits in each network. */
static kith_code add_fitting(const kith_diffing *d, const char *who, kith_ids targets[SIDES], kith_err *err)
{
    kith_ids people[SIDES] = {{0}};
    kith_code rc = KITH_OK;

    for (int side = 0; !rc && side < SIDES; side++)
        rc = ask(d->net[side], who, &people[side], err);
    if (!rc && people[BEFORE].count + (uint64_t)people[AFTER].count == 0)
        rc = kith_who_many(d->net[AFTER], who, &people[AFTER], err); /* tells that nobody fits */
    for (int side = 0; !rc && side < SIDES; side++)
        rc = kith_ids_add(&targets[side], &people[side], err);
    kith_ids_free(&people[BEFORE]);
    kith_ids_free(&people[AFTER]);
    return rc;
}

static kith_code add_targets(const kith_diffing *d, const char *who, kith_ids targets[SIDES], kith_err *err)
{
    uint32_t id[SIDES];
    bool query = false;
    kith_code rc = is_query(who, &query, err);

    if (rc)
        return rc;
    if (query)
        return add_fitting(d, who, targets, err);
    rc = find_person(d, who, id, err);
    for (int side = 0; !rc && side < SIDES; side++)
        if (id[side] != KITH_NOBODY)
            rc = kith_ids_add(&targets[side], &(kith_ids){&id[side], 1}, err);
    return rc;
}

/** The best route to each target on one side; none for an asker who is not there. */
static kith_code find_routes(const kith_diffing *d, int side, uint32_t from, const kith_ids *targets,
                             kith_err *err)
{
    kith_intro_opts opts = KITH_INTRO_DEFAULTS;

    opts.mode = KITH_INTRO_PER_TARGET;
    opts.from = from;
    opts.targets = targets->ids;
    opts.n_targets = targets->count;
    opts.max_hops = d->opts->max_hops;
    opts.top = 0;
    opts.progress = d->opts->progress;
    return from == KITH_NOBODY || targets->count == 0
               ? KITH_OK
               : kith_intro(d->net[side], &opts, &d->result->routes[side], err);
}

static uint32_t target_of(const kith_route *route)
{
    return route->people[route->hops];
}

/** Notes the routes of one side to those who are not reached on the other.
 * @param reached  [numbers] scratch. */
static kith_code note_routes(kith_diffing *d, int side, const uint32_t from[SIDES], bool *reached,
                             kith_err *err)
{
    const kith_followed *who = &d->who;
    const kith_intro_result *here = &d->result->routes[side], *there = &d->result->routes[!side];
    kith_code rc = KITH_OK;

    for (uint32_t number = 0; number < who->count; number++)
        reached[number] = false;
    for (uint32_t i = 0; i < there->n_routes; i++)
        reached[who->of[!side][target_of(&there->routes[i])]] = true;
    for (uint32_t i = 0; !rc && i < here->n_routes; i++) {
        const uint32_t number = who->of[side][target_of(&here->routes[i])];
        const kith_change change = {.before = {from[BEFORE], who->person[BEFORE][number]},
                                    .after = {from[AFTER], who->person[AFTER][number]},
                                    .route = i};
        if (reached[number])
            continue;
        reached[number] = true; /* of several who are one, the best route tells */
        rc = kith_diff_note(d, side == AFTER ? KITH_CHANGE_ROUTE_OPENED : KITH_CHANGE_ROUTE_CLOSED, &change,
                            err);
    }
    return rc;
}

kith_code kith_diff_routes(kith_diffing *d, kith_err *err)
{
    kith_ids targets[SIDES] = {{0}};
    uint32_t from[SIDES];
    bool *reached = kith_calloc(d->who.count, sizeof *reached);
    kith_code rc = reached ? find_person(d, d->opts->from, from, err) : kith_fail_memory(err, "routes");

    for (uint32_t i = 0; !rc && i < d->opts->n_to; i++)
        rc = add_targets(d, d->opts->to[i], targets, err);
    for (int side = 0; !rc && side < SIDES; side++)
        rc = find_routes(d, side, from[side], &targets[side], err);
    for (int side = 0; !rc && side < SIDES; side++)
        rc = note_routes(d, side, from, reached, err);
    kith_ids_free(&targets[BEFORE]);
    kith_ids_free(&targets[AFTER]);
    kith_free(reached);
    return rc;
}
