/* A tie, or the strongest ties of a person, as a reader is told of them. */
#include "report/show_why.h"

#include "report/contacts.h"
#include "report/phrase.h"
#include "report/phrase_factor.h"
#include "report/words.h"

/* ---- two people ---- */

static bool is_replaced(const kith_why_result *result)
{
    return (result->tie.evidence >> KITH_EVIDENCE_STATED_STRENGTH & 1) != 0;
}

/** One piece of evidence: what it adds, what it is, and how that comes about. */
static void show_reason(const kith_answer *answer, kith_sheet *sheet, uint32_t i, kith_dynbuf *text)
{
    const kith_why_result *result = answer->result;
    const kith_reason *reason = &result->reasons[i];
    kith_dynbuf value = {0};

    kith_words_fixed(&value, kith_reason_adds(reason), 3);
    kith_sheet_keep(sheet, &value);
    kith_phrase_reason(text, answer->net, result->who, result->other, reason);
    kith_sheet_item(sheet, i + 1, kith_dynbuf_cstr(&value), text);
    kith_phrase_record(text, reason);
    if (reason->kind == KITH_EVIDENCE_MESSAGES)
        kith_dynbuf_text(text, kith_net_both_wrote(answer->net, result->who, result->other) ? ", both ways"
                                                                                            : ", one way");
    kith_sheet_point(sheet, text);
    kith_phrase_factor(text, answer->net, reason, is_replaced(result));
    kith_sheet_point(sheet, text);
    kith_dynbuf_free(&value);
}

/** "0.300 × 0.910 = 0.273": the chance that none of the pieces is enough. @return how many pieces count. */
static uint32_t put_product(const kith_why_result *result, kith_dynbuf *text)
{
    double none = 1;
    uint32_t count = 0;

    for (uint32_t i = 0; i < result->n_reasons; i++) {
        const double left = 1 - kith_reason_adds(&result->reasons[i]);
        if (kith_reason_adds(&result->reasons[i]) <= 0)
            continue;
        kith_dynbuf_text(text, count > 0 ? " × " : "");
        kith_words_fixed(text, left, 3);
        none *= left;
        count++;
    }
    kith_dynbuf_text(text, " = ");
    kith_words_fixed(text, none, 3);
    return count;
}

/** How the pieces come to the strength. */
static void show_sum(const kith_why_result *result, kith_sheet *sheet, kith_dynbuf *text)
{
    const double strength = kith_strength_of_cost(result->tie.cost);
    kith_dynbuf product = {0};
    const uint32_t count = put_product(result, &product);

    kith_sheet_keep(sheet, &product);
    if (count > 1)
        kith_dynbuf_printf(
            text,
            "Each piece is a reason of its own. That none of them is enough has the chance %s; "
            "the strength is the rest",
            kith_dynbuf_cstr(&product));
    else
        kith_dynbuf_text(text, count == 1 ? "The strength is what the one piece that counts adds"
                                          : "No piece counts");
    kith_dynbuf_text(text, ", held between 0.01 and 0.99: ");
    kith_words_fixed(text, strength, 3);
    kith_dynbuf_printf(text, ", which is %s. (Strong is 0.5 and above, medium 0.2 and above.)",
                       kith_tier_of_strength(strength));
    kith_sheet_paragraph(sheet, text);
    kith_dynbuf_free(&product);
}

static void put_field(kith_dynbuf *text, const char *before, const char *value)
{
    if (*value)
        kith_dynbuf_printf(text, "%s%s", before, value);
}

