/** @file
 * Into how many separate circles the people of a network fall.
 */
#ifndef KITH_CIRCLES_H
#define KITH_CIRCLES_H

#include <kith/network.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Circles: everyone within one is connected by ties, nobody to another. */
typedef struct kith_circles {
    uint32_t count;    /**< connected components, people without ties included */
    uint32_t largest;  /**< people in the largest */
    uint32_t isolated; /**< people without any tie */
} kith_circles;

/**
 * Counts the circles.
 * @param out  out; zeroed on failure.
 * @return KITH_ENOMEM, KITH_EDATA.
 * @cost   O(n + m).
 */
KITH_API kith_code kith_count_circles(const kith_net *net, kith_circles *out, kith_err *err);

#ifdef __cplusplus
}
#endif
#endif
