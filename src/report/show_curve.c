#include "report/show_curve.h"

#include <math.h>

#include "report/figure_curve.h"

static const double days_per_month = 365.25 / 12;

/** The last step of the curve at or before a day, or NULL. */
static const kith_curve_step *step_at(const kith_curve_view *view, double days)
{
    const kith_curve_step *step = NULL;

    for (uint32_t i = 0; i < view->n_steps && view->steps[i].days <= days; i++)
        step = &view->steps[i];
    return step;
}

static bool in_years(const kith_curve_view *view)
{
    return view->months % 12 == 0;
}

static void make_row(const void *ctx, uint64_t i, kith_row *row)
{
    static const kith_curve_step none = {.share = 0, .low = 0, .high = 0};
    const kith_curve_view *view = ctx;
    const uint64_t months = (i + 1) * view->months;
    const kith_curve_step *step = step_at(view, (double)months * days_per_month);

    if (!step)
        step = &none;
    kith_row_count(row, in_years(view) ? months / 12 : months);
    kith_row_number(row, view->rest ? 1 - step->share : step->share);
    kith_row_number(row, view->rest ? 1 - step->high : step->low);
    kith_row_number(row, view->rest ? 1 - step->low : step->high);
}

/** Rows up to the first behind which the curve takes no step; one at least. */
static double rows_of(const kith_curve_step *steps, uint32_t n_steps, uint32_t months)
{
    return fmax(1, ceil(steps[n_steps - 1].days / (months * days_per_month)));
}

uint32_t kith_curve_months(const kith_curve_step *steps, uint32_t n_steps)
{
    return n_steps > 0 && rows_of(steps, n_steps, 3) > KITH_CURVE_ROWS ? 12 : 3;
}

void kith_show_curve(kith_sheet *sheet, const kith_curve_view *view)
{
    kith_dynbuf time = {0};

    if (view->n_steps == 0)
        return;
    kith_dynbuf_printf(&time, "%s since %s", in_years(view) ? "Years" : "Months", view->since);
    const double rows = rows_of(view->steps, view->n_steps, view->months);
    const kith_column columns[] = {{"time", kith_dynbuf_cstr(&time), KITH_COLUMN_COUNT, 0, false},
                                   {"share", view->share, KITH_COLUMN_SHARE, 0, false},
                                   {"low", "at least", KITH_COLUMN_SHARE, 0, false},
                                   {"high", "at most", KITH_COLUMN_SHARE, 0, false}};
    const kith_table table = {.title = view->title,
                              .note = "Kaplan-Meier estimate, which allows for those who have not had the "
                                      "time yet, with a pointwise 95% band.",
                              .columns = columns,
                              .n_columns = sizeof columns / sizeof *columns,
                              .n_rows = rows < KITH_CURVE_ROWS ? (uint64_t)rows : KITH_CURVE_ROWS,
                              .make = make_row,
                              .ctx = view};
    kith_sheet_keep(sheet, &time);
    kith_sheet_table(sheet, &table);
    kith_draw_curve(sheet, view->figure, view->steps, view->n_steps, view->rest);
    kith_dynbuf_free(&time);
}
