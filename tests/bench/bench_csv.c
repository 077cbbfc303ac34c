/* What a table of ties costs others to read: limits and peers of `kith build`.
 * Usage: bench_csv read FILE...           the bytes alone
 *        bench_csv parse FILE...          libcsv, and nothing done with the fields
 *        bench_csv igraph FILE            libcsv, ids to numbers, igraph_create, igraph_simplify
 *        bench_csv sum FILE               the same, and then what bench_sum.h says of the ties
 *        bench_csv plain-sum FILE         as sum, of a list of ties that is sorted, without igraph
 *        bench_csv distance FILE PAIRS    the same, and then for each pair of ids the ties between them (-1:
 * no way) and the seconds that igraph took for a shortest path */
#include <csv.h>
#include <igraph.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/intern.h"
#include "base/mem.h"
#include "base/radix.h"
#include "bench_sum.h"

#define BUFFER_BYTES ((size_t)1 << 18)

/** A table of ties on its way into igraph, or into a list. */
typedef struct table {
    struct csv_parser parser;
    kith_intern *ids;
    igraph_vector_int_t ends;
    uint32_t end[2]; /**< of the row at hand */
    uint64_t *tie;   /**< [n_ties] both ends, the lower first */
    size_t n_ties, tie_capacity;
    uint64_t rows;
    uint64_t fields;
    uint32_t column;
    igraph_t graph;
} table;

static void take_field(void *bytes, size_t length, void *ctx)
{
    table *t = ctx;
    uint32_t id;

    if (t->rows > 0 && t->column < 2 && kith_intern_add(t->ids, bytes, length, &id, NULL) == KITH_OK)
        igraph_vector_int_push_back(&t->ends, id);
    t->column++;
}

static void take_row(int end, void *ctx)
{
    table *t = ctx;

    (void)end;
    t->column = 0;
    t->rows++;
}

static void count_field(void *bytes, size_t length, void *ctx)
{
    (void)bytes;
    (void)length;
    ((table *)ctx)->fields++;
}

static void count_row(int end, void *ctx)
{
    (void)end;
    ((table *)ctx)->rows++;
}

/** Reads a file; with `on_field` through libcsv. */
static bool pass(table *t, const char *path, void (*on_field)(void *, size_t, void *),
                 void (*on_row)(int, void *))
{
    static char buffer[BUFFER_BYTES];
    FILE *file = fopen(path, "rb");
    size_t length;

    if (!file) {
        perror(path);
        return false;
    }
    setvbuf(file, NULL, _IONBF, 0);
    while ((length = fread(buffer, 1, sizeof buffer, file)) > 0) {
        if (on_field)
            csv_parse(&t->parser, buffer, length, on_field, on_row, t);
        else
            t->fields += (unsigned char)buffer[0];
    }
    if (on_field)
        csv_fini(&t->parser, on_field, on_row, t);
    return fclose(file) == 0;
}

static bool into_igraph(table *t, const char *path)
{
    igraph_vector_int_init(&t->ends, 0);
    if (kith_intern_new(0, &t->ids, NULL) || !pass(t, path, take_field, take_row))
        return false;
    igraph_create(&t->graph, &t->ends, kith_intern_count(t->ids), IGRAPH_UNDIRECTED);
    igraph_simplify(&t->graph, true, true, NULL);
    return true;
}

static bool sum_up(table *t)
{
    igraph_integer_t people = 0;
    uint64_t sum = 0;
    igraph_vector_int_t degree;

    igraph_vector_int_init(&degree, 0);
    igraph_degree(&t->graph, &degree, igraph_vss_all(), IGRAPH_ALL, true);
    for (igraph_integer_t v = 0; v < igraph_vcount(&t->graph); v++)
        people += VECTOR(degree)[v] > 0;
    igraph_vector_int_destroy(&degree);
    for (igraph_integer_t e = 0; e < igraph_ecount(&t->graph); e++) {
        const char *from = kith_intern_get(t->ids, (uint32_t)IGRAPH_FROM(&t->graph, e), NULL);
        const char *to = kith_intern_get(t->ids, (uint32_t)IGRAPH_TO(&t->graph, e), NULL);
        sum += bench_sum_tie(bench_sum_person(from, strlen(from)), bench_sum_person(to, strlen(to)));
    }
    bench_sum_print((uint64_t)people, (uint64_t)igraph_ecount(&t->graph), sum);
    return true;
}

static void take_end(void *bytes, size_t length, void *ctx)
{
    table *t = ctx;

    if (t->rows > 0 && t->column < 2 && kith_intern_add(t->ids, bytes, length, &t->end[t->column], NULL))
        abort();
    t->column++;
}

