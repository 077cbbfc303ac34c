/* Mentors for mentees, as readers are told of them. */
#include "report/show_match.h"

#include "report/phrase.h"
#include "report/words.h"

/** Lines of secondary lists that readers see; programs get them all. */
enum { SHOWN = 10 };

static const kith_column unmatched_columns[] = {
    {"name", "Name", KITH_COLUMN_TEXT, 0, false},
    {"why", "Why", KITH_COLUMN_TEXT, 0, true},
    {"best", "Would fit best", KITH_COLUMN_TEXT, 0, false},
    {"best_fit", "Fit", KITH_COLUMN_NUMBER, 2, false},
    {"help", "One more mentor with", KITH_COLUMN_TEXT, 0, true}, /* of mentees alone */
};

static const kith_column wanted_columns[] = {
    {"skill", "Skill", KITH_COLUMN_TEXT, 0, false},
    {"people", "Want it", KITH_COLUMN_COUNT, 0, false},
    {"mentors", "Mentors\noffer it", KITH_COLUMN_COUNT, 0, false},
};

static const kith_column what_if_columns[] = {
    {"mentor", "Mentor", KITH_COLUMN_TEXT, 0, false},
    {"gain", "Fit\ngained", KITH_COLUMN_NUMBER, 3, false},
    {"served", "Would also\nserve", KITH_COLUMN_TEXT, 0, false},
};

/** "python, sql". */
static void put_listed(kith_dynbuf *out, uint32_t nth, const char *text)
{
    kith_dynbuf_printf(out, "%s%s", nth > 0 ? ", " : "", text);
}

static void put_skills(kith_dynbuf *out, const kith_pair *pair)
{
    kith_dynbuf_text(out, "offers ");
    for (uint32_t k = 0; k < pair->n_skills; k++)
        put_listed(out, k, pair->skills[k]);
    if (pair->n_skills == 0)
        kith_dynbuf_text(out, "skills wanted");
}

static void put_goals(kith_dynbuf *out, const kith_match_result *result, const kith_pair *pair)
{
    uint32_t n = 0;

    kith_dynbuf_text(out, "for the goal: knows ");
    for (uint32_t t = 0; t < result->n_topics; t++)
        if (pair->goal_topics >> t & 1)
            put_listed(out, n++, result->topic_names[t]);
}

bool kith_match_has_reason(const kith_pair *pair, kith_fit_part part)
{
    return part == KITH_FIT_DISTANCE    ? pair->hops > 0
           : part == KITH_FIT_SENIORITY ? pair->parts[part] == 1
                                        : pair->parts[part] > 0;
}

void kith_match_put_reason(kith_dynbuf *out, const kith_match_result *result, const kith_pair *pair,
                           kith_fit_part part)
{
    switch (part) {
    case KITH_FIT_SKILLS:
        put_skills(out, pair);
        break;
    case KITH_FIT_GOALS:
        put_goals(out, result, pair);
        break;
    case KITH_FIT_INDUSTRY:
        kith_dynbuf_text(out, "same industry");
        break;
    case KITH_FIT_TRANSITION:
        kith_dynbuf_printf(out, "went from %s to %s", pair->from, pair->to);
        break;
    case KITH_FIT_SENIORITY:
        kith_dynbuf_text(out, "one to three levels above");
        break;
    case KITH_FIT_DISTANCE:
        kith_words_counted(out, pair->hops, "tie away", "ties away");
        break;
    case KITH_FIT_REACH:
        kith_dynbuf_text(out, "a way to ");
        kith_words_counted(out, pair->sought, "person sought", "people sought");
        break;
    case KITH_FIT_PARTS:
        break;
    }
}

void kith_match_put_reasons(kith_dynbuf *out, const kith_match_result *result, const kith_pair *pair)
{
    const size_t before = out->length;

    for (int part = 0; part < KITH_FIT_PARTS; part++)
        if (kith_match_has_reason(pair, (kith_fit_part)part)) {
            kith_dynbuf_text(out, out->length > before ? "; " : "");
            kith_match_put_reason(out, result, pair, (kith_fit_part)part);
        }
}

/** " 2 of 3 have the mentor who fits them best; the others miss 0.09 of it on average. The weakest pair is
 * Ann Lee with Ben Ito (0.18)." */
