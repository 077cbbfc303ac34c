#include "report/show_health.h"

#include "report/phrase.h"
#include "report/show_curve.h"
#include "report/words.h"

/** Rows that readers see; programs get all that were asked for. */
enum { SHOWN = 10, MOST_GROUPS = 40 };

static const char *const field_names[] = {[KITH_HEALTH_ALL] = "all",
                                          [KITH_HEALTH_PROGRAMME] = "programme",
                                          [KITH_HEALTH_COHORT] = "cohort",
                                          [KITH_HEALTH_YEAR] = "year"};

static const kith_column group_columns[] = {
    {"group", "Group", KITH_COLUMN_TEXT, 0, false},
    {"pending", "Pend-\ning", KITH_COLUMN_COUNT, 0, false},
    {"active", "Active", KITH_COLUMN_COUNT, 0, false},
    {"completed", "Done", KITH_COLUMN_COUNT, 0, false},
    {"ended_early", "Ended\nearly", KITH_COLUMN_COUNT, 0, false},
    {"at_risk", "At\nrisk", KITH_COLUMN_COUNT, 0, false},
    {"regularity", "Regu-\nlar", KITH_COLUMN_SHARE, 0, false},
    {"over_capacity", "Over\nfull", KITH_COLUMN_COUNT, 0, false},
    {"under_capacity", "With\nroom", KITH_COLUMN_COUNT, 0, false},
    {"waiting", "Wait-\ning", KITH_COLUMN_COUNT, 0, false},
    {"match_days", "Days to\nmatch", KITH_COLUMN_NUMBER, 0, false},
};

static const kith_column risk_columns[] = {
    {"mentor", "Mentor", KITH_COLUMN_TEXT, 0, false},
    {"mentee", "Mentee", KITH_COLUMN_TEXT, 0, false},
    {"last_meeting", "Last met", KITH_COLUMN_DATE, 0, false},
    {"days", "Days\nago", KITH_COLUMN_COUNT, 0, false},
    {"usual_gap", "Usual\ngap", KITH_COLUMN_COUNT, 0, false},
};

/* ---- for readers ---- */

static void make_group(const void *ctx, uint64_t i, kith_row *row)
{
    const kith_health_result *health = ctx;
    const kith_health_group *group = &health->groups[i];
    kith_dynbuf name = {0};

    if (group->field == KITH_HEALTH_YEAR)
        kith_dynbuf_printf(&name, "begun %s", group->name);
    else
        kith_dynbuf_text(&name, group->field == KITH_HEALTH_ALL ? "All" : group->name);
    kith_row_take(row, &name);
    kith_row_count(row, group->pending);
    kith_row_count(row, group->active);
    kith_row_count(row, group->completed);
    kith_row_count(row, group->ended_early);
    kith_row_count(row, group->at_risk);
    kith_row_number(row, group->regularity);
    kith_row_count(row, group->over_capacity);
    kith_row_count(row, group->under_capacity);
    kith_row_count(row, group->waiting);
    kith_row_number(row, group->match_days);
    kith_dynbuf_free(&name);
}

static void make_risk(const void *ctx, uint64_t i, kith_row *row)
{
    const kith_answer *answer = ctx;
    const kith_chains_result *result = answer->result;
    const kith_at_risk *pair = &result->health->at_risk[i];
    kith_dynbuf name = {0};

    kith_phrase_name(&name, answer->net, pair->mentor);
    kith_row_take(row, &name);
    kith_phrase_name(&name, answer->net, pair->mentee);
    kith_row_take(row, &name);
    kith_row_day(row, pair->last_meeting);
    kith_row_count(row, pair->days);
    kith_row_count(row, pair->usual_gap);
    kith_dynbuf_free(&name);
}

static void show_groups(const kith_health_result *health, kith_sheet *sheet, kith_dynbuf *text)
{
    const bool some = health->n_groups > MOST_GROUPS;
    const kith_table table = {.title = "How programmes do",
                              .columns = group_columns,
                              .n_columns = sizeof group_columns / sizeof *group_columns,
                              .n_rows = some ? MOST_GROUPS : health->n_groups,
                              .make = make_group,
                              .ctx = health};

    kith_sheet_table(sheet, &table);
    if (some) {
        kith_dynbuf_printf(text, "The first %d of ", MOST_GROUPS);
        kith_words_count(text, health->n_groups);
        kith_dynbuf_text(text, "; JSON has them all. ");
    }
    kith_dynbuf_text(text,
                     "At risk: active, and the last meeting is over twice the usual gap ago. Regular: 100% "
                     "where all gaps between meetings are alike. Over full, with room: mentors with more or "
                     "fewer mentees than they offer places. Waiting: mentees without a mentor here yet. Days "
                     "to match: median from request to start.");
    kith_sheet_note(sheet, text);
}

