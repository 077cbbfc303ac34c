/** @file
 * When samples are enough: the stop rule of kith_betweenness_sampled.
 */
#ifndef KITH_GRAPH_SAMPLE_PLAN_H
#define KITH_GRAPH_SAMPLE_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

/**
 * Each sample hits some people; the share of samples that hit a person estimates a chance. Estimates
 * are looked at after numbers of samples that are fixed beforehand, and are enough at the first look where
 * every person's is within epsilon of the chance but for their part of delta.
 *
 * The bounds are Chernoff's on binomial tails, which are proven for any number of samples; all that
 * can go wrong, for whomever and at whatever look, adds up to less than delta. Preliminary
 * samples, which count for nothing else, tell who needs a larger part: those who are often hit.
 */
typedef struct kith_sample_plan {
    uint32_t n;
    double epsilon;
    double *log_odds; /**< [n] minus the logarithm of what a bound of theirs may fail by at the first look */
    uint64_t first;   /**< samples at the first look */
} kith_sample_plan;

/**
 * @param hits     [n] of `samples` preliminary samples.
 * @param epsilon  in (0, 1), as is delta.
 * @param out      caller-owned: kith_sample_plan_free; zeroed on failure.
 * @cost  O(n) time and 16 n bytes, of which 8 n are kept.
 * @source Chernoff 1952, doi:10.1214/aoms/1177729330; parts of delta as in Borassi & Natale 2019,
 *         doi:10.1145/3284359
 */
kith_code kith_sample_plan_new(uint32_t n, const uint64_t *hits, uint64_t samples, double epsilon,
                               double delta, kith_sample_plan *out, kith_err *err);

void kith_sample_plan_free(kith_sample_plan *plan);

/** Samples at the look after the one at `samples`: an eighth more. */
uint64_t kith_sample_plan_next(uint64_t samples);

/** Whether they are enough. @param hits  [n] of `samples` samples. @param look  1, 2, … */
bool kith_sample_plan_met(const kith_sample_plan *plan, const uint64_t *hits, uint64_t samples,
                          uint32_t look);

#endif
