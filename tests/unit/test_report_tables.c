#include <criterion/criterion.h>
#include <csv.h>
#include <math.h>

#include "base/text.h"
#include "report/contacts.h"
#include "report/sheet.h"
#include "report/write_csv.h"
#include "report_world.h"
#include "temp_folder.h"

TestSuite(report_tables, .init = temp_folder_enter, .fini = temp_folder_leave);

static const kith_column columns[] = {
    {"text", "Text", KITH_COLUMN_TEXT, 0, false},
    {"count", "Count", KITH_COLUMN_COUNT, 0, false},
    {"number", "A\nnumber", KITH_COLUMN_NUMBER, 2, false},
    {"share", "Share", KITH_COLUMN_SHARE, 0, false},
    {"day", "Day", KITH_COLUMN_DATE, 0, false},
    {NULL, "Shown", KITH_COLUMN_TEXT, 0, true},
    {"hidden", NULL, KITH_COLUMN_LIST, 0, false},
};

static const char *const texts[] = {"plain",  "a,b",    "say \"hi\"", "",    "=1+1",   "+49", "-x", "@cmd",
                                    " outer", "'quote", "two\nlines", "\tt", "王小明", "＝1", "\"", "\xFF"};

/** What the texts are as safe text, with an apostrophe before formulas: what a spreadsheet may get. */
static const char *const expected[] = {
    "plain",  "a,b",    "say \"hi\"",        "",           "'=1+1",  "'+49", "'-x", "'@cmd",
    " outer", "'quote", "two\\u{000A}lines", "\\u{0009}t", "王小明", "'＝1", "\"",  "\xEF\xBF\xBD"};

enum { N_TEXTS = sizeof texts / sizeof *texts, N_NAMED = 6 };

static void make(const void *ctx, uint64_t i, kith_row *row)
{
    (void)ctx;
    kith_row_text(row, texts[i]);
    kith_row_count(row, 1000 * i);
    kith_row_number(row, i == 0 ? NAN : -1.0 / 3);
    kith_row_number(row, 0.5);
    kith_row_day(row, i == 0 ? KITH_NO_DATE : small_net_day(2024, 2, 29));
    kith_row_text(row, "one two three four five six seven eight nine ten eleven twelve thirteen fourteen");
    kith_row_list(row, (const char *const[]){"=a", "b\033"}, i % 3);
}

static const kith_table table = {
    .columns = columns, .n_columns = sizeof columns / sizeof *columns, .n_rows = N_TEXTS, .make = make};

static char *write_csv(const kith_table *t)
{
    kith_outfile *out = NULL;
    kith_err err = KITH_ERR_NONE;

    cr_assert_eq(kith_outfile_open("t.csv", &out, &err), KITH_OK);
    cr_assert_eq(kith_csv_write(t, out, &err), KITH_OK);
    cr_assert_eq(kith_outfile_commit(out, &err), KITH_OK);
    return report_world_read("t.csv", NULL);
}

/** Cells as libcsv reads them. */
typedef struct cells {
    char text[400][200];
    size_t count, rows;
} cells;

static void on_cell(void *bytes, size_t length, void *ctx)
{
    cells *all = ctx;

    cr_assert_lt(length, sizeof *all->text);
    memcpy(all->text[all->count], bytes, length);
    all->text[all->count++][length] = '\0';
}

static void on_row(int end, void *ctx)
{
    (void)end;
    ((cells *)ctx)->rows++;
}

static void parse(const char *text, cells *all)
{
    struct csv_parser parser;

    memset(all, 0, sizeof *all);
    cr_assert_eq(csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL), 0);
    cr_assert_eq(csv_parse(&parser, text, strlen(text), on_cell, on_row, all), strlen(text));
    cr_assert_eq(csv_fini(&parser, on_cell, on_row, all), 0);
    csv_free(&parser);
}

Test(report_tables, csv_is_read_back_cell_by_cell)
{
    static cells all;
    char *text = write_csv(&table);

    parse(text, &all);
    cr_assert_eq(all.rows, N_TEXTS + 1u);
    cr_assert_eq(all.count, all.rows * N_NAMED);
    cr_expect_str_eq(all.text[0], "text");
    cr_expect_str_eq(all.text[5], "hidden");
    for (size_t i = 0; i < N_TEXTS; i++) {
        char(*row)[200] = &all.text[(i + 1) * N_NAMED];
        char count[20];

        (void)snprintf(count, sizeof count, "%zu", 1000 * i);
        cr_expect_str_eq(row[0], expected[i], "%s", row[0]);
        cr_expect_str_eq(row[1], count);
        cr_expect_str_eq(row[2], i == 0 ? "" : "-0.333333333", "numbers below zero are no formulas");
        cr_expect_str_eq(row[3], "0.5");
        cr_expect_str_eq(row[4], i == 0 ? "" : "2024-02-29");
        cr_expect_str_eq(row[5], i % 3 == 0 ? "" : i % 3 == 1 ? "'=a" : "'=a; b\\u{001B}");
    }
    cr_expect_null(strchr(text, '\r'));
    free(text);
}

