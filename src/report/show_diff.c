/* What changed, for readers: counts first, then a table for each kind of change. */
#include <string.h>

#include "report/diff_told.h"
#include "report/phrase.h"
#include "report/words.h"

enum { COLUMNS = 4 };

/** How a kind reads. */
typedef struct reading {
    const char *became;          /**< behind a count, in the summary */
    const char *title;           /**< of its table */
    const char *column[COLUMNS]; /**< first, second, what was, what is; NULL: left out */
} reading;

static const reading readings[KITH_CHANGE_KINDS] = {
    [KITH_CHANGE_PERSON_ADDED] = {"came", "People who came", {"Name", "Position", NULL, "Ties"}},
    [KITH_CHANGE_PERSON_REMOVED] = {"left", "People who left", {"Name", "Position", "Ties", NULL}},
    [KITH_CHANGE_PERSON_MERGED] = {"became part of another",
                                   "People who turned out to be one",
                                   {"Was", "Is now", NULL, NULL}},
    [KITH_CHANGE_PERSON_SPLIT] = {"came out of another",
                                  "People who turned out to be several",
                                  {"Is", "Was part of", NULL, NULL}},
    [KITH_CHANGE_PERSON_CHANGED] = {"changed", "What changed about people", {"Name", "What", "Was", "Is"}},
    [KITH_CHANGE_TIE_ADDED] = {"came", "Ties that came", {"Between", "and", NULL, "Strength"}},
    [KITH_CHANGE_TIE_REMOVED] = {"went", "Ties that went", {"Between", "and", "Strength", NULL}},
    [KITH_CHANGE_TIE_TIER] = {"crossed into another tier",
                              "Ties that crossed into another tier",
                              {"Between", "and", "Was", "Is"}},
    [KITH_CHANGE_MENTORSHIP_ADDED] = {"came",
                                      "Mentorships that came",
                                      {"Mentor", "Mentee", NULL, "Mentorship"}},
    [KITH_CHANGE_MENTORSHIP_REMOVED] = {"went",
                                        "Mentorships that went",
                                        {"Mentor", "Mentee", "Mentorship", NULL}},
    [KITH_CHANGE_MENTORSHIP_CHANGED] = {"changed",
                                        "Mentorships that changed",
                                        {"Mentor", "Mentee", "Was", "Is"}},
    [KITH_CHANGE_BROKER_NEW] = {"new", "New brokers", {"Name", "Position", "Was", "Is"}},
    [KITH_CHANGE_BROKER_RISEN] = {"risen", "Brokers who rose", {"Name", "Position", "Was", "Is"}},
    [KITH_CHANGE_BROKER_FALLEN] = {"fallen", "Brokers who fell", {"Name", "Position", "Was", "Is"}},
    [KITH_CHANGE_BROKER_GONE] = {"gone", "Brokers no more", {"Name", "Position", "Was", "Is"}},
    [KITH_CHANGE_ROUTE_OPENED] = {"opened", "Routes that opened", {"To", "Through", NULL, "Chance"}},
    [KITH_CHANGE_ROUTE_CLOSED] = {"closed", "Routes that closed", {"To", "Through", "Chance", NULL}},
    [KITH_CHANGE_GROUP] = {"measures changed", "Groups", {"Group", "What", "Was", "Is"}},
};

/** One kind of a comparison, as the context of its table. */
typedef struct part {
    const kith_diff_told *told;
    kith_change_kind kind;
} part;

/* ---- rows ---- */

static void put_name(kith_dynbuf *out, kith_told_person who)
{
    if (who.net)
        kith_phrase_name(out, who.net, who.id);
}

/** Who stands between the ends of a route. */
static void put_way(kith_dynbuf *out, const kith_diff_told *told, int side, const kith_route *route)
{
    if (route->hops < 2)
        kith_dynbuf_text(out, "directly");
    else
        kith_phrase_names(out, told->net[side], route->people + 1, route->hops - 1, " → ");
}

/** "ties inside" for "ties_inside". */
static void put_plain(kith_dynbuf *out, const char *word)
{
    for (; *word; word++)
        kith_dynbuf_put(out, *word == '_' ? ' ' : *word);
}

