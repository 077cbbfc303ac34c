/* One person's lineage: two trees. */
#include "base/mem.h"
#include "report/answer.h"
#include "report/figure_lineage.h"
#include "report/phrase.h"
#include "report/words.h"

/** Levels of a tree that are drawn in front of a name; above that, lines are left out. */
enum { MOST_LINES = 12 };

static const kith_column columns[] = {
    {"relation", NULL, KITH_COLUMN_TEXT, 0, false},
    {"generation", NULL, KITH_COLUMN_COUNT, 0, false},
    KITH_COLUMNS_PERSON,
    {"under", NULL, KITH_COLUMN_COUNT, 0, false},
    {"start", NULL, KITH_COLUMN_DATE, 0, false},
    {"again", NULL, KITH_COLUMN_COUNT, 0, false},
    {"in_loop", NULL, KITH_COLUMN_COUNT, 0, false},
    {"below", NULL, KITH_COLUMN_COUNT, 0, false},
};

static const kith_column tree_columns[] = {
    {"name", "Name", KITH_COLUMN_TEXT, 0, false},
    {"position", "Position", KITH_COLUMN_TEXT, 0, false},
    {"start", "Mentored\nfrom", KITH_COLUMN_DATE, 0, false},
};

/* ---- rows for programs: ancestors, then descendants, without the person asked about ---- */

static uint32_t kin_of(const kith_kin_tree *tree)
{
    return tree->n_rows > 0 ? tree->n_rows - 1 : 0;
}

/** Row `i` of both trees together. */
static const kith_kin *kin_at(const kith_ancestry_result *result, uint64_t i, const kith_kin_tree **tree)
{
    const uint32_t ancestors = kin_of(&result->ancestors);

    *tree = i < ancestors ? &result->ancestors : &result->descendants;
    return &(*tree)->rows[1 + (i < ancestors ? i : i - ancestors)];
}

static const char *relation_name(const kith_ancestry_result *result, const kith_kin_tree *tree)
{
    return tree == &result->ancestors ? "ancestor" : "descendant";
}

/** Whether a row refers to another. */
static bool is_again(const kith_kin_tree *tree, const kith_kin *kin)
{
    return &tree->rows[kin->shown] != kin;
}

static void make_row(const void *ctx, uint64_t i, kith_row *row)
{
    const kith_answer *answer = ctx;
    const kith_kin_tree *tree;
    const kith_kin *kin = kin_at(answer->result, i, &tree);

    kith_row_text(row, relation_name(answer->result, tree));
    kith_row_count(row, kin->generation);
    kith_row_person(row, answer->net, kin->person);
    kith_row_count(row, tree->rows[kin->under].person);
    kith_row_day(row, kin->start);
    kith_row_count(row, is_again(tree, kin));
    kith_row_count(row, kin->in_loop);
    kith_row_count(row, kin->below);
}

static json_t *kin_value(const kith_answer *answer, kith_json *json, uint64_t i)
{
    const kith_kin_tree *tree;
    const kith_kin *kin = kin_at(answer->result, i, &tree);
    json_t *object = kith_json_person(json, answer->net, kin->person);

    kith_json_set(json, object, "relation", kith_json_text(relation_name(answer->result, tree)));
    kith_json_set(json, object, "generation", kith_json_count(kin->generation));
    kith_json_set(json, object, "under", kith_json_count(tree->rows[kin->under].person));
    kith_json_set(json, object, "start", kith_json_day(kin->start));
    kith_json_set(json, object, "again", json_boolean(is_again(tree, kin)));
    kith_json_set(json, object, "in_loop", json_boolean(kin->in_loop));
    kith_json_set(json, object, "below", kith_json_count(kin->below));
    return object;
}

static void parameters(const kith_answer *answer, kith_json *json, json_t *object)
{
    const kith_ancestry_result *result = answer->result;

    kith_json_set(json, object, "programme",
                  result->programme ? kith_json_text(result->programme) : json_null());
    kith_json_set(json, object, "cohort", result->cohort ? kith_json_text(result->cohort) : json_null());
    kith_json_set(json, object, "depth", kith_json_count(result->depth));
}

