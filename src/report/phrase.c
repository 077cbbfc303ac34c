#include "report/phrase.h"

#include <string.h>

#include "base/text.h"
#include "report/words.h"

void kith_phrase_name(kith_dynbuf *out, const kith_net *net, uint32_t id)
{
    kith_person person;

    kith_net_person(net, id, &person);
    kith_dynbuf_text(out, *person.name ? person.name : person.key);
}

void kith_phrase_position(kith_dynbuf *out, const kith_net *net, uint32_t id)
{
    kith_person person;

    kith_net_person(net, id, &person);
    kith_dynbuf_text(out, person.title);
    if (*person.title && *person.company)
        kith_dynbuf_text(out, " at ");
    kith_dynbuf_text(out, person.company);
}

void kith_phrase_person(kith_dynbuf *out, const kith_net *net, uint32_t id)
{
    kith_person person;

    kith_net_person(net, id, &person);
    kith_phrase_name(out, net, id);
    if (*person.title)
        kith_dynbuf_text(out, ", ");
    else if (*person.company)
        kith_dynbuf_text(out, " of ");
    kith_phrase_position(out, net, id);
}

void kith_phrase_names(kith_dynbuf *out, const kith_net *net, const uint32_t *ids, uint32_t count,
                       const char *between)
{
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0)
            kith_dynbuf_text(out, between);
        kith_phrase_name(out, net, ids[i]);
    }
}

/** The first company of `a` that `b` names too, or NULL; running out of memory sticks to `out`. */
static const char *shared_company(const kith_net *net, uint32_t a, uint32_t b, kith_dynbuf *out)
{
    kith_dynbuf ours = {0}, theirs = {0};
    const char *found = NULL, *one, *other;

    for (uint32_t i = 0; !found && (one = kith_net_value(net, a, KITH_FIELD_COMPANY, i)); i++) {
        kith_dynbuf_clear(&ours);
        kith_text_fold(one, &ours);
        for (uint32_t j = 0; !found && (other = kith_net_value(net, b, KITH_FIELD_COMPANY, j)); j++) {
            kith_dynbuf_clear(&theirs);
            kith_text_fold(other, &theirs);
            if (ours.status || theirs.status)
                out->status = ours.status ? ours.status : theirs.status;
            else if (ours.length > 0 && strcmp(ours.data, kith_dynbuf_cstr(&theirs)) == 0)
                found = one;
        }
    }
    kith_dynbuf_free(&ours);
    kith_dynbuf_free(&theirs);
    return found;
}

/** ", last in March 2024", or nothing where the date is not known. */
static void put_last(kith_dynbuf *out, const kith_reason *reason)
{
    if (reason->last == KITH_NO_DATE)
        return;
    kith_dynbuf_text(out, reason->count > 1 ? ", last in " : " in ");
    kith_words_month(out, reason->last);
}

static void put_since(kith_dynbuf *out, const char *known, const char *unknown, kith_day day)
{
    if (day == KITH_NO_DATE) {
        kith_dynbuf_text(out, unknown);
        return;
    }
    kith_dynbuf_printf(out, "%s since ", known);
    kith_words_month(out, day);
}

static void put_worked(kith_dynbuf *out, const kith_net *net, uint32_t a, uint32_t b)
{
    const char *company = shared_company(net, a, b, out);

    if (company)
        kith_dynbuf_printf(out, "both at %s", company);
    else
        kith_dynbuf_text(out, "worked at the same company");
}

static void put_mentorship(kith_dynbuf *out, const kith_reason *reason)
{
    bool runs = reason->factor >= 1; /* it fades only once it has ended */

    if (runs || reason->last == KITH_NO_DATE) {
        put_since(out, "mentorship", "mentorship", reason->first);
        return;
    }
    kith_dynbuf_text(out, "mentored, ended ");
    kith_words_month(out, reason->last);
}

static void put_shared(kith_dynbuf *out, const kith_reason *reason)
{
    if (reason->count > 0) {
        kith_words_counted(out, reason->count, "shared contact", "shared contacts");
        return;
    }
    kith_words_share(out, reason->factor);
    kith_dynbuf_text(out, " of their contacts shared");
}

void kith_phrase_reason(kith_dynbuf *out, const kith_net *net, uint32_t a, uint32_t b,
                        const kith_reason *reason)
{
    uint32_t count = reason->count > 0 ? reason->count : 1;

    switch (reason->kind) {
    case KITH_EVIDENCE_LISTED:
        put_since(out, "connected", "in the contacts", reason->first);
        break;
    case KITH_EVIDENCE_LISTED_BY_BOTH:
        kith_dynbuf_text(out, "both list each other");
        break;
    case KITH_EVIDENCE_MESSAGES:
        kith_words_counted(out, count, "message", "messages");
        put_last(out, reason);
        break;
    case KITH_EVIDENCE_RECOMMENDATION:
        kith_words_counted(out, count, "written recommendation", "written recommendations");
        put_last(out, reason);
        break;
    case KITH_EVIDENCE_ENDORSEMENT:
        kith_words_counted(out, count, "endorsement", "endorsements");
        put_last(out, reason);
        break;
    case KITH_EVIDENCE_WORKED:
        put_worked(out, net, a, b);
        break;
    case KITH_EVIDENCE_STUDIED:
        kith_dynbuf_text(out, "studied at the same school");
        break;
    case KITH_EVIDENCE_MENTORSHIP:
        put_mentorship(out, reason);
        break;
    case KITH_EVIDENCE_STATED_TIE:
        put_since(out, "stated as a tie", "stated as a tie", reason->first);
        break;
    case KITH_EVIDENCE_STATED_RELATION:
        kith_dynbuf_text(out, "stated as a relation");
        break;
    case KITH_EVIDENCE_SHARED_CONTACTS:
        put_shared(out, reason);
        break;
    case KITH_EVIDENCE_STATED_STRENGTH:
        kith_dynbuf_text(out, "strength stated in the data");
        break;
    case KITH_EVIDENCE_COUNT:
        break;
    }
}

void kith_phrase_reasons(kith_dynbuf *out, const kith_net *net, uint32_t a, uint32_t b)
{
    kith_reason reasons[KITH_EVIDENCE_COUNT];
    uint32_t count = kith_net_reasons(net, a, b, reasons);

    for (uint32_t i = 0; i < count && i < KITH_PHRASE_REASONS; i++) {
        if (i > 0)
            kith_dynbuf_text(out, "; ");
        kith_phrase_reason(out, net, a, b, &reasons[i]);
    }
}

double kith_phrase_strength(const kith_net *net, uint32_t a, uint32_t b)
{
    kith_tie tie;

    return kith_net_tie(net, a, b, &tie) ? kith_strength_of_cost(tie.cost) : 0;
}
