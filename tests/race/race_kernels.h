/** @file
 * Running a parallel kernel where the thread sanitizer watches: Criterion does not start there.
 */
#ifndef KITH_TESTS_RACE_KERNELS_H
#define KITH_TESTS_RACE_KERNELS_H

#include "base/err.h"
#include "graph/graph.h"

/** The kernel at hand. @param out  [3 n + 2 m] its answer, the rest left alone. */
typedef kith_code race_kernel(const kith_graph *graph, double *out, kith_err *err);

/**
 * Runs a kernel on random graphs of many shapes, on one thread and on four.
 * @return what main returns: 0 where it gave the same bytes on both.
 */
int race_run(race_kernel *kernel);

#endif
