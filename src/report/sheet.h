/** @file
 * What a reader sees, from top to bottom: sections with paragraphs, tables, points and ranked items.
 * Answers are told to a sheet; the sheet's writer makes plain text or a page of them.
 *
 * All text may hold anything: it is made safe here. Failures stick: tell freely, ask at the end.
 */
#ifndef KITH_REPORT_SHEET_H
#define KITH_REPORT_SHEET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/outfile.h"
#include "report/figure.h"
#include "report/table.h"

typedef struct kith_sheet kith_sheet;

/** People in a row, each tied to the next. */
typedef struct kith_sheet_chain {
    uint32_t count;
    kith_dynbuf *names;     /**< [count] */
    kith_dynbuf *positions; /**< [count], may be empty */
    const char **tiers;     /**< [count - 1] "strong", "medium", "weak" */
} kith_sheet_chain;

/** One way to write a sheet. What arrives is one line, safe to show; markup is the writer's business. */
typedef struct kith_sheet_writer {
    void (*begin)(kith_sheet *sheet, const char *title);
    void (*section)(kith_sheet *sheet, const char *title);
    void (*paragraph)(kith_sheet *sheet, const char *text);
    void (*note)(kith_sheet *sheet, const char *text);
    void (*point)(kith_sheet *sheet, const char *text);
    void (*item)(kith_sheet *sheet, uint32_t rank, const char *value, const char *text);
    void (*letter)(kith_sheet *sheet, const char *title, const char *text); /**< text: kith_sheet_line */
    void (*table)(kith_sheet *sheet, const kith_table *table);
    void (*chain)(kith_sheet *sheet, const kith_sheet_chain *chain); /**< NULL where nothing can be drawn */
    void (*figure)(kith_sheet *sheet, const kith_figure *figure);    /**< NULL where nothing can be drawn */
    void (*end)(kith_sheet *sheet);
} kith_sheet_writer;

extern const kith_sheet_writer kith_sheet_text;
extern const kith_sheet_writer kith_sheet_html;

/** Where in a sheet its writer stands: what it has to separate or close before it goes on. */
typedef enum kith_sheet_place {
    KITH_SHEET_TOP,
    KITH_SHEET_FLOW,   /**< between paragraphs and tables */
    KITH_SHEET_ITEM,   /**< in a ranked item */
    KITH_SHEET_POINTS, /**< in a list of points of its own */
    KITH_SHEET_ITEM_POINTS
} kith_sheet_place;

struct kith_sheet {
    const kith_sheet_writer *writer;
    kith_outfile *out; /**< borrowed */
    uint32_t width;    /**< columns of plain text */
    bool colour;
    bool alive; /**< a page with scripts: tables that sort, and a picture that moves */
    kith_sheet_place place;
    bool in_section;
    kith_dynbuf safe; /**< the text at hand */
    kith_code status; /**< first failure */
};

void kith_sheet_begin(kith_sheet *sheet, const char *title);

/** A part with a heading of its own. */
void kith_sheet_section(kith_sheet *sheet, const char *title);

/* The text told by `text` is consumed: the buffer is empty afterwards and can be filled again. */
void kith_sheet_paragraph(kith_sheet *sheet, kith_dynbuf *text);

/** Small print. */
void kith_sheet_note(kith_sheet *sheet, kith_dynbuf *text);

/** One of several short statements; behind an item it belongs to the item. */
void kith_sheet_point(kith_sheet *sheet, kith_dynbuf *text);

/** One of a ranked list: its rank, what it is worth ("35%"), and what it is. */
void kith_sheet_item(kith_sheet *sheet, uint32_t rank, const char *value, kith_dynbuf *text);

/** A text of several lines under a title; behind an item it belongs to the item. */
void kith_sheet_letter(kith_sheet *sheet, const char *title, const char *text);

/** A table; one without rows is left out. */
void kith_sheet_table(kith_sheet *sheet, const kith_table *table);

/** Draws a chain of people, behind an item as a part of it, where the writer can draw; what it shows is also
 * told in words. The texts are made safe where they are. */
void kith_sheet_draw(kith_sheet *sheet, kith_sheet_chain *chain);

/** Draws a figure where the writer can draw. */
void kith_sheet_figure(kith_sheet *sheet, const kith_figure *figure);

/** Ends the sheet and frees what it holds; the handle to the output stays with the caller. */
kith_code kith_sheet_end(kith_sheet *sheet, kith_err *err);

/** For writers: the next line of `*text`, safe, borrowed until the next call; `*text` moves behind it. NULL
 * at the end. */
const char *kith_sheet_line(kith_sheet *sheet, const char **text);

/** For writers: keeps the first failure of a buffer. */
void kith_sheet_keep(kith_sheet *sheet, const kith_dynbuf *buf);

#endif
