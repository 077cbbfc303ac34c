/* One page that needs nothing else: its style is inside, and its scripts where it has any; its policy names
 * them by their digests and forbids all the rest. */
#include <kith/process.h>

#include <string.h>

#include "report/page_assets.h"
#include "report/words.h"
#include "report/write_html.h"

void kith_html_escaped(kith_sheet *sheet, const char *text)
{
    static const struct {
        char byte;
        const char *entity;
    } table[] = {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#39;"}};

    while (*text) {
        size_t length = strcspn(text, "&<>\"'");

        kith_outfile_write(sheet->out, text, length);
        text += length;
        for (size_t i = 0; *text && i < sizeof table / sizeof *table; i++)
            if (*text == table[i].byte)
                kith_outfile_text(sheet->out, table[i].entity);
        text += *text != '\0';
    }
}

static void put_element(kith_sheet *sheet, const char *open, const char *text, const char *close)
{
    kith_outfile_text(sheet->out, open);
    kith_html_escaped(sheet, text);
    kith_outfile_text(sheet->out, close);
}

/** Closes what stands open until `place` can go on. */
static void go_to(kith_sheet *sheet, kith_sheet_place place)
{
    bool in_item = sheet->place == KITH_SHEET_ITEM || sheet->place == KITH_SHEET_ITEM_POINTS;
    bool for_item = place == KITH_SHEET_ITEM || place == KITH_SHEET_ITEM_POINTS;

    if (sheet->place == place && place != KITH_SHEET_ITEM)
        return;
    if (sheet->place == KITH_SHEET_POINTS || sheet->place == KITH_SHEET_ITEM_POINTS)
        kith_outfile_text(sheet->out, "</ul>\n");
    if (in_item && place != KITH_SHEET_ITEM_POINTS)
        kith_outfile_text(sheet->out, "</li>\n");
    if (in_item && !for_item)
        kith_outfile_text(sheet->out, "</ol>\n");
    if (!in_item && for_item)
        kith_outfile_text(sheet->out, "<ol class=\"ranked\">\n");
    if (place == KITH_SHEET_POINTS || place == KITH_SHEET_ITEM_POINTS)
        kith_outfile_text(sheet->out, "<ul>\n");
    sheet->place = place;
}

static void html_begin(kith_sheet *sheet, const char *title)
{
    kith_outfile_text(sheet->out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                                  "<meta http-equiv=\"Content-Security-Policy\" content=\""
                                  "default-src 'none'; style-src 'sha256-" KITH_PAGE_STYLE_SHA256
                                  "'; base-uri 'none'; form-action 'none'");
    if (sheet->alive)
        kith_outfile_text(sheet->out,
                          "; script-src 'sha256-" KITH_PAGE_D3_SHA256 "' 'sha256-" KITH_PAGE_SCRIPT_SHA256
                          "'; require-trusted-types-for 'script'");
    kith_outfile_text(sheet->out, "\">\n"
                                  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                                  "<meta name=\"color-scheme\" content=\"light dark\">\n"
                                  "<meta name=\"referrer\" content=\"no-referrer\">\n");
    put_element(sheet, "<title>", title, "</title>\n<style>");
    kith_outfile_write(sheet->out, kith_page_style, sizeof kith_page_style);
    put_element(sheet, "</style>\n</head>\n<body>\n<main>\n<h1>", title, "</h1>\n");
    sheet->place = KITH_SHEET_FLOW;
}

static void html_section(kith_sheet *sheet, const char *title)
{
    go_to(sheet, KITH_SHEET_FLOW);
    kith_outfile_text(sheet->out, sheet->in_section ? "</section>\n" : "");
    put_element(sheet, "<section>\n<h2>", title, "</h2>\n");
    sheet->in_section = true;
}

static void html_paragraph(kith_sheet *sheet, const char *text)
{
    go_to(sheet, KITH_SHEET_FLOW);
    put_element(sheet, "<p>", text, "</p>\n");
}

static void html_note(kith_sheet *sheet, const char *text)
{
    go_to(sheet, KITH_SHEET_FLOW);
    put_element(sheet, "<p class=\"note\">", text, "</p>\n");
}

static void html_point(kith_sheet *sheet, const char *text)
{
    bool in_item = sheet->place == KITH_SHEET_ITEM || sheet->place == KITH_SHEET_ITEM_POINTS;

    go_to(sheet, in_item ? KITH_SHEET_ITEM_POINTS : KITH_SHEET_POINTS);
    put_element(sheet, "<li>", text, "</li>\n");
}

static void html_item(kith_sheet *sheet, uint32_t rank, const char *value, const char *text)
{
    go_to(sheet, KITH_SHEET_ITEM);
    kith_outfile_printf(sheet->out, "<li value=\"%u\">", rank);
    put_element(sheet, "<p><strong>", value, "</strong> ");
    put_element(sheet, "", text, "</p>\n");
}

/** Folded away; each line is a paragraph, and empty ones are what lies between two. */
static void html_letter(kith_sheet *sheet, const char *title, const char *text)
{
    if (sheet->place == KITH_SHEET_ITEM_POINTS) {
        kith_outfile_text(sheet->out, "</ul>\n");
        sheet->place = KITH_SHEET_ITEM;
    } else if (sheet->place != KITH_SHEET_ITEM) {
        go_to(sheet, KITH_SHEET_FLOW);
    }
    put_element(sheet, "<details>\n<summary>", title, "</summary>\n");
    for (const char *line; (line = kith_sheet_line(sheet, &text));)
        if (*line)
            put_element(sheet, "<p>", line, "</p>\n");
    kith_outfile_text(sheet->out, "</details>\n");
}

static void put_head(kith_sheet *sheet, const kith_table *table)
{
    kith_outfile_text(sheet->out, "<thead>\n<tr>");
    for (uint32_t c = 0; c < table->n_columns; c++) {
        const kith_column *column = &table->columns[c];

        char title[KITH_TITLE_BYTES];

        if (!column->title)
            continue;
        kith_column_title(column, title);
        kith_outfile_text(sheet->out, kith_column_is_number(column) ? "<th scope=\"col\" class=\"number\">"
                                                                    : "<th scope=\"col\">");
        put_element(sheet, "", title, "</th>");
    }
    kith_outfile_text(sheet->out, "</tr>\n</thead>\n");
}

/** Writes a row; its first text heads it. */
static void put_row(kith_sheet *sheet, const kith_table *table, const kith_row *row, kith_dynbuf *cell)
{
    bool headed = false;

    kith_outfile_text(sheet->out, "<tr>");
    for (uint32_t c = 0; c < table->n_columns; c++) {
        const kith_column *column = &table->columns[c];
        bool heads = !headed && column->kind == KITH_COLUMN_TEXT, number = kith_column_is_number(column);

        if (!column->title)
            continue;
        kith_dynbuf_clear(cell);
        kith_cell_show(column, row, c, cell);
        kith_sheet_keep(sheet, cell);
        kith_outfile_text(sheet->out, heads           ? "<th scope=\"row\">"
                                      : number        ? "<td class=\"number\">"
                                      : column->wraps ? "<td class=\"long\">"
                                                      : "<td>");
        put_element(sheet, "", kith_dynbuf_cstr(cell), heads ? "</th>" : "</td>");
        headed |= heads;
    }
    kith_outfile_text(sheet->out, "</tr>\n");
}

/** "Sources: 69 rows", on which a click shows them. */
static void put_fold(kith_sheet *sheet, const kith_table *table)
{
    kith_dynbuf rows = {0};

    kith_words_counted(&rows, table->n_rows, "row", "rows");
    kith_sheet_keep(sheet, &rows);
    put_element(sheet, "<details class=\"fold\">\n<summary>", table->title, ": ");
    put_element(sheet, "", kith_dynbuf_cstr(&rows), "</summary>\n");
    kith_dynbuf_free(&rows);
}

static void html_table(kith_sheet *sheet, const kith_table *table)
{
    kith_row row = {0};
    kith_dynbuf cell = {0};

    go_to(sheet, KITH_SHEET_FLOW);
    if (table->folded)
        put_fold(sheet, table);
    put_element(sheet, "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"",
                table->title ? table->title : "Table", "\">\n<table>\n");
    if (table->title)
        put_element(sheet, "<caption>", table->title, "</caption>\n");
    put_head(sheet, table);
    kith_outfile_text(sheet->out, "<tbody>\n");
    for (uint64_t i = 0; i < table->n_rows && !sheet->status && !kith_outfile_failed(sheet->out); i++) {
        kith_table_row(table, i, &row);
        kith_sheet_keep(sheet, &row.text);
        put_row(sheet, table, &row, &cell);
    }
    kith_outfile_text(sheet->out, table->folded ? "</tbody>\n</table>\n</div>\n</details>\n"
                                                : "</tbody>\n</table>\n</div>\n");
    if (table->note)
        put_element(sheet, "<p class=\"note\">", table->note, "</p>\n");
    kith_dynbuf_free(&cell);
    kith_dynbuf_free(&row.text);
}

static void html_figure(kith_sheet *sheet, const kith_figure *figure)
{
    go_to(sheet, KITH_SHEET_FLOW);
    kith_html_figure(sheet, figure);
}

static void put_scripts(kith_sheet *sheet)
{
    kith_outfile_text(sheet->out, "<script>");
    kith_outfile_write(sheet->out, kith_page_d3, sizeof kith_page_d3);
    kith_outfile_text(sheet->out, "</script>\n<script>");
    kith_outfile_write(sheet->out, kith_page_script, sizeof kith_page_script);
    kith_outfile_text(sheet->out, "</script>\n");
}

static void html_end(kith_sheet *sheet)
{
    go_to(sheet, KITH_SHEET_FLOW);
    kith_outfile_text(sheet->out, sheet->in_section ? "</section>\n" : "");
    put_element(sheet, "</main>\n<footer>kith ", kith_version(), "</footer>\n");
    if (sheet->alive)
        put_scripts(sheet);
    kith_outfile_text(sheet->out, "</body>\n</html>\n");
}

const kith_sheet_writer kith_sheet_html = {html_begin,      html_section, html_paragraph, html_note,
                                           html_point,      html_item,    html_letter,    html_table,
                                           kith_html_chain, html_figure,  html_end};
