/* Going through a whole network file: every byte, and everything that one part says of another. */
#include <string.h>

#include "base/text.h"
#include "network/netstate.h"

static bool check_padding(const kith_net *net)
{
    for (int s = 0; s < KITH_SECTION_BLOCKS; s++) {
        const kith_netlayout *at = &net->layout;
        uint64_t end = at->offset[s] + at->count[s] * kith_section_row_bytes[s];
        for (; end < at->offset[s + 1]; end++)
            if (net->bytes[end] != 0)
                return kith_net_mark_damage(net, "padding");
    }
    return true;
}

static bool check_strings(const kith_net *net)
{
    uint64_t n = kith_net_string_count(net);
    const uint64_t *offset = kith_net_rows(net, KITH_SECTION_STRING_OFFSETS, 0, n + 1);
    const char *before = NULL;

    if (!offset)
        return false;
    if (offset[0] != 0 || offset[n] != kith_net_count(net, KITH_SECTION_STRING_BYTES))
        return kith_net_mark_damage(net, "offsets of the strings");
    for (uint64_t i = 0; i < n; i++) {
        const char *text = kith_net_text(net, (uint32_t)i);
        if (atomic_load(&net->marks->damage))
            return false;
        size_t length = (size_t)(offset[i + 1] - offset[i] - 1);
        if (!kith_text_valid(text, length) || (i == 0 ? length != 0 : strcmp(before, text) >= 0))
            return kith_net_mark_damage(net, "a string");
        before = text;
    }
    return true;
}

/** Whether offsets begin at 0 and end with the section they point into; each is checked where it is used. */
static bool covers(const kith_net *net, kith_section offsets, kith_section section)
{
    const uint64_t *first = kith_net_rows(net, offsets, 0, 1);
    const uint64_t *last = kith_net_rows(net, offsets, net->head.header.people, 1);

    if (!first || !last)
        return false;
    return (*first == 0 && *last == kith_net_count(net, section)) ||
           kith_net_mark_damage(net, "offsets of people's rows");
}

static bool check_people(const kith_net *net)
{
    uint32_t n = net->head.header.people;
    const uint32_t *strings;
    const uint8_t *fields;
    kith_person person;
    uint32_t owners = 0;

    if (!covers(net, KITH_SECTION_ATTR_OFFSETS, KITH_SECTION_ATTR_FIELDS))
        return false;
    for (uint32_t i = 0; i < n; i++) {
        kith_net_person(net, i, &person);
        if (atomic_load(&net->marks->damage))
            return false;
        uint32_t holder = kith_net_find_key(net, person.key);
        if (person.key[0] == '\0' || holder != i)
            return kith_net_mark_damage(net, "a person's key");
        if (person.is_owner && kith_net_owner(net, owners++) != i)
            return kith_net_mark_damage(net, "the list of owners");
        (void)kith_net_attrs(net, i, &fields, &strings);
    }
    return owners == kith_net_count(net, KITH_SECTION_OWNERS) ||
           kith_net_mark_damage(net, "the list of owners");
}

static bool check_aliases(const kith_net *net)
{
    uint64_t n = kith_net_count(net, KITH_SECTION_ALIAS_TEXTS);
    const uint32_t *text = kith_net_rows(net, KITH_SECTION_ALIAS_TEXTS, 0, n);
    const uint32_t *person = kith_net_rows(net, KITH_SECTION_ALIAS_PEOPLE, 0, n);

    if (!text || !person)
        return false;
    for (uint64_t i = 0; i < n; i++)
        if (person[i] >= net->head.header.people || text[i] >= kith_net_string_count(net) ||
            (i > 0 && text[i - 1] >= text[i]))
            return kith_net_mark_damage(net, "the list of keys");
    return true;
}

/** Whether a tie says the same seen from its other end, and its evidence is among what it says. */
static bool check_tie(const kith_net *net, const kith_tie *tie)
{
    kith_reason reasons[KITH_EVIDENCE_COUNT];
    kith_tie back;

    if (!kith_net_tie(net, tie->b, tie->a, &back) || back.cost != tie->cost ||
        back.evidence != tie->evidence || back.leads != kith_stated_turn(tie->leads))
        return kith_net_mark_damage(net, "a tie");
    return kith_net_reasons(net, tie->a, tie->b, reasons) > 0 || tie->evidence == 0 ||
           kith_net_mark_damage(net, "evidence of a tie");
}