static void take_tie(int end, void *ctx)
{
    table *t = ctx;
    const uint64_t a = t->end[0], b = t->end[1];

    take_row(end, ctx);
    if (t->rows == 1 || a == b)
        return;
    if (!kith_grow((void **)&t->tie, &t->tie_capacity, t->n_ties + 1, sizeof *t->tie))
        abort();
    t->tie[t->n_ties++] = a < b ? a << 32 | b : b << 32 | a;
}

static bool sum_up_plain(table *t, const char *path)
{
    uint64_t people = 0, ties = 0, sum = 0;

    if (kith_intern_new(0, &t->ids, NULL) || !pass(t, path, take_end, take_tie) ||
        !kith_radix_sort_numbers(t->tie, t->n_ties))
        return false;
    const uint32_t n = kith_intern_count(t->ids);
    uint64_t *hash = kith_alloc_array(n, sizeof *hash);
    bool *tied = kith_calloc(n, sizeof *tied);
    if (!hash || !tied)
        return false;
    for (uint32_t i = 0; i < n; i++) {
        size_t length;
        const char *key = kith_intern_get(t->ids, i, &length);
        hash[i] = bench_sum_person(key, length);
    }
    for (size_t i = 0; i < t->n_ties; i++) {
        const uint32_t a = (uint32_t)(t->tie[i] >> 32), b = (uint32_t)t->tie[i];
        if (i > 0 && t->tie[i] == t->tie[i - 1])
            continue;
        ties++;
        sum += bench_sum_tie(hash[a], hash[b]);
        tied[a] = tied[b] = true;
    }
    for (uint32_t i = 0; i < n; i++)
        people += tied[i];
    bench_sum_print(people, ties, sum);
    kith_free(hash);
    kith_free(tied);
    kith_free(t->tie);
    kith_intern_free(t->ids);
    return true;
}

static double seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static bool measure_distances(table *t, const char *path)
{
    char line[256];
    FILE *pairs = fopen(path, "r");
    igraph_vector_int_t way;

    if (!pairs) {
        perror(path);
        return false;
    }
    igraph_vector_int_init(&way, 0);
    igraph_set_warning_handler(igraph_warning_handler_ignore); /* of people whom no way leads to */
    while (fgets(line, sizeof line, pairs)) {
        char *to = strchr(line, ',');
        uint32_t a = UINT32_MAX;
        uint32_t b = UINT32_MAX;
        igraph_integer_t hops = -1;
        double begin = seconds();
        if (to) {
            *to++ = '\0';
            to[strcspn(to, "\r\n")] = '\0';
            a = kith_intern_find(t->ids, line, strlen(line));
            b = kith_intern_find(t->ids, to, strlen(to));
        }
        if (a != UINT32_MAX && b != UINT32_MAX) {
            igraph_get_shortest_path(&t->graph, &way, NULL, a, b, IGRAPH_ALL);
            hops = igraph_vector_int_size(&way) - 1;
        }
        printf("%" IGRAPH_PRId " %.6f\n", hops, seconds() - begin);
    }
    igraph_vector_int_destroy(&way);
    return fclose(pairs) == 0;
}

static bool run(table *t, int argc, char **argv)
{
    const char *task = argv[1];
    bool done = true;

    if (strcmp(task, "read") == 0 || strcmp(task, "parse") == 0) {
        bool parse = task[0] == 'p';
        for (int i = 2; done && i < argc; i++)
            done = pass(t, argv[i], parse ? count_field : NULL, count_row);
        printf("%" PRIu64 " rows, %" PRIu64 " fields\n", t->rows, t->fields);
        return done;
    }
    if (strcmp(task, "plain-sum") == 0)
        return sum_up_plain(t, argv[2]);
    if (!into_igraph(t, argv[2]))
        return false;
    if (strcmp(task, "sum") == 0)
        done = sum_up(t);
    if (strcmp(task, "distance") == 0 && argc == 4)
        done = measure_distances(t, argv[3]);
    igraph_destroy(&t->graph);
    igraph_vector_int_destroy(&t->ends);
    kith_intern_free(t->ids);
    return done;
}

int main(int argc, char **argv)
{
    table t = {0};

    if (argc < 3) {
        fprintf(stderr, "usage: bench_csv read|parse|igraph|sum|plain-sum|distance FILE [PAIRS]\n");
        return 64;
    }
    csv_init(&t.parser, 0);
    bool done = run(&t, argc, argv);
    csv_free(&t.parser);
    return done ? 0 : 74;
}
