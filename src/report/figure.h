/** @file
 * A figure of lines, areas and words, for writers that can draw. What it shows is told in words or a table,
 * too.
 */
#ifndef KITH_REPORT_FIGURE_H
#define KITH_REPORT_FIGURE_H

#include "base/dynbuf.h"

typedef enum kith_figure_kind {
    KITH_FIGURE_LINE,  /**< from point to point */
    KITH_FIGURE_FAINT, /**< the same, in the background */
    KITH_FIGURE_AREA,  /**< what the points enclose, lightly filled */
    KITH_FIGURE_BAR,   /**< the same in the colour of the page, well filled */
    KITH_FIGURE_WORDS  /**< at their only point */
} kith_figure_kind;

/** On which side of its point a text stands, or around it. */
typedef enum kith_figure_side {
    KITH_FIGURE_RIGHT_OF,
    KITH_FIGURE_AROUND,
    KITH_FIGURE_LEFT_OF
} kith_figure_side;

typedef struct kith_figure_point {
    int32_t x, y; /**< pixels from the upper left corner */
} kith_figure_point;

typedef struct kith_figure_shape {
    kith_figure_kind kind;
    kith_figure_side side;
    size_t first, count; /**< points */
    size_t words;        /**< where they begin in `texts` */
} kith_figure_shape;

/** Zeroed but for title and size; failures stick to `texts`. */
typedef struct kith_figure {
    const char *title; /**< what it shows, for those who cannot see it */
    uint32_t width, height;
    bool narrow; /**< one of several that may stand beside each other */
    kith_figure_shape *shapes;
    size_t n_shapes, shapes_capacity;
    kith_figure_point *points;
    size_t n_points, points_capacity;
    kith_dynbuf texts; /**< safe to show, each with its NUL */
} kith_figure;

/** Begins a shape; the points that follow are its. */
void kith_figure_shape_begin(kith_figure *figure, kith_figure_kind kind);
void kith_figure_to(kith_figure *figure, int32_t x, int32_t y);

/** A text, cut to so many columns. */
void kith_figure_words(kith_figure *figure, int32_t x, int32_t y, kith_figure_side side, const char *text,
                       size_t columns);

void kith_figure_free(kith_figure *figure);

#endif
