/** @file
 * Who was mentored and mentors in turn.
 *
 * A chain is a run of mentorships in which the mentee of one is the mentor of the next and each
 * start is no earlier than the latest dated start before it. A mentorship without a start fits
 * anywhere. A person may come again only at a later date. Mentorships within a loop made only of
 * equal or unknown dates (any number without a date, the others all of one day) are listed under
 * cycles and extend no chain: each is a chain of one and nothing more. Once they are set aside,
 * who comes again on a chain has two different dates in between, so the rule on coming again holds
 * by itself; a mentorship without a date may then be met twice on one chain.
 */
#ifndef KITH_CHAINS_H
#define KITH_CHAINS_H

#include <kith/network.h>
#include <kith/progress.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Most searches for rings of mentors; fewer where rings are so large that they take long. */
#define KITH_CYCLES_SOUGHT 1000

/** What is asked. A zeroed struct asks for everyone in every programme. */
typedef struct kith_chains_opts {
    const char *programme;    /**< only mentorships of this programme (folded, whole words); NULL: all */
    const char *cohort;       /**< only mentorships of this cohort (folded, whole words); NULL: all */
    uint32_t top;             /**< most people in the answer; 0: everyone with a mentorship */
    uint64_t limit;           /**< most work for all descendants together, in steps; 0: 10^10 */
    uint32_t exposure_months; /**< how long ago people counted in mean_mentees were first mentored; 0: 24 */
    bool foundings;           /**< the founders of each programme and cohort, too */
    const kith_progress *progress;
} kith_chains_opts;

/** One person's place in the lineage. */
typedef struct kith_lineage {
    uint32_t person;
    uint32_t mentors;            /**< distinct own mentors */
    uint32_t fecundity;          /**< distinct mentees */
    uint32_t fertility;          /**< mentees who mentored in turn, by a chain */
    uint32_t descendants;        /**< distinct, by chains, not oneself; UINT32_MAX over the work limit */
    uint32_t generations_below;  /**< longest chain that starts with this person as mentor */
    uint32_t generations_above;  /**< longest chain that ends with this person as mentee */
    uint32_t genealogical_index; /**< largest g such that g mentees have g mentees or more each, by chains */
} kith_lineage;

/** One step of a Kaplan-Meier curve: from `days` on, `share` have mentored in turn. */
typedef struct kith_curve_step {
    uint32_t days;
    uint32_t at_risk;        /**< people still followed just before */
    uint32_t events;         /**< people who began to mentor that day */
    double share, low, high; /**< 1 - S, with a pointwise 95 % Greenwood band, clipped to 0..1 */
} kith_curve_step;

/**
 * How many who were mentored mentor in turn, and how soon. `programme` and `cohort` choose who is
 * followed, by where they were mentored; their own first mentorship counts wherever it is.
 */
typedef struct kith_pay_forward {
    uint32_t mentored;         /**< people followed: mentored in a mentorship that counts, and not left out */
    uint32_t passed_on;        /**< of them, who mentored in turn */
    uint32_t left_out_earlier; /**< mentored others before being mentored */
    uint32_t left_out_undated; /**< have a mentorship without a date, as mentee or mentor */
    double naive_share;        /**< passed_on / mentored, censored; NaN for nobody */
    double median_days;        /**< NaN where the curve does not reach one half */
    uint32_t exposed;    /**< of those followed, whose first mentor came exposure_months ago or earlier */
    double mean_mentees; /**< R: mentees that each of these has had by now; NaN for nobody */
    kith_curve_step *curve;
    uint32_t n_curve;
} kith_pay_forward;

/** The same for the mentorships of one programme or cohort. */
typedef struct kith_pay_group {
    bool is_cohort;   /**< else a programme */
    const char *name; /**< as in the data */
    kith_pay_forward pay;
} kith_pay_group;

/**
 * People who mentor each other in a ring. Listed are, for each mentorship in a ring, one of the
 * shortest rings it lies in, loops of equal or unknown dates before others; a mentorship that a
 * listed ring holds is not looked at again, and the same people are listed once.
 */
typedef struct kith_cycle {
    const uint32_t *people; /**< [count], each mentors the next and the last the first; smallest id first */
    uint32_t count;
    bool undated; /**< made only of equal or unknown dates: it extends no chain */
} kith_cycle;

/** Somebody on whom others hang: no chain that begins with a founder reaches these without them. */
typedef struct kith_hold {
    uint32_t person;
    uint32_t descendants; /**< as in kith_lineage */
    uint32_t cut_off; /**< reached by chains from founders, but not without this person; UINT32_MAX over the
                         work limit */
} kith_hold;

