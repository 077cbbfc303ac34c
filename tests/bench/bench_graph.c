#include "bench_graph.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "base/mem.h"
#include "rmat.h"

static kith_code add(bench_ties *ties, uint32_t a, uint32_t b, kith_err *err)
{
    if (!kith_grow((void **)&ties->pair, &ties->capacity, ties->count + 1, sizeof *ties->pair))
        return kith_fail_memory(err, "ties");
    ties->pair[ties->count][0] = a;
    ties->pair[ties->count++][1] = b;
    return KITH_OK;
}

kith_code bench_ties_make(uint64_t count, uint64_t seed, bench_ties *out, kith_err *err)
{
    kith_code rc = KITH_OK;
    rmat r = {0};

    *out = (bench_ties){0};
    if (!rmat_begin(&r, count, seed)) {
        rc = kith_fail_memory(err, "ties");
        goto done;
    }
    out->people = r.people;
    while (!rc && out->count < count) {
        uint32_t a;
        uint32_t b;
        rmat_next(&r, &a, &b);
        rc = add(out, a, b, err);
    }
done:
    rmat_end(&r);
    return rc;
}

static kith_code read_line(char *line, kith_intern *ids, bench_ties *ties, kith_err *err)
{
    static const char between[] = ", \t\r\n";
    char *rest = NULL;
    const char *from = strtok_r(line, between, &rest);
    const char *to = from ? strtok_r(NULL, between, &rest) : NULL;
    uint32_t a = 0;
    uint32_t b = 0;
    kith_code rc = KITH_OK;

    if (!to || from[0] == '#' || (ties->count == 0 && strcmp(from, "source") == 0))
        return KITH_OK;
    if ((rc = kith_intern_add(ids, from, strlen(from), &a, err)) ||
        (rc = kith_intern_add(ids, to, strlen(to), &b, err)))
        return rc;
    return add(ties, a, b, err);
}

kith_code bench_ties_read(const char *path, bench_ties *out, kith_err *err)
{
    kith_code rc = KITH_OK;
    kith_intern *ids = NULL;
    char *line = NULL;
    size_t room = 0;
    FILE *file = fopen(path, "r");

    *out = (bench_ties){0};
    if (!file) {
        rc = kith_fail_system(err, KITH_EIO, "open", path, errno);
        goto done;
    }
    rc = kith_intern_new(0, &ids, err);
    while (!rc && getline(&line, &room, file) >= 0)
        rc = read_line(line, ids, out, err);
    if (!rc)
        out->people = kith_intern_count(ids);
done:
    free(line);
    if (file)
        fclose(file);
    kith_intern_free(ids);
    return rc;
}

void bench_ties_free(bench_ties *ties)
{
    kith_free(ties->pair);
    *ties = (bench_ties){0};
}

uint16_t bench_cost(uint32_t a, uint32_t b)
{
    uint64_t low = a < b ? a : b;
    uint64_t high = a < b ? b : a;

    return (uint16_t)(100 + (low * 0x9e3779b97f4a7c15 + high * 0xbf58476d1ce4e5b9) / 0x100000000 % 900);
}

/** Both ways of every tie into rows by one end, in the order given. */
static void fill_rows(const bench_ties *ties, uint64_t *offset, uint32_t *target)
{
    for (size_t i = 0; i < ties->count; i++)
        for (int k = 0; k < 2; k++)
            offset[ties->pair[i][k] + 1]++;
    for (uint32_t v = 0; v < ties->people; v++)
        offset[v + 1] += offset[v];
    for (size_t i = 0; i < ties->count; i++)
        for (int k = 0; k < 2; k++)
            target[offset[ties->pair[i][k]]++] = ties->pair[i][1 - k];
    memmove(offset + 1, offset, (size_t)ties->people * sizeof *offset);
    offset[0] = 0;
}

static int by_id(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left;
    uint32_t b = *(const uint32_t *)right;

    return (a > b) - (a < b);
}

/** Sorts rows and takes out what repeats or leads to oneself. @return ties left, both ways. */
static uint64_t tidy_rows(uint32_t people, uint64_t *offset, uint32_t *target)
{
    uint64_t used = 0;

    for (uint32_t v = 0; v < people; v++) {
        uint64_t begin = offset[v];
        uint64_t first = used;
        qsort(target + begin, offset[v + 1] - begin, sizeof *target, by_id);
        offset[v] = used;
        for (uint64_t e = begin; e < offset[v + 1]; e++)
            if (target[e] != v && (used == first || target[used - 1] != target[e]))
                target[used++] = target[e];
    }
    offset[people] = used;
    return used;
}

kith_code bench_graph_new(bench_ties *ties, bench_graph *out, kith_err *err)
{
    uint32_t n = ties->people;

    *out = (bench_graph){.offset = kith_calloc((size_t)n + 1, sizeof *out->offset),
                         .target = kith_alloc_array(2 * ties->count, sizeof *out->target)};
    if (!out->offset || !out->target)
        return kith_fail_memory(err, "graph");
    fill_rows(ties, out->offset, out->target);
    bench_ties_free(ties);
    uint64_t ends = tidy_rows(n, out->offset, out->target);
    if (!(out->cost = kith_alloc_array(ends, sizeof *out->cost)))
        return kith_fail_memory(err, "graph");
    for (uint32_t v = 0; v < n; v++)
        for (uint64_t e = out->offset[v]; e < out->offset[v + 1]; e++)
            out->cost[e] = bench_cost(v, out->target[e]);
    out->graph =
        (kith_graph){.n = n, .m = ends / 2, .offset = out->offset, .target = out->target, .cost = out->cost};
    return KITH_OK;
}

void bench_graph_free(bench_graph *g)
{
    kith_free(g->offset);
    kith_free(g->target);
    kith_free(g->cost);
    *g = (bench_graph){0};
}
