#include "analysis/intro_near.h"

#include <string.h>

#include <kith/who.h>

#include "base/dynbuf.h"
#include "base/mem.h"
#include "base/text.h"
#include "graph/route_labels.h"
#include "network/netfile.h"

/** Companies that are looked into for colleagues. */
enum { MOST_COMPANIES = 16 };

/** The best route of a query, or one with 0 hops. */
static kith_code best_route(const kith_intro_question *q, const kith_route_query *query, kith_route *route,
                            kith_err *err)
{
    kith_found_routes found;
    kith_route *routes = NULL;
    uint32_t count = 0;
    kith_code rc = kith_routes_per_introducer(query, 1, &found, err);

    if (!rc)
        rc = kith_intro_deliver(q, &found, &routes, &count, err);
    if (count > 0)
        *route = routes[0];
    kith_free(routes);
    kith_found_routes_free(&found);
    return rc;
}

/** The way to the nearest, and how many are one tie beyond the limit. */
static kith_code look_further(const kith_intro_question *q, const kith_route_query *query,
                              kith_intro_near *near, kith_err *err)
{
    kith_route_query further = *query;
    kith_found_routes beyond = {0};

    further.unit_costs = true;
    further.tie_costs = NULL;
    further.first_costs = NULL;
    further.max_hops = 0;
    kith_code rc = best_route(q, &further, &near->nearest, err);
    if (rc || near->nearest.hops != query->max_hops + 1)
        return rc;
    further.max_hops = query->max_hops + 1;
    rc = kith_routes_per_target(&further, 0, &beyond, err);
    near->n_beyond = beyond.count;
    kith_found_routes_free(&beyond);
    return rc;
}

/** Companies, folded. */
typedef struct companies {
    kith_dynbuf name[MOST_COMPANIES];
    uint32_t count;
} companies;

static void free_companies(companies *c)
{
    for (uint32_t i = 0; i < MOST_COMPANIES; i++)
        kith_dynbuf_free(&c->name[i]);
}

/** Whether a company is among them; it is not where its name cannot be folded. */
static bool is_among(const companies *c, const kith_dynbuf *folded)
{
    for (uint32_t i = 0; i < c->count; i++)
        if (strcmp(kith_dynbuf_cstr(&c->name[i]), kith_dynbuf_cstr(folded)) == 0)
            return true;
    return false;
}

static void note_company(const kith_net *net, uint32_t id, companies *c)
{
    kith_person person;

    kith_net_person(net, id, &person);
    kith_dynbuf *name = &c->name[c->count];
    kith_dynbuf_clear(name);
    kith_text_fold(person.company, name);
    if (name->length > 0 && !is_among(c, name))
        c->count++;
}

/** Everyone of one of the companies who may be introduced and is not sought already; caller-owned. */
static kith_code find_colleagues(const kith_intro_question *q, const kith_route_query *query,
                                 const companies *sought, kith_ids *found, kith_err *err)
{
    kith_dynbuf folded = {0};

    if (!(found->ids = kith_alloc_array(query->graph->n, sizeof *found->ids)))
        return kith_fail_memory(err, "colleagues");
    for (uint32_t id = 0; id < query->graph->n; id++) {
        kith_person person;
        kith_net_person(q->net, id, &person);
        if (person.do_not_introduce || id == query->from || !*person.company ||
            kith_ids_have(query->targets, query->n_targets, id))
            continue;
        kith_dynbuf_clear(&folded);
        kith_text_fold(person.company, &folded);
        if (is_among(sought, &folded))
            found->ids[found->count++] = id;
    }
    kith_code rc = kith_dynbuf_check(&folded, "a company", err);
    kith_dynbuf_free(&folded);
    return rc;
}

/** The best route to somebody at a company of the people sought. */
static kith_code look_aside(const kith_intro_question *q, const kith_route_query *query, kith_route *route,
                            kith_err *err)
{
    companies sought = {0};
    kith_ids colleagues = {0};
    kith_route_query aside = *query;
    kith_code rc = KITH_OK;

    for (uint32_t i = 0; i < query->n_targets && sought.count < MOST_COMPANIES; i++)
        note_company(q->net, query->targets[i], &sought);
    for (uint32_t i = 0; !rc && i < MOST_COMPANIES; i++)
        rc = kith_dynbuf_check(&sought.name[i], "a company", err);
    if (!rc && sought.count > 0)
        rc = find_colleagues(q, query, &sought, &colleagues, err);
    aside.targets = colleagues.ids;
    aside.n_targets = colleagues.count;
    if (!rc && colleagues.count > 0)
        rc = best_route(q, &aside, route, err);
    kith_ids_free(&colleagues);
    free_companies(&sought);
    return rc;
}

kith_code kith_intro_find_near(const kith_intro_question *q, const kith_route_query *query,
                               kith_intro_near *near, kith_err *err)
{
    near->asked = true;
    kith_code rc = query->max_hops > 0 ? look_further(q, query, near, err) : KITH_OK;

    return rc ? rc : look_aside(q, query, &near->colleague, err);
}