static char *write_text(uint32_t width, bool colour)
{
    kith_err err = KITH_ERR_NONE;
    kith_sheet sheet = {.writer = &kith_sheet_text, .width = width, .colour = colour};

    cr_assert_eq(kith_outfile_open("t.txt", &sheet.out, &err), KITH_OK);
    kith_sheet_begin(&sheet, "T");
    kith_sheet_table(&sheet, &table);
    cr_assert_eq(kith_sheet_end(&sheet, &err), KITH_OK);
    cr_assert_eq(kith_outfile_commit(sheet.out, &err), KITH_OK);
    return report_world_read("t.txt", NULL);
}

/** Its number, and a text that needs quotes or an apostrophe. */
static void make_numbered(const void *ctx, uint64_t i, kith_row *row)
{
    (void)ctx;
    kith_row_count(row, i);
    kith_row_text(row, i % 2 ? "a,b" : "=1");
}

Test(report_tables, rows_of_csv_come_in_order_however_many_are_made_at_once)
{
    static const kith_column numbered[] = {{"number", NULL, KITH_COLUMN_COUNT, 0, false},
                                           {"text", NULL, KITH_COLUMN_TEXT, 0, false}};
    const uint64_t counts[] = {0, 1, 255, 256, 257, 4095, 4096, 4097, 3 * 4096 + 5};

    for (size_t i = 0; i < 2 * sizeof counts / sizeof *counts; i++) {
        const kith_table many = {.columns = numbered,
                                 .n_columns = 2,
                                 .n_rows = counts[i / 2],
                                 .make = make_numbered,
                                 .any_order = i % 2 != 0};
        kith_dynbuf wanted = {0};
        kith_dynbuf_text(&wanted, "number,text\n");
        for (uint64_t row = 0; row < many.n_rows; row++) {
            kith_dynbuf_decimal(&wanted, row);
            kith_dynbuf_text(&wanted, row % 2 ? ",\"a,b\"\n" : ",'=1\n");
        }
        char *csv = write_csv(&many);
        cr_assert_str_eq(csv, kith_dynbuf_cstr(&wanted));
        free(csv);
        kith_dynbuf_free(&wanted);
    }
}

Test(report_tables, text_fits_any_sensible_width)
{
    for (uint32_t width = 40; width <= 200; width += 5) {
        char *text = write_text(width, false);

        for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
            cr_expect_leq(kith_text_width(line), width, "%u: %s", width, line);
            cr_expect_neq(line[strlen(line) - 1], ' ', "blanks at the end of: %s", line);
        }
        free(text);
    }
}

Test(report_tables, text_aligns_and_wraps)
{
    char *text = write_text(90, false);

    cr_expect_not_null(strstr(text, "       A\n"), "a header of two lines stands to the right: %s", text);
    cr_expect_not_null(strstr(text, "-0.33"));
    cr_expect_not_null(strstr(text, "fourteen"), "what wraps is told to the end");
    cr_expect_null(strchr(text, '\033'));
    free(text);
    text = write_text(90, true);
    cr_expect_not_null(strchr(text, '\033'), "colours where they are asked for");
    free(text);
}

Test(report_tables, a_table_too_wide_is_told_row_by_row)
{
    char *text = write_text(40, false);

    for (uint32_t c = 0; c < table.n_columns; c++)
        if (columns[c].title && !strchr(columns[c].title, '\n'))
            cr_expect_not_null(strstr(text, columns[c].title), "%s: %s", columns[c].title, text);
    cr_expect_not_null(strstr(text, "-0.33"));
    cr_expect_not_null(strstr(text, "fourteen"));
    cr_expect_null(strstr(text, "\n\n\n"));
    free(text);
}

Test(report_tables, contacts_in_rejected_rows_are_hidden)
{
    static const char *const cases[][2] = {
        {"name=Eve; email=eve@x.org", "name=Eve; email=(hidden)"},
        {"email=; name=Eve", "email=; name=Eve"},
        {"phone=12; 34; name=Eve", "phone=(hidden); (hidden); name=Eve"},
        {"mentor=ann@x.org; mentee=Ben", "mentor=(hidden); mentee=Ben"},
        {"source=linkedin.com/in/ann; x=1", "source=(hidden); x=1"},
        {"company=A; B; title=C", "company=A; B; title=C"},
        {"company=write to me@x.org", "company=(hidden)"},
        {"", ""},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kith_dynbuf out = {0};

        kith_contacts_hide(cases[i][0], &out);
        cr_expect_str_eq(kith_dynbuf_cstr(&out), cases[i][1], "%s", kith_dynbuf_cstr(&out));
        kith_dynbuf_free(&out);
    }
}
