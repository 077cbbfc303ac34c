#include "report/show_cohort.h"

#include <inttypes.h>
#include <math.h>

#include "report/figure_cohort.h"
#include "report/findings.h"
#include "report/phrase.h"
#include "report/words.h"

/** Lines and names that readers see; programs get them all. */
enum { LEFT_OUT_SHOWN = 40, NAMES_SHOWN = 4, COMPANIES_SHOWN = 3, LEAST_PART = 4 };

static const double days_per_year = 365.25;

#define GROUP_COLUMN                                                                                         \
    {                                                                                                        \
        "group", "Group", KITH_COLUMN_TEXT, 0, false                                                         \
    }

static const kith_column tie_columns[] = {
    GROUP_COLUMN,
    {"people", "People", KITH_COLUMN_COUNT, 0, false},
    {"ties_inside", "Ties\ninside", KITH_COLUMN_COUNT, 0, false},
    {"ties_between", "to other\ngroups", KITH_COLUMN_COUNT, 0, false},
    {"ties_outside", "to anyone\noutside", KITH_COLUMN_COUNT, 0, false},
    {"density", "Density", KITH_COLUMN_SHARE, 0, false},
    {"ei_index", "E-I", KITH_COLUMN_NUMBER, 2, false},
    {"ei_expected", "by\nchance", KITH_COLUMN_NUMBER, 2, false},
    {"ei_p", "p", KITH_COLUMN_NUMBER, 3, false},
};

static const kith_column hold_columns[] = {
    GROUP_COLUMN,
    {"mean_distance", "Mean\ndistance", KITH_COLUMN_NUMBER, 2, false},
    {"parts", "Parts", KITH_COLUMN_COUNT, 0, false},
    {"largest_share", "in the\nlargest", KITH_COLUMN_SHARE, 0, false},
    {"clustering", "Clus-\ntering", KITH_COLUMN_SHARE, 0, false},
    {"core", "Core", KITH_COLUMN_COUNT, 0, false},
    {"betweenness_gini", "Gini", KITH_COLUMN_NUMBER, 2, false},
    {"bus_factor", "Bus\nfactor", KITH_COLUMN_COUNT, 0, false},
    {"modularity", "Modu-\nlarity", KITH_COLUMN_NUMBER, 3, false},
};

static const kith_column bus_columns[] = {
    GROUP_COLUMN,
    {"people", "Without them, no part of more than half is left", KITH_COLUMN_TEXT, 0, true},
};

static const kith_column left_out_columns[] = {
    GROUP_COLUMN,
    {"person", "Person", KITH_COLUMN_TEXT, 0, false},
    {"ties", "Ties\nin all", KITH_COLUMN_COUNT, 0, false},
    {"ties_inside", "Ties\ninside", KITH_COLUMN_COUNT, 0, false},
    {"nearest", "Nearest\nwell-connected", KITH_COLUMN_TEXT, 0, false},
    {"ties_away", "Ties\naway", KITH_COLUMN_COUNT, 0, false},
};

static const kith_column mentoring_columns[] = {
    GROUP_COLUMN,
    {"with_mentor", "With a\nmentor now", KITH_COLUMN_SHARE, 0, false},
    {"mentored", "or\nbefore", KITH_COLUMN_SHARE, 0, false},
    {"followed", "Mentored,\nfollowed", KITH_COLUMN_COUNT, 0, false},
    {"passed_on", "mentor\nso far", KITH_COLUMN_COUNT, 0, false},
    {"share", "Pay it\nforward", KITH_COLUMN_SHARE, 0, false},
    {"median_years", "half by\nyear", KITH_COLUMN_NUMBER, 1, false},
};

static const kith_column reach_columns[] = {
    GROUP_COLUMN,
    {"companies_within_2", "Companies\nwithin 2", KITH_COLUMN_COUNT, 0, false},
    {"companies_within_3", "within 3\nties", KITH_COLUMN_COUNT, 0, false},
    {"companies", "Most people reach", KITH_COLUMN_TEXT, 0, true},
};

