/* What a network keeps beside people and ties: tenures, mentorships, sources, rejects, merges,
 * doubtful pairs, coefficients. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "network/netstate.h"

/** 0000-01-01 and 9999-12-31: days that can be written with four digits, and whose differences fit a
 * kith_day.
 */
enum { FIRST_DAY = -719528, LAST_DAY = 2932896 };

bool kith_net_is_day(kith_day day)
{
    return day == KITH_NO_DATE || (day >= FIRST_DAY && day <= LAST_DAY);
}

/** Row `i` of a section; NULL past its end, which is no damage. */
static const void *row_at(const kith_net *net, kith_section section, uint64_t i)
{
    return i < kith_net_count(net, section) ? kith_net_rows(net, section, i, 1) : NULL;
}

bool kith_net_stored_tenure(const kith_net *net, uint32_t id, uint32_t nth, kith_tenure_view *out)
{
    uint64_t first, count;

    *out = (kith_tenure_view){.place = "", .title = "", .start = KITH_NO_DATE, .end = KITH_NO_DATE};
    if (id >= net->head.header.people ||
        !kith_net_span(net, KITH_SECTION_TENURE_OFFSETS, KITH_SECTION_TENURES, id, &first, &count) ||
        nth >= count)
        return false;
    const kith_tenure_row *row = kith_net_rows(net, KITH_SECTION_TENURES, first + nth, 1);
    if (!row)
        return false;
    if (row->kind > KITH_TENURE_STUDY || row->current > 1 || !kith_net_is_day(row->start) ||
        !kith_net_is_day(row->end))
        return kith_net_mark_damage(net, "a tenure");
    *out = (kith_tenure_view){.kind = (kith_tenure_kind)row->kind,
                              .place = kith_net_text(net, row->place),
                              .title = kith_net_text(net, row->title),
                              .start = row->start,
                              .end = row->end,
                              .current = row->current};
    return true;
}

bool kith_net_tenure(const kith_net *net, uint32_t id, uint32_t nth, kith_tenure_view *out)
{
    const bool found = kith_net_stored_tenure(net, id, nth, out);

    out->place = kith_net_tell(net, KITH_SECRET_COMPANY, out->place);
    out->title = kith_net_tell(net, KITH_SECRET_TITLE, out->title);
    return found;
}

bool kith_net_mentorship(const kith_net *net, uint32_t i, kith_mentorship *out)
{
    const kith_mentorship_row *row = row_at(net, KITH_SECTION_MENTORSHIPS, i);
    uint32_t n = net->head.header.people;

    *out = (kith_mentorship){.start = KITH_NO_DATE,
                             .end = KITH_NO_DATE,
                             .last_meeting = KITH_NO_DATE,
                             .requested = KITH_NO_DATE,
                             .meetings = UINT32_MAX,
                             .programme = "",
                             .cohort = ""};
    if (!row)
        return false;
    if (row->mentor >= n || row->mentee >= n || row->mentor == row->mentee ||
        row->status > KITH_MENTORSHIP_ENDED || !kith_net_is_day(row->start) || !kith_net_is_day(row->end) ||
        !kith_net_is_day(row->last_meeting) || !kith_net_is_day(row->requested) ||
        !(row->regularity >= 0 && row->regularity <= 1) ||
        (row->gaps == 0 && (row->median_gap_days != 0 || row->regularity != 0)))
        return kith_net_mark_damage(net, "a mentorship");
    *out = (kith_mentorship){.mentor = row->mentor,
                             .mentee = row->mentee,
                             .start = row->start,
                             .end = row->end,
                             .status = (kith_mentorship_status)row->status,
                             .programme = kith_net_text(net, row->programme),
                             .cohort = kith_net_text(net, row->cohort),
                             .meetings = row->meetings,
                             .last_meeting = row->last_meeting,
                             .requested = row->requested,
                             .gaps = {row->gaps, row->median_gap_days, row->regularity},
                             .agreed_gap_days = row->agreed_gap_days};
    return true;
}

