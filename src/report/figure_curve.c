#include "report/figure_curve.h"

#include <math.h>

enum { WIDTH = 640, HEIGHT = 260, LEFT = 48, TOP = 12, RIGHT = 16, BOTTOM = 40, MOST_TICKS = 10 };

static const double days_per_year = 365.25;

/** One curve being drawn. */
typedef struct plot {
    kith_figure figure;
    const kith_curve_step *steps;
    uint32_t n_steps;
    uint32_t years; /**< across */
    bool rest;
} plot;

static int32_t x_of(const plot *p, double days)
{
    return LEFT + (int32_t)lround(days / days_per_year / p->years * (WIDTH - LEFT - RIGHT));
}

static int32_t y_of(const plot *p, double share)
{
    return TOP + (int32_t)lround((p->rest ? share : 1 - share) * (HEIGHT - TOP - BOTTOM));
}

static void line(plot *p, int32_t x, int32_t y, int32_t to_x, int32_t to_y)
{
    kith_figure_shape_begin(&p->figure, KITH_FIGURE_FAINT);
    kith_figure_to(&p->figure, x, y);
    kith_figure_to(&p->figure, to_x, to_y);
}

static void draw_axes(plot *p)
{
    const uint32_t every = (p->years + MOST_TICKS - 1) / MOST_TICKS;
    kith_dynbuf text = {0};

    for (uint32_t percent = 0; percent <= 100; percent += 25) {
        const int32_t y = TOP + (int32_t)(100 - percent) * (HEIGHT - TOP - BOTTOM) / 100;
        line(p, LEFT, y, WIDTH - RIGHT, y);
        kith_dynbuf_printf(&text, "%u%%", percent);
        kith_figure_words(&p->figure, LEFT - 6, y + 4, KITH_FIGURE_LEFT_OF, kith_dynbuf_cstr(&text), 8);
        kith_dynbuf_clear(&text);
    }
    for (uint32_t year = 0; year <= p->years; year += every) {
        kith_dynbuf_printf(&text, "%u", year);
        kith_figure_words(&p->figure, x_of(p, year * days_per_year), HEIGHT - BOTTOM + 17, KITH_FIGURE_AROUND,
                          kith_dynbuf_cstr(&text), 8);
        kith_dynbuf_clear(&text);
    }
    kith_figure_words(&p->figure, LEFT + (WIDTH - LEFT - RIGHT) / 2, HEIGHT - 6, KITH_FIGURE_AROUND, "years",
                      8);
    kith_dynbuf_free(&text);
}

/** A bound of the band, or the curve, up to its last step. */
static double value_of(const kith_curve_step *step, int which)
{
    return which < 0 ? step->low : which > 0 ? step->high : step->share;
}

static void draw_steps(plot *p, int which)
{
    double before = 0;

    kith_figure_to(&p->figure, x_of(p, 0), y_of(p, 0));
    for (uint32_t i = 0; i < p->n_steps; i++) {
        const double value = value_of(&p->steps[i], which);
        kith_figure_to(&p->figure, x_of(p, p->steps[i].days), y_of(p, before));
        kith_figure_to(&p->figure, x_of(p, p->steps[i].days), y_of(p, value));
        before = value;
    }
}

/** Back from the last step to the first along the upper bound. */
static void draw_back(plot *p)
{
    for (uint32_t i = p->n_steps; i-- > 0;) {
        const double before = i > 0 ? p->steps[i - 1].high : 0;
        kith_figure_to(&p->figure, x_of(p, p->steps[i].days), y_of(p, p->steps[i].high));
        kith_figure_to(&p->figure, x_of(p, p->steps[i].days), y_of(p, before));
    }
}

void kith_draw_curve(kith_sheet *sheet, const char *title, const kith_curve_step *steps, uint32_t n_steps,
                     bool rest)
{
    plot p = {.figure = {.title = title, .width = WIDTH, .height = HEIGHT},
              .steps = steps,
              .n_steps = n_steps,
              .rest = rest};

    if (n_steps == 0)
        return;
    p.years = (uint32_t)floor(steps[n_steps - 1].days / days_per_year) + 1;
    draw_axes(&p);
    kith_figure_shape_begin(&p.figure, KITH_FIGURE_AREA);
    draw_steps(&p, -1);
    draw_back(&p);
    kith_figure_shape_begin(&p.figure, KITH_FIGURE_LINE);
    draw_steps(&p, 0);
    kith_sheet_figure(sheet, &p.figure);
    kith_figure_free(&p.figure);
}
