#include "report/sheet.h"

#include <string.h>

#include "base/text.h"

void kith_sheet_keep(kith_sheet *sheet, const kith_dynbuf *buf)
{
    if (!sheet->status)
        sheet->status = buf->status;
}

/** Safe form of what `text` holds, borrowed until the next call; `text` is then empty. */
static const char *consume(kith_sheet *sheet, kith_dynbuf *text)
{
    kith_dynbuf_clear(&sheet->safe);
    kith_text_safe(kith_dynbuf_cstr(text), &sheet->safe);
    kith_sheet_keep(sheet, text);
    kith_sheet_keep(sheet, &sheet->safe);
    kith_dynbuf_clear(text);
    return kith_dynbuf_cstr(&sheet->safe);
}

static const char *made_safe(kith_sheet *sheet, const char *text)
{
    kith_dynbuf_clear(&sheet->safe);
    kith_text_safe(text, &sheet->safe);
    kith_sheet_keep(sheet, &sheet->safe);
    return kith_dynbuf_cstr(&sheet->safe);
}

void kith_sheet_begin(kith_sheet *sheet, const char *title)
{
    sheet->writer->begin(sheet, made_safe(sheet, title));
}

void kith_sheet_section(kith_sheet *sheet, const char *title)
{
    sheet->writer->section(sheet, made_safe(sheet, title));
}

void kith_sheet_paragraph(kith_sheet *sheet, kith_dynbuf *text)
{
    sheet->writer->paragraph(sheet, consume(sheet, text));
}

void kith_sheet_note(kith_sheet *sheet, kith_dynbuf *text)
{
    sheet->writer->note(sheet, consume(sheet, text));
}

void kith_sheet_point(kith_sheet *sheet, kith_dynbuf *text)
{
    sheet->writer->point(sheet, consume(sheet, text));
}

void kith_sheet_item(kith_sheet *sheet, uint32_t rank, const char *value, kith_dynbuf *text)
{
    sheet->writer->item(sheet, rank, value, consume(sheet, text));
}

void kith_sheet_letter(kith_sheet *sheet, const char *title, const char *text)
{
    sheet->writer->letter(sheet, title, text);
}

void kith_sheet_table(kith_sheet *sheet, const kith_table *table)
{
    if (table->n_rows > 0)
        sheet->writer->table(sheet, table);
}

void kith_sheet_figure(kith_sheet *sheet, const kith_figure *figure)
{
    kith_sheet_keep(sheet, &figure->texts);
    if (!sheet->status && sheet->writer->figure)
        sheet->writer->figure(sheet, figure);
}

const char *kith_sheet_line(kith_sheet *sheet, const char **text)
{
    size_t length = strcspn(*text, "\n");
    kith_dynbuf line = {0};

    if (!**text)
        return NULL;
    kith_dynbuf_append(&line, *text, length);
    *text += length + ((*text)[length] == '\n');
    const char *safe = consume(sheet, &line);
    kith_dynbuf_free(&line);
    return safe;
}

static void make_safe_in_place(kith_sheet *sheet, kith_dynbuf *text)
{
    kith_dynbuf safe = {0};

    kith_text_safe(kith_dynbuf_cstr(text), &safe);
    kith_sheet_keep(sheet, text);
    kith_sheet_keep(sheet, &safe);
    kith_dynbuf_free(text);
    *text = safe;
}

void kith_sheet_draw(kith_sheet *sheet, kith_sheet_chain *chain)
{
    for (uint32_t i = 0; i < chain->count; i++) {
        make_safe_in_place(sheet, &chain->names[i]);
        make_safe_in_place(sheet, &chain->positions[i]);
    }
    if (!sheet->status && sheet->writer->chain)
        sheet->writer->chain(sheet, chain);
}

kith_code kith_sheet_end(kith_sheet *sheet, kith_err *err)
{
    sheet->writer->end(sheet);
    kith_dynbuf_free(&sheet->safe);
    if (sheet->status == KITH_ENOMEM)
        return kith_fail_memory(err, "a report");
    if (sheet->status)
        return kith_fail(err, sheet->status, "a text of the report is too long");
    return KITH_OK;
}