static void put_nearness(kith_dynbuf *text, const kith_net *net, const kith_match_result *result)
{
    const kith_pair *weakest = NULL;
    uint32_t n_best = 0;
    double missed = 0;

    for (uint32_t k = 0; k < result->n_pairs; k++) {
        const kith_pair *pair = &result->pairs[k];
        n_best += pair->fit >= pair->best_fit;
        missed += pair->best_fit - pair->fit;
        if (!weakest || pair->fit < weakest->fit)
            weakest = pair;
    }
    if (!weakest)
        return;
    kith_dynbuf_put(text, ' ');
    kith_words_count(text, n_best);
    kith_dynbuf_text(text, " of them got the mentor who fits them best");
    if (n_best < result->n_pairs) {
        kith_dynbuf_text(text, "; the others miss ");
        kith_words_fixed(text, missed / (result->n_pairs - n_best), 2);
        kith_dynbuf_text(text, " on average");
    }
    kith_dynbuf_text(text, ". The weakest pair is ");
    kith_phrase_name(text, net, weakest->mentee);
    kith_dynbuf_text(text, " with ");
    kith_phrase_name(text, net, weakest->mentor);
    kith_dynbuf_text(text, " (");
    kith_words_fixed(text, weakest->fit, 2);
    kith_dynbuf_text(text, ").");
}

/** "3 of 5 mentees have a mentor, of 4 mentors with 6 free places; the fit adds up to 2.41." */
static void put_summary(kith_dynbuf *text, const kith_net *net, const kith_match_result *result)
{
    kith_words_count(text, result->n_pairs);
    kith_dynbuf_text(text, " of ");
    kith_words_counted(text, result->n_mentees, "mentee is", "mentees are");
    kith_dynbuf_text(text, " given to a mentor. There are ");
    kith_words_counted(text, result->n_mentors, "mentor", "mentors");
    kith_dynbuf_text(text, " with ");
    kith_words_counted(text, result->n_places, "free place", "free places");
    kith_dynbuf_text(text, ", and ");
    kith_words_counted(text, result->n_allowed, "pair", "pairs");
    kith_dynbuf_text(text, " that could be made. ");
    kith_dynbuf_text(text, result->stable ? "No mentee and mentor would both rather have each other"
                                          : "No other assignment has a greater sum of fits");
    kith_dynbuf_text(text, result->stable ? "; the fits add up to " : "; it is ");
    kith_words_fixed(text, result->total_fit, 2);
    kith_dynbuf_put(text, '.');
    put_nearness(text, net, result);
    if (result->n_mentored > 0) {
        kith_dynbuf_put(text, ' ');
        kith_words_counted(text, result->n_mentored, "mentee has", "mentees have");
        kith_dynbuf_text(text, " a mentor now and took no part.");
    }
}

/** "sql (6 others too)". */
static void put_help(kith_dynbuf *text, const kith_wanted_skill *help)
{
    if (!help->skill)
        return;
    kith_dynbuf_text(text, help->skill);
    if (help->people > 1) {
        kith_dynbuf_text(text, " (");
        kith_words_counted(text, help->people - 1, "other", "others");
        kith_dynbuf_text(text, " too)");
    }
}

/** Rows of one side among the unmatched, mentees first. */
typedef struct side {
    const kith_answer *answer;
    uint32_t first, count;
} side;

static void make_unmatched_row(const void *ctx, uint64_t i, kith_row *row)
{
    static const char *const mentees[KITH_UNMATCHED_REASONS] = {"the rules leave nobody", "nobody fits",
                                                                "no place left", ""};
    static const char *const mentors[KITH_UNMATCHED_REASONS] = {"", "fits nobody", "", "not needed"};
    const side *s = ctx;
    const kith_match_result *result = s->answer->result;
    const kith_unmatched *who = &result->unmatched[s->first + i];
    kith_dynbuf text = {0};

    kith_row_name(row, s->answer->net, who->person);
    kith_row_text(row, who->is_mentor ? mentors[who->why] : mentees[who->why]);
    if (who->best == UINT32_MAX) {
        kith_row_nothing(row);
        kith_row_nothing(row);
    } else {
        kith_row_name(row, s->answer->net, who->best);
        kith_row_number(row, who->best_fit);
    }
    if (who->is_mentor)
        return;
    put_help(&text, &who->help);
    kith_row_take(row, &text);
    kith_dynbuf_free(&text);
}

