/** @file
 * Threads that cannot be seen in the answers.
 *
 * Work that adds floating-point numbers is split into KITH_LANES lanes whatever the number of
 * threads; each lane sums on its own and lanes are added in order, so 1 and 64 threads give the
 * same bytes.
 */
#ifndef KITH_BASE_PARALLEL_H
#define KITH_BASE_PARALLEL_H

#include <stdbool.h>
#include <stdint.h>

#define KITH_LANES 16

/** One lane's work; runs on any thread. @return false to fail the whole. */
typedef bool kith_lane_fn(void *ctx, uint32_t lane);

/** Runs lanes 0..KITH_LANES-1 on as many threads as OpenMP has. @return false where any lane failed. */
bool kith_parallel_lanes(kith_lane_fn *fn, void *ctx);

/** Told by the calling thread, after each lane it did, how many lanes are done. @return false to leave out
 * the lanes that nobody has begun. */
typedef bool kith_lane_watch(void *ctx, uint32_t done);

/** As kith_parallel_lanes, watched. @return false also where the watch has stopped it. */
bool kith_parallel_watched(kith_lane_fn *fn, void *ctx, kith_lane_watch *watch, void *watch_ctx);

/** Something that one thread does alone. */
typedef void kith_job_fn(void *ctx);

/** As kith_parallel_lanes, but the calling thread does `job` before it takes a lane; others do not wait for
 * it. Ends when all is done. */
bool kith_parallel_beside(kith_job_fn *job, kith_lane_fn *fn, void *ctx);

/** First of `count` items that belong to `lane`, when items are dealt out in contiguous runs; lane KITH_LANES
 * gives count. */
uint64_t kith_lane_begin(uint64_t count, uint32_t lane);

/** One thread's part of work that threads share out among themselves. @param thread  below
 * kith_thread_count().
 */
typedef bool kith_thread_fn(void *ctx, uint32_t thread);

/** Runs `fn` once on each thread: for work whose order cannot be seen in the answer, such as counts.
 * @return false where any failed. */
bool kith_parallel_threads(kith_thread_fn *fn, void *ctx);

/** How many lanes have work where each must look at all there is: one for each thread, as far as there are
 * lanes. */
uint32_t kith_lanes_of_threads(void);

/** How many threads work is spread over (OMP_NUM_THREADS or --threads). */
uint32_t kith_thread_count(void);

#endif