/** How many mentorships last, over all. */
static void show_retention(const kith_health_group *all, kith_sheet *sheet)
{
    kith_show_curve(
        sheet, &(kith_curve_view){.title = "How many mentorships do not end early",
                                  .figure = "The share of mentorships that did not end early, by years since "
                                            "the start, with its band",
                                  .since = "the start",
                                  .share = "Not ended\nearly",
                                  .steps = all->ended_curve,
                                  .n_steps = all->n_ended_curve,
                                  .months = kith_curve_months(all->ended_curve, all->n_ended_curve),
                                  .rest = true});
}

/** "5 mentees wait: Ann Lee (since 2024-01-02), Ben Ito and 3 more." */
static void show_waiting(const kith_answer *answer, const kith_health_result *health, kith_sheet *sheet,
                         kith_dynbuf *text)
{
    const uint32_t count = health->groups[0].waiting;

    if (health->n_waiting == 0)
        return;
    kith_words_counted(text, count, "mentee waits: ", "mentees wait: ");
    for (uint32_t i = 0; i < health->n_waiting && i < SHOWN; i++) {
        kith_dynbuf_text(text, i > 0 ? ", " : "");
        kith_phrase_name(text, answer->net, health->waiting[i].mentee);
        if (health->waiting[i].since == KITH_NO_DATE)
            continue;
        kith_dynbuf_text(text, " (since ");
        kith_words_day(text, health->waiting[i].since);
        kith_dynbuf_put(text, ')');
    }
    if (count > SHOWN || count > health->n_waiting) {
        kith_dynbuf_text(text, " and ");
        kith_words_count(text, count - (health->n_waiting < SHOWN ? health->n_waiting : SHOWN));
        kith_dynbuf_text(text, " more");
    }
    kith_dynbuf_put(text, '.');
    kith_sheet_point(sheet, text);
}

static void show_overfull(const kith_answer *answer, const kith_health_result *health, kith_sheet *sheet,
                          kith_dynbuf *text)
{
    for (uint32_t i = 0; i < health->n_overfull && i < SHOWN; i++) {
        const kith_overfull *full = &health->overfull[i];

        kith_phrase_name(text, answer->net, full->mentor);
        kith_dynbuf_text(text, " has ");
        kith_words_counted(text, full->mentees, "mentee", "mentees");
        kith_dynbuf_text(text, " and offers ");
        kith_words_counted(text, full->capacity, "place", "places");
        kith_dynbuf_put(text, '.');
        kith_sheet_point(sheet, text);
    }
}

void kith_show_health(const kith_answer *answer, kith_sheet *sheet, kith_dynbuf *text)
{
    const kith_chains_result *result = answer->result;
    const kith_health_result *health = result->health;

    if (!health || health->n_groups == 0)
        return;
    const kith_table risk = {.title = "Pairs at risk",
                             .columns = risk_columns,
                             .n_columns = sizeof risk_columns / sizeof *risk_columns,
                             .n_rows = health->n_at_risk < SHOWN ? health->n_at_risk : SHOWN,
                             .make = make_risk,
                             .ctx = answer};
    show_groups(health, sheet, text);
    show_retention(&health->groups[0], sheet);
    kith_sheet_table(sheet, &risk);
    show_waiting(answer, health, sheet, text);
    show_overfull(answer, health, sheet, text);
}

/* ---- for programs ---- */

/** The share that did not end early, by days since the start. */
static json_t *retention_value(kith_json *json, const kith_health_group *group)
{
    json_t *curve = json_array();

    for (uint32_t i = 0; i < group->n_ended_curve; i++) {
        const kith_curve_step *step = &group->ended_curve[i];
        json_t *object = json_object();

        kith_json_set(json, object, "days", kith_json_count(step->days));
        kith_json_set(json, object, "at_risk", kith_json_count(step->at_risk));
        kith_json_set(json, object, "events", kith_json_count(step->events));
        kith_json_set(json, object, "share", kith_json_number(1 - step->share));
        kith_json_set(json, object, "low", kith_json_number(1 - step->high));
        kith_json_set(json, object, "high", kith_json_number(1 - step->low));
        kith_json_append(json, curve, object);
    }
    return curve;
}