bool kith_net_source(const kith_net *net, uint32_t i, kith_source *out)
{
    const kith_source_row *row = row_at(net, KITH_SECTION_SOURCES, i);
    kith_person owner;

    *out = (kith_source){.name = "", .format = "", .owner = "", .columns = ""};
    if (!row)
        return false;
    if (row->owner != UINT32_MAX && row->owner >= net->head.header.people)
        return kith_net_mark_damage(net, "a source");
    kith_net_person(net, row->owner, &owner);
    *out = (kith_source){.name = kith_net_tell(net, KITH_SECRET_SOURCE, kith_net_text(net, row->name)),
                         .format = kith_net_text(net, row->format),
                         .owner = owner.key,
                         .bytes = row->bytes,
                         .rows = row->rows,
                         .used = row->used,
                         .skipped = row->skipped,
                         .rejected = row->rejected,
                         .columns = kith_net_text(net, row->columns)};
    (void)snprintf(out->checksum, sizeof out->checksum, "%016" PRIx64 "%016" PRIx64, row->checksum[1],
                   row->checksum[0]);
    return true;
}

bool kith_net_reject(const kith_net *net, uint64_t i, kith_reject *out)
{
    const kith_reject_row *row = row_at(net, KITH_SECTION_REJECTS, i);

    *out = (kith_reject){.reason = "", .columns = ""};
    if (!row)
        return false;
    if (row->source >= kith_net_count(net, KITH_SECTION_SOURCES) || row->reserved != 0)
        return kith_net_mark_damage(net, "a reject");
    *out = (kith_reject){.source = row->source,
                         .line = row->line,
                         .reason = kith_net_tell(net, KITH_SECRET_REMARK, kith_net_text(net, row->reason)),
                         .columns = net->redaction ? "" : kith_net_text(net, row->columns)};
    return true;
}

bool kith_net_merge(const kith_net *net, uint32_t i, kith_merge *out)
{
    const kith_merge_row *row = row_at(net, KITH_SECTION_MERGES, i);

    *out = (kith_merge){.evidence = "", .name = ""};
    if (!row)
        return false;
    if (row->person >= net->head.header.people || row->source >= kith_net_count(net, KITH_SECTION_SOURCES) ||
        !(row->probability >= 0 && row->probability <= 1))
        return kith_net_mark_damage(net, "an entry of the merge log");
    *out = (kith_merge){.person = row->person,
                        .source = row->source,
                        .line = row->line,
                        .evidence = kith_net_tell(net, KITH_SECRET_REMARK, kith_net_text(net, row->evidence)),
                        .name = net->redaction ? "" : kith_net_text(net, row->name),
                        .probability = row->probability};
    return true;
}

bool kith_net_doubt(const kith_net *net, uint32_t i, kith_doubt *out)
{
    const kith_doubt_row *row = row_at(net, KITH_SECTION_DOUBTS, i);
    const uint32_t n = net->head.header.people;

    *out = (kith_doubt){.key = {"", ""}, .evidence = ""};
    if (!row)
        return false;
    if (row->person[0] >= n || row->person[1] >= n || row->person[0] == row->person[1] ||
        !(row->probability >= 0 && row->probability <= 1) || row->reserved != 0)
        return kith_net_mark_damage(net, "a doubtful pair");
    *out = (kith_doubt){.person = {row->person[0], row->person[1]},
                        .evidence = kith_net_tell(net, KITH_SECRET_REMARK, kith_net_text(net, row->evidence)),
                        .probability = row->probability};
    for (int side = 0; side < 2; side++)
        out->key[side] = kith_net_tell(net, KITH_SECRET_KEY, kith_net_text(net, row->key[side]));
    return true;
}

bool kith_net_parameter(const kith_net *net, uint32_t i, kith_parameter *out)
{
    const kith_parameter_row *row = row_at(net, KITH_SECTION_PARAMETERS, i);

    *out = (kith_parameter){.name = ""};
    if (!row)
        return false;
    if (!isfinite(row->value) || row->reserved != 0)
        return kith_net_mark_damage(net, "a coefficient");
    *out = (kith_parameter){.name = kith_net_text(net, row->name), .value = row->value};
    return true;
}

void kith_net_coefficients(const kith_net *net, kith_coefficients *out)
{
    kith_parameter parameter;

    *out = kith_default_coefficients;
    for (uint32_t i = 0; kith_net_parameter(net, i, &parameter); i++)
        (void)kith_coefficient_set(out, parameter.name, parameter.value);
}
