#include "analysis/health_rows.h"

#include <math.h>
#include <string.h>

#include <kith/who.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/text.h"

/** Whether folded `words`, NULL for any, are in a text. */
static bool has_words(const char *text, const char *words, kith_dynbuf *folded)
{
    if (!words)
        return true;
    kith_dynbuf_clear(folded);
    kith_text_fold(text, folded);
    return kith_text_has_words(kith_dynbuf_cstr(folded), words);
}

static bool is_later(const kith_health_rows *rows, kith_day day)
{
    return day != KITH_NO_DATE && day > rows->as_of;
}

static kith_state state_of(const kith_health_rows *rows, const kith_mentorship *m)
{
    if (m->status == KITH_MENTORSHIP_PENDING || is_later(rows, m->start))
        return KITH_STATE_PENDING;
    if (m->status == KITH_MENTORSHIP_COMPLETED)
        return KITH_STATE_COMPLETED;
    if (m->status == KITH_MENTORSHIP_ENDED)
        return KITH_STATE_ENDED_EARLY;
    if (m->status == KITH_MENTORSHIP_ACTIVE || m->end == KITH_NO_DATE || is_later(rows, m->end))
        return KITH_STATE_ACTIVE;
    return KITH_STATE_OVER;
}

/** Days between meetings as agreed, else their median, else the time for each meeting counted; 0: not known.
 */
static uint32_t usual_gap_of(const kith_mentorship *m)
{
    if (m->agreed_gap_days > 0)
        return m->agreed_gap_days;
    if (m->gaps.count > 0)
        return m->gaps.median_days;
    if (m->meetings == UINT32_MAX || m->meetings < 2 || m->start == KITH_NO_DATE ||
        m->last_meeting <= m->start)
        return 0;
    return (uint32_t)(((int64_t)m->last_meeting - m->start) / m->meetings);
}

static kith_health_row row_of(const kith_health_rows *rows, const kith_mentorship *m)
{
    kith_health_row row = {.mentor = m->mentor,
                           .mentee = m->mentee,
                           .state = state_of(rows, m),
                           .start = m->start,
                           .end = m->end,
                           .requested = m->requested,
                           .last_meeting = is_later(rows, m->last_meeting) ? KITH_NO_DATE : m->last_meeting,
                           .regularity = m->gaps.count >= 2 ? m->gaps.regularity : NAN,
                           .usual_gap = usual_gap_of(m)};

    row.overdue = row.state == KITH_STATE_ACTIVE && m->end != KITH_NO_DATE && m->end < rows->as_of;
    row.at_risk = row.state == KITH_STATE_ACTIVE && row.usual_gap > 0 && row.last_meeting != KITH_NO_DATE &&
                  (int64_t)rows->as_of - row.last_meeting > 2 * (int64_t)row.usual_gap;
    return row;
}

/** Years of days that a network may hold. */
enum { YEARS = 10000 };

/** The numbers of names met before. Rows that follow each other mostly share their texts, so the last of each
 * field is enough. */
typedef struct naming {
    kith_health_rows *rows;
    const char *text[KITH_HEALTH_YEAR];
    uint32_t number[KITH_HEALTH_YEAR];
    uint32_t year[YEARS]; /**< 0: not met, else one more than its number */
} naming;

/** The number of the year of a start. */
static kith_code name_year(naming *n, kith_day start, uint32_t *number, kith_err *err)
{
    char name[KITH_DATE_SIZE];
    int32_t year;
    uint32_t month, day_of_month;

    kith_day_to_civil(start, &year, &month, &day_of_month);
    if (n->year[year] == 0) {
        kith_date_format(start, name);
        const kith_code rc =
            kith_intern_add(n->rows->names[KITH_HEALTH_YEAR], name, strcspn(name, "-"), number, err);
        if (rc != KITH_OK)
            return rc;
        n->year[year] = *number + 1;
    }
    *number = n->year[year] - 1;
    return KITH_OK;
}

/** Numbers the names of a row's groups. */
static kith_code name_groups(naming *n, const kith_mentorship *m, kith_health_row *row, kith_err *err)
{
    static const char no_name[] = "";
    const char *texts[] = {[KITH_HEALTH_ALL] = no_name,
                           [KITH_HEALTH_PROGRAMME] = m->programme,
                           [KITH_HEALTH_COHORT] = m->cohort};
    kith_code rc = KITH_OK;

    for (int field = KITH_HEALTH_ALL; field < KITH_HEALTH_YEAR && rc == KITH_OK; field++) {
        if (texts[field] != n->text[field]) {
            n->text[field] = texts[field];
            n->number[field] = UINT32_MAX;
            if (field == KITH_HEALTH_ALL || *texts[field])
                rc = kith_intern_add(n->rows->names[field], texts[field], strlen(texts[field]),
                                     &n->number[field], err);
        }
        row->group[field] = n->number[field];
    }
    row->group[KITH_HEALTH_YEAR] = UINT32_MAX;
    if (rc == KITH_OK && m->start != KITH_NO_DATE)
        rc = name_year(n, m->start, &row->group[KITH_HEALTH_YEAR], err);
    return rc;
}