static const kith_column target_columns[] = {
    {"target", "Wanted", KITH_COLUMN_TEXT, 0, false},
    GROUP_COLUMN,
    {"there", "There", KITH_COLUMN_COUNT, 0, false},
    {"within_2", "Within\n2 ties", KITH_COLUMN_SHARE, 0, false},
    {"within_3", "Within\n3 ties", KITH_COLUMN_SHARE, 0, false},
};

/** All groups, then all together. */
static const kith_cohort_group *group_at(const kith_cohort_result *result, uint64_t i)
{
    return i < result->n_groups ? &result->groups[i] : &result->overall;
}

static void name_cell(kith_row *row, const kith_cohort_group *group)
{
    kith_row_text(row, group->name ? group->name : "All together");
}

/** "Ann Lee, Ben Ito and 3 more", or "Ann Lee and Ben Ito". */
static void put_people(kith_dynbuf *text, const kith_net *net, const uint32_t *people, uint32_t count)
{
    const bool all = count <= NAMES_SHOWN;
    const uint32_t before = !all ? NAMES_SHOWN : count > 1 ? count - 1 : count;

    kith_phrase_names(text, net, people, before, ", ");
    if (before == count)
        return;
    kith_dynbuf_text(text, " and ");
    if (all) {
        kith_phrase_name(text, net, people[before]);
    } else {
        kith_words_count(text, count - before);
        kith_dynbuf_text(text, " more");
    }
}

double kith_cohort_pay_share(const kith_pay_forward *pay)
{
    if (pay->mentored == 0)
        return NAN;
    return pay->n_curve > 0 ? pay->curve[pay->n_curve - 1].share : 0;
}

/* ---- rows ---- */

static void make_ties(const void *ctx, uint64_t i, kith_row *row)
{
    const kith_answer *answer = ctx;
    const kith_cohort_group *group = group_at(answer->result, i);

    name_cell(row, group);
    kith_row_count(row, group->people);
    kith_row_count(row, group->ties_inside);
    kith_row_count(row, group->ties_between);
    kith_row_count(row, group->ties_outside);
    kith_row_number(row, group->density);
    kith_row_number(row, group->ei_index);
    kith_row_number(row, group->ei_expected);
    kith_row_number(row, group->ei_p);
}

static void make_holds(const void *ctx, uint64_t i, kith_row *row)
{
    const kith_answer *answer = ctx;
    const kith_cohort_group *group = group_at(answer->result, i);

    name_cell(row, group);
    kith_row_number(row, group->mean_distance);
    kith_row_count(row, group->parts);
    kith_row_number(row, (double)group->largest / group->people);
    kith_row_number(row, group->clustering);
    kith_row_count(row, group->core);
    kith_row_number(row, group->betweenness_gini);
    if (group->bus_factor > 0)
        kith_row_count(row, group->bus_factor);
    else
        kith_row_nothing(row);
    kith_row_number(row, group->modularity);
}

static void make_bus(const void *ctx, uint64_t i, kith_row *row)
{
    const kith_answer *answer = ctx;
    const kith_cohort_group *group = group_at(answer->result, i);
    kith_dynbuf text = {0};

    name_cell(row, group);
    put_people(&text, answer->net, group->bus, group->bus_factor);
    kith_row_take(row, &text);
    kith_dynbuf_free(&text);
}

/** "Ann Lee", "Ann Lee (2019)", who is of another group, or why there is nobody. */
static void nearest_cell(kith_row *row, const kith_net *net, const kith_lone_person *lone)
{
    kith_dynbuf text = {0};

    if (lone->nearest == UINT32_MAX) {
        kith_dynbuf_text(&text, lone->ties == 0 ? "nobody" : "nobody in reach");
    } else if (lone->nearest == lone->person) {
        kith_dynbuf_text(&text, "themselves, elsewhere");
    } else {
        kith_phrase_name(&text, net, lone->nearest);
        if (lone->nearest_group)
            kith_dynbuf_printf(&text, " (%s)", lone->nearest_group);
    }
    kith_row_take(row, &text);
    kith_dynbuf_free(&text);
}