static void put_second(kith_dynbuf *out, const part *p, const kith_change *change)
{
    const kith_diff_result *result = p->told->result;
    const kith_told_person first = kith_told_who(p->told, p->kind, change, 0);
    const kith_told_person second = kith_told_who(p->told, p->kind, change, 1);
    const int side = p->kind == KITH_CHANGE_ROUTE_CLOSED ? KITH_TOLD_BEFORE : KITH_TOLD_AFTER;

    switch (p->kind) {
    case KITH_CHANGE_PERSON_CHANGED:
        put_plain(out, kith_fact_name(change->person.fact));
        break;
    case KITH_CHANGE_GROUP:
        put_plain(out, result->measures[change->measure].name);
        break;
    case KITH_CHANGE_ROUTE_OPENED:
    case KITH_CHANGE_ROUTE_CLOSED:
        put_way(out, p->told, side, &result->routes[side].routes[change->route]);
        break;
    case KITH_CHANGE_PERSON_ADDED:
    case KITH_CHANGE_PERSON_REMOVED:
    case KITH_CHANGE_BROKER_NEW:
    case KITH_CHANGE_BROKER_RISEN:
    case KITH_CHANGE_BROKER_FALLEN:
    case KITH_CHANGE_BROKER_GONE:
        kith_phrase_position(out, first.net, first.id);
        break;
    case KITH_CHANGE_PERSON_MERGED:
    case KITH_CHANGE_PERSON_SPLIT:
        kith_phrase_person(out, second.net, second.id);
        break;
    default:
        put_name(out, second);
    }
}

static void put_first(kith_dynbuf *out, const part *p, const kith_change *change)
{
    const bool to_target = p->kind == KITH_CHANGE_ROUTE_OPENED || p->kind == KITH_CHANGE_ROUTE_CLOSED;
    const kith_told_person who = kith_told_who(p->told, p->kind, change, to_target);

    if (p->kind == KITH_CHANGE_GROUP)
        kith_dynbuf_text(out, p->told->result->measures[change->measure].group);
    else if (p->kind == KITH_CHANGE_PERSON_MERGED || p->kind == KITH_CHANGE_PERSON_SPLIT)
        kith_phrase_person(out, who.net, who.id);
    else
        put_name(out, who);
}

static void make_row(const void *ctx, uint64_t i, kith_row *row)
{
    const part *p = ctx;
    const kith_change *change = &p->told->result->changes[p->kind].items[i];
    kith_dynbuf text = {0};

    put_first(&text, p, change);
    kith_row_take(row, &text);
    put_second(&text, p, change);
    kith_row_take(row, &text);
    for (int side = 0; side < KITH_TOLD_SIDES; side++) {
        kith_told_value(&text, p->told, p->kind, change, side, true);
        kith_row_take(row, &text);
    }
    kith_dynbuf_free(&text);
}

/* ---- the sheet ---- */

/** "Ties: 12 came, 4 went." of all kinds about the same as `kind`, the first of them. */
static void show_counts(const kith_diff_result *result, kith_change_kind kind, kith_sheet *sheet,
                        kith_dynbuf *text)
{
    static const char *const about[][2] = {{"people", "People"},   {"ties", "Ties"},
                                           {"brokers", "Brokers"}, {"mentorships", "Mentorships"},
                                           {"routes", "Routes"},   {"groups", "Groups"}};
    const char *same = kith_change_words_of[kind].about;
    bool any = false;

    for (size_t i = 0; i < sizeof about / sizeof *about; i++)
        if (strcmp(about[i][0], same) == 0)
            kith_dynbuf_printf(text, "%s: ", about[i][1]);
    for (int k = (int)kind; k < KITH_CHANGE_KINDS && strcmp(kith_change_words_of[k].about, same) == 0; k++) {
        const uint64_t count =
            k == KITH_CHANGE_PERSON_CHANGED ? result->people_changed : result->changes[k].total;
        if (count == 0)
            continue;
        kith_dynbuf_text(text, any ? ", " : "");
        kith_words_count(text, count);
        kith_dynbuf_printf(text, " %s", readings[k].became);
        any = true;
    }
    kith_dynbuf_text(text, any ? "." : "no change.");
    kith_sheet_point(sheet, text);
}

static const char *const size_names[] = {"As of", "People", "Ties", "Mentorships"};

enum { SIZES = sizeof size_names / sizeof *size_names };

static void make_size(const void *ctx, uint64_t i, kith_row *row)
{
    const kith_diff_told *told = ctx;
    kith_dynbuf text = {0};
    kith_net_summary about;

    kith_row_text(row, size_names[i]);
    for (int side = 0; side < KITH_TOLD_SIDES; side++) {
        kith_net_summarise(told->net[side], &about);
        const uint64_t counts[SIZES] = {0, about.people, about.ties, about.mentorships};
        if (i == 0)
            kith_words_day(&text, about.as_of);
        else
            kith_words_count(&text, counts[i]);
        kith_row_take(row, &text);
    }
    kith_dynbuf_free(&text);
}

