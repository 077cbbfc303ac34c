/* What becomes of a network when some people leave it. */
#include <inttypes.h>
#include <math.h>

#include "report/answer.h"
#include "report/phrase.h"
#include "report/words.h"

/** Lines that readers see; programs get them all. */
enum { COMPANIES_SHOWN = 20, PARTS_SHOWN = 10, NAMES_SHOWN = 5 };

static const kith_column columns[] = {
    {"company", "Company", KITH_COLUMN_TEXT, 0, false},
    {"people_losing", "People who\nlose reach", KITH_COLUMN_COUNT, 0, false},
    {"people_reaching", "who keep it", KITH_COLUMN_COUNT, 0, false},
};

static const kith_column shape_columns[] = {
    {"what", "", KITH_COLUMN_TEXT, 0, false},
    {"before", "Now", KITH_COLUMN_TEXT, 0, false},
    {"after", "Without them", KITH_COLUMN_TEXT, 0, false},
};

static const char *const measures[] = {"People",
                                       "Ties",
                                       "Separate parts",
                                       "People in the largest part",
                                       "People without ties",
                                       "Mean distance, in ties",
                                       "Longest distance, in ties"};

enum { MEASURES = sizeof measures / sizeof *measures };

static void make_row(const void *ctx, uint64_t i, kith_row *row)
{
    const kith_answer *answer = ctx;
    const kith_without_result *result = answer->result;
    const kith_company_loss *loss = &result->companies[i];

    kith_row_text(row, loss->company);
    kith_row_count(row, loss->people_losing);
    kith_row_count(row, loss->people_reaching);
}

/* ---- for readers ---- */

/** The i-th measure of a shape in words. */
static void measure_cell(kith_row *row, const kith_shape *shape, uint64_t i)
{
    const uint64_t counts[MEASURES] = {shape->people,   shape->ties, shape->parts,           shape->largest,
                                       shape->isolated, 0,           shape->longest_distance};
    kith_dynbuf text = {0};

    if (i != 5)
        kith_words_count(&text, counts[i]);
    else if (isnan(shape->mean_distance))
        kith_dynbuf_text(&text, "none");
    else
        kith_words_fixed(&text, shape->mean_distance, 2);
    kith_row_take(row, &text);
    kith_dynbuf_free(&text);
}

static void make_shape_row(const void *ctx, uint64_t i, kith_row *row)
{
    const kith_answer *answer = ctx;
    const kith_without_result *result = answer->result;

    kith_row_text(row, measures[i]);
    measure_cell(row, &result->before, i);
    measure_cell(row, &result->after, i);
}

/** "Ann Lee, Ben Ito and 3 more"; only those named are looked at. */
static void put_names(kith_dynbuf *text, const kith_net *net, const uint32_t *people, uint32_t count)
{
    const uint32_t named = count < NAMES_SHOWN ? count : NAMES_SHOWN;

    kith_phrase_names(text, net, people, named, ", ");
    if (count > named) {
        kith_dynbuf_text(text, " and ");
        kith_words_count(text, count - named);
        kith_dynbuf_text(text, " more");
    }
}

/** "7 people are cut off from the rest and out of reach of 12 companies: Ann Lee, Ben Ito, Cara Poe, Dan Orr,
 * Eva Lund and 2 more." */
static void show_part(const kith_answer *answer, const kith_part *part, kith_sheet *sheet, kith_dynbuf *text)
{
    kith_words_count(text, part->n_people);
    kith_dynbuf_text(text, " people are cut off from the rest");
    if (part->companies_lost > 0) {
        kith_dynbuf_text(text, " and out of reach of ");
        kith_words_counted(text, part->companies_lost, "company", "companies");
    }
    kith_dynbuf_text(text, ": ");
    put_names(text, answer->net, part->people, part->n_people);
    kith_dynbuf_put(text, '.');
    kith_sheet_point(sheet, text);
}

/** Those who are left alone, the last of the parts. */
static void show_alone(const kith_answer *answer, kith_sheet *sheet, kith_dynbuf *text)
{
    const kith_without_result *result = answer->result;
    uint32_t names[NAMES_SHOWN], named = 0, alone = 0;

    for (uint32_t i = 0; i < result->n_parts; i++) {
        const kith_part *part = &result->parts[i];
        if (!part->people || part->n_people > 1)
            continue;
        alone++;
        if (named < NAMES_SHOWN)
            names[named++] = part->people[0];
    }
    if (alone == 0)
        return;
    kith_words_counted(text, alone, "person is", "people are");
    kith_dynbuf_text(text, " left alone: ");
    put_names(text, answer->net, names, alone);
    kith_dynbuf_put(text, '.');
    kith_sheet_point(sheet, text);
}

static void show_parts(const kith_answer *answer, kith_sheet *sheet, kith_dynbuf *text)
{
    const kith_without_result *result = answer->result;
    uint32_t several = 0, off = 0;

    for (uint32_t i = 0; i < result->n_parts; i++) {
        const kith_part *part = &result->parts[i];
        off += part->people != NULL;
        if (part->people && part->n_people > 1 && ++several <= PARTS_SHOWN)
            show_part(answer, part, sheet, text);
    }
    show_alone(answer, sheet, text);
    if (off == 0)
        kith_dynbuf_text(text, "Nobody is cut off.");
    else if (several > PARTS_SHOWN) {
        kith_words_counted(text, several - PARTS_SHOWN, "more part is", "more parts are");
        kith_dynbuf_text(text, " cut off: JSON has them all.");
    } else
        return;
    kith_sheet_note(sheet, text);
}