static void make_left_out(const void *ctx, uint64_t i, kith_row *row)
{
    const kith_answer *answer = ctx;
    const kith_cohort_result *result = answer->result;
    const kith_lone_person *lone = result->left_out[i];

    name_cell(row, &result->groups[lone->group]);
    kith_row_name(row, answer->net, lone->person);
    kith_row_count(row, lone->ties);
    kith_row_count(row, lone->contact != UINT32_MAX);
    nearest_cell(row, answer->net, lone);
    if (lone->ties_away > 0)
        kith_row_count(row, lone->ties_away);
    else
        kith_row_nothing(row);
}

static void make_mentoring(const void *ctx, uint64_t i, kith_row *row)
{
    const kith_answer *answer = ctx;
    const kith_cohort_group *group = group_at(answer->result, i);
    const kith_pay_forward *pay = &group->pay_forward;

    name_cell(row, group);
    kith_row_number(row, group->with_mentor);
    kith_row_number(row, group->mentored);
    kith_row_count(row, pay->mentored);
    kith_row_count(row, pay->passed_on);
    kith_row_number(row, kith_cohort_pay_share(pay));
    kith_row_number(row, pay->median_days / days_per_year);
}

static void make_reach(const void *ctx, uint64_t i, kith_row *row)
{
    const kith_answer *answer = ctx;
    const kith_cohort_group *group = group_at(answer->result, i);
    kith_dynbuf text = {0};

    name_cell(row, group);
    kith_row_count(row, group->companies_within_2);
    kith_row_count(row, group->companies_within_3);
    for (uint32_t c = 0; c < group->n_companies && c < COMPANIES_SHOWN; c++) {
        const kith_cohort_reach *of = &group->companies[c];
        kith_dynbuf_printf(&text, "%s%s (", c > 0 ? "; " : "", of->company);
        kith_words_share(&text, of->within_2);
        kith_dynbuf_text(&text, ", ");
        kith_words_share(&text, of->within_3);
        kith_dynbuf_put(&text, ')');
    }
    kith_row_take(row, &text);
    kith_dynbuf_free(&text);
}

static void make_target(const void *ctx, uint64_t i, kith_row *row)
{
    const kith_answer *answer = ctx;
    const kith_cohort_result *result = answer->result;
    const uint64_t rows = (uint64_t)result->n_groups + 1;
    const kith_cohort_group *group = group_at(result, i % rows);
    const kith_cohort_reach *of = &group->targets[i / rows];

    kith_row_text(row, result->target_names[i / rows]);
    name_cell(row, group);
    kith_row_count(row, of->there);
    kith_row_number(row, of->within_2);
    kith_row_number(row, of->within_3);
}

/* ---- findings ---- */

bool kith_finding_apart(kith_dynbuf *text, const kith_cohort_result *result)
{
    const kith_cohort_group *all = &result->overall;

    if (isnan(all->ei_index) || result->n_all_groups < 2)
        return false;
    if (all->ei_p > 0.05)
        kith_dynbuf_text(text, "Groups keep to themselves as chance would have it");
    else
        kith_dynbuf_printf(text, "Groups keep to themselves %s than chance would have it",
                           all->ei_index < all->ei_expected ? "more" : "less");
    kith_dynbuf_text(text, ": E-I ");
    kith_words_fixed(text, all->ei_index, 2);
    kith_dynbuf_text(text, ", where ");
    kith_words_fixed(text, all->ei_expected, 2);
    kith_dynbuf_text(text, " is expected (p ");
    kith_words_fixed(text, all->ei_p, 3);
    kith_dynbuf_text(text, ").");
    return true;
}

