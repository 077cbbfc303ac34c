#include "report/show_ready.h"

#include "report/phrase.h"
#include "report/words.h"

/** Rows that readers see; programs get all that were asked for. */
enum { SHOWN = 10 };

static const double days_per_year = 365.25;

static const kith_column columns[] = {
    {"name", "Name", KITH_COLUMN_TEXT, 0, false},
    {"readiness", "Ready", KITH_COLUMN_NUMBER, 2, false},
    {"reason", "Why", KITH_COLUMN_TEXT, 0, true},
    {"mentees", "Could mentor", KITH_COLUMN_TEXT, 0, true},
};

/** "was mentored 3 times, until May 2021, 1 ended early; 8 years of experience known". */
static void put_reason(kith_dynbuf *text, const kith_ready *ready, kith_day as_of)
{
    kith_dynbuf_text(text, "was mentored ");
    if (ready->over == 1)
        kith_dynbuf_text(text, "once");
    else
        kith_words_counted(text, ready->over, "time", "times");
    if (ready->last_end != KITH_NO_DATE) {
        kith_dynbuf_text(text, ", until ");
        kith_words_month(text, ready->last_end);
    }
    if (ready->ended_early > 0) {
        kith_dynbuf_text(text, ", ");
        kith_words_count(text, ready->ended_early);
        kith_dynbuf_text(text, " ended early");
    }
    kith_dynbuf_text(text, "; ");
    kith_words_counted(text, (uint64_t)((as_of - ready->since) / days_per_year), "year", "years");
    kith_dynbuf_text(text, " of experience known");
}

/** "Ann Lee (0.62), Ben Ito (0.55), and 4 more". */
static void put_mentees(kith_dynbuf *text, const kith_net *net, const kith_ready *ready)
{
    for (uint32_t i = 0; i < ready->n_mentees; i++) {
        kith_dynbuf_text(text, i > 0 ? ", " : "");
        kith_phrase_name(text, net, ready->mentees[i].mentee);
        kith_dynbuf_text(text, " (");
        kith_words_fixed(text, ready->mentees[i].fit, 2);
        kith_dynbuf_put(text, ')');
    }
    if (ready->fitting > ready->n_mentees) {
        kith_dynbuf_text(text, ", and ");
        kith_words_count(text, ready->fitting - ready->n_mentees);
        kith_dynbuf_text(text, " more");
    }
}

static void make_row(const void *ctx, uint64_t i, kith_row *row)
{
    const kith_answer *answer = ctx;
    const kith_chains_result *result = answer->result;
    const kith_ready *ready = &result->ready[i];
    kith_dynbuf text = {0};

    kith_row_name(row, answer->net, ready->person);
    kith_row_number(row, ready->readiness);
    put_reason(&text, ready, result->as_of);
    kith_row_take(row, &text);
    kith_dynbuf_clear(&text);
    put_mentees(&text, answer->net, ready);
    kith_row_take(row, &text);
    kith_dynbuf_free(&text);
}

void kith_show_ready(const kith_answer *answer, kith_sheet *sheet, kith_dynbuf *text)
{
    const kith_chains_result *result = answer->result;
    const kith_table table = {.title = "Ready to be next",
                              .columns = columns,
                              .n_columns = sizeof columns / sizeof *columns,
                              .n_rows = result->n_ready < SHOWN ? result->n_ready : SHOWN,
                              .make = make_row,
                              .ctx = answer};

    if (result->n_ready == 0)
        return;
    kith_sheet_table(sheet, &table);
    kith_words_counted(text, result->ready_counted, "person", "people");
    kith_dynbuf_text(text, " finished being mentored, ");
    kith_dynbuf_text(text, result->ready_counted == 1 ? "mentors" : "mentor");
    kith_dynbuf_text(text, " nobody yet, and could. Ready: the mean of three shares: mentorships not ended "
                           "early, years of ten since the first known day of work or of being mentored, and "
                           "the fit of the best of those without a mentor.");
    kith_sheet_note(sheet, text);
}

/* ---- for programs ---- */

static json_t *ready_value(const kith_answer *answer, kith_json *json, const kith_ready *ready)
{
    json_t *object = kith_json_person(json, answer->net, ready->person), *mentees = json_array();

    for (uint32_t i = 0; i < ready->n_mentees; i++) {
        json_t *mentee = kith_json_person(json, answer->net, ready->mentees[i].mentee);
        kith_json_set(json, mentee, "fit", kith_json_number(ready->mentees[i].fit));
        kith_json_append(json, mentees, mentee);
    }
    kith_json_set(json, object, "readiness", kith_json_number(ready->readiness));
    kith_json_set(json, object, "over", kith_json_count(ready->over));
    kith_json_set(json, object, "ended_early", kith_json_count(ready->ended_early));
    kith_json_set(json, object, "last_end", kith_json_day(ready->last_end));
    kith_json_set(json, object, "since", kith_json_day(ready->since));
    kith_json_set(json, object, "fitting", kith_json_count(ready->fitting));
    kith_json_set(json, object, "could_mentor", mentees);
    return object;
}

void kith_put_ready(const kith_answer *answer, kith_json *json)
{
    const kith_chains_result *result = answer->result;

    kith_json_list(json, "ready");
    for (uint32_t i = 0; i < result->n_ready && !json->status && !kith_outfile_failed(json->out); i++)
        kith_json_item(json, ready_value(answer, json, &result->ready[i]));
    kith_json_list_end(json);
    kith_json_member(json, "ready_counted", kith_json_count(result->ready_counted));
}