/** Distinct people in a tree, without the one asked about. */
static uint32_t counted(const kith_kin_tree *tree)
{
    return tree->n_rows > 0 ? tree->rows[0].below : 0;
}

static void members(const kith_answer *answer, kith_json *json)
{
    const kith_ancestry_result *result = answer->result;

    kith_json_member(json, "of", kith_json_person(json, answer->net, result->person));
    kith_json_member(json, "ancestors", kith_json_count(counted(&result->ancestors)));
    kith_json_member(json, "descendants", kith_json_count(counted(&result->descendants)));
    kith_answer_list(answer, json, "lineage");
}

/* ---- for readers ---- */

/** The rows of a tree that readers see. */
typedef struct drawn {
    const kith_net *net;
    const kith_kin_tree *tree;
    uint32_t depth;
    uint32_t *rows; /**< those not folded away */
    uint32_t count;
    bool *is_last; /**< [n_rows] of those under the same row */
} drawn;

static bool is_folded(const drawn *d, const kith_kin *kin)
{
    return d->depth > 0 && kin->generation > d->depth;
}

static bool drawn_new(const kith_answer *answer, const kith_kin_tree *tree, drawn *d)
{
    const kith_ancestry_result *result = answer->result;
    bool *met = kith_calloc(tree->n_rows, sizeof *met); /* whether a later row stands under this one */

    *d = (drawn){.net = answer->net,
                 .tree = tree,
                 .depth = result->depth,
                 .rows = kith_alloc_array(tree->n_rows, sizeof *d->rows),
                 .is_last = kith_calloc(tree->n_rows, sizeof *d->is_last)};
    const bool ok = met && d->rows && d->is_last;
    for (uint32_t i = tree->n_rows; ok && i-- > 1;) {
        d->is_last[i] = !met[tree->rows[i].under];
        met[tree->rows[i].under] = true;
    }
    for (uint32_t i = 0; ok && i < tree->n_rows; i++)
        if (!is_folded(d, &tree->rows[i]))
            d->rows[d->count++] = i;
    kith_free(met);
    return ok;
}

static void drawn_free(drawn *d)
{
    kith_free(d->rows);
    kith_free(d->is_last);
}

/** The lines in front of a name; blanks are such that pages keep, too. */
static void put_lines(kith_dynbuf *text, const drawn *d, uint32_t row)
{
    const kith_kin *rows = d->tree->rows;
    uint32_t lines[MOST_LINES], count = 0, at = row;

    for (; rows[at].under != UINT32_MAX && count < MOST_LINES; at = rows[at].under)
        lines[count++] = at;
    if (rows[at].under != UINT32_MAX)
        kith_dynbuf_text(text, "… ");
    while (count-- > 0) {
        const bool last = d->is_last[lines[count]];
        if (lines[count] == row)
            kith_dynbuf_text(text, last ? "└─\u00a0" : "├─\u00a0");
        else
            kith_dynbuf_text(text, last ? "\u00a0\u00a0\u00a0" : "│\u00a0\u00a0");
    }
}

/** Where somebody stands who comes again. */
static void put_referral(kith_dynbuf *text, const drawn *d, const kith_kin *there)
{
    if (there->under == UINT32_MAX) {
        kith_dynbuf_text(text, "(the same person, later)");
        return;
    }
    kith_dynbuf_text(text, "(see under ");
    kith_phrase_name(text, d->net, d->tree->rows[there->under].person);
    kith_dynbuf_put(text, ')');
}

