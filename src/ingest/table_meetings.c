/* A table with one meeting of a mentor and a mentee a row: how often a pair met, when last, and how
 * regularly.
 */
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "base/radix.h"
#include "ingest/decimal.h"
#include "ingest/format.h"
#include "ingest/pair_row.h"

bool kith_meetings_fits(const kith_header *header)
{
    static const kith_column of_mentorships[] = {KITH_COLUMN_START, KITH_COLUMN_END, KITH_COLUMN_STATUS,
                                                 KITH_COLUMN_MEETINGS, KITH_COLUMN_LAST_MEETING};

    for (size_t i = 0; i < sizeof of_mentorships / sizeof *of_mentorships; i++)
        if (kith_header_has(header, of_mentorships[i]))
            return false;
    return kith_pair_row_fits(header) && kith_header_has(header, KITH_COLUMN_DATE);
}

/** All meetings of one file, by pair. */
typedef struct meetings {
    kith_endpoints people;
    kith_intern *pairs;     /**< mentor and mentee, as bytes */
    kith_pairing *pairings; /**< [pairs] */
    size_t capacity;
    uint64_t *days; /**< one a meeting: number of its pair, and its day counted from the lowest */
    size_t n_days, days_capacity;
} meetings;

/** Counts one meeting of the pair that `met` names. */
static kith_code count_meeting(meetings *m, const kith_pairing *met, kith_err *err)
{
    const uint32_t pair[] = {met->mentor, met->mentee};
    kith_code rc = m->pairs ? KITH_OK : kith_intern_new(0, &m->pairs, err);
    uint32_t known = rc == KITH_OK ? kith_intern_count(m->pairs) : 0;
    uint32_t number = 0;

    if (rc == KITH_OK &&
        (!kith_grow((void **)&m->pairings, &m->capacity, (size_t)known + 1, sizeof *m->pairings) ||
         !kith_grow((void **)&m->days, &m->days_capacity, m->n_days + 1, sizeof *m->days)))
        rc = kith_fail_memory(err, "the meetings of a table");
    if (rc == KITH_OK)
        rc = kith_intern_add(m->pairs, (const char *)pair, sizeof pair, &number, err);
    if (rc != KITH_OK)
        return rc;
    kith_pairing *pairing = &m->pairings[number];
    if (number == known)
        *pairing = *met;
    pairing->meetings++;
    if (met->last_meeting != KITH_NO_DATE)
        m->days[m->n_days++] = (uint64_t)number << 32 | (uint32_t)((int64_t)met->last_meeting - INT32_MIN);
    if (met->last_meeting > pairing->last_meeting)
        pairing->last_meeting = met->last_meeting;
    return KITH_OK;
}

static kith_code take_meeting(kith_reading *reading, void *ctx, const kith_record *record, kith_err *err)
{
    meetings *m = ctx;
    const char *minutes = kith_record_get(record, KITH_COLUMN_MINUTES);
    kith_pairing met = {.source = reading->source,
                        .line = record->line,
                        .start = KITH_NO_DATE,
                        .end = KITH_NO_DATE,
                        .requested = KITH_NO_DATE,
                        .programme = "",
                        .cohort = "",
                        .only_meetings = true};
    double length;
    bool ok;
    kith_code rc;

    if (kith_record_is_empty_but(record, KITH_COLUMN_NONE)) {
        kith_reading_skip(reading);
        return KITH_OK;
    }
    if (*minutes && (!kith_decimal_parse(minutes, strlen(minutes), &length) || length < 0))
        return kith_reading_reject(reading, record, err, "minutes is no number from 0 up: \"%.100s\"",
                                   minutes);
    if ((rc = kith_reading_date(reading, record, KITH_COLUMN_DATE, KITH_DATE_DMY, &met.last_meeting, &ok,
                                err)) != KITH_OK ||
        !ok)
        return rc;
    if ((rc = kith_pair_row_read(&m->people, reading, record, &met.mentor, &met.mentee, &ok, err)) !=
            KITH_OK ||
        !ok)
        return rc;
    kith_reading_used(reading);
    return count_meeting(m, &met, err);
}

/** Puts the gaps between ascending days in their place, without those of 0. @return how many there are. */
static size_t make_gaps(uint64_t *days, size_t n)
{
    size_t count = 0;
    uint64_t before = days[0];

    for (size_t i = 1; i < n; i++) {
        const uint64_t day = days[i];
        if (day != before)
            days[count++] = day - before; /* behind what is still to be read */
        before = day;
    }
    return count;
}

/** What the meetings of one pair tell. @param days  [n] ascending; spoilt. @return false: out of memory. */
static bool measure_gaps(uint64_t *days, size_t n, kith_meeting_gaps *out)
{
    const size_t count = make_gaps(days, n);
    double sum = 0, squares = 0;

    if (count == 0)
        return true;
    if (!kith_radix_sort_numbers(days, count))
        return false;
    for (size_t i = 0; i < count; i++)
        sum += (double)days[i];
    const double mean = sum / (double)count;
    for (size_t i = 0; i < count; i++)
        squares += ((double)days[i] - mean) * ((double)days[i] - mean);
    *out = (kith_meeting_gaps){.count = (uint32_t)count,
                               .median_days = (uint32_t)((days[(count - 1) / 2] + days[count / 2]) / 2),
                               .regularity = 1 - fmin(1, sqrt(squares / (double)count) / mean)};
    return true;
}

/** How regularly each pair met. */
static kith_code measure_pairs(meetings *m, kith_err *err)
{
    bool ok = kith_radix_sort_numbers(m->days, m->n_days);

    for (size_t i = 0, end; ok && i < m->n_days; i = end) {
        const uint64_t pair = m->days[i] >> 32;
        for (end = i; end < m->n_days && m->days[end] >> 32 == pair; end++)
            ;
        ok = measure_gaps(m->days + i, end - i, &m->pairings[pair].gaps);
    }
    return ok ? KITH_OK : kith_fail_memory(err, "the meetings of a table");
}

kith_code kith_meetings_read(kith_reading *reading, kith_err *err)
{
    meetings m = {.pairs = NULL};
    kith_code rc = kith_reading_table(reading, take_meeting, &m, err);
    uint32_t n = m.pairs ? kith_intern_count(m.pairs) : 0;

    if (rc == KITH_OK)
        rc = measure_pairs(&m, err);
    for (uint32_t i = 0; i < n && rc == KITH_OK; i++)
        rc = reading->sink->pairing(reading->sink->ctx, &m.pairings[i], err);
    kith_endpoints_free(&m.people);
    kith_intern_free(m.pairs);
    kith_free(m.pairings);
    kith_free(m.days);
    return rc;
}