static void make_wanted_row(const void *ctx, uint64_t i, kith_row *row)
{
    const kith_match_result *result = ctx;

    kith_row_text(row, result->wanted[i].skill);
    kith_row_count(row, result->wanted[i].people);
    kith_row_count(row, result->wanted[i].mentors);
}

static void make_what_if_row(const void *ctx, uint64_t i, kith_row *row)
{
    const kith_answer *answer = ctx;
    const kith_match_result *result = answer->result;

    kith_row_name(row, answer->net, result->what_if[i].mentor);
    kith_row_number(row, result->what_if[i].gain);
    if (result->what_if[i].served == UINT32_MAX)
        kith_row_text(row, "nobody more");
    else
        kith_row_name(row, answer->net, result->what_if[i].served);
}

static uint32_t most(uint32_t count)
{
    return count < SHOWN ? count : SHOWN;
}

static void show_unmatched(const kith_answer *answer, kith_sheet *sheet)
{
    const kith_match_result *result = answer->result;
    side mentees = {answer, 0, 0}, mentors = {answer, 0, 0};
    kith_table table = {.columns = unmatched_columns,
                        .n_columns = sizeof unmatched_columns / sizeof *unmatched_columns,
                        .make = make_unmatched_row};

    while (mentees.count < result->n_unmatched && !result->unmatched[mentees.count].is_mentor)
        mentees.count++;
    mentors.first = mentees.count;
    mentors.count = most(result->n_unmatched - mentees.count);
    table.title = "Mentees without a mentor";
    table.n_rows = mentees.count;
    table.ctx = &mentees;
    kith_sheet_table(sheet, &table);
    table.title = "Mentors with places left and no mentee";
    table.n_columns--;
    table.note = result->n_unmatched - mentors.first > SHOWN ? "The first of them; JSON lists all." : NULL;
    table.n_rows = mentors.count;
    table.ctx = &mentors;
    kith_sheet_table(sheet, &table);
}

static void show_help(const kith_answer *answer, kith_sheet *sheet, kith_dynbuf *text)
{
    const kith_match_result *result = answer->result;
    const kith_table wanted = {.title = "Skills that those without a mentor want",
                               .columns = wanted_columns,
                               .n_columns = sizeof wanted_columns / sizeof *wanted_columns,
                               .n_rows = most(result->n_wanted),
                               .make = make_wanted_row,
                               .ctx = result};
    const kith_table what_if = {.title = "What one place more at one mentor would bring",
                                .columns = what_if_columns,
                                .n_columns = sizeof what_if_columns / sizeof *what_if_columns,
                                .n_rows = result->all_what_if ? result->n_what_if : most(result->n_what_if),
                                .make = make_what_if_row,
                                .ctx = answer};

    if (result->n_wanted > 0) {
        kith_dynbuf_printf(text, "One more mentor with %s would be of use to ", result->wanted[0].skill);
        kith_words_counted(text, result->wanted[0].people, "person", "people");
        kith_dynbuf_text(text, " without a mentor.");
        kith_sheet_point(sheet, text);
    }
    kith_sheet_table(sheet, &wanted);
    kith_sheet_table(sheet, &what_if);
}

void kith_show_match(const kith_answer *answer, kith_sheet *sheet)
{
    const kith_match_result *result = answer->result;
    kith_dynbuf text = {0};

    put_summary(&text, answer->net, result);
    kith_sheet_paragraph(sheet, &text);
    kith_sheet_table(sheet, answer->list);
    show_unmatched(answer, sheet);
    show_help(answer, sheet, &text);
    kith_dynbuf_text(&text, "Fit: weighted mean of ");
    for (int part = 0; part < KITH_FIT_PARTS; part++) {
        kith_dynbuf_printf(&text, "%s%s ", part > 0 ? ", " : "", kith_fit_part_name((kith_fit_part)part));
        kith_words_real(&text, result->weights[part]);
    }
    kith_dynbuf_text(&text,
                     "; what the mentee gives no ground for is left out. Best: with the mentor who fits "
                     "this mentee best, whoever else needs them. Weights are reasoned, not calibrated.");
    kith_sheet_note(sheet, &text);
    kith_dynbuf_free(&text);
}