static void make_branch(const void *ctx, uint64_t i, kith_row *row)
{
    const drawn *d = ctx;
    const kith_kin *rows = d->tree->rows, *kin = &rows[d->rows[i]];
    kith_dynbuf text = {0};

    put_lines(&text, d, d->rows[i]);
    kith_phrase_name(&text, d->net, kin->person);
    if (d->depth > 0 && kin->generation == d->depth && kin->below > 0) {
        kith_dynbuf_text(&text, " … ");
        kith_words_count(&text, kin->below);
        kith_dynbuf_text(&text, " more");
    }
    kith_row_take(row, &text);
    if (is_again(d->tree, kin))
        put_referral(&text, d, &rows[kin->shown]);
    else
        kith_phrase_position(&text, d->net, kin->person);
    kith_row_take(row, &text);
    kith_row_day(row, kin->start);
    kith_dynbuf_free(&text);
}

static void show_tree(const kith_answer *answer, kith_sheet *sheet, const kith_kin_tree *tree,
                      const char *title)
{
    drawn d;

    if (tree->n_rows > 1) {
        if (drawn_new(answer, tree, &d)) {
            const kith_table table = {.title = title,
                                      .columns = tree_columns,
                                      .n_columns = sizeof tree_columns / sizeof *tree_columns,
                                      .n_rows = d.count,
                                      .make = make_branch,
                                      .ctx = &d};
            kith_sheet_table(sheet, &table);
        } else if (!sheet->status) {
            sheet->status = KITH_ENOMEM;
        }
        drawn_free(&d);
    }
}

static uint32_t generations(const kith_kin_tree *tree)
{
    uint32_t most = 0;

    for (uint32_t i = 0; i < tree->n_rows; i++)
        if (tree->rows[i].generation > most && tree->rows[i].shown == i)
            most = tree->rows[i].generation;
    return most;
}

static void put_count(kith_dynbuf *text, const kith_kin_tree *tree, const char *one, const char *many)
{
    kith_words_counted(text, counted(tree), one, many);
    if (counted(tree) > 0) {
        kith_dynbuf_text(text, " in ");
        kith_words_counted(text, generations(tree), "generation", "generations");
    }
}

static void show(const kith_answer *answer, kith_sheet *sheet)
{
    const kith_ancestry_result *result = answer->result;
    kith_dynbuf text = {0};

    kith_phrase_person(&text, answer->net, result->person);
    kith_dynbuf_text(&text, ": ");
    put_count(&text, &result->ancestors, "ancestor", "ancestors");
    kith_dynbuf_text(&text, ", ");
    put_count(&text, &result->descendants, "descendant", "descendants");
    kith_dynbuf_put(&text, '.');
    kith_sheet_paragraph(sheet, &text);
    kith_draw_lineage(sheet, answer->net, result,
                      "The lineage by generation, ancestors at the left; the tables tell the same");
    show_tree(answer, sheet, &result->ancestors, "Mentored by, and by whom they were");
    show_tree(answer, sheet, &result->descendants, "Mentored, and whom they did in turn");
    if (result->ancestors.n_rows > 1 || result->descendants.n_rows > 1) {
        kith_dynbuf_text(&text, "Every way along a tree is a chain: its mentorships follow in time.");
        if (result->depth > 0)
            kith_dynbuf_printf(&text, " Folded past generation %u (--depth).", result->depth);
        kith_sheet_note(sheet, &text);
    }
    kith_dynbuf_free(&text);
}

kith_code kith_write_ancestry(const kith_net *net, const kith_ancestry_result *result, const kith_output *to,
                              kith_err *err)
{
    kith_answer answer = {.command = "chains",
                          .net = net,
                          .result = result,
                          .to = to,
                          .title = "Lineage",
                          .show = show,
                          .parameters = parameters,
                          .members = members,
                          .row = kin_value};
    const kith_table list = {.columns = columns,
                             .n_columns = sizeof columns / sizeof *columns,
                             .n_rows = (uint64_t)kin_of(&result->ancestors) + kin_of(&result->descendants),
                             .make = make_row,
                             .ctx = &answer};

    answer.list = &list;
    return kith_answer_write(&answer, err);
}