static void show(const kith_answer *answer, kith_sheet *sheet)
{
    const kith_without_result *result = answer->result;
    const kith_table shapes = {.columns = shape_columns,
                               .n_columns = sizeof shape_columns / sizeof *shape_columns,
                               .n_rows = MEASURES,
                               .make = make_shape_row,
                               .ctx = answer};
    kith_table companies = *answer->list;
    kith_dynbuf text = {0};

    kith_dynbuf_text(&text, "The network without ");
    put_names(&text, answer->net, result->people, result->n_people);
    kith_dynbuf_put(&text, '.');
    kith_sheet_paragraph(sheet, &text);
    kith_sheet_table(sheet, &shapes);
    if (result->sources > 0) {
        kith_dynbuf_printf(&text, "Distances are those from %" PRIu32 " people picked at random.",
                           result->sources);
        kith_sheet_note(sheet, &text);
    }
    show_parts(answer, sheet, &text);
    companies.title = "Who can no longer reach which company, through anyone";
    companies.n_rows = companies.n_rows < COMPANIES_SHOWN ? companies.n_rows : COMPANIES_SHOWN;
    kith_sheet_table(sheet, &companies);
    if (companies.n_rows < result->n_companies) {
        kith_words_count(&text, result->n_companies - companies.n_rows);
        kith_dynbuf_text(&text, " more companies: JSON and CSV have them all.");
        kith_sheet_note(sheet, &text);
    }
    kith_dynbuf_free(&text);
}

/* ---- for programs ---- */

static json_t *shape_value(kith_json *json, const kith_shape *shape)
{
    json_t *object = json_object();

    kith_json_set(json, object, "people", kith_json_count(shape->people));
    kith_json_set(json, object, "ties", kith_json_count(shape->ties));
    kith_json_set(json, object, "parts", kith_json_count(shape->parts));
    kith_json_set(json, object, "largest_part", kith_json_count(shape->largest));
    kith_json_set(json, object, "without_ties", kith_json_count(shape->isolated));
    kith_json_set(json, object, "mean_distance", kith_json_number(shape->mean_distance));
    kith_json_set(json, object, "longest_distance", kith_json_count(shape->longest_distance));
    return object;
}

static json_t *people_value(const kith_answer *answer, kith_json *json, const uint32_t *people,
                            uint32_t count)
{
    json_t *list = json_array();

    for (uint32_t i = 0; i < count; i++)
        kith_json_append(json, list, kith_json_person(json, answer->net, people[i]));
    return list;
}

static json_t *part_value(const kith_answer *answer, kith_json *json, const kith_part *part)
{
    json_t *object = json_object();

    kith_json_set(json, object, "size", kith_json_count(part->n_people));
    kith_json_set(json, object, "people",
                  part->people ? people_value(answer, json, part->people, part->n_people) : json_null());
    kith_json_set(json, object, "companies_lost", kith_json_count(part->companies_lost));
    return object;
}

static json_t *row_value(const kith_answer *answer, kith_json *json, uint64_t i)
{
    const kith_without_result *result = answer->result;
    json_t *object = json_object();

    kith_json_set(json, object, "company", kith_json_text(result->companies[i].company));
    kith_json_set(json, object, "people_losing", kith_json_count(result->companies[i].people_losing));
    kith_json_set(json, object, "people_reaching", kith_json_count(result->companies[i].people_reaching));
    return object;
}

static void members(const kith_answer *answer, kith_json *json)
{
    const kith_without_result *result = answer->result;

    kith_json_member(json, "without", people_value(answer, json, result->people, result->n_people));
    kith_json_member(json, "before", shape_value(json, &result->before));
    kith_json_member(json, "after", shape_value(json, &result->after));
    kith_json_member(json, "distances_from",
                     result->sources > 0 ? kith_json_count(result->sources) : json_null());
    kith_json_list(json, "parts");
    for (uint32_t i = 0; i < result->n_parts && !json->status && !kith_outfile_failed(json->out); i++)
        kith_json_item(json, part_value(answer, json, &result->parts[i]));
    kith_json_list_end(json);
    kith_answer_list(answer, json, "companies");
}

kith_code kith_write_without(const kith_net *net, const kith_without_result *result, const kith_output *to,
                             kith_err *err)
{
    kith_table list = {.columns = columns,
                       .n_columns = sizeof columns / sizeof *columns,
                       .n_rows = result->n_companies,
                       .make = make_row};
    const kith_answer answer = {.command = "bridges",
                                .net = net,
                                .result = result,
                                .to = to,
                                .title = "Without them",
                                .list = &list,
                                .show = show,
                                .members = members,
                                .row = row_value};

    list.ctx = &answer;
    return kith_answer_write(&answer, err);
}
