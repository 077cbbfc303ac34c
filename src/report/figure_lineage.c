/* Those who have nobody beyond them in the figure get a line of their own, one below the other; others stand
 * in the middle between the first and the last who stand under them. */
#include "report/figure_lineage.h"

#include "base/mem.h"
#include "report/phrase.h"

enum {
    BOX_WIDTH = 150,
    BOX_HEIGHT = 20,
    COLUMN = 182,
    LINE = 26,
    EDGE = 6,
    NAME_COLUMNS = 20,
    MOST_LINES = 60,
    MOST_COLUMNS = 5 /* on either side */
};

/** One side of the figure. */
typedef struct side {
    const kith_kin_tree *tree;
    bool to_left;
    uint32_t depth; /**< generations drawn */
    int32_t *y;     /**< [n_rows] middle of each box */
    int32_t *first; /**< [n_rows] of those drawn under it, the last so far; -1: none */
    uint32_t lines;
} side;

static bool is_drawn(const side *s, const kith_kin *row)
{
    return row->generation <= s->depth && &s->tree->rows[row->shown] == row;
}

/** Lines that a depth takes: people who have nobody under them within it. */
static uint32_t lines_of(const side *s, uint32_t depth)
{
    const kith_kin_tree *tree = s->tree;
    uint32_t lines = 0;

    for (uint32_t i = 0; i < tree->n_rows; i++)
        lines += tree->rows[i].shown == i && (tree->rows[i].generation == depth ||
                                              (tree->rows[i].generation < depth && tree->rows[i].below == 0));
    return lines;
}

/** The greatest depth that finds room. */
static void choose_depth(side *s, uint32_t asked)
{
    uint32_t most = asked > 0 && asked < MOST_COLUMNS ? asked : MOST_COLUMNS;

    while (most > 0 && lines_of(s, most) > MOST_LINES)
        most--;
    s->depth = most;
    s->lines = lines_of(s, most);
}

/** Places everyone, the last rows first. */
static bool place(side *s, const kith_kin_tree *tree, bool to_left, uint32_t depth)
{
    *s = (side){.tree = tree, .to_left = to_left};
    choose_depth(s, depth);
    s->y = kith_alloc_array(tree->n_rows, sizeof *s->y);
    s->first = kith_alloc_array(tree->n_rows, sizeof *s->first);
    if (!s->y || !s->first)
        return false;
    for (uint32_t i = 0; i < tree->n_rows; i++)
        s->y[i] = s->first[i] = -1;
    uint32_t line = s->lines;
    for (uint32_t i = tree->n_rows; i-- > 0;) {
        if (!is_drawn(s, &tree->rows[i]))
            continue;
        if (s->y[i] < 0) /* nobody stands under it */
            s->first[i] = s->y[i] = (int32_t)--line * LINE;
        s->y[i] = (s->y[i] + s->first[i]) / 2;
        const uint32_t under = tree->rows[i].under;
        if (under == UINT32_MAX)
            continue;
        if (s->y[under] < 0)
            s->y[under] = s->y[i]; /* the last of those under it */
        s->first[under] = s->y[i];
    }
    return true;
}

static void draw_box(kith_figure *figure, const kith_net *net, uint32_t person, int32_t x, int32_t y)
{
    kith_dynbuf name = {0};

    kith_figure_shape_begin(figure, KITH_FIGURE_LINE);
    kith_figure_to(figure, x, y);
    kith_figure_to(figure, x + BOX_WIDTH, y);
    kith_figure_to(figure, x + BOX_WIDTH, y + BOX_HEIGHT);
    kith_figure_to(figure, x, y + BOX_HEIGHT);
    kith_figure_to(figure, x, y);
    kith_phrase_name(&name, net, person);
    kith_figure_words(figure, x + BOX_WIDTH / 2, y + 14, KITH_FIGURE_AROUND, kith_dynbuf_cstr(&name),
                      NAME_COLUMNS);
    kith_dynbuf_free(&name);
}

/** The left edge of a generation's boxes. */
static int32_t x_of(const side *s, int32_t middle, uint32_t generation)
{
    return s->to_left ? middle - (int32_t)generation * COLUMN : middle + (int32_t)generation * COLUMN;
}

static void draw_side(kith_figure *figure, const kith_net *net, const side *s, int32_t middle, int32_t down)
{
    for (uint32_t i = 1; i < s->tree->n_rows; i++) {
        const kith_kin *row = &s->tree->rows[i];
        if (!is_drawn(s, row))
            continue;
        const int32_t x = x_of(s, middle, row->generation), y = down + s->y[i];
        const int32_t from = s->to_left ? x + COLUMN : x - COLUMN + BOX_WIDTH;
        const int32_t to = s->to_left ? x + BOX_WIDTH : x, turn = (from + to) / 2;
        const int32_t from_y = down + s->y[row->under] + BOX_HEIGHT / 2;
        draw_box(figure, net, row->person, x, y);
        kith_figure_shape_begin(figure, KITH_FIGURE_FAINT);
        kith_figure_to(figure, from, from_y);
        kith_figure_to(figure, turn, from_y);
        kith_figure_to(figure, turn, y + BOX_HEIGHT / 2);
        kith_figure_to(figure, to, y + BOX_HEIGHT / 2);
    }
}

/** The last generation that has somebody. */
static uint32_t columns_of(const side *s)
{
    uint32_t most = 0;

    for (uint32_t i = 0; i < s->tree->n_rows; i++)
        if (is_drawn(s, &s->tree->rows[i]) && s->tree->rows[i].generation > most)
            most = s->tree->rows[i].generation;
    return most;
}

static void draw(kith_sheet *sheet, const kith_net *net, const side *left, const side *right,
                 const char *title)
{
    const uint32_t lines = left->lines > right->lines ? left->lines : right->lines;
    const uint32_t columns = columns_of(left) + columns_of(right);
    const int32_t middle = EDGE + (int32_t)columns_of(left) * COLUMN;
    const int32_t level = left->y[0] > right->y[0] ? left->y[0] : right->y[0]; /* of the person asked about */
    const int32_t left_down = EDGE + level - left->y[0], right_down = EDGE + level - right->y[0];
    const int32_t moved = left_down > right_down ? left_down : right_down;
    kith_figure figure = {.title = title,
                          .width = 2 * EDGE + columns * COLUMN + BOX_WIDTH,
                          .height = EDGE + (uint32_t)moved + lines * LINE};

    draw_box(&figure, net, left->tree->rows[0].person, middle, EDGE + level);
    draw_side(&figure, net, left, middle, left_down);
    draw_side(&figure, net, right, middle, right_down);
    kith_sheet_figure(sheet, &figure);
    kith_figure_free(&figure);
}

void kith_draw_lineage(kith_sheet *sheet, const kith_net *net, const kith_ancestry_result *result,
                       const char *title)
{
    side left = {0}, right = {0};

    if (result->ancestors.n_rows + result->descendants.n_rows < 3) /* nobody but the person */
        return;
    if (place(&left, &result->ancestors, true, result->depth) &&
        place(&right, &result->descendants, false, result->depth))
        draw(sheet, net, &left, &right, title);
    else if (!sheet->status)
        sheet->status = KITH_ENOMEM;
    kith_free(left.y);
    kith_free(left.first);
    kith_free(right.y);
    kith_free(right.first);
}
