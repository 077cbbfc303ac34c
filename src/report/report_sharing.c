/* Who was given a second choice, and why: the first one is asked by others as often as may be. */
#include "report/report_sharing.h"

#include "report/phrase.h"
#include "report/words.h"

/** Other questions that are told with the introducer they take. */
enum { MOST_NAMED = 3 };

static const kith_request *request_of(const kith_shared_answer *s)
{
    return &s->sharing->requests[s->question];
}

/** The route that would have been taken but for others; NULL where it is taken, or there is none. */
static const kith_route *missed(const kith_shared_answer *s)
{
    const kith_request *request = request_of(s);

    if (s->all->n_routes == 0 || (request->route != UINT32_MAX && !request->second_choice))
        return NULL;
    return &s->all->routes[0];
}

kith_intro_result kith_shared_result(const kith_shared_answer *shared)
{
    const uint32_t route = request_of(shared)->route;
    kith_intro_result one = *shared->all;

    one.n_routes = route == UINT32_MAX ? 0 : 1;
    one.routes = one.n_routes > 0 ? shared->all->routes + route : NULL;
    return one;
}

void kith_sharing_cells(kith_row *row, const kith_shared_answer *shared)
{
    const kith_route *route = missed(shared);
    kith_person person;

    if (!route) {
        for (int i = 0; i < KITH_SHARING_COLUMNS; i++)
            kith_row_nothing(row);
        return;
    }
    kith_net_person(shared->net, route->people[1], &person);
    kith_row_count(row, person.id);
    kith_row_text(row, person.name);
    kith_row_number(row, route->chance);
}

/** "Ann Lee for company:Acme, Bo Ek for company:Acme and 2 more". */
static void put_others(kith_dynbuf *text, const kith_shared_answer *s, uint32_t introducer)
{
    uint64_t count;
    const uint64_t *questions = kith_sharing_asked_by(s->sharing, introducer, &count);

    for (uint64_t i = 0; i < count && i < MOST_NAMED; i++) {
        const kith_query *query = &s->queries->list[questions[i]];
        kith_dynbuf_text(text, i == 0 ? "" : i + 1 == count ? " and " : ", ");
        kith_phrase_name(text, s->net, query->from);
        if (s->queries->n_sought > 1)
            kith_dynbuf_printf(text, " for %s", kith_answer_sought(s->net, s->queries, query->sought));
    }
    if (count > MOST_NAMED) {
        kith_dynbuf_text(text, " and ");
        kith_words_count(text, count - MOST_NAMED);
        kith_dynbuf_text(text, " more");
    }
}

void kith_sharing_show(kith_sheet *sheet, const kith_shared_answer *shared, kith_dynbuf *text)
{
    const kith_route *route = missed(shared);

    if (!route)
        return;
    kith_dynbuf_text(text, request_of(shared)->route == UINT32_MAX
                               ? "Nobody is left to ask: everyone who could has the requests of others. Best "
                                 "would be "
                               : "A second choice. Best would be ");
    kith_phrase_name(text, shared->net, route->people[1]);
    kith_dynbuf_text(text, " (");
    kith_words_share(text, route->chance);
    kith_dynbuf_text(text, "), who is asked by ");
    put_others(text, shared, route->people[1]);
    kith_dynbuf_text(text, "; an exchange would add nothing to the chances of all.");
    kith_sheet_point(sheet, text);
}

void kith_sharing_member(kith_json *json, json_t *row, const kith_shared_answer *shared)
{
    const kith_route *route = missed(shared);
    json_t *object = route ? json_object() : json_null(), *others;

    if (route) {
        uint64_t count;
        const uint64_t *questions = kith_sharing_asked_by(shared->sharing, route->people[1], &count);
        others = json_array();
        for (uint64_t i = 0; i < count; i++)
            kith_json_append(json, others,
                             kith_json_person(json, shared->net, shared->queries->list[questions[i]].from));
        kith_json_set(json, object, "introducer", kith_json_person(json, shared->net, route->people[1]));
        kith_json_set(json, object, "chance", kith_json_number(route->chance));
        kith_json_set(json, object, "asked_by", others);
    }
    kith_json_set(json, row, "first_choice", object);
}

void kith_sharing_show_sums(kith_sheet *sheet, const kith_sharing *sharing, kith_dynbuf *text)
{
    kith_dynbuf_text(text, "Nobody gets more than ");
    kith_words_counted(text, sharing->limit, "request", "requests");
    kith_dynbuf_text(text, ", and the sum of chances is the greatest there is: ");
    kith_words_counted(text, sharing->met - sharing->second_choices, "first choice", "first choices");
    kith_dynbuf_text(text, ", ");
    kith_words_counted(text, sharing->second_choices, "second choice", "second choices");
    if (sharing->unmet > 0) {
        kith_dynbuf_text(text, ", and ");
        kith_words_counted(text, sharing->unmet, "question", "questions");
        kith_dynbuf_text(text, " with nobody left to ask");
    }
    kith_dynbuf_put(text, '.');
    kith_sheet_paragraph(sheet, text);
}

void kith_sharing_sums_member(kith_json *json, const kith_sharing *sharing)
{
    json_t *object = json_object();

    kith_json_set(json, object, "limit", kith_json_count(sharing->limit));
    kith_json_set(json, object, "first_choices", kith_json_count(sharing->met - sharing->second_choices));
    kith_json_set(json, object, "second_choices", kith_json_count(sharing->second_choices));
    kith_json_set(json, object, "unmet", kith_json_count(sharing->unmet));
    kith_json_member(json, "load", object);
}
