/** @file
 * A picture of a network: who is drawn, where they stand, and the ties between them.
 */
#ifndef KITH_PICTURE_H
#define KITH_PICTURE_H

#include <kith/network.h>
#include <kith/progress.h>

#ifdef __cplusplus
extern "C" {
#endif

/** People and ties drawn unless other numbers are asked for: what a browser moves without a stutter. */
#define KITH_PICTURE_PEOPLE 20000
#define KITH_PICTURE_TIES 100000

/** Where somebody stands; a tie is about 1 long. */
typedef struct kith_place {
    uint32_t id;
    double x, y; /**< multiples of 0.01 */
} kith_place;

/** What is asked; zeroed is fine, all is borrowed. */
typedef struct kith_picture_opts {
    uint32_t most_people;   /**< 0: KITH_PICTURE_PEOPLE */
    uint64_t most_ties;     /**< 0: KITH_PICTURE_TIES */
    const kith_place *kept; /**< [n_kept] ascending ids: where people stood before, and stay */
    uint32_t n_kept;
    const kith_progress *progress;
} kith_picture_opts;

/** A tie between two people who are drawn. */
typedef struct kith_drawn_tie {
    uint32_t a, b; /**< places in `people`, a < b */
    uint32_t cost; /**< max(1, round(-1000 ln strength)) */
} kith_drawn_tie;

typedef struct kith_picture {
    uint32_t n_people, n_communities;
    uint64_t n_ties;
    kith_place *people;  /**< [n_people] by id */
    uint32_t *community; /**< [n_people] below n_communities, or UINT32_MAX for people tied to nobody drawn */
    const char **communities; /**< [n_communities] what they are called, largest first */
    kith_drawn_tie *ties;     /**< [n_ties] by a, then b */
    uint64_t ties_between;    /**< ties between the people drawn, those left out too */
    uint32_t people_tied;     /**< people of the network who have ties, drawn or not */
    uint32_t handover;        /**< cost of every tie of a route after its first, on top of the tie's own */
} kith_picture;

/**
 * Draws the strongest part of a network: the people with the greatest sum of strengths, and among their ties
 * the strongest, and each person's best. People without ties are not drawn. Communities are those of the
 * ties drawn.
 *
 * People with a kept place stay there, unless more than half of those drawn have none: then everyone is laid
 * out afresh. The same network and places give the same picture, whatever the number of threads.
 *
 * @param picture  out, caller-owned: kith_picture_free; zeroed on failure.
 * @return KITH_ENOMEM, KITH_EDATA, KITH_EINTERRUPT.
 * @cost   O(n log n + m), and the layout: seconds for 20,000 people.
 */
KITH_API kith_code kith_draw_picture(const kith_net *net, const kith_picture_opts *opts,
                                     kith_picture *picture, kith_err *err);

KITH_API void kith_picture_free(kith_picture *picture);

#ifdef __cplusplus
}
#endif
#endif
