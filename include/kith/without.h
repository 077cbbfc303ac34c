/** @file
 * What becomes of a network when some people leave it.
 */
#ifndef KITH_WITHOUT_H
#define KITH_WITHOUT_H

#include <kith/network.h>
#include <kith/progress.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Most n * m that distances are counted from everyone for; above it they are from some. */
#define KITH_WITHOUT_WORK ((uint64_t)2000000000)

/** What is asked. */
typedef struct kith_without_opts {
    const uint32_t *people; /**< who leaves: [n_people] distinct ids, ascending; borrowed */
    uint32_t n_people;
    uint64_t seed; /**< of the people that distances are counted from */
    const kith_progress *progress;
} kith_without_opts;

/** A network in a few numbers. */
typedef struct kith_shape {
    uint32_t people;
    uint64_t ties;
    uint32_t parts;       /**< connected components, people without ties included */
    uint32_t largest;     /**< people in the largest part */
    uint32_t isolated;    /**< people without any tie */
    double mean_distance; /**< ties between two people who can reach each other; NaN where nobody can */
    uint32_t
        longest_distance; /**< most ties between two such people; of those looked at, where not all were */
} kith_shape;

/** A part that is left of a component that somebody left. */
typedef struct kith_part {
    uint32_t *people; /**< [n_people] ascending; NULL for the largest that is left of its component */
    uint32_t n_people;
    uint32_t companies_lost; /**< that someone in the component was of, the people who leave included, and
                                nobody here is */
} kith_part;

/** Who loses reach to a company: people in whose part nobody is of it, while in their component somebody was.
 */
typedef struct kith_company_loss {
    const char
        *company; /**< borrowed from the network; preferred companies, compared without case and accents */
    uint32_t people_losing;
    uint32_t people_reaching; /**< who reach it still, its own included */
} kith_company_loss;

typedef struct kith_without_result {
    uint32_t *people; /**< who leaves */
    uint32_t n_people;
    kith_shape before, after;
    uint32_t sources; /**< people that distances are counted from; 0: everyone */
    kith_part *parts; /**< by falling size, then smallest id */
    uint32_t n_parts;
    kith_company_loss *companies; /**< by falling people_losing, then name */
    uint32_t n_companies;
} kith_without_result;

/**
 * The network without some people: the same as if it had been built without them, ids apart.
 *
 * @param result  out, caller-owned: kith_without_free; zeroed on failure.
 * @return KITH_ENOMEM, KITH_EDATA, KITH_EINTERRUPT; KITH_EUSAGE (no such person).
 * @cost   O(n * m) for distances up to KITH_WITHOUT_WORK, O((n + m) log n) for all else.
 */
KITH_API kith_code kith_without(const kith_net *net, const kith_without_opts *opts,
                                kith_without_result *result, kith_err *err);

KITH_API void kith_without_free(kith_without_result *result);

#ifdef __cplusplus
}
#endif
#endif
