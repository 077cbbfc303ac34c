#include "report/phrase.h"

#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "report/words.h"

void kith_phrase_name(kith_dynbuf *out, const kith_net *net, uint32_t id)
{
    kith_person person;

    kith_net_person(net, id, &person);
    kith_dynbuf_text(out, *person.name ? person.name : person.key);
}

void kith_phrase_position_of(kith_dynbuf *out, const kith_person *person)
{
    kith_dynbuf_text(out, person->title);
    if (*person->title && *person->company)
        kith_dynbuf_text(out, " at ");
    kith_dynbuf_text(out, person->company);
}

void kith_phrase_position(kith_dynbuf *out, const kith_net *net, uint32_t id)
{
    kith_person person;

    kith_net_person(net, id, &person);
    kith_phrase_position_of(out, &person);
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

/** Whether two names are the same when folded; running out of memory sticks to `out`. */
static bool same_place(const char *one, const char *other, kith_dynbuf *out)
{
    kith_dynbuf ours = {0}, theirs = {0};

    kith_text_fold(one, &ours);
    kith_text_fold(other, &theirs);
    if (ours.status || theirs.status)
        out->status = ours.status ? ours.status : theirs.status;
    bool same = out->status == KITH_OK && ours.length > 0 &&
                strcmp(kith_dynbuf_cstr(&ours), kith_dynbuf_cstr(&theirs)) == 0;
    kith_dynbuf_free(&ours);
    kith_dynbuf_free(&theirs);
    return same;
}

/** The `nth` place where a person was: companies they are known to be of, then tenures; false past the last.
 */
static bool place_of(const kith_net *net, uint32_t id, kith_tenure_kind kind, uint32_t nth,
                     kith_tenure_view *out)
{
    uint32_t i = 0;

    *out = (kith_tenure_view){.kind = kind, .start = KITH_NO_DATE, .end = KITH_NO_DATE};
    for (; kind == KITH_TENURE_WORK && (out->place = kith_net_value(net, id, KITH_FIELD_COMPANY, i)); i++)
        if (i == nth)
            return true;
    for (uint32_t k = 0; kith_net_tenure(net, id, k, out); k++)
        if (out->kind == kind && i++ == nth)
            return true;
    return false;
}

/** Makes `best` of the time that two people were at one place, if that is longer. */
static void prefer_longer(kith_phrase_place *best, const kith_tenure_view *x, const kith_tenure_view *y,
                          kith_day as_of)
{
    kith_day x_end = x->current || x->end > as_of ? as_of : x->end;
    kith_day y_end = y->current || y->end > as_of ? as_of : y->end;
    kith_day first = x->start > y->start ? x->start : y->start;
    kith_day last = x_end < y_end ? x_end : y_end;
    bool together = x->start != KITH_NO_DATE && y->start != KITH_NO_DATE && first < last;

    if (!best->name)
        *best = (kith_phrase_place){x->place, KITH_NO_DATE, KITH_NO_DATE};
    if (together && (best->first == KITH_NO_DATE || last - first > best->last - best->first))
        *best = (kith_phrase_place){x->place, first, last};
}

kith_phrase_place kith_phrase_shared_place(const kith_net *net, uint32_t a, uint32_t b, kith_tenure_kind kind,
                                           kith_dynbuf *out)
{
    kith_phrase_place best = {NULL, KITH_NO_DATE, KITH_NO_DATE};
    kith_tenure_view x, y;
    kith_net_summary summary;

    kith_net_summarise(net, &summary);
    for (uint32_t i = 0; place_of(net, a, kind, i, &x); i++)
        for (uint32_t k = 0; place_of(net, b, kind, k, &y); k++)
            if (same_place(x.place, y.place, out))
                prefer_longer(&best, &x, &y, summary.as_of);
    return best;
}

static int32_t year_of(kith_day day)
{
    int32_t year;
    uint32_t month, day_of_month;

    kith_day_to_civil(day, &year, &month, &day_of_month);
    return year;
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

static void put_worked(kith_dynbuf *out, const kith_net *net, const kith_phrase_place *at, bool dated)
{
    kith_net_summary summary;

    kith_net_summarise(net, &summary);
    if (!at->name)
        kith_dynbuf_text(out, "worked at the same company");
    else if (!dated || at->first == KITH_NO_DATE)
        kith_dynbuf_printf(out, "both at %s", at->name);
    else if (at->last == summary.as_of)
        kith_dynbuf_printf(out, "working together at %s since %d", at->name, year_of(at->first));
    else {
        kith_dynbuf_printf(out, "worked together at %s%s", at->name,
                           year_of(at->first) == year_of(at->last) ? " in " : " ");
        kith_words_years(out, at->first, at->last);
    }
}

static void put_studied(kith_dynbuf *out, const kith_net *net, uint32_t a, uint32_t b,
                        const kith_reason *reason)
{
    kith_phrase_place at = kith_phrase_shared_place(net, a, b, KITH_TENURE_STUDY, out);

    if (at.name)
        kith_dynbuf_printf(out, "both studied at %s", at.name);
    else
        kith_dynbuf_text(out, "studied at the same school");
    if (reason->first == KITH_NO_DATE || reason->last == KITH_NO_DATE)
        return;
    if (year_of(reason->first) == year_of(reason->last))
        kith_dynbuf_printf(out, ", class of %d", year_of(reason->first));
    else
        kith_dynbuf_printf(out, ", classes of %d and %d", year_of(reason->first), year_of(reason->last));
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

/** What `b` is to `a`, as stated: "manager of Ann Lee, colleagues since March 2019". */
static void put_relation(kith_dynbuf *out, const kith_net *net, uint32_t a, uint32_t b,
                         const kith_reason *reason)
{
    static const char *const words[2 * KITH_STATED_COUNT] = {
        "manager of ", "managed by ",  "assistant of ", "assisted by ", "mentor of ", "mentored by ",
        "referred ",   "referred by ", "colleagues",    NULL,           "friends",    NULL,
        "partners",    NULL,           "relatives",     NULL,
    };
    const uint32_t mask = kith_net_stated(net, a, b);
    const uint32_t referred =
        kith_stated_first(KITH_STATED_REFERRER) | kith_stated_second(KITH_STATED_REFERRER);
    const size_t before = out->length;

    for (uint32_t bit = 0; bit < 2 * KITH_STATED_COUNT; bit++) {
        if (!(mask >> bit & 1) || !words[bit])
            continue;
        kith_dynbuf_text(out, out->length > before ? ", " : "");
        kith_dynbuf_text(out, words[bit]);
        if (bit < 2 * KITH_STATED_COLLEAGUE)
            kith_phrase_name(out, net, a);
    }
    if (mask == 0)
        kith_dynbuf_text(out, "stated as a relation");
    if (reason->first == KITH_NO_DATE)
        return;
    kith_dynbuf_text(out, mask != 0 && (mask & ~referred) == 0 ? " in " : " since ");
    kith_words_month(out, reason->first);
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

static void put_messages(kith_dynbuf *out, const kith_reason *reason)
{
    kith_words_halves(out, reason->interactions);
    kith_dynbuf_text(out, reason->interactions == 1 ? " message" : " messages");
    put_last(out, reason);
}

/** "stated as a tie since March 2019, 2.5 interactions". */
static void put_stated_tie(kith_dynbuf *out, const kith_reason *reason)
{
    put_since(out, "stated as a tie", "stated as a tie", reason->first);
    if (reason->interactions > 0) {
        kith_dynbuf_text(out, ", ");
        kith_phrase_interactions(out, reason->interactions);
    }
}

void kith_phrase_interactions(kith_dynbuf *out, double count)
{
    kith_words_halves(out, count);
    kith_dynbuf_text(out, count == 1 ? " interaction" : " interactions");
}

void kith_phrase_reason(kith_dynbuf *out, const kith_net *net, uint32_t a, uint32_t b,
                        const kith_reason *reason)
{
    uint32_t count = reason->count > 0 ? reason->count : 1;
    kith_phrase_place place;

    switch (reason->kind) {
    case KITH_EVIDENCE_LISTED:
        put_since(out, "connected", "in the contacts", reason->first);
        break;
    case KITH_EVIDENCE_LISTED_BY_BOTH:
        kith_dynbuf_text(out, "both list each other");
        break;
    case KITH_EVIDENCE_MESSAGES:
        put_messages(out, reason);
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
        place = kith_phrase_shared_place(net, a, b, KITH_TENURE_WORK, out);
        put_worked(out, net, &place, reason->first != KITH_NO_DATE);
        break;
    case KITH_EVIDENCE_STUDIED:
        put_studied(out, net, a, b, reason);
        break;
    case KITH_EVIDENCE_MENTORSHIP:
        put_mentorship(out, reason);
        break;
    case KITH_EVIDENCE_STATED_TIE:
        put_stated_tie(out, reason);
        break;
    case KITH_EVIDENCE_STATED_RELATION:
        put_relation(out, net, a, b, reason);
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

bool kith_phrase_common(kith_dynbuf *out, const kith_net *net, uint32_t a, uint32_t b, kith_tenure_kind kind)
{
    const kith_phrase_place at = kith_phrase_shared_place(net, a, b, kind, out);

    if (!at.name)
        return false;
    if (kind == KITH_TENURE_WORK)
        put_worked(out, net, &at, true);
    else
        kith_dynbuf_printf(out, "both studied at %s", at.name);
    return true;
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
