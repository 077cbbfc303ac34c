/* What an asker may write to an introducer, and no more: docs/drafts.md has the rules. */
#include <string.h>

#include "base/mem.h"
#include "base/template.h"
#include "base/text.h"
#include "report/draft_templates.h"
#include "report/phrase.h"
#include "report/words.h"

/** What all drafts of one answer have in common. */
typedef struct drafting {
    const kith_net *net;
    const kith_draft_templates *templates;
    kith_dynbuf question; /**< folded */
    bool stated_lists;    /**< a table of ties may claim that somebody is in somebody's contacts */
    uint32_t n_merges;
    kith_dynbuf value[DRAFT_FIELDS]; /**< of the route at hand */
} drafting;

/* ---- what the asker holds ---- */

/** Whether any source is a table of ties. */
static bool has_ties_table(const kith_net *net)
{
    kith_source source;

    for (uint32_t i = 0; kith_net_source(net, i, &source); i++)
        if (strcmp(source.format, "ties table") == 0)
            return true;
    return false;
}

/** Whether all that is known of a person stood in one record: no other was joined to it. */
static bool is_one_record(const drafting *d, uint32_t person)
{
    uint32_t low = 0, high = d->n_merges;
    kith_merge merge;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (!kith_net_merge(d->net, middle, &merge))
            return false;
        if (merge.person < person)
            low = middle + 1;
        else
            high = middle;
    }
    return low == d->n_merges || (kith_net_merge(d->net, low, &merge) && merge.person != person);
}

/** Whether all that is known of a person stands in the asker's own export. */
static bool holds_all(const drafting *d, const kith_person *asker, const kith_person *other)
{
    kith_tie tie;

    return asker->is_owner && !other->is_owner && !d->stated_lists &&
           kith_net_tie(d->net, asker->id, other->id, &tie) && tie.evidence >> KITH_EVIDENCE_LISTED & 1 &&
           is_one_record(d, other->id);
}

/** Whether the asker wrote this text in the question. */
static bool is_in_question(const drafting *d, const char *value, kith_dynbuf *folded)
{
    kith_dynbuf_clear(folded);
    kith_text_fold(value, folded);
    return kith_text_has_words(kith_dynbuf_cstr(&d->question), kith_dynbuf_cstr(folded));
}

/* ---- the fields ---- */

static void put_target(drafting *d, const kith_person *asker, const kith_person *target)
{
    bool held = holds_all(d, asker, target);
    kith_dynbuf folded = {0};

    kith_dynbuf_text(&d->value[DRAFT_TARGET], target->name);
    if (held || is_in_question(d, target->title, &folded))
        kith_dynbuf_text(&d->value[DRAFT_TARGET_TITLE], target->title);
    if (held || is_in_question(d, target->company, &folded))
        kith_dynbuf_text(&d->value[DRAFT_TARGET_COMPANY], target->company);
    if (folded.status)
        d->value[DRAFT_TARGET].status = folded.status;
    kith_dynbuf_free(&folded);
}

/** What asker and introducer went through together: both were there. */
static void put_shared(drafting *d, uint32_t asker, uint32_t introducer)
{
    kith_phrase_place place;
    kith_reason reasons[KITH_EVIDENCE_COUNT];
    uint32_t count = kith_net_reasons(d->net, asker, introducer, reasons);

    for (uint32_t i = 0; i < count; i++)
        switch (reasons[i].kind) {
        case KITH_EVIDENCE_WORKED:
            place = kith_phrase_shared_place(d->net, asker, introducer, KITH_TENURE_WORK,
                                             &d->value[DRAFT_SHARED_COMPANY]);
            if (!place.name || place.first == KITH_NO_DATE)
                break;
            kith_dynbuf_text(&d->value[DRAFT_SHARED_COMPANY], place.name);
            kith_words_years(&d->value[DRAFT_SHARED_YEARS], place.first, place.last);
            break;
        case KITH_EVIDENCE_STUDIED:
            place = kith_phrase_shared_place(d->net, asker, introducer, KITH_TENURE_STUDY,
                                             &d->value[DRAFT_SHARED_SCHOOL]);
            if (place.name)
                kith_dynbuf_text(&d->value[DRAFT_SHARED_SCHOOL], place.name);
            break;
        case KITH_EVIDENCE_MENTORSHIP:
            kith_words_month(&d->value[DRAFT_MENTORSHIP_SINCE], reasons[i].first);
            break;
        case KITH_EVIDENCE_MESSAGES:
            kith_words_month(&d->value[DRAFT_LAST_CONTACT], reasons[i].last);
            break;
        default:
            break;
        }
}

