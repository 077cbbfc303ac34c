#include "base/text_order.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/parallel.h"
#include "base/radix.h"

/*
 * Eight bytes at a time, the first byte as the highest, are numbers in the order of texts. Those that share
 * them are sorted by the next eight, unless they are few.
 */

enum { WORD_BYTES = 8, FEW = 512, DEEPEST = 64 };

typedef struct ordering {
    const char *const *texts;
    kith_long_keyed *rows; /**< those at hand: the value is the number of a text */
    size_t count, depth;
} ordering;

/** The next bytes of a text; zeros from its end on. */
static uint64_t word_of(const char *text)
{
    uint64_t word = 0;

    for (int i = 0; i < WORD_BYTES; i++) {
        word = word << 8 | (unsigned char)*text;
        text += *text != '\0';
    }
    return word;
}

static bool fill_lane(void *ctx, uint32_t lane)
{
    const ordering *job = ctx;
    const size_t end = (size_t)kith_lane_begin(job->count, lane + 1);

    for (size_t i = (size_t)kith_lane_begin(job->count, lane); i < end; i++)
        job->rows[i].key = word_of(job->texts[job->rows[i].value] + job->depth);
    return true;
}

static int compare_rest(const void *left, const void *right, void *ctx)
{
    const kith_long_keyed *x = left, *y = right;
    const ordering *job = ctx;
    int order = strcmp(job->texts[x->value] + job->depth, job->texts[y->value] + job->depth);

    return order ? order : (x->value > y->value) - (x->value < y->value);
}

/** Sorts rows whose texts are the same up to `depth`, where none has ended. */
static bool sort(ordering job)
{
    const uint64_t last_byte = UCHAR_MAX;
    size_t end;

    if (job.count < FEW || job.depth >= DEEPEST) {
        if (job.count > 1)
            qsort_r(job.rows, job.count, sizeof *job.rows, compare_rest, &job);
        return true;
    }
    (void)kith_parallel_lanes(fill_lane, &job);
    if (!kith_radix_sort_long(job.rows, job.count))
        return false;
    for (size_t begin = 0; begin < job.count; begin = end) {
        const uint64_t key = job.rows[begin].key;
        for (end = begin + 1; end < job.count && job.rows[end].key == key;)
            end++;
        if (end - begin > 1 && (key & last_byte) != 0 &&
            !sort((ordering){job.texts, job.rows + begin, end - begin, job.depth + WORD_BYTES}))
            return false;
    }
    return true;
}

bool kith_text_order(const char *const *texts, size_t count, uint32_t *order)
{
    kith_long_keyed *rows = kith_alloc_array(count, sizeof *rows);

    for (size_t i = 0; rows && i < count; i++)
        rows[i] = (kith_long_keyed){.value = i};
    bool ok = rows && sort((ordering){texts, rows, count, 0});
    for (size_t i = 0; ok && i < count; i++)
        order[i] = (uint32_t)rows[i].value;
    kith_free(rows);
    return ok;
}
