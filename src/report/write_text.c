/* Plain text for a terminal or a file: lines that fit the width, numbers to the right. */
#include "report/write_text.h"

#include <string.h>

#include "base/text.h"

enum {
    LEAST_WIDTH = 8,  /* lines are broken no shorter, however deep the indent */
    ITEM_INDENT = 12, /* " 1.    35%  " */
    POINT_INDENT = 2
};

static const char bold[] = "\033[1m", dim[] = "\033[2m", plain[] = "\033[0m";

static void spaces(kith_sheet *sheet, size_t count)
{
    static const char blank[] = "                                ";

    for (; count > sizeof blank - 1; count -= sizeof blank - 1)
        kith_outfile_write(sheet->out, blank, sizeof blank - 1);
    kith_outfile_write(sheet->out, blank, count);
}

static void style(kith_sheet *sheet, const char *code)
{
    if (sheet->colour)
        kith_outfile_text(sheet->out, code);
}

/** Goes to a new place; blocks have an empty line between them, rows of one list do not. */
static void go_to(kith_sheet *sheet, kith_sheet_place place)
{
    bool same_list = place == sheet->place && (place == KITH_SHEET_POINTS || place == KITH_SHEET_ITEM_POINTS);
    bool first_point = place == KITH_SHEET_ITEM_POINTS && sheet->place == KITH_SHEET_ITEM;

    if (sheet->place != KITH_SHEET_TOP && !same_list && !first_point)
        kith_outfile_text(sheet->out, "\n");
    sheet->place = place;
}

size_t kith_text_line(const char *text, size_t columns)
{
    size_t fit = kith_text_fit(text, columns), at = fit;

    if (text[fit] == '\0' || text[fit] == ' ')
        return fit;
    while (at > 0 && text[at] != ' ')
        at--;
    if (at > 0)
        return at;
    return fit > 0 ? fit : kith_text_fit(text, 2);
}

const char *kith_text_behind(const char *text, size_t length)
{
    text += length;
    return text + strspn(text, " ");
}

/** Writes `text` broken into lines; the first goes on where the cursor stands, at column `indent`. */
static void put_wrapped(kith_sheet *sheet, const char *text, size_t indent)
{
    size_t columns = sheet->width > indent + LEAST_WIDTH ? sheet->width - indent : LEAST_WIDTH;

    do {
        size_t length = kith_text_line(text, columns);

        kith_outfile_write(sheet->out, text, length);
        kith_outfile_text(sheet->out, "\n");
        text = kith_text_behind(text, length);
        if (*text)
            spaces(sheet, indent);
    } while (*text && !kith_outfile_failed(sheet->out));
}

static void text_begin(kith_sheet *sheet, const char *title)
{
    go_to(sheet, KITH_SHEET_FLOW);
    style(sheet, bold);
    put_wrapped(sheet, title, 0);
    style(sheet, plain);
}

static void text_section(kith_sheet *sheet, const char *title)
{
    text_begin(sheet, title);
}

static void text_paragraph(kith_sheet *sheet, const char *text)
{
    go_to(sheet, KITH_SHEET_FLOW);
    put_wrapped(sheet, text, 0);
}

static void text_note(kith_sheet *sheet, const char *text)
{
    go_to(sheet, KITH_SHEET_FLOW);
    style(sheet, dim);
    put_wrapped(sheet, text, 0);
    style(sheet, plain);
}

static void text_point(kith_sheet *sheet, const char *text)
{
    bool in_item = sheet->place == KITH_SHEET_ITEM || sheet->place == KITH_SHEET_ITEM_POINTS;
    size_t indent = in_item ? ITEM_INDENT : 0;

    go_to(sheet, in_item ? KITH_SHEET_ITEM_POINTS : KITH_SHEET_POINTS);
    spaces(sheet, indent);
    kith_outfile_text(sheet->out, "- ");
    put_wrapped(sheet, text, indent + POINT_INDENT);
}

static void text_item(kith_sheet *sheet, uint32_t rank, const char *value, const char *text)
{
    go_to(sheet, KITH_SHEET_ITEM);
    kith_outfile_printf(sheet->out, "%2u.", rank);
    style(sheet, bold);
    kith_outfile_printf(sheet->out, " %6s  ", value);
    style(sheet, plain);
    put_wrapped(sheet, text, ITEM_INDENT);
}

static void text_letter(kith_sheet *sheet, const char *title, const char *text)
{
    bool in_item = sheet->place == KITH_SHEET_ITEM || sheet->place == KITH_SHEET_ITEM_POINTS;
    size_t indent = in_item ? ITEM_INDENT : 0;

    go_to(sheet, in_item ? KITH_SHEET_ITEM : KITH_SHEET_FLOW);
    spaces(sheet, indent);
    style(sheet, bold);
    kith_outfile_printf(sheet->out, "%s:\n", title);
    style(sheet, plain);
    for (const char *line; (line = kith_sheet_line(sheet, &text));) {
        if (*line)
            spaces(sheet, indent + POINT_INDENT);
        put_wrapped(sheet, line, indent + POINT_INDENT);
    }
}

static void text_table(kith_sheet *sheet, const kith_table *table)
{
    go_to(sheet, KITH_SHEET_FLOW);
    if (table->title) {
        style(sheet, bold);
        put_wrapped(sheet, table->title, 0);
        style(sheet, plain);
    }
    kith_text_table(sheet, table);
    if (table->note)
        put_wrapped(sheet, table->note, 0);
}

static void text_end(kith_sheet *sheet)
{
    (void)sheet; /* the last line is already ended */
}

const kith_sheet_writer kith_sheet_text = {text_begin, text_section, text_paragraph, text_note,
                                           text_point, text_item,    text_letter,    text_table,
                                           NULL,       NULL,         text_end};
