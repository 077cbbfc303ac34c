/** @file
 * How mentoring programmes do: what came of their mentorships, who meets regularly, who is at risk, who
 * waits.
 *
 * A mentorship that is said to be pending, or starts after the as-of date, waits to begin. One whose status
 * is not known runs while its end is not known or later; after that it is over, and nobody says how.
 */
#ifndef KITH_HEALTH_H
#define KITH_HEALTH_H

#include <kith/chains.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct kith_health_opts {
    const char *programme; /**< only mentorships of this programme (folded, whole words); NULL: all */
    const char *cohort;    /**< only mentorships of this cohort (folded, whole words); NULL: all */
    uint32_t top;          /**< most rows of each list; 0: all */
    const kith_progress *progress;
} kith_health_opts;

typedef enum kith_health_field {
    KITH_HEALTH_ALL,
    KITH_HEALTH_PROGRAMME,
    KITH_HEALTH_COHORT,
    KITH_HEALTH_YEAR /**< in which mentorships start */
} kith_health_field;

/** Some mentorships. Counts of the last five states add up to `mentorships`. */
typedef struct kith_health_group {
    kith_health_field field;
    const char *name; /**< as in the data; the year in digits; "" for all */
    uint32_t mentorships;
    uint32_t pending, active, completed, ended_early, over;
    uint32_t overdue;          /**< active past the end that was planned */
    double regularity;         /**< mean over those with two gaps between meetings or more; NaN for none */
    uint32_t regularity_known; /**< how many those are */
    uint32_t at_risk;          /**< active, and the last meeting is over twice the usual gap ago */
    uint32_t at_risk_known;    /**< active, with a last meeting and a usual gap */
    uint32_t mentors;          /**< with an active mentorship here */
    uint32_t over_capacity;    /**< of those: more mentees, wherever, than they offer places */
    uint32_t under_capacity;   /**< of those: places left */
    uint32_t waiting;          /**< mentees who wait and had no mentor here yet */
    double match_days;    /**< median time from a first request to a first start, with those who wait still
                               (Kaplan-Meier); NaN where it is not reached or there are no requests */
    uint32_t match_known; /**< mentees with a request */
    kith_curve_step
        *ended_curve; /**< share that ended early, by days since the start; retention is the rest */
    uint32_t n_ended_curve;
} kith_health_group;

/** An active mentorship whose last meeting was long ago. */
typedef struct kith_at_risk {
    uint32_t mentor, mentee;
    kith_day last_meeting;
    uint32_t days;      /**< since then */
    uint32_t usual_gap; /**< agreed, else the median of known gaps, else time per meeting counted */
} kith_at_risk;

/** A mentor with more mentees than places. */
typedef struct kith_overfull {
    uint32_t mentor, capacity, mentees;
} kith_overfull;

/** A mentee who waits. */
typedef struct kith_waiting {
    uint32_t mentee;
    kith_day since; /**< of the first request; KITH_NO_DATE where there is none */
} kith_waiting;

typedef struct kith_health_result {
    kith_health_group *groups; /**< all first, then programmes, cohorts and years, each by name */
    uint32_t n_groups;
    kith_at_risk *at_risk;   /**< longest over the usual gap first, in gaps, then ids */
    uint32_t n_at_risk;      /**< listed */
    kith_overfull *overfull; /**< by mentees beyond the places, falling, then id */
    uint32_t n_overfull, overfull_counted;
    kith_waiting *waiting; /**< longest first, those without a date last, then id */
    uint32_t n_waiting;
} kith_health_result;

/**
 * @param result  out, caller-owned: kith_health_free; zeroed on failure.
 * @return KITH_ENOMEM, KITH_EDATA, KITH_EINTERRUPT; KITH_OK also where there is no mentorship.
 * @cost   O(k log k) for k mentorships.
 * @source Kaplan & Meier 1958, doi:10.1080/01621459.1958.10501452
 */
KITH_API kith_code kith_health(const kith_net *net, const kith_health_opts *opts, kith_health_result *result,
                               kith_err *err);

KITH_API void kith_health_free(kith_health_result *result);

#ifdef __cplusplus
}
#endif
#endif
