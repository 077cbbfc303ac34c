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

/** The first of the routes found, or one with 0 hops; takes them. */
static kith_code deliver_first(const kith_intro_question *q, kith_found_routes *found, kith_route *route,
                               kith_err *err)
{
    kith_route *routes = NULL;
    uint32_t count = 0;
    kith_code rc = kith_intro_deliver(q, found, &routes, &count, err);

    if (count > 0)
        *route = routes[0];
    kith_free(routes);
    kith_found_routes_free(found);
    return rc;
}

/** The way to the nearest, and how many are one tie beyond the limit: mostly it leads to one of those. */
static kith_code look_further(const kith_intro_question *q, const kith_route_query *query,
                              kith_intro_near *near, kith_err *err)
{
    kith_route_query further = *query;
    kith_found_routes found;
    uint64_t n_routes;

    further.unit_costs = true;
    further.tie_costs = NULL;
    further.first_costs = NULL;
    further.max_hops = query->max_hops + 1;
    kith_code rc = kith_routes_shortest(&further, 1, &found, &n_routes, &near->n_beyond, err);
    if (!rc && found.count == 0) {
        further.max_hops = 0;
        rc = kith_routes_per_introducer(&further, 1, &found, err);
    }
    return rc ? rc : deliver_first(q, &found, &near->nearest, err);
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

/** Everyone who may have a company of this name; caller-owned, also on failure. */
static kith_code find_candidates(const kith_net *net, uint32_t n, const char *company, kith_ids *ids,
                                 kith_err *err)
{
    const char *piece;
    size_t length, at = 0;

    if (kith_text_next_piece(company, &at, &piece, &length))
        return kith_net_candidates(net, KITH_FIELD_COMPANY, company, ids, err);
    *ids = (kith_ids){kith_alloc_array(n, sizeof *ids->ids), n}; /* signs alone are in no index */
    for (uint32_t id = 0; ids->ids && id < n; id++)
        ids->ids[id] = id;
    return ids->ids ? KITH_OK : kith_fail_memory(err, "colleagues");
}

/** Adds those of one company who may be introduced and are not sought already. */
static kith_code add_colleagues(const kith_intro_question *q, const kith_route_query *query,
                                const char *company, kith_ids *found, kith_err *err)
{
    kith_dynbuf folded = {0};
    kith_ids some = {0};
    uint32_t kept = 0;
    kith_code rc = find_candidates(q->net, query->graph->n, company, &some, err);

    for (uint32_t i = 0; !rc && i < some.count; i++) {
        kith_person person;
        kith_net_person(q->net, some.ids[i], &person);
        if (person.do_not_introduce || person.id == query->from ||
            kith_ids_have(query->targets, query->n_targets, person.id))
            continue;
        kith_dynbuf_clear(&folded);
        kith_text_fold(person.company, &folded);
        if (strcmp(kith_dynbuf_cstr(&folded), company) == 0)
            some.ids[kept++] = person.id;
    }
    some.count = kept;
    if (!rc)
        rc = kith_dynbuf_check(&folded, "a company", err);
    if (!rc)
        rc = kith_ids_add(found, &some, err);
    kith_dynbuf_free(&folded);
    kith_ids_free(&some);
    return rc;
}

/** The best route to somebody at a company of the people sought. */
static kith_code look_aside(const kith_intro_question *q, const kith_route_query *query, kith_route *route,
                            kith_err *err)
{
    companies sought = {0};
    kith_ids colleagues = {0};
    kith_found_routes found = {0};
    kith_route_query aside = *query;
    kith_code rc = KITH_OK;

    for (uint32_t i = 0; i < query->n_targets && sought.count < MOST_COMPANIES; i++)
        note_company(q->net, query->targets[i], &sought);
    for (uint32_t i = 0; !rc && i < MOST_COMPANIES; i++)
        rc = kith_dynbuf_check(&sought.name[i], "a company", err);
    for (uint32_t i = 0; !rc && i < sought.count; i++)
        rc = add_colleagues(q, query, kith_dynbuf_cstr(&sought.name[i]), &colleagues, err);
    aside.targets = colleagues.ids;
    aside.n_targets = colleagues.count;
    if (!rc && colleagues.count > 0)
        rc = kith_routes_per_introducer(&aside, 1, &found, err);
    if (!rc)
        rc = deliver_first(q, &found, route, err);
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