/** "Ben Ito mentors Noor Haddad: 2025-10-01 to 2026-03-01, Harbour Programme, cohort 2025, 6 meetings". */
static void show_mentorships(const kith_answer *answer, kith_sheet *sheet, kith_dynbuf *text)
{
    const kith_why_result *result = answer->result;

    for (uint32_t i = 0; i < result->n_mentorships; i++) {
        const kith_mentorship *m = &result->mentorships[i];

        kith_dynbuf_text(text, "Mentorship: ");
        kith_phrase_name(text, answer->net, m->mentor);
        kith_dynbuf_text(text, " mentors ");
        kith_phrase_name(text, answer->net, m->mentee);
        kith_dynbuf_text(text, ", start ");
        kith_words_day(text, m->start);
        kith_dynbuf_text(text, ", end ");
        kith_words_day(text, m->end);
        put_field(text, ", ", kith_mentorship_status_name(m->status));
        put_field(text, ", ", m->programme);
        put_field(text, ", cohort ", m->cohort);
        if (m->meetings != UINT32_MAX) {
            kith_dynbuf_text(text, ", ");
            kith_words_counted(text, m->meetings, "meeting", "meetings");
        }
        if (m->last_meeting != KITH_NO_DATE) {
            kith_dynbuf_text(text, ", last met ");
            kith_words_day(text, m->last_meeting);
        }
        kith_dynbuf_put(text, '.');
        kith_sheet_paragraph(sheet, text);
    }
}

static void put_tier(kith_dynbuf *text, const kith_net *net, uint32_t cost, uint32_t with)
{
    kith_dynbuf_printf(text, "%s (", kith_tier_of_strength(kith_strength_of_cost(cost)));
    kith_words_fixed(text, kith_strength_of_cost(cost), 2);
    kith_dynbuf_text(text, ") with ");
    kith_phrase_name(text, net, with);
}

/** Whom both know, with how well. */
static void show_shared(const kith_answer *answer, kith_sheet *sheet, kith_dynbuf *text)
{
    const kith_why_result *result = answer->result;

    if (result->all_shared == 0)
        return;
    kith_words_counted(text, result->all_shared, "person knows both", "people know both");
    kith_dynbuf_text(text, result->n_shared < result->all_shared ? "; the closest:" : ":");
    kith_sheet_paragraph(sheet, text);
    for (uint32_t i = 0; i < result->n_shared && !sheet->status; i++) {
        const kith_shared_contact *contact = &result->shared[i];
        kith_person person;

        kith_net_person(answer->net, contact->id, &person);
        kith_phrase_person(text, answer->net, contact->id);
        kith_dynbuf_text(text, ": ");
        put_tier(text, answer->net, contact->who_cost, result->who);
        kith_dynbuf_text(text, ", ");
        put_tier(text, answer->net, contact->other_cost, result->other);
        kith_dynbuf_text(text, person.do_not_introduce ? "; is not asked to introduce" : "");
        kith_sheet_point(sheet, text);
    }
}

/** Companies and schools of both, which make no tie by themselves. @return whether there are any. */
static bool show_common(const kith_answer *answer, kith_sheet *sheet, kith_dynbuf *text)
{
    const kith_why_result *result = answer->result;
    bool any = false;

    for (int kind = KITH_TENURE_WORK; kind <= KITH_TENURE_STUDY; kind++) {
        kith_dynbuf_text(text, "In common, though that makes no tie by itself: ");
        if (kith_phrase_common(text, answer->net, result->who, result->other, (kith_tenure_kind)kind)) {
            kith_dynbuf_put(text, '.');
            kith_sheet_paragraph(sheet, text);
            any = true;
        }
        kith_dynbuf_clear(text);
    }
    return any;
}

static void show_contacts(const kith_answer *answer, kith_sheet *sheet, uint32_t id, kith_dynbuf *text)
{
    static const char *const nouns[KITH_CONTACT_KINDS] = {"emails", "phones", "URLs"};
    kith_dynbuf values = {0};

    for (uint32_t kind = 0; kind < KITH_CONTACT_KINDS && answer->to->with_contacts; kind++) {
        kith_contacts_put(&values, answer->net, id, kind);
        kith_sheet_keep(sheet, &values);
        if (values.length > 0) {
            kith_phrase_name(text, answer->net, id);
            kith_dynbuf_printf(text, ", %s: %s", nouns[kind], kith_dynbuf_cstr(&values));
            kith_sheet_paragraph(sheet, text);
        }
        kith_dynbuf_clear(&values);
    }
    kith_dynbuf_free(&values);
}

