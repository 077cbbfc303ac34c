/* What is told beside routes: how near it gets without one, and what was in force. */
#include "report/phrase.h"
#include "report/report_intro.h"
#include "report/words.h"

const char *kith_intro_mode_word(kith_intro_mode mode)
{
    static const char *const words[] = {
        [KITH_INTRO_PER_INTRODUCER] = "per-introducer",
        [KITH_INTRO_ALL] = "all-routes",
        [KITH_INTRO_SHORTEST] = "shortest",
        [KITH_INTRO_PER_TARGET] = "per-target",
    };

    return words[mode];
}

const char *kith_intro_cost_word(kith_cost cost)
{
    static const char *const words[] = {
        [KITH_COST_CHANCE] = "chance",       [KITH_COST_HOPS] = "hops",
        [KITH_COST_STRENGTH] = "strength",   [KITH_COST_LDBC_INV] = "ldbc-inv",
        [KITH_COST_LDBC_SQRT] = "ldbc-sqrt",
    };

    return words[cost];
}

/** "Nearest is Dana Roe, Hiring Manager at Acme Robotics, 5 ties away: Ben Ito → … → Dana Roe." */
static void show_nearest(const kith_answer *answer, kith_sheet *sheet, kith_dynbuf *text)
{
    const kith_intro_result *result = answer->result;
    const kith_route *nearest = &result->near.nearest;

    kith_dynbuf_text(text, "Nearest is ");
    kith_phrase_person(text, answer->net, nearest->people[nearest->hops]);
    kith_dynbuf_text(text, ", ");
    kith_words_counted(text, nearest->hops, "tie", "ties");
    kith_dynbuf_text(text, " away: ");
    kith_phrase_names(text, answer->net, nearest->people + 1, nearest->hops, " → ");
    kith_dynbuf_put(text, '.');
    kith_sheet_point(sheet, text);
    if (result->near.n_beyond == 0)
        return;
    kith_words_counted(text, result->near.n_beyond, "person who is sought is", "people who are sought are");
    kith_dynbuf_printf(text, " one tie beyond the limit: try --max-hops %u.", nearest->hops);
    kith_sheet_point(sheet, text);
}

/** "At Acme Robotics you could reach Finn Bauer, Engineer at Acme Robotics (2.1%): Ben Ito → Finn Bauer." */
static void show_colleague(const kith_answer *answer, kith_sheet *sheet, kith_dynbuf *text)
{
    const kith_intro_result *result = answer->result;
    const kith_route *route = &result->near.colleague;

    kith_dynbuf_text(text, "Nearest colleague within the limit is ");
    kith_phrase_person(text, answer->net, route->people[route->hops]);
    kith_dynbuf_text(text, " (");
    kith_words_share(text, route->chance);
    kith_dynbuf_text(text, "): ");
    kith_phrase_names(text, answer->net, route->people + 1, route->hops, " → ");
    kith_dynbuf_put(text, '.');
    kith_sheet_point(sheet, text);
}

void kith_intro_show_none(const kith_answer *answer, kith_sheet *sheet, kith_dynbuf *text)
{
    const kith_intro_result *result = answer->result;

    if (result->n_targets == 0)
        kith_dynbuf_text(text, "There is nobody to be introduced to: no person who is sought may be.");
    else if (result->max_hops == 0)
        kith_dynbuf_text(text, "No route leads to anyone who is sought.");
    else {
        kith_dynbuf_text(text, "No route of at most ");
        kith_words_counted(text, result->max_hops, "tie", "ties");
        kith_dynbuf_text(text, " leads to anyone who is sought.");
    }
    kith_sheet_paragraph(sheet, text);
    if (result->near.nearest.hops > 0)
        show_nearest(answer, sheet, text);
    else if (result->near.asked && result->max_hops > 0) {
        kith_dynbuf_printf(text, "There is none with any number of ties%s either.",
                           result->min_strength > 0 ? " that strong" : "");
        kith_sheet_point(sheet, text);
    }
    if (result->near.colleague.hops > 0)
        show_colleague(answer, sheet, text);
}

