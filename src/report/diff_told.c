#include "report/diff_told.h"

#include <inttypes.h>
#include <math.h>

#include "report/contacts.h"
#include "report/phrase.h"
#include "report/words.h"

const kith_change_words kith_change_words_of[KITH_CHANGE_KINDS] = {
    [KITH_CHANGE_PERSON_ADDED] = {"person", "people", "added"},
    [KITH_CHANGE_PERSON_REMOVED] = {"person", "people", "removed"},
    [KITH_CHANGE_PERSON_MERGED] = {"person", "people", "merged"},
    [KITH_CHANGE_PERSON_SPLIT] = {"person", "people", "split"},
    [KITH_CHANGE_PERSON_CHANGED] = {"person", "people", "changed"},
    [KITH_CHANGE_TIE_ADDED] = {"tie", "ties", "added"},
    [KITH_CHANGE_TIE_REMOVED] = {"tie", "ties", "removed"},
    [KITH_CHANGE_TIE_TIER] = {"tie", "ties", "tier_changed"},
    [KITH_CHANGE_MENTORSHIP_ADDED] = {"mentorship", "mentorships", "added"},
    [KITH_CHANGE_MENTORSHIP_REMOVED] = {"mentorship", "mentorships", "removed"},
    [KITH_CHANGE_MENTORSHIP_CHANGED] = {"mentorship", "mentorships", "changed"},
    [KITH_CHANGE_BROKER_NEW] = {"broker", "brokers", "new"},
    [KITH_CHANGE_BROKER_RISEN] = {"broker", "brokers", "risen"},
    [KITH_CHANGE_BROKER_FALLEN] = {"broker", "brokers", "fallen"},
    [KITH_CHANGE_BROKER_GONE] = {"broker", "brokers", "gone"},
    [KITH_CHANGE_ROUTE_OPENED] = {"route", "routes", "opened"},
    [KITH_CHANGE_ROUTE_CLOSED] = {"route", "routes", "closed"},
    [KITH_CHANGE_GROUP] = {"group", "groups", "changed"},
};

bool kith_told_compared(const kith_diff_result *result, kith_change_kind kind)
{
    if (kind == KITH_CHANGE_GROUP)
        return result->grouped;
    if (kind == KITH_CHANGE_ROUTE_OPENED || kind == KITH_CHANGE_ROUTE_CLOSED)
        return result->routed;
    return kind < KITH_CHANGE_BROKER_NEW || result->n_brokers > 0;
}

kith_told_person kith_told_who(const kith_diff_told *told, kith_change_kind kind, const kith_change *change,
                               int which)
{
    const bool one_of_two = kind == KITH_CHANGE_PERSON_MERGED || kind == KITH_CHANGE_PERSON_SPLIT;
    const uint32_t *before = &change->before[one_of_two ? 0 : which];
    const uint32_t *after = &change->after[one_of_two ? 0 : which];
    const bool then = one_of_two ? (which == 0) == (kind == KITH_CHANGE_PERSON_MERGED) : *after == UINT32_MAX;
    const int side = then ? KITH_TOLD_BEFORE : KITH_TOLD_AFTER;
    const uint32_t id = then ? *before : *after;

    return (kith_told_person){id == UINT32_MAX ? NULL : told->net[side], id};
}

/* ---- values ---- */

/** Whether this is not to be shown: it is a contact, and nobody asked for those. */
static bool is_hidden(const kith_diff_told *told, uint32_t fact)
{
    for (uint32_t i = 0; i < KITH_CONTACT_KINDS && !told->to->with_contacts; i++)
        if (fact == (uint32_t)kith_contact_fields[i])
            return true;
    return false;
}

/** The `nth` text of a fact of somebody, or NULL. */
static const char *fact_at(const kith_diff_told *told, int side, uint32_t person, uint32_t fact, uint32_t nth)
{
    kith_person known;
    const char *text;

    if (fact < KITH_FIELD_COUNT) {
        text = kith_net_value(told->net[side], person, (kith_field)fact, nth);
        return text && is_hidden(told, fact) ? "(hidden)" : text;
    }
    kith_net_person(told->net[side], person, &known);
    if (nth > 0)
        return NULL;
    if (fact == KITH_FACT_KEY)
        return known.key;
    return (fact == KITH_FACT_OWNER ? known.is_owner : known.do_not_introduce) ? "yes" : NULL;
}

static void put_fact(kith_dynbuf *out, const kith_diff_told *told, int side, uint32_t person, uint32_t fact)
{
    const char *text;

    for (uint32_t nth = 0; (text = fact_at(told, side, person, fact, nth)) != NULL; nth++) {
        kith_dynbuf_text(out, nth > 0 ? "; " : "");
        kith_dynbuf_text(out, text);
    }
}

json_t *kith_told_fact_json(kith_json *json, const kith_diff_told *told, int side, uint32_t person,
                            uint32_t fact)
{
    json_t *list = json_array();
    const char *text;

    for (uint32_t nth = 0; (text = fact_at(told, side, person, fact, nth)) != NULL; nth++)
        kith_json_append(json, list, kith_json_text(text));
    return list;
}

