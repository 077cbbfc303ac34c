/** @file
 * How much of a person's constraint comes from few of their contacts: the disorder of Coleman and Theil.
 */
#ifndef KITH_GRAPH_CONCENTRATION_H
#define KITH_GRAPH_CONCENTRATION_H

#include <math.h>
#include <stdint.h>

/** Adds what one contact weighs (> 0) to both sums of a person. */
static inline void kith_concentration_add(uint32_t person, double weight, double *sum, double *sum_of_logs)
{
    sum[person] += weight;
    sum_of_logs[person] += weight * log(weight);
}

/**
 * With r the weights over their mean: sum of r ln r, over N ln N; put in terms of the two sums. Any factor
 * that all weights share does not matter. NaN for fewer than two contacts.
 */
static inline double kith_concentration(double sum, double sum_of_logs, uint32_t contacts)
{
    if (contacts < 2)
        return NAN;
    return fmin(1, fmax(0, (sum_of_logs / sum + log(contacts / sum)) / log(contacts)));
}

#endif
