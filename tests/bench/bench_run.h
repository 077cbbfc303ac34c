/** @file
 * What the drivers of kernels have in common: options, the clock, and the line they print.
 */
#ifndef KITH_BENCH_RUN_H
#define KITH_BENCH_RUN_H

#include "bench_graph.h"

typedef struct bench_options {
    const char *task;
    const char *file;   /**< NULL: make a network */
    const char *answer; /**< where to write the answer as doubles, or NULL */
    uint64_t ties, seed;
} bench_options;

/** TASK [--ties N] [--seed N] [--file FILE] [--answer FILE]. @return false where it is none of these. */
bool bench_options_parse(int argc, char **argv, bench_options *out);

/** The ties that the options ask for. */
kith_code bench_ties_new(const bench_options *options, bench_ties *out, kith_err *err);

/** Time from bench_clock_start on. */
typedef struct bench_clock {
    double wall_seconds;
    double cpu_seconds; /**< user and system, all threads */
} bench_clock;

/** Starts the clock, and forgets the peak of memory so far. */
void bench_clock_start(bench_clock *clock);
void bench_clock_stop(bench_clock *clock);

/**
 * Prints TASK PEOPLE TIES SECONDS CPU_SECONDS PEAK_KIB SUM, and writes the answer where asked.
 * @return what main returns.
 */
int bench_print(const bench_options *options, const kith_graph *graph, const bench_clock *clock,
                const double *answer, size_t count);

#endif