void kith_intro_show_left_out(const kith_intro_result *result, kith_sheet *sheet, kith_dynbuf *text)
{
    if (result->n_all <= result->n_routes)
        return;
    if (result->n_all == UINT64_MAX)
        kith_dynbuf_text(text, "More routes than can be counted");
    else
        kith_words_count(text, result->n_all);
    kith_dynbuf_text(text, result->n_all == UINT64_MAX ? "" : " routes");
    kith_dynbuf_text(text, " are as good as the best; the first ");
    kith_words_count(text, result->n_routes);
    kith_dynbuf_text(text, " are shown.");
    kith_sheet_paragraph(sheet, text);
}

static void show_novelty(kith_sheet *sheet, kith_dynbuf *text)
{
    kith_dynbuf_text(text,
                     "Novelty weighs the first tie by 4J(1\u2212J), brought to between 0.5 and 1, where J "
                     "is the share of contacts that both have in common: new jobs come more often "
                     "through moderately weak ties than through the strongest (Rajkumar et al., Science "
                     "2022). It changes the order, not the chance shown.");
    kith_sheet_note(sheet, text);
}

/** What routes are ordered by. */
static const char *order_of(kith_cost cost)
{
    switch (cost) {
    case KITH_COST_HOPS:
        return "number of ties";
    case KITH_COST_STRENGTH:
        return "strength of ties alone";
    case KITH_COST_LDBC_INV:
        return "1/(n+1) for n interactions";
    case KITH_COST_LDBC_SQRT:
        return "40 less the root of n for n interactions, one or more";
    case KITH_COST_CHANCE:
        break;
    }
    return "chance";
}

/** Whom routes must, must not or may lead through, as it was asked. */
static void put_through(const kith_answer *answer, kith_dynbuf *text)
{
    static const struct {
        const char *setting, *words;
    } asked[] = {{"via", "through"}, {"exclude", "not through"}, {"only", "only through"}};

    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        const char *people = kith_answer_setting(answer, asked[i].setting);
        if (people)
            kith_dynbuf_printf(text, "%s %s, ", asked[i].words, people);
    }
}

static void put_mode(kith_dynbuf *text, const kith_intro_result *result)
{
    static const char *const routes[] = {
        [KITH_INTRO_PER_INTRODUCER] = "routes",
        [KITH_INTRO_ALL] = "routes, whatever they share",
        [KITH_INTRO_SHORTEST] = "routes, all as good as each other",
        [KITH_INTRO_PER_TARGET] = "routes, one for each person sought",
    };

    if (result->max_hops > 0) {
        kith_dynbuf_text(text, "at most ");
        kith_words_counted(text, result->max_hops, "hop", "hops");
        kith_dynbuf_text(text, ", ");
    } else {
        kith_dynbuf_text(text, "any number of hops, ");
    }
    if (result->top == 1)
        kith_dynbuf_text(text, "the best route; ");
    else if (result->top > 0)
        kith_dynbuf_printf(text, "the best %u %s; ", result->top, routes[result->mode]);
    else
        kith_dynbuf_printf(text, "all %s; ", routes[result->mode]);
}

void kith_intro_show_notes(const kith_answer *answer, kith_sheet *sheet, kith_dynbuf *text)
{
    const kith_intro_result *result = answer->result;

    kith_dynbuf_text(text, "The chance is the product of the strengths of all ties on the route, less at "
                           "every further handover. Strengths are reasoned, not calibrated: trust their "
                           "order more than their size.");
    kith_sheet_note(sheet, text);
    if (result->novelty)
        show_novelty(sheet, text);
    kith_dynbuf_printf(text, "In force: ranked by %s%s%s, ", order_of(result->cost),
                       result->novelty ? " and novelty" : "",
                       result->by_interactions ? ", then most interactions" : "");
    if (result->min_strength > 0) {
        kith_dynbuf_text(text, "ties of strength ");
        kith_words_real(text, result->min_strength);
        kith_dynbuf_text(text, " or more, ");
    }
    put_through(answer, text);
    put_mode(text, result);
    kith_answer_coefficients(answer->net, text);
    kith_dynbuf_put(text, '.');
    kith_sheet_note(sheet, text);
}