/** Fills in the fields of a route; false where it gets no drafts. */
static bool put_fields(drafting *d, const kith_route *route)
{
    kith_person asker, person;

    for (uint32_t f = 0; f < DRAFT_FIELDS; f++)
        kith_dynbuf_clear(&d->value[f]);
    kith_net_person(d->net, route->people[0], &asker);
    if (route->hops < 2 || !*asker.name)
        return false;
    for (uint32_t i = 1; i <= route->hops; i++) {
        kith_net_person(d->net, route->people[i], &person);
        if (person.do_not_introduce || !*person.name)
            return false;
        if (i == 1)
            kith_dynbuf_text(&d->value[DRAFT_INTRODUCER], person.name);
        if (i == 2 && i < route->hops)
            kith_dynbuf_text(&d->value[DRAFT_NEXT], person.name);
    }
    put_target(d, &asker, &person);
    kith_dynbuf_text(&d->value[DRAFT_ASKER], asker.name);
    kith_phrase_position(&d->value[DRAFT_ASKER_POSITION], d->net, asker.id);
    put_shared(d, asker.id, route->people[1]);
    return true;
}

/* ---- the drafts ---- */

/** Fills in one text. */
static kith_code fill(const drafting *d, const char *text, char **out, kith_err *err)
{
    const char *values[DRAFT_FIELDS];
    kith_dynbuf filled = {0};
    kith_code rc = KITH_OK;

    for (uint32_t f = 0; f < DRAFT_FIELDS; f++) {
        values[f] = kith_dynbuf_cstr(&d->value[f]);
        if (!rc)
            rc = kith_dynbuf_check(&d->value[f], "a draft", err);
    }
    kith_template_fill(text, kith_draft_fields, values, DRAFT_FIELDS, &filled);
    if (!rc)
        rc = kith_dynbuf_check(&filled, "a draft", err);
    if (!rc && !(*out = kith_strdup(kith_dynbuf_cstr(&filled))))
        rc = kith_fail_memory(err, "a draft");
    kith_dynbuf_free(&filled);
    return rc;
}

kith_code kith_drafts_write(const kith_net *net, const kith_draft_templates *templates, const char *question,
                            const kith_intro_result *routes, kith_draft **drafts, kith_err *err)
{
    kith_net_summary summary;
    kith_draft *list = *drafts = kith_calloc(routes->n_routes, sizeof *list);

    if (!list && routes->n_routes > 0)
        return kith_fail_memory(err, "drafts");
    kith_net_summarise(net, &summary);
    drafting d = {
        .net = net, .templates = templates, .stated_lists = has_ties_table(net), .n_merges = summary.merges};
    kith_text_fold(question, &d.question);
    kith_code rc = kith_dynbuf_check(&d.question, "the question", err);
    for (uint32_t i = 0; i < routes->n_routes && !rc; i++) {
        if (!put_fields(&d, &routes->routes[i]))
            continue;
        rc = fill(&d, templates->request, &list[i].request, err);
        if (!rc)
            rc = fill(&d, templates->note, &list[i].note, err);
    }
    if (!rc)
        rc = kith_net_status(net, err);
    kith_dynbuf_free(&d.question);
    for (uint32_t f = 0; f < DRAFT_FIELDS; f++)
        kith_dynbuf_free(&d.value[f]);
    if (rc) {
        kith_drafts_free(list, routes->n_routes);
        *drafts = NULL;
    }
    return rc;
}

void kith_drafts_free(kith_draft *drafts, uint32_t n_drafts)
{
    for (uint32_t i = 0; drafts && i < n_drafts; i++) {
        kith_free(drafts[i].request);
        kith_free(drafts[i].note);
    }
    kith_free(drafts);
}