static kith_code read_rows(const kith_net *net, const char *programme, const char *cohort,
                           kith_health_rows *out, kith_err *err)
{
    kith_code rc = KITH_OK;
    kith_dynbuf folded = {0};
    naming names = {.rows = out};
    kith_mentorship m;

    for (uint32_t i = 0; rc == KITH_OK && kith_net_mentorship(net, i, &m); i++) {
        if (!has_words(m.programme, programme, &folded) || !has_words(m.cohort, cohort, &folded))
            continue;
        out->rows[out->n] = row_of(out, &m);
        rc = name_groups(&names, &m, &out->rows[out->n++], err);
    }
    if (rc == KITH_OK)
        rc = kith_dynbuf_check(&folded, "a mentorship's programme or cohort", err);
    kith_dynbuf_free(&folded);
    return rc;
}

/** Whether one of a person's cohorts has the words. */
static bool is_of_cohort(const kith_net *net, uint32_t person, const char *words, kith_dynbuf *folded)
{
    const char *cohort;
    bool found = !words;

    for (uint32_t nth = 0; !found && (cohort = kith_net_value(net, person, KITH_FIELD_COHORT, nth)); nth++)
        found = has_words(cohort, words, folded);
    return found;
}

/** Adds those who are mentees by their role and have no row yet, each with their cohort. */
static kith_code add_waiting(const kith_net *net, const char *cohort, kith_health_rows *out, kith_err *err)
{
    kith_code rc;
    kith_net_summary about;
    kith_dynbuf folded = {0};
    naming names = {.rows = out};
    kith_ids mentees = {0};
    bool *has_row = NULL;
    kith_health_row *grown = NULL;
    kith_err failure = KITH_ERR_NONE;

    kith_net_summarise(net, &about);
    if ((rc = kith_who_many(net, "role:mentee|both", &mentees, &failure)) != KITH_OK) {
        if (rc == KITH_NOT_FOUND) /* no failure, and nothing to be told later */
            return KITH_OK;
        if (err && !err->code)
            *err = failure;
        return rc;
    }
    has_row = kith_calloc(about.people, sizeof *has_row);
    grown = kith_realloc(out->rows, (size_t)out->n + mentees.count, sizeof *grown);
    if (grown)
        out->rows = grown;
    if (!has_row || !grown) {
        rc = kith_fail_memory(err, "mentees who wait");
        goto done;
    }
    for (uint32_t i = 0; i < out->n; i++)
        has_row[out->rows[i].mentee] = true;
    for (uint32_t i = 0; i < mentees.count && rc == KITH_OK; i++) {
        const uint32_t id = mentees.ids[i];
        const char *own = kith_net_value(net, id, KITH_FIELD_COHORT, 0);
        const kith_mentorship none = {.programme = "", .cohort = own ? own : "", .start = KITH_NO_DATE};
        if (has_row[id] || !is_of_cohort(net, id, cohort, &folded))
            continue;
        out->rows[out->n] = (kith_health_row){.mentor = UINT32_MAX,
                                              .mentee = id,
                                              .state = KITH_STATE_WAITS,
                                              .start = KITH_NO_DATE,
                                              .end = KITH_NO_DATE,
                                              .requested = KITH_NO_DATE,
                                              .last_meeting = KITH_NO_DATE,
                                              .regularity = NAN};
        rc = name_groups(&names, &none, &out->rows[out->n++], err);
    }

done:
    kith_dynbuf_free(&folded);
    kith_ids_free(&mentees);
    kith_free(has_row);
    return rc;
}

kith_code kith_health_rows_read(const kith_net *net, const kith_health_opts *opts, kith_health_rows *out,
                                kith_err *err)
{
    kith_code rc = KITH_OK;
    kith_net_summary about;
    kith_dynbuf programme = {0}, cohort = {0};

    kith_net_summarise(net, &about);
    *out = (kith_health_rows){.as_of = about.as_of,
                              .rows = kith_alloc_array(about.mentorships, sizeof *out->rows)};
    if (!out->rows) {
        rc = kith_fail_memory(err, "mentorships");
        goto done;
    }
    for (int field = KITH_HEALTH_ALL; field <= KITH_HEALTH_YEAR && rc == KITH_OK; field++)
        rc = kith_intern_new(0, &out->names[field], err);
    if (rc != KITH_OK)
        goto done;
    kith_text_fold(opts->programme ? opts->programme : "", &programme);
    kith_text_fold(opts->cohort ? opts->cohort : "", &cohort);
    if ((rc = kith_dynbuf_check(&programme, "the programme asked for", err)) != KITH_OK ||
        (rc = kith_dynbuf_check(&cohort, "the cohort asked for", err)) != KITH_OK)
        goto done;
    const char *cohort_words = opts->cohort ? kith_dynbuf_cstr(&cohort) : NULL;
    rc = read_rows(net, opts->programme ? kith_dynbuf_cstr(&programme) : NULL, cohort_words, out, err);
    if (rc == KITH_OK && !opts->programme) /* people tell no programme they wait for */
        rc = add_waiting(net, cohort_words, out, err);

done:
    kith_dynbuf_free(&programme);
    kith_dynbuf_free(&cohort);
    if (rc != KITH_OK)
        kith_health_rows_free(out);
    return rc;
}

void kith_health_rows_free(kith_health_rows *rows)
{
    kith_free(rows->rows);
    for (int field = KITH_HEALTH_ALL; field <= KITH_HEALTH_YEAR; field++)
        kith_intern_free(rows->names[field]);
    *rows = (kith_health_rows){0};
}