bool kith_finding_dependent(kith_dynbuf *text, const kith_net *net, const kith_cohort_result *result)
{
    const kith_cohort_group *worst = NULL;

    for (uint32_t g = 0; g < result->n_groups; g++) {
        const kith_cohort_group *group = &result->groups[g];
        if (group->bus_factor > 0 && group->largest >= LEAST_PART &&
            (!worst ||
             (uint64_t)group->bus_factor * worst->largest < (uint64_t)worst->bus_factor * group->largest))
            worst = group;
    }
    if (!worst)
        return false;
    kith_dynbuf_printf(text, "%s depends most on few: without ", worst->name);
    put_people(text, net, worst->bus, worst->bus_factor);
    kith_dynbuf_text(text, ", no more than ");
    kith_words_count(text, worst->largest / 2);
    kith_dynbuf_text(text, " of its ");
    kith_words_counted(text, worst->people, "person", "people");
    kith_dynbuf_text(text, " would still hang together.");
    return true;
}

bool kith_finding_left_out(kith_dynbuf *text, const kith_cohort_result *result)
{
    uint64_t alone = 0;

    if (result->n_left_out == 0)
        return false;
    for (uint32_t g = 0; g < result->n_groups; g++)
        alone += result->groups[g].n_isolates;
    kith_words_counted(text, alone > 0 ? alone : result->n_left_out, "person has", "people have");
    kith_dynbuf_text(text, alone > 0 ? " no tie inside their group" : " one tie only inside their group");
    if (alone > 0 && alone < result->n_left_out) {
        kith_dynbuf_text(text, ", ");
        kith_words_count(text, result->n_left_out - alone);
        kith_dynbuf_text(text, " only one");
    }
    kith_dynbuf_put(text, '.');
    return true;
}

/* ---- the sheet ---- */

static void tell(kith_sheet *sheet, bool found, kith_dynbuf *text)
{
    if (found)
        kith_sheet_point(sheet, text);
}

static void show_table(const kith_answer *answer, kith_sheet *sheet, const char *title,
                       const kith_column *columns, uint32_t n_columns, uint64_t n_rows, kith_row_make *make)
{
    const kith_table table = {.title = title,
                              .columns = columns,
                              .n_columns = n_columns,
                              .n_rows = n_rows,
                              .make = make,
                              .ctx = answer};

    kith_sheet_table(sheet, &table);
}

#define COUNT_OF(columns) (sizeof(columns) / sizeof *(columns))

static void show_opening(const kith_cohort_result *result, kith_sheet *sheet, kith_dynbuf *text)
{
    kith_words_counted(text, result->n_all_groups, "group", "groups");
    kith_dynbuf_printf(text, " by %s, ",
                       result->grouping == KITH_GROUPING_COMMUNITY ? "community"
                       : result->grouping == KITH_GROUPING_FIELD   ? kith_field_name(result->field)
                                                                   : kith_field_name(KITH_FIELD_COMPANY));
    kith_words_counted(text, result->overall.people, "person in them, ", "people in them, ");
    kith_words_count(text, result->in_no_group);
    kith_dynbuf_text(text, " in none.");
    if (result->n_groups < result->n_all_groups) {
        kith_dynbuf_text(text, " Told are the ");
        kith_words_count(text, result->n_groups);
        kith_dynbuf_text(text, " largest.");
    }
    kith_sheet_paragraph(sheet, text);
}

/** What is known from some people only. */
static void put_sampling(kith_dynbuf *text, const kith_cohort_result *result)
{
    bool sampled = result->overall.looked_from > 0;

    for (uint32_t g = 0; g < result->n_groups; g++)
        sampled |= result->groups[g].looked_from > 0;
    if (sampled)
        kith_dynbuf_printf(text,
                           " In large groups distances and reach are those of %d people picked at random, "
                           "and betweenness is sampled (error 0.005, confidence 0.9).",
                           KITH_COHORT_SOURCES);
}

static void show_tie_notes(const kith_cohort_result *result, kith_sheet *sheet, kith_dynbuf *text)
{
    kith_dynbuf_printf(
        text,
        "E-I: ties to other groups less ties inside, over both; by chance: its mean over %" PRIu32
        " deals of the groups at random (seed %" PRIu64 "), and p how often a deal is as far out. ",
        result->permutations, result->seed);
    kith_dynbuf_text(text, "All together: everyone who is in a group, as one group; ties between groups are "
                           "among those inside it.");
    kith_sheet_note(sheet, text);
}

