/** @file
 * Why two people are believed to know each other; and whom somebody knows best.
 */
#ifndef KITH_WHY_H
#define KITH_WHY_H

#include <kith/network.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What is asked. Start from KITH_WHY_DEFAULTS. */
typedef struct kith_why_opts {
    uint32_t who;
    uint32_t other; /**< the other end of the tie; UINT32_MAX: the strongest ties of `who` are wanted */
    uint32_t top;   /**< most ties, or contacts that the two share, in the answer; 0: all */
} kith_why_opts;

#define KITH_WHY_DEFAULTS                                                                                    \
    {                                                                                                        \
        .who = UINT32_MAX, .other = UINT32_MAX, .top = 10                                                    \
    }

/** Somebody whom both know. */
typedef struct kith_shared_contact {
    uint32_t id;
    uint32_t who_cost, other_cost; /**< of the ties with the two */
} kith_shared_contact;

/** The answer. Of the lists about two people and those about one, the ones not asked for are empty. */
typedef struct kith_why_result {
    uint32_t who, other; /**< as asked */
    uint32_t top;
    bool tied; /**< whether the two are; `tie` and `reasons` then tell of it */
    kith_tie tie;
    kith_reason reasons[KITH_EVIDENCE_COUNT]; /**< all of them, what counts most first */
    uint32_t n_reasons;
    kith_mentorship *mentorships; /**< between the two, those that `who` mentored in first, by start */
    uint32_t n_mentorships;
    kith_shared_contact *shared; /**< best first: costs of both ties together, then id */
    uint32_t n_shared, all_shared;
    kith_tie *ties; /**< of `who`, strongest first, then by id */
    uint32_t n_ties, all_ties;
} kith_why_result;

/**
 * Gathers all that the network knows of a tie, or the strongest ties of a person. For two people without a
 * tie it gives what comes closest: contacts that both have.
 *
 * @param result  out, caller-owned: kith_why_free; zeroed on failure. Texts of mentorships are the network's.
 * @return KITH_OK also where there is no tie; KITH_EUSAGE (people that do not exist, one person twice),
 *         KITH_ENOMEM, KITH_EDATA.
 * @cost   O(ties of both), and O(ties log ties) of one person; O(log mentorships).
 */
KITH_API kith_code kith_why(const kith_net *net, const kith_why_opts *opts, kith_why_result *result,
                            kith_err *err);

KITH_API void kith_why_free(kith_why_result *result);

#ifdef __cplusplus
}
#endif
#endif
