/** @file
 * What both drivers must agree on.
 */
#ifndef KITH_BENCH_TASKS_H
#define KITH_BENCH_TASKS_H

#include <stdint.h>

#define BENCH_ROUTE_SOURCES 10
#define BENCH_ROUTE_TARGETS 47
#define BENCH_HANDOVER 300

/** The i-th of the people from whom, and to whom, routes are sought: spread evenly over all, nobody both. */
static inline uint32_t bench_route_source(uint32_t n, uint32_t i)
{
    return (uint32_t)((uint64_t)n * (2 * i + 1) / (2 * BENCH_ROUTE_SOURCES)) & ~(uint32_t)1;
}

static inline uint32_t bench_route_target(uint32_t n, uint32_t i)
{
    return (uint32_t)((uint64_t)n * (2 * i + 1) / (2 * BENCH_ROUTE_TARGETS)) | 1;
}

#endif