static void show_hold_notes(const kith_cohort_result *result, kith_sheet *sheet, kith_dynbuf *text)
{
    kith_dynbuf_text(
        text, "Inside the group: mean distance in ties, parts that no tie joins, clustering (how often "
              "two contacts of one know each other), core (the largest k such that some have k ties or "
              "more among each other), Gini of betweenness (0: all are between others alike), bus factor "
              "(people without whom no part of more than half of the largest is left, found greedily: "
              "fewer may do). Modularity: each group's part, which add up to that of all together.");
    put_sampling(text, result);
    kith_sheet_note(sheet, text);
}

static void show_left_out(const kith_answer *answer, kith_sheet *sheet, kith_dynbuf *text)
{
    const kith_cohort_result *result = answer->result;
    const uint32_t all = result->n_left_out, shown = all < LEFT_OUT_SHOWN ? all : LEFT_OUT_SHOWN;

    show_table(answer, sheet, "Who is left out of their group, and who is near", left_out_columns,
               COUNT_OF(left_out_columns), shown, make_left_out);
    if (all == 0)
        return;
    if (shown < all) {
        kith_words_count(text, all - shown);
        kith_dynbuf_text(text, " more: JSON has them all. ");
    }
    kith_dynbuf_text(text,
                     "Those with fewest ties come first. Well-connected: the quarter of the group with most "
                     "ties inside, two or more each; where none of them is in reach, of all groups "
                     "together. The way to them may lead through anyone.");
    kith_sheet_note(sheet, text);
}

static void show_reach(const kith_answer *answer, kith_sheet *sheet, kith_dynbuf *text)
{
    const kith_cohort_result *result = answer->result;
    const uint64_t rows = (uint64_t)result->n_groups + 1;

    show_table(answer, sheet, "Which companies are in reach, through anyone", reach_columns,
               COUNT_OF(reach_columns), rows, make_reach);
    kith_dynbuf_text(text,
                     "In parentheses: the share of the group's people who have somebody there within two "
                     "ties, within three, and are not of it themselves.");
    kith_sheet_note(sheet, text);
    show_table(answer, sheet, "Who reaches whom you want to reach", target_columns, COUNT_OF(target_columns),
               rows * result->n_targets, make_target);
}

void kith_show_cohort(const kith_answer *answer, kith_sheet *sheet)
{
    const kith_cohort_result *result = answer->result;
    const uint64_t rows = (uint64_t)result->n_groups + 1;
    kith_dynbuf text = {0};

    show_opening(result, sheet, &text);
    if (result->n_groups == 0) {
        kith_dynbuf_free(&text);
        return;
    }
    tell(sheet, kith_finding_apart(&text, result), &text);
    tell(sheet, kith_finding_dependent(&text, answer->net, result), &text);
    tell(sheet, kith_finding_left_out(&text, result), &text);
    kith_draw_cohort(sheet, result);
    show_table(answer, sheet, "How they are tied", tie_columns, COUNT_OF(tie_columns), rows, make_ties);
    show_tie_notes(result, sheet, &text);
    show_table(answer, sheet, "How they hold together", hold_columns, COUNT_OF(hold_columns), rows,
               make_holds);
    show_hold_notes(result, sheet, &text);
    show_table(answer, sheet, "On whom they depend", bus_columns, COUNT_OF(bus_columns), rows, make_bus);
    show_left_out(answer, sheet, &text);
    show_table(answer, sheet, "Mentoring", mentoring_columns, COUNT_OF(mentoring_columns), rows,
               make_mentoring);
    kith_dynbuf_text(&text,
                     "Pay it forward: the share of those mentored who mentor in turn by the end of the "
                     "time seen, by Kaplan-Meier, which allows for those who have had little time; half by "
                     "year: when half of them do. The end rests on the few who were followed longest: kith "
                     "chains has the whole curve.");
    kith_sheet_note(sheet, &text);
    show_reach(answer, sheet, &text);
    kith_dynbuf_free(&text);
}
