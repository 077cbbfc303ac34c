#include "report/figure_bars.h"

#include <math.h>

#include "base/text.h"
#include "report/words.h"

/* Narrow enough for a phone, and for two beside each other on paper. */
enum { WIDTH = 320, LEFT = 104, FULL = 168, TOP = 26, LINE = 19, THICK = 12, GAP = 6, LABEL_COLUMNS = 15 };

static void put_value(kith_dynbuf *text, double value, bool share)
{
    if (isnan(value))
        kith_dynbuf_text(text, "–");
    else if (share)
        kith_words_share(text, value);
    else
        kith_words_count(text, (uint64_t)value);
}

/** What a full bar stands for. All together may reach farther than any of them: it is then cut. */
static double scale_of(const kith_bar *bars, uint32_t n_bars, bool share)
{
    double most = share ? 1 : 0;

    for (uint32_t i = 0; !share && i + 1 < n_bars; i++)
        most = fmax(most, bars[i].value);
    return most > 0 ? most : 1;
}

static void draw_bar(kith_figure *figure, int32_t y, double part, kith_figure_kind kind)
{
    const int32_t end = LEFT + (int32_t)lround(fmin(part, 1) * FULL);

    kith_figure_shape_begin(figure, kind);
    kith_figure_to(figure, LEFT, y);
    kith_figure_to(figure, end, y);
    kith_figure_to(figure, end, y + THICK);
    kith_figure_to(figure, LEFT, y + THICK);
}

static void draw_row(kith_figure *figure, int32_t y, const kith_bar *bar, double scale, bool share)
{
    const double part = isnan(bar->value) ? 0 : fmin(bar->value / scale, 1);
    kith_dynbuf text = {0};

    kith_figure_words(figure, LEFT - 6, y + THICK - 2, KITH_FIGURE_LEFT_OF, bar->label, LABEL_COLUMNS);
    if (part > 0)
        draw_bar(figure, y, part, KITH_FIGURE_BAR);
    put_value(&text, bar->value, share);
    kith_figure_words(figure, LEFT + (int32_t)lround(part * FULL) + 5, y + THICK - 2, KITH_FIGURE_RIGHT_OF,
                      kith_dynbuf_cstr(&text), 10);
    kith_dynbuf_free(&text);
}

/** "Ties that stay inside: 2014 2.2%, 2015 –, all together 44%." */
static void tell(kith_dynbuf *text, const char *title, const kith_bar *bars, uint32_t n_bars, bool share)
{
    kith_dynbuf_text(text, title);
    for (uint32_t i = 0; i < n_bars; i++) {
        kith_dynbuf_printf(text, "%s %s ", i > 0 ? "," : ":", bars[i].label);
        put_value(text, bars[i].value, share);
    }
    kith_dynbuf_put(text, '.');
}

void kith_draw_bars(kith_sheet *sheet, const char *title, const kith_bar *bars, uint32_t n_bars, bool share)
{
    const double scale = scale_of(bars, n_bars, share);
    kith_dynbuf told = {0}, safe = {0};

    tell(&told, title, bars, n_bars, share);
    kith_text_safe(kith_dynbuf_cstr(&told), &safe);
    kith_sheet_keep(sheet, &told);
    kith_sheet_keep(sheet, &safe);
    kith_figure figure = {.title = kith_dynbuf_cstr(&safe),
                          .width = WIDTH,
                          .height = TOP + n_bars * LINE + GAP,
                          .narrow = true};
    kith_figure_words(&figure, 0, 13, KITH_FIGURE_RIGHT_OF, title, 60);
    for (uint32_t i = 0; i < n_bars; i++)
        draw_row(&figure, TOP + (int32_t)i * LINE + (i + 1 == n_bars ? GAP : 0), &bars[i], scale, share);
    kith_figure_shape_begin(&figure, KITH_FIGURE_FAINT);
    kith_figure_to(&figure, LEFT, TOP - 3);
    kith_figure_to(&figure, LEFT, (int32_t)figure.height);
    kith_sheet_figure(sheet, &figure);
    kith_figure_free(&figure);
    kith_dynbuf_free(&told);
    kith_dynbuf_free(&safe);
}
