#include "report/figure.h"

#include "base/mem.h"
#include "base/text.h"

static void fail(kith_figure *figure)
{
    if (figure->texts.status == KITH_OK)
        figure->texts.status = KITH_ENOMEM;
}

void kith_figure_shape_begin(kith_figure *figure, kith_figure_kind kind)
{
    if (!kith_grow((void **)&figure->shapes, &figure->shapes_capacity, figure->n_shapes + 1,
                   sizeof *figure->shapes)) {
        fail(figure);
        return;
    }
    figure->shapes[figure->n_shapes++] =
        (kith_figure_shape){.kind = kind, .first = figure->n_points, .words = figure->texts.length};
}

void kith_figure_to(kith_figure *figure, int32_t x, int32_t y)
{
    if (figure->n_shapes == 0 || !kith_grow((void **)&figure->points, &figure->points_capacity,
                                            figure->n_points + 1, sizeof *figure->points)) {
        fail(figure);
        return;
    }
    figure->points[figure->n_points++] = (kith_figure_point){x, y};
    figure->shapes[figure->n_shapes - 1].count++;
}

void kith_figure_words(kith_figure *figure, int32_t x, int32_t y, kith_figure_side side, const char *text,
                       size_t columns)
{
    kith_dynbuf safe = {0};

    kith_figure_shape_begin(figure, KITH_FIGURE_WORDS);
    kith_figure_to(figure, x, y);
    kith_text_safe(text, &safe);
    const char *all = kith_dynbuf_cstr(&safe);
    if (figure->n_shapes > 0)
        figure->shapes[figure->n_shapes - 1].side = side;
    if (kith_text_width(all) <= columns) {
        kith_dynbuf_text(&figure->texts, all);
    } else {
        kith_dynbuf_append(&figure->texts, all, kith_text_fit(all, columns - 1));
        kith_dynbuf_text(&figure->texts, "…");
    }
    kith_dynbuf_put(&figure->texts, '\0');
    if (safe.status != KITH_OK)
        fail(figure);
    kith_dynbuf_free(&safe);
}

void kith_figure_free(kith_figure *figure)
{
    kith_free(figure->shapes);
    kith_free(figure->points);
    kith_dynbuf_free(&figure->texts);
    *figure = (kith_figure){0};
}
