/* A route drawn as a row of boxes. Presentation is in attributes, as the page's policy allows no inline
 * style; colours are those of the text, so that it prints. */
#include "base/text.h"
#include "report/write_html.h"

enum {
    BOX_WIDTH = 146,
    BOX_HEIGHT = 50,
    GAP = 56,
    ROW_GAP = 26,
    PER_ROW = 4,
    PADDING = 2,
    NAME_COLUMNS = 18,
    POSITION_COLUMNS = 22
};

/** Where a box has its upper left corner. */
typedef struct corner {
    uint32_t x, y;
} corner;

static corner corner_of(uint32_t i)
{
    return (corner){PADDING + i % PER_ROW * (BOX_WIDTH + GAP),
                    PADDING + i / PER_ROW * (BOX_HEIGHT + ROW_GAP)};
}

/** Writes a text as far as it fits. */
static void put_fitting(kith_sheet *sheet, const char *text, size_t columns, kith_dynbuf *part)
{
    if (kith_text_width(text) > columns) {
        kith_dynbuf_clear(part);
        kith_dynbuf_append(part, text, kith_text_fit(text, columns - 1));
        kith_dynbuf_text(part, "…");
        kith_sheet_keep(sheet, part);
        text = kith_dynbuf_cstr(part);
    }
    kith_html_escaped(sheet, text);
}

static void put_box(kith_sheet *sheet, const kith_sheet_chain *chain, uint32_t i, kith_dynbuf *part)
{
    const char *name = kith_dynbuf_cstr(&chain->names[i]), *position = kith_dynbuf_cstr(&chain->positions[i]);
    const corner at = corner_of(i);
    const uint32_t middle = at.x + BOX_WIDTH / 2;

    kith_outfile_text(sheet->out, "<g><title>");
    kith_html_escaped(sheet, name);
    kith_outfile_text(sheet->out, *position ? ", " : "");
    kith_html_escaped(sheet, position);
    kith_outfile_printf(sheet->out,
                        "</title><rect x=\"%u\" y=\"%u\" width=\"%u\" height=\"%u\" rx=\"6\" fill=\"none\" "
                        "stroke=\"currentColor\"/><text x=\"%u\" y=\"%u\" font-weight=\"600\">",
                        at.x, at.y, BOX_WIDTH, BOX_HEIGHT, middle, at.y + (*position ? 21 : 30));
    put_fitting(sheet, name, NAME_COLUMNS, part);
    kith_outfile_text(sheet->out, "</text>");
    if (*position) {
        kith_outfile_printf(sheet->out, "<text x=\"%u\" y=\"%u\" font-size=\"11\">", middle, at.y + 39);
        put_fitting(sheet, position, POSITION_COLUMNS, part);
        kith_outfile_text(sheet->out, "</text>");
    }
    kith_outfile_text(sheet->out, "</g>\n");
}

/** How a tie is drawn: its strength shows in more than one way. */
static const char *stroke_of(const char *tier)
{
    switch (tier[0]) {
    case 's':
        return "stroke-width=\"4\"";
    case 'm':
        return "stroke-width=\"2\"";
    default:
        return "stroke-width=\"2\" stroke-dasharray=\"3 4\"";
    }
}

/** The tie from box `i` to the next, which may begin a new row. */
static void put_tie(kith_sheet *sheet, const kith_sheet_chain *chain, uint32_t i)
{
    const corner from = corner_of(i), to = corner_of(i + 1);

    kith_outfile_printf(sheet->out, "<path fill=\"none\" stroke=\"currentColor\" %s ",
                        stroke_of(chain->tiers[i]));
    if (from.y == to.y)
        kith_outfile_printf(sheet->out, "d=\"M%u %uH%u\"/>", from.x + BOX_WIDTH, from.y + BOX_HEIGHT / 2,
                            to.x);
    else
        kith_outfile_printf(sheet->out, "d=\"M%u %uV%uH%uV%u\"/>", from.x + BOX_WIDTH / 2,
                            from.y + BOX_HEIGHT, to.y - ROW_GAP / 2, to.x + BOX_WIDTH / 2, to.y);
    const uint32_t x = from.y == to.y ? from.x + BOX_WIDTH + GAP / 2 : from.x + BOX_WIDTH / 2 - GAP / 2;
    const uint32_t y = from.y == to.y ? from.y + BOX_HEIGHT / 2 - 6 : from.y + BOX_HEIGHT + ROW_GAP / 2 - 3;
    kith_outfile_printf(sheet->out, "<text x=\"%u\" y=\"%u\" font-size=\"11\">%s</text>\n", x, y,
                        chain->tiers[i]);
}

static void put_label(kith_sheet *sheet, const kith_sheet_chain *chain)
{
    for (uint32_t i = 0; i < chain->count; i++) {
        kith_html_escaped(sheet, kith_dynbuf_cstr(&chain->names[i]));
        if (i + 1 < chain->count)
            kith_outfile_printf(sheet->out, ", %s tie to ", chain->tiers[i]);
    }
}

void kith_html_chain(kith_sheet *sheet, const kith_sheet_chain *chain)
{
    const uint32_t across = chain->count < PER_ROW ? chain->count : PER_ROW;
    const uint32_t rows = (chain->count + PER_ROW - 1) / PER_ROW;
    const uint32_t width = 2 * PADDING + across * BOX_WIDTH + (across - 1) * GAP;
    const uint32_t height = 2 * PADDING + rows * BOX_HEIGHT + (rows - 1) * ROW_GAP;
    kith_dynbuf part = {0};

    kith_outfile_text(sheet->out, "<svg role=\"img\" aria-label=\"");
    put_label(sheet, chain);
    kith_outfile_printf(sheet->out,
                        "\" width=\"%u\" height=\"%u\" viewBox=\"0 0 %u %u\" font-size=\"13\" "
                        "text-anchor=\"middle\" fill=\"currentColor\">\n",
                        width, height, width, height);
    for (uint32_t i = 0; i + 1 < chain->count; i++)
        put_tie(sheet, chain, i);
    for (uint32_t i = 0; i < chain->count; i++)
        put_box(sheet, chain, i, &part);
    kith_outfile_text(sheet->out, "</svg>\n");
    kith_dynbuf_free(&part);
}
