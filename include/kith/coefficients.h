/** @file
 * The numbers that strengths and chances depend on: reasoned defaults, each with a name.
 *
 * They are set when a network is built (kith_build_opts.coefficients) and stored with it; what a network was
 * built with, kith_net_parameter tells.
 */
#ifndef KITH_COEFFICIENTS_H
#define KITH_COEFFICIENTS_H

#include <stdbool.h>
#include <stdint.h>

#include <kith/error.h>
#include <kith/visibility.h>

#ifdef __cplusplus
extern "C" {
#endif

/** One of them. */
typedef struct kith_coefficient {
    const char *name;    /**< as in kith.ini and among the parameters of a network; static */
    const char *meaning; /**< one line without a full stop; static */
    double value;        /**< the default */
    double least, most;  /**< what it may be */
} kith_coefficient;

/** Coefficient `i` in a fixed order; false past the last. */
KITH_API bool kith_coefficient_describe(uint32_t i, kith_coefficient *out);

/** The coefficient of that name; false where there is none. */
KITH_API bool kith_coefficient_find(const char *name, kith_coefficient *out);

/** Whether a coefficient has that name and may have that value. @return KITH_ECONFIG with a message. */
KITH_API kith_code kith_coefficient_check(const char *name, double value, kith_err *err);

#ifdef __cplusplus
}
#endif
#endif