static void put_tie(kith_dynbuf *out, kith_change_kind kind, uint32_t cost, bool for_readers)
{
    const double strength = kith_strength_of_cost(cost);

    if (cost == 0)
        return;
    if (for_readers) {
        kith_dynbuf_printf(out, "%s (", kith_tier_of_strength(strength));
        kith_words_fixed(out, strength, 2);
        kith_dynbuf_put(out, ')');
    } else if (kind == KITH_CHANGE_TIE_TIER) {
        kith_dynbuf_text(out, kith_tier_of_strength(strength));
    } else {
        kith_words_real(out, strength);
    }
}

/** "Lighthouse, active, from 2025-10-06 to 2026-12-18", or as much of it as is known. */
static void put_mentorship(kith_dynbuf *out, const kith_net *net, uint32_t i)
{
    const size_t start = out->length;
    kith_mentorship m;

    if (i == UINT32_MAX || !kith_net_mentorship(net, i, &m))
        return;
    kith_dynbuf_text(out, m.programme);
    if (m.status != KITH_MENTORSHIP_UNKNOWN) {
        kith_dynbuf_text(out, out->length > start ? ", " : "");
        kith_dynbuf_text(out, kith_mentorship_status_name(m.status));
    }
    if (m.start != KITH_NO_DATE) {
        kith_dynbuf_text(out, out->length > start ? ", from " : "from ");
        kith_words_day(out, m.start);
    }
    if (m.end != KITH_NO_DATE) {
        kith_dynbuf_text(out, m.start != KITH_NO_DATE ? " to " : out->length > start ? ", to " : "to ");
        kith_words_day(out, m.end);
    }
}

static void put_broker(kith_dynbuf *out, const kith_broker_change *broker, int side, bool for_readers)
{
    const double share = side == KITH_TOLD_BEFORE ? broker->share_before : broker->share_after;
    const uint32_t rank = side == KITH_TOLD_BEFORE ? broker->rank_before : broker->rank_after;

    if (!for_readers) {
        kith_words_real(out, share);
    } else if (rank > 0) {
        kith_words_share(out, share);
        kith_dynbuf_printf(out, ", rank %" PRIu32, rank);
    }
}

/** A measure of a group; nothing for NaN. */
static void put_number(kith_dynbuf *out, double number, bool for_readers)
{
    enum { DECIMALS = 3 };

    if (isnan(number))
        return;
    if (for_readers)
        kith_words_fixed(out, number, number < floor(number) || number > floor(number) ? DECIMALS : 0);
    else
        kith_words_real(out, number);
}

static void put_chance(kith_dynbuf *out, const kith_diff_result *result, uint32_t route, int side,
                       bool for_readers)
{
    const double chance = result->routes[side].routes[route].chance;

    if (for_readers)
        kith_words_share(out, chance);
    else
        kith_words_real(out, chance);
}

void kith_told_value(kith_dynbuf *out, const kith_diff_told *told, kith_change_kind kind,
                     const kith_change *change, int side, bool for_readers)
{
    const kith_diff_result *result = told->result;
    const bool now = side == KITH_TOLD_AFTER;
    const uint32_t person = now ? change->after[0] : change->before[0];

    switch (kind) {
    case KITH_CHANGE_PERSON_ADDED:
    case KITH_CHANGE_PERSON_REMOVED:
        if (for_readers && person != UINT32_MAX)
            kith_words_count(out, change->person.contacts);
        break;
    case KITH_CHANGE_PERSON_CHANGED:
        put_fact(out, told, side, person, change->person.fact);
        break;
    case KITH_CHANGE_TIE_ADDED:
    case KITH_CHANGE_TIE_REMOVED:
    case KITH_CHANGE_TIE_TIER:
        put_tie(out, kind, now ? change->cost.after : change->cost.before, for_readers);
        break;
    case KITH_CHANGE_MENTORSHIP_ADDED:
    case KITH_CHANGE_MENTORSHIP_REMOVED:
    case KITH_CHANGE_MENTORSHIP_CHANGED:
        put_mentorship(out, told->net[side], now ? change->mentorship.after : change->mentorship.before);
        break;
    case KITH_CHANGE_BROKER_NEW:
    case KITH_CHANGE_BROKER_RISEN:
    case KITH_CHANGE_BROKER_FALLEN:
    case KITH_CHANGE_BROKER_GONE:
        if (person != UINT32_MAX)
            put_broker(out, &result->brokers[change->broker], side, for_readers);
        break;
    case KITH_CHANGE_ROUTE_OPENED:
    case KITH_CHANGE_ROUTE_CLOSED:
        if (now == (kind == KITH_CHANGE_ROUTE_OPENED))
            put_chance(out, result, change->route, side, for_readers);
        break;
    case KITH_CHANGE_GROUP:
        put_number(out,
                   now ? result->measures[change->measure].after : result->measures[change->measure].before,
                   for_readers);
        break;
    case KITH_CHANGE_PERSON_MERGED:
    case KITH_CHANGE_PERSON_SPLIT:
    case KITH_CHANGE_KINDS:
        break;
    }
}