/** Whether the evidence kept with `a` stands in order and is of ties: what is not would not be found. */
static bool check_evidence(const kith_net *net, uint32_t a)
{
    uint64_t first;
    uint64_t count;
    kith_tie tie;

    if (!kith_net_span(net, KITH_SECTION_EVIDENCE_OFFSETS, KITH_SECTION_EVIDENCE, a, &first, &count))
        return false;
    const kith_evidence_row *row = kith_net_rows(net, KITH_SECTION_EVIDENCE, first, count);
    if (!row)
        return false;
    for (uint64_t i = 0; i < count; i++) {
        bool same_tie = i > 0 && row[i].b == row[i - 1].b;
        if (row[i].b <= a || (i > 0 && row[i].b < row[i - 1].b) ||
            (!same_tie && !kith_net_tie(net, a, row[i].b, &tie)))
            return kith_net_mark_damage(net, "evidence without a tie");
    }
    return true;
}

static bool check_ties(const kith_net *net)
{
    kith_graph graph;
    kith_tie tie;

    if (kith_net_graph(net, &graph, NULL) != KITH_OK ||
        !covers(net, KITH_SECTION_EVIDENCE_OFFSETS, KITH_SECTION_EVIDENCE))
        return false;
    for (uint32_t a = 0; a < graph.n; a++) {
        for (uint32_t nth = 0; kith_net_tie_at(net, a, nth, &tie); nth++)
            if (tie.b > a && !check_tie(net, &tie))
                return false;
        if (!check_evidence(net, a))
            return false;
    }
    return true;
}

static bool is_no_later(const kith_tenure_view *a, const kith_tenure_view *b)
{
    if (a->start != b->start)
        return a->start < b->start;
    return a->end <= b->end;
}

static bool check_tenures(const kith_net *net)
{
    kith_tenure_view now;
    kith_tenure_view before;

    if (!covers(net, KITH_SECTION_TENURE_OFFSETS, KITH_SECTION_TENURES))
        return false;
    for (uint32_t id = 0; id < net->head.header.people; id++)
        for (uint32_t nth = 0; kith_net_tenure(net, id, nth, &now); nth++) {
            if (nth > 0 && !is_no_later(&before, &now))
                return kith_net_mark_damage(net, "the order of tenures");
            before = now;
        }
    return true;
}

static bool is_before(const kith_mentorship *a, const kith_mentorship *b)
{
    if (a->mentor != b->mentor)
        return a->mentor < b->mentor;
    if (a->start != b->start)
        return a->start < b->start;
    if (a->mentee != b->mentee)
        return a->mentee < b->mentee;
    return a->end <= b->end;
}

static bool check_mentorships(const kith_net *net)
{
    kith_mentorship now;
    kith_mentorship before;

    for (uint32_t i = 0; kith_net_mentorship(net, i, &now); i++) {
        if (i > 0 && !is_before(&before, &now))
            return kith_net_mark_damage(net, "the order of mentorships");
        before = now;
    }
    return true;
}

static bool check_doubts(const kith_net *net)
{
    kith_doubt doubt;
    double before = 1;

    for (uint32_t i = 0; kith_net_doubt(net, i, &doubt); i++) {
        if (doubt.probability > before)
            return kith_net_mark_damage(net, "the order of doubtful pairs");
        before = doubt.probability;
    }
    return true;
}

static bool check_logs(const kith_net *net)
{
    kith_source source;
    kith_reject reject;
    kith_merge merge;
    kith_parameter parameter;

    for (uint32_t i = 0; kith_net_source(net, i, &source); i++)
        if (source.rows - source.used - source.skipped != source.rejected)
            return kith_net_mark_damage(net, "counts of a source");
    for (uint64_t i = 0; kith_net_reject(net, i, &reject); i++)
        ;
    for (uint32_t i = 0; kith_net_merge(net, i, &merge); i++)
        ;
    for (uint32_t i = 0; kith_net_parameter(net, i, &parameter); i++)
        ;
    return true;
}

kith_code kith_net_verify(const kith_net *net, kith_err *err)
{
    bool whole = true;
    kith_code rc = KITH_OK;

    for (int s = 0; s < KITH_SECTION_BLOCKS; s++)
        whole = whole && kith_net_rows(net, (kith_section)s, 0, kith_net_count(net, (kith_section)s));
    whole = whole && check_padding(net) && check_strings(net) && check_people(net) && check_aliases(net) &&
            check_ties(net) && check_tenures(net) && check_mentorships(net) && check_logs(net) &&
            check_doubts(net);
    if (whole)
        rc = kith_net_verify_words(net, err);
    return rc == KITH_OK ? kith_net_status(net, err) : rc;
}
