/** @file
 * What both drivers must agree on.
 */
#ifndef KITH_BENCH_TASKS_H
#define KITH_BENCH_TASKS_H

#include <stdint.h>

#define BENCH_ROUTE_SOURCES 10
#define BENCH_ROUTE_TARGETS 47
#define BENCH_HANDOVER 300

/** Batches: routes from many people to many companies. The peer is asked for a sample of the people. */
#define BENCH_BATCH_PEOPLE 1000
#define BENCH_BATCH_COMPANIES 100
#define BENCH_BATCH_STAFF 20
#define BENCH_BATCH_SAMPLE 10

/** What an answer may need beyond two values for each person. */
#define BENCH_ANSWER_ROOM (BENCH_BATCH_SAMPLE * BENCH_BATCH_COMPANIES)

/** The i-th of the people from whom, and to whom, routes are sought: spread evenly over all, nobody both. */
static inline uint32_t bench_route_source(uint32_t n, uint32_t i)
{
    return (uint32_t)((uint64_t)n * (2 * i + 1) / (2 * BENCH_ROUTE_SOURCES)) & ~(uint32_t)1;
}

static inline uint32_t bench_route_target(uint32_t n, uint32_t i)
{
    return (uint32_t)((uint64_t)n * (2 * i + 1) / (2 * BENCH_ROUTE_TARGETS)) | 1;
}

/** The people of batches: askers have even ids and staff odd ones; some may ask twice. */
static inline uint32_t bench_batch_person(uint32_t n, uint32_t i)
{
    return 2 * (uint32_t)((uint64_t)(n / 2) * (2 * i + 1) / (2 * BENCH_BATCH_PEOPLE));
}

/** Fewer on small networks, so that all their staff differ. */
static inline uint32_t bench_companies(uint32_t n)
{
    uint32_t most = n / 2 / BENCH_BATCH_STAFF;

    return most < BENCH_BATCH_COMPANIES ? most : BENCH_BATCH_COMPANIES;
}

/** The i-th of a company's people, ascending. */
static inline uint32_t bench_batch_staff(uint32_t n, uint32_t company, uint32_t i)
{
    uint32_t companies = bench_companies(n), place = i * companies + company;

    return 2 * (uint32_t)((uint64_t)(n / 2) * (2 * place + 1) / (2 * companies * BENCH_BATCH_STAFF)) + 1;
}

#endif