static void show_pair(const kith_answer *answer, kith_sheet *sheet, kith_dynbuf *text)
{
    const kith_why_result *result = answer->result;

    kith_phrase_person(text, answer->net, result->who);
    kith_dynbuf_text(text, " – ");
    kith_phrase_person(text, answer->net, result->other);
    kith_dynbuf_text(text, ": ");
    if (result->tied) {
        kith_dynbuf_text(text, kith_tier_of_strength(kith_strength_of_cost(result->tie.cost)));
        kith_dynbuf_text(text, " (");
        kith_words_fixed(text, kith_strength_of_cost(result->tie.cost), 2);
        kith_dynbuf_text(text, ").");
    } else {
        kith_dynbuf_text(text, "not tied. Nothing that was read says that they know each other.");
    }
    kith_sheet_paragraph(sheet, text);
    for (uint32_t i = 0; i < result->n_reasons && !sheet->status; i++)
        show_reason(answer, sheet, i, text);
    if (result->tied)
        show_sum(result, sheet, text);
    show_mentorships(answer, sheet, text);
    show_shared(answer, sheet, text);
    if (!result->tied && !show_common(answer, sheet, text) && result->all_shared == 0) {
        kith_dynbuf_text(text, "They share no contact, company or school.");
        kith_sheet_paragraph(sheet, text);
    }
    if (!result->tied) {
        kith_dynbuf_text(text, "`kith intro` looks for routes between them.");
        kith_sheet_paragraph(sheet, text);
    }
    show_contacts(answer, sheet, result->who, text);
    show_contacts(answer, sheet, result->other, text);
}

/* ---- one person ---- */

static void show_tie(const kith_answer *answer, kith_sheet *sheet, uint32_t i, kith_dynbuf *text)
{
    const kith_why_result *result = answer->result;
    const kith_tie *tie = &result->ties[i];
    const double strength = kith_strength_of_cost(tie->cost);
    kith_reason reasons[KITH_EVIDENCE_COUNT];
    kith_dynbuf value = {0};

    kith_words_fixed(&value, strength, 2);
    kith_sheet_keep(sheet, &value);
    kith_phrase_person(text, answer->net, tie->b);
    kith_dynbuf_printf(text, ": %s", kith_tier_of_strength(strength));
    if (kith_net_reasons(answer->net, tie->a, tie->b, reasons) > 0) {
        kith_dynbuf_text(text, ", ");
        kith_phrase_reason(text, answer->net, tie->a, tie->b, &reasons[0]);
    }
    kith_dynbuf_put(text, '.');
    kith_sheet_item(sheet, i + 1, kith_dynbuf_cstr(&value), text);
    kith_dynbuf_free(&value);
}

static void show_person(const kith_answer *answer, kith_sheet *sheet, kith_dynbuf *text)
{
    const kith_why_result *result = answer->result;

    kith_phrase_person(text, answer->net, result->who);
    kith_dynbuf_text(text, ": ");
    kith_words_counted(text, result->all_ties, "tie", "ties");
    if (result->n_ties < result->all_ties) {
        kith_dynbuf_text(text, ", of which the strongest ");
        kith_words_count(text, result->n_ties);
    }
    kith_dynbuf_put(text, '.');
    kith_sheet_paragraph(sheet, text);
    for (uint32_t i = 0; i < result->n_ties && !sheet->status; i++)
        show_tie(answer, sheet, i, text);
    show_contacts(answer, sheet, result->who, text);
}

void kith_show_why(const kith_answer *answer, kith_sheet *sheet)
{
    kith_net_summary summary;
    kith_dynbuf text = {0};

    kith_net_summarise(answer->net, &summary);
    if (((const kith_why_result *)answer->result)->other != UINT32_MAX)
        show_pair(answer, sheet, &text);
    else
        show_person(answer, sheet, &text);
    kith_dynbuf_text(&text, "Strength is the chance that a tie would make an introduction: reasoned, not "
                            "calibrated. In force: as of ");
    kith_words_day(&text, summary.as_of);
    kith_dynbuf_text(&text, ", ");
    kith_answer_coefficients(answer->net, &text);
    kith_dynbuf_put(&text, '.');
    kith_sheet_note(sheet, &text);
    kith_dynbuf_free(&text);
}
