/** @file
 * The parts that somebody can play between two others, by the groups the three belong to.
 */
#ifndef KITH_ROLE_H
#define KITH_ROLE_H

#ifdef __cplusplus
extern "C" {
#endif

/** What the broker v is on a way a -> v -> b, where a and b have no tie. */
typedef enum kith_role {
    KITH_ROLE_COORDINATOR,    /**< all of one group */
    KITH_ROLE_ITINERANT,      /**< a and b of one group, v of another */
    KITH_ROLE_GATEKEEPER,     /**< v and b of one group, a of another: lets in */
    KITH_ROLE_REPRESENTATIVE, /**< a and v of one group, b of another: speaks for it */
    KITH_ROLE_LIAISON,        /**< three groups */
    KITH_ROLE_COUNT
} kith_role;

#ifdef __cplusplus
}
#endif
#endif