static json_t *group_value(kith_json *json, const kith_health_group *group)
{
    json_t *object = json_object();

    kith_json_set(json, object, "field", kith_json_text(field_names[group->field]));
    kith_json_set(json, object, "name", kith_json_text(group->name));
    kith_json_set(json, object, "mentorships", kith_json_count(group->mentorships));
    kith_json_set(json, object, "pending", kith_json_count(group->pending));
    kith_json_set(json, object, "active", kith_json_count(group->active));
    kith_json_set(json, object, "completed", kith_json_count(group->completed));
    kith_json_set(json, object, "ended_early", kith_json_count(group->ended_early));
    kith_json_set(json, object, "over", kith_json_count(group->over));
    kith_json_set(json, object, "overdue", kith_json_count(group->overdue));
    kith_json_set(json, object, "regularity", kith_json_number(group->regularity));
    kith_json_set(json, object, "regularity_known", kith_json_count(group->regularity_known));
    kith_json_set(json, object, "at_risk", kith_json_count(group->at_risk));
    kith_json_set(json, object, "at_risk_known", kith_json_count(group->at_risk_known));
    kith_json_set(json, object, "mentors", kith_json_count(group->mentors));
    kith_json_set(json, object, "over_capacity", kith_json_count(group->over_capacity));
    kith_json_set(json, object, "under_capacity", kith_json_count(group->under_capacity));
    kith_json_set(json, object, "waiting", kith_json_count(group->waiting));
    kith_json_set(json, object, "match_days", kith_json_number(group->match_days));
    kith_json_set(json, object, "match_known", kith_json_count(group->match_known));
    kith_json_set(json, object, "retention", retention_value(json, group));
    return object;
}

static json_t *risk_value(kith_json *json, const kith_net *net, const kith_at_risk *pair)
{
    json_t *object = json_object();

    kith_json_set(json, object, "mentor", kith_json_person(json, net, pair->mentor));
    kith_json_set(json, object, "mentee", kith_json_person(json, net, pair->mentee));
    kith_json_set(json, object, "last_meeting", kith_json_day(pair->last_meeting));
    kith_json_set(json, object, "days", kith_json_count(pair->days));
    kith_json_set(json, object, "usual_gap_days", kith_json_count(pair->usual_gap));
    return object;
}

void kith_put_health(const kith_answer *answer, kith_json *json)
{
    const kith_chains_result *result = answer->result;
    const kith_health_result *health = result->health;
    json_t *object = health ? json_object() : NULL, *groups, *at_risk, *overfull, *waiting;

    if (!health)
        return;
    groups = json_array();
    at_risk = json_array();
    overfull = json_array();
    waiting = json_array();
    for (uint32_t i = 0; i < health->n_groups; i++)
        kith_json_append(json, groups, group_value(json, &health->groups[i]));
    for (uint32_t i = 0; i < health->n_at_risk; i++)
        kith_json_append(json, at_risk, risk_value(json, answer->net, &health->at_risk[i]));
    for (uint32_t i = 0; i < health->n_overfull; i++) {
        json_t *person = kith_json_person(json, answer->net, health->overfull[i].mentor);
        kith_json_set(json, person, "capacity", kith_json_count(health->overfull[i].capacity));
        kith_json_set(json, person, "mentees", kith_json_count(health->overfull[i].mentees));
        kith_json_append(json, overfull, person);
    }
    for (uint32_t i = 0; i < health->n_waiting; i++) {
        json_t *person = kith_json_person(json, answer->net, health->waiting[i].mentee);
        kith_json_set(json, person, "since", kith_json_day(health->waiting[i].since));
        kith_json_append(json, waiting, person);
    }
    kith_json_set(json, object, "groups", groups);
    kith_json_set(json, object, "at_risk", at_risk);
    kith_json_set(json, object, "over_capacity", overfull);
    kith_json_set(json, object, "waiting", waiting);
    kith_json_member(json, "health", object);
}