/** On whom one programme or cohort hangs, by its own mentorships alone: chains do not leave it. */
typedef struct kith_founding {
    bool is_cohort;                        /**< else a programme */
    const char *name;                      /**< as in the data */
    uint32_t n_people;                     /**< in its mentorships */
    uint32_t n_longest;                    /**< people along its longest chain */
    kith_hold *founders;                   /**< ordered as in the result; descendants are those within it */
    uint32_t n_founders, founders_counted; /**< listed, at most `top`; there are */
} kith_founding;

/** At most so many waiting mentees are told for each who is ready, and so many ready people compared with
 * those who wait. */
#define KITH_READY_MENTEES 3
#define KITH_READY_WEIGHED 1000

/** Somebody without a mentor, and how well they would fit, as matching has it. */
typedef struct kith_ready_mentee {
    uint32_t mentee;
    double fit;
} kith_ready_mentee;

/**
 * Somebody who was mentored, has no mentor now or to come, mentors nobody yet, may be introduced, has known
 * dates that go back two years or more, and no title of a junior (topics.csv). Readiness is the mean of three
 * shares: mentorships not ended early; years since `since`, of ten; the fit of the mentee who fits best.
 */
typedef struct kith_ready {
    uint32_t person;
    uint32_t over, ended_early; /**< mentorships in which they were mentored; of these, before their time */
    kith_day since;             /**< began to work or to be mentored, the earlier of what is known */
    kith_day last_end;          /**< of those mentorships; KITH_NO_DATE: not known */
    double readiness;           /**< 0..1 */
    uint32_t fitting;           /**< people without a mentor who would fit 0.3 or more */
    uint32_t n_mentees;         /**< those who would fit best, best first */
    kith_ready_mentee mentees[KITH_READY_MENTEES];
} kith_ready;

struct kith_health_result;
struct kith_ancestry_result;

/** People by falling descendants (unknown last), generations below and fecundity, then by id. Cycles by
 * count, then ids. */
typedef struct kith_chains_result {
    kith_lineage *people;
    uint32_t n_people;
    uint32_t descendants_unknown; /**< people, of all involved, whom the limit left without a count */
    uint32_t n_involved;          /**< people in any mentorship that counts */
    uint32_t n_mentorships;       /**< that were counted */
    uint32_t n_future;            /**< starting after the as-of date: kept, not counted */
    uint32_t *longest_chain;      /**< people along it, first mentor first; of equals the smallest ids */
    uint32_t n_longest_chain;
    kith_cycle *cycles;
    uint32_t n_cycles;
    bool more_cycles;    /**< there may be more than the searches found */
    kith_hold *founders; /**< mentored by nobody; by falling descendants, cut_off, then id; unknown is last */
    uint32_t n_founders, founders_counted; /**< listed, at most `top`; there are */
    kith_hold *fragile;                    /**< others who cut somebody off, by falling cut_off */
    uint32_t n_fragile, fragile_counted;
    uint32_t unfounded;              /**< people whom no chain from a founder reaches */
    kith_founding *foundings;        /**< programmes by name, then cohorts by name, as pay_groups */
    uint32_t n_foundings;            /**< 0 where not asked for */
    kith_ready *ready;               /**< who could mentor next, by falling readiness, then key */
    uint32_t n_ready, ready_counted; /**< listed, at most `top`; there are, at most KITH_READY_WEIGHED */
    kith_pay_forward pay_forward;
    kith_pay_group *pay_groups; /**< programmes by name, then cohorts by name; mentorships may have neither */
    uint32_t n_pay_groups;
    uint32_t exposure_months;       /**< in force */
    const char *programme, *cohort; /**< as asked, copied; NULL: all */
    uint32_t top;
    uint64_t limit; /**< in force */
    kith_day as_of;
    const struct kith_health_result
        *health; /**< the caller's to set, borrowed: told with the rest; NULL: not */
    const struct kith_ancestry_result
        *lineage; /**< the caller's to set, borrowed: the first founder's, which pages draw; NULL: not */
} kith_chains_result;

/**
 * Measures lineages.
 *
 * @param result  out, caller-owned: kith_chains_free; zeroed on failure.
 * @return KITH_OK also when there is no mentorship; KITH_ENOMEM, KITH_EDATA, KITH_EINTERRUPT.
 * @cost   O((k + G k) log k) for k mentorships and a longest chain of G, up to `limit` steps for
 *         descendants, and as many for who is cut off; with foundings again for each programme and cohort.
 * Within rings of people who mentor each other also O(d u / 512), d mentorships with a date and u without,
 * and once more for each date on which a chain grows.
 * @source Malmgren, Ottino & Amaral 2010, doi:10.1038/nature09040 (fecundity); Kaplan & Meier 1958,
 *         doi:10.1080/01621459.1958.10501452
 */
KITH_API kith_code kith_chains(const kith_net *net, const kith_chains_opts *opts, kith_chains_result *result,
                               kith_err *err);

KITH_API void kith_chains_free(kith_chains_result *result);

#ifdef __cplusplus
}
#endif
#endif
