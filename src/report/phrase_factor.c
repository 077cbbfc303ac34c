#include "report/phrase_factor.h"

#include <string.h>

#include <kith/coefficients.h>

#include "report/phrase.h"
#include "report/words.h"

/** The coefficient that the network was built with. */
static double in_force(const kith_net *net, const char *name)
{
    kith_parameter parameter;
    kith_coefficient usual;

    for (uint32_t i = 0; kith_net_parameter(net, i, &parameter); i++)
        if (strcmp(parameter.name, name) == 0)
            return parameter.value;
    return kith_coefficient_find(name, &usual) ? usual.value : 0;
}

static void put(kith_dynbuf *out, const char *text, const kith_net *net, const char *coefficient,
                const char *after)
{
    kith_dynbuf_text(out, text);
    kith_words_real(out, in_force(net, coefficient));
    kith_dynbuf_text(out, after);
}

static void put_listed(kith_dynbuf *out, const kith_net *net, const kith_reason *reason)
{
    if (reason->first == KITH_NO_DATE) {
        put(out, "a contact without a date counts ", net, "listed_undated", "");
        return;
    }
    put(out, "fades from 1 towards ", net, "listed_least", ", half of the way every ");
    put(out, "", net, "listed_half_life_years", " years");
}

static void put_messages(kith_dynbuf *out, const kith_net *net)
{
    put(out, "a message counts half after ", net, "message_half_life_days", " days and less in a group; ");
    put(out, "", net, "message_scale", " that count in full make 0.63; if one side never wrote, ");
    put(out, "", net, "message_one_way", " of that is left");
}

static void put_worked(kith_dynbuf *out, const kith_net *net, const kith_reason *reason)
{
    if (reason->first == KITH_NO_DATE)
        put(out, "it is not known when both were there: counts ", net, "worked_undated", "");
    else
        put(out, "", net, "worked_scale_years", " years together make 0.63, more come nearer to 1");
}

static void put_studied(kith_dynbuf *out, const kith_reason *reason)
{
    if (reason->factor > 0)
        kith_dynbuf_text(out, "1 for the same class, 1/2 for the next, 1/3 for the one after that");
    else
        kith_dynbuf_text(out, "nothing, as a class year is not known");
}

/** How the factor of a kind comes about, where anything counts at all. */
static void put_rule(kith_dynbuf *out, const kith_net *net, const kith_reason *reason)
{
    switch (reason->kind) {
    case KITH_EVIDENCE_LISTED:
        put_listed(out, net, reason);
        break;
    case KITH_EVIDENCE_MESSAGES:
        put_messages(out, net);
        break;
    case KITH_EVIDENCE_RECOMMENDATION:
        put(out, "counts half every ", net, "recommendation_half_life_years", " years");
        break;
    case KITH_EVIDENCE_ENDORSEMENT:
        put(out, "", net, "endorsement_scale", " endorsements make 0.63, more come nearer to 1");
        break;
    case KITH_EVIDENCE_WORKED:
        put_worked(out, net, reason);
        break;
    case KITH_EVIDENCE_STUDIED:
        put_studied(out, reason);
        break;
    case KITH_EVIDENCE_MENTORSHIP:
        put(out, "counts in full while it runs, then half every ", net, "mentorship_half_life_years",
            " years");
        break;
    case KITH_EVIDENCE_SHARED_CONTACTS:
        kith_dynbuf_text(out, "their share of all whom at least one of the two knows");
        break;
    case KITH_EVIDENCE_STATED_STRENGTH:
        kith_dynbuf_text(out, "what the data state stands for itself and replaces all else");
        break;
    case KITH_EVIDENCE_LISTED_BY_BOTH:
    case KITH_EVIDENCE_STATED_TIE:
    case KITH_EVIDENCE_STATED_RELATION:
    case KITH_EVIDENCE_COUNT:
        kith_dynbuf_text(out, "counts in full");
        break;
    }
}

/** Whether all that is known of it lies behind the as-of date. */
static bool lies_ahead(const kith_net *net, const kith_reason *reason)
{
    kith_net_summary summary;

    kith_net_summarise(net, &summary);
    return reason->first != KITH_NO_DATE && reason->first > summary.as_of;
}

void kith_phrase_factor(kith_dynbuf *out, const kith_net *net, const kith_reason *reason, bool replaced)
{
    kith_dynbuf_text(out, "weight ");
    kith_words_real(out, reason->weight);
    kith_dynbuf_text(out, " × factor ");
    kith_words_fixed(out, reason->factor, 3);
    kith_dynbuf_text(out, ": ");
    if (replaced && reason->kind != KITH_EVIDENCE_STATED_STRENGTH)
        kith_dynbuf_text(out, "nothing, as a stated strength replaces it");
    else if (reason->factor <= 0 && lies_ahead(net, reason))
        kith_dynbuf_text(out, "nothing, as it lies after the as-of date");
    else
        put_rule(out, net, reason);
}

/** How much of it there is, behind the name of its kind: "14", "2.5 interactions", "2 records". */
static void put_count(kith_dynbuf *out, const kith_reason *reason)
{
    switch (reason->kind) {
    case KITH_EVIDENCE_MESSAGES:
        kith_words_halves(out, reason->interactions);
        break;
    case KITH_EVIDENCE_RECOMMENDATION:
    case KITH_EVIDENCE_ENDORSEMENT:
    case KITH_EVIDENCE_SHARED_CONTACTS:
        kith_words_count(out, reason->count);
        break;
    default:
        if (reason->interactions > 0)
            kith_phrase_interactions(out, reason->interactions);
        else
            kith_words_counted(out, reason->count, "record", "records");
        break;
    }
}

void kith_phrase_record(kith_dynbuf *out, const kith_reason *reason)
{
    kith_dynbuf_printf(out, "%s: ", kith_evidence_name(reason->kind));
    put_count(out, reason);
    if (reason->kind == KITH_EVIDENCE_SHARED_CONTACTS)
        return; /* what follows from ties has no date of its own */
    kith_dynbuf_text(out, ", ");
    if (reason->first == KITH_NO_DATE) {
        kith_dynbuf_text(out, "without a date");
        return;
    }
    kith_words_day(out, reason->first);
    if (reason->last != reason->first) {
        kith_dynbuf_text(out, " to ");
        kith_words_day(out, reason->last);
    }
}
