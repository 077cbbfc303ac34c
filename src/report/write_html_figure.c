/* A figure as SVG within the page. Presentation is in attributes, as the page's policy allows no inline
 * style; colours are those of the text, so that it prints. */
#include "report/write_html.h"

static const char *const strokes[] = {
    [KITH_FIGURE_LINE] = "<polyline fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\" points=\"",
    [KITH_FIGURE_FAINT] = "<polyline fill=\"none\" stroke=\"currentColor\" stroke-opacity=\"0.3\" points=\"",
    [KITH_FIGURE_AREA] = "<polygon fill-opacity=\"0.15\" points=\"",
    [KITH_FIGURE_BAR] = "<polygon class=\"bar\" points=\"",
};

static const char *const anchors[] = {
    [KITH_FIGURE_RIGHT_OF] = "start", [KITH_FIGURE_AROUND] = "middle", [KITH_FIGURE_LEFT_OF] = "end"};

static void put_shape(kith_sheet *sheet, const kith_figure *figure, const kith_figure_shape *shape)
{
    const kith_figure_point *points = figure->points + shape->first;

    if (shape->kind == KITH_FIGURE_WORDS) {
        kith_outfile_printf(sheet->out, "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">", points->x, points->y,
                            anchors[shape->side]);
        kith_html_escaped(sheet, figure->texts.data + shape->words);
        kith_outfile_text(sheet->out, "</text>\n");
        return;
    }
    kith_outfile_text(sheet->out, strokes[shape->kind]);
    for (size_t i = 0; i < shape->count; i++)
        kith_outfile_printf(sheet->out, "%s%d,%d", i > 0 ? " " : "", points[i].x, points[i].y);
    kith_outfile_text(sheet->out, "\"/>\n");
}

void kith_html_figure(kith_sheet *sheet, const kith_figure *figure)
{
    kith_outfile_text(sheet->out, figure->narrow ? "<svg class=\"narrow\" role=\"img\" aria-label=\""
                                                 : "<svg role=\"img\" aria-label=\"");
    kith_html_escaped(sheet, figure->title);
    kith_outfile_printf(
        sheet->out,
        "\" width=\"%u\" height=\"%u\" viewBox=\"0 0 %u %u\" font-size=\"12\" fill=\"currentColor\">\n",
        figure->width, figure->height, figure->width, figure->height);
    for (size_t i = 0; i < figure->n_shapes; i++)
        put_shape(sheet, figure, &figure->shapes[i]);
    kith_outfile_text(sheet->out, "</svg>\n");
}
