#include "bench_run.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

bool bench_options_parse(int argc, char **argv, bench_options *out)
{
    *out = (bench_options){.ties = 50000, .seed = 1};
    if (argc < 2 || argc % 2)
        return false;
    out->task = argv[1];
    for (int i = 2; i < argc; i += 2) {
        const char *value = argv[i + 1];
        if (strcmp(argv[i], "--ties") == 0)
            out->ties = strtoull(value, NULL, 10);
        else if (strcmp(argv[i], "--seed") == 0)
            out->seed = strtoull(value, NULL, 10);
        else if (strcmp(argv[i], "--file") == 0)
            out->file = value;
        else if (strcmp(argv[i], "--answer") == 0)
            out->answer = value;
        else
            return false;
    }
    return true;
}

kith_code bench_ties_new(const bench_options *options, bench_ties *out, kith_err *err)
{
    return options->file ? bench_ties_read(options->file, out, err)
                         : bench_ties_make(options->ties, options->seed, out, err);
}

static bench_clock now(void)
{
    struct timespec wall;
    struct rusage use;

    clock_gettime(CLOCK_MONOTONIC, &wall);
    getrusage(RUSAGE_SELF, &use);
    return (bench_clock){(double)wall.tv_sec + 1e-9 * (double)wall.tv_nsec,
                         (double)(use.ru_utime.tv_sec + use.ru_stime.tv_sec) +
                             1e-6 * (double)(use.ru_utime.tv_usec + use.ru_stime.tv_usec)};
}

void bench_clock_start(bench_clock *clock)
{
    FILE *refs = fopen("/proc/self/clear_refs", "w"); /* 5 resets the peak */

    if (refs) {
        fputs("5", refs);
        fclose(refs);
    }
    *clock = now();
}

void bench_clock_stop(bench_clock *clock)
{
    bench_clock end = now();

    clock->wall_seconds = end.wall_seconds - clock->wall_seconds;
    clock->cpu_seconds = end.cpu_seconds - clock->cpu_seconds;
}

static uint64_t peak_kib(void)
{
    FILE *status = fopen("/proc/self/status", "r");
    char line[256];
    uint64_t kib = 0;

    while (status && fgets(line, sizeof line, status))
        if (strncmp(line, "VmHWM:", 6) == 0)
            kib = strtoull(line + 6, NULL, 10);
    if (status)
        fclose(status);
    return kib;
}

int bench_print(const bench_options *options, const kith_graph *graph, const bench_clock *clock,
                const double *answer, size_t count)
{
    uint64_t peak = peak_kib();
    double sum = 0;

    for (size_t i = 0; i < count; i++)
        if (isfinite(answer[i]))
            sum += answer[i];
    printf("%s %" PRIu32 " %" PRIu64 " %.6f %.6f %" PRIu64 " %.12g\n", options->task, graph->n, graph->m,
           clock->wall_seconds, clock->cpu_seconds, peak, sum);
    if (!options->answer)
        return 0;
    FILE *file = fopen(options->answer, "wb");
    bool written = file && fwrite(answer, sizeof *answer, count, file) == count;
    if (file && fclose(file))
        written = false;
    if (!written)
        fprintf(stderr, "bench: cannot write %s\n", options->answer);
    return written ? 0 : 74;
}