static void show_summary(const kith_diff_told *told, kith_sheet *sheet, kith_dynbuf *text)
{
    static const kith_column columns[] = {{"what", "", KITH_COLUMN_TEXT, 0, false},
                                          {"before", "Before", KITH_COLUMN_TEXT, 0, false},
                                          {"after", "Now", KITH_COLUMN_TEXT, 0, false}};
    const kith_table sizes = {
        .columns = columns, .n_columns = 3, .n_rows = SIZES, .make = make_size, .ctx = told};

    for (int k = 0; k < KITH_CHANGE_KINDS; k++)
        if ((k == 0 || strcmp(kith_change_words_of[k].about, kith_change_words_of[k - 1].about) != 0) &&
            kith_told_compared(told->result, (kith_change_kind)k))
            show_counts(told->result, (kith_change_kind)k, sheet, text);
    kith_sheet_table(sheet, &sizes);
}

/** Whether what a column holds may be longer than a line: facts, mentorships, and ways. */
static bool is_long(kith_change_kind kind, int column)
{
    switch (kind) {
    case KITH_CHANGE_PERSON_CHANGED:
    case KITH_CHANGE_MENTORSHIP_ADDED:
    case KITH_CHANGE_MENTORSHIP_REMOVED:
    case KITH_CHANGE_MENTORSHIP_CHANGED:
        return column >= 2;
    case KITH_CHANGE_ROUTE_OPENED:
    case KITH_CHANGE_ROUTE_CLOSED:
        return column == 1;
    default:
        return false;
    }
}

static void show_part(const part *p, kith_sheet *sheet, kith_dynbuf *text)
{
    const kith_change_list *list = &p->told->result->changes[p->kind];
    kith_column columns[COLUMNS];
    kith_table table = {.title = readings[p->kind].title,
                        .columns = columns,
                        .n_columns = COLUMNS,
                        .n_rows = list->count,
                        .make = make_row,
                        .ctx = p};

    for (int c = 0; c < COLUMNS; c++)
        columns[c] =
            (kith_column){NULL, readings[p->kind].column[c], KITH_COLUMN_TEXT, 0, is_long(p->kind, c)};
    kith_sheet_table(sheet, &table);
    if (list->count < list->total) {
        kith_words_count(text, list->count);
        kith_dynbuf_text(text, " of ");
        kith_words_count(text, list->total);
        kith_dynbuf_text(text, "; --top 0 shows them all.");
        kith_sheet_note(sheet, text);
    }
}

/** Whether both networks were built with the same coefficients. */
static bool same_coefficients(const kith_diff_told *told)
{
    kith_parameter before, after;

    for (uint32_t i = 0;; i++) {
        const bool was = kith_net_parameter(told->net[KITH_TOLD_BEFORE], i, &before);
        const bool is = kith_net_parameter(told->net[KITH_TOLD_AFTER], i, &after);
        if (!was || !is)
            return was == is;
        if (strcmp(before.name, after.name) != 0 || before.value < after.value || before.value > after.value)
            return false;
    }
}

static void show_notes(const kith_diff_told *told, kith_sheet *sheet, kith_dynbuf *text)
{
    const kith_diff_result *result = told->result;
    const double error = result->method[KITH_TOLD_BEFORE].epsilon + result->method[KITH_TOLD_AFTER].epsilon;

    if (result->n_brokers > 0) {
        kith_dynbuf_text(text, "Brokers are the first ");
        kith_words_count(text, result->n_brokers);
        kith_dynbuf_text(text,
                         " by their share of shortest routes. A share that changed by less than a tenth");
        if (error > 0) {
            kith_dynbuf_text(text, ", or by less than ");
            kith_words_share(text, error);
            kith_dynbuf_text(text, " of all routes (they are sampled),");
        }
        kith_dynbuf_text(text, " is not listed.");
        kith_sheet_note(sheet, text);
    }
    if (!same_coefficients(told)) {
        kith_dynbuf_text(text, "The two networks were built with different coefficients, by which strengths "
                               "differ, too.");
        kith_sheet_note(sheet, text);
    }
}

void kith_told_show(const kith_answer *answer, kith_sheet *sheet)
{
    const kith_diff_told *told = answer->result;
    kith_dynbuf text = {0};

    show_summary(told, sheet, &text);
    for (int k = 0; k < KITH_CHANGE_KINDS; k++)
        show_part(&(part){told, (kith_change_kind)k}, sheet, &text);
    show_notes(told, sheet, &text);
    kith_dynbuf_free(&text);
}
