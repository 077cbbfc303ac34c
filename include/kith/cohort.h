/** @file
 * Groups of people side by side: how connected each is, how dependent on few, who is left out, and how far it
 * reaches.
 *
 * Parts, distances, clustering, cores, betweenness and the bus factor of a group are those inside it: of its
 * people and the ties between two of them. What is told of all together is told of everyone who is in a
 * group, taken as one group.
 */
#ifndef KITH_COHORT_H
#define KITH_COHORT_H

#include <kith/bridges.h>
#include <kith/chains.h>
#include <kith/who.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Most people of a group times ties of the network that are looked at from everyone for; above it distances
 * and reach are those of some, and betweenness is sampled. */
#define KITH_COHORT_WORK ((uint64_t)1000000000)

/** Most steps, each of which looks at a person or a tie, that are spent on one bus factor. */
#define KITH_COHORT_BUS_WORK ((uint64_t)500000000)

enum {
    KITH_COHORT_COMPANIES = 5, /**< told of each group: those that most of its people reach */
    KITH_COHORT_SOURCES = 256  /**< people looked from where not everyone is */
};

/** What is asked; groups as in kith_bridges_opts. */
typedef struct kith_cohort_opts {
    uint32_t top;           /**< most groups in the answer, the largest; 0: all */
    kith_grouping grouping; /**< KITH_GROUPING_NONE: companies */
    kith_field field;
    double resolution;
    uint32_t runs;
    uint64_t seed;           /**< of communities, of people looked from, of groups dealt out at random */
    uint32_t permutations;   /**< times that groups are dealt out; 0: 1000 */
    const kith_ids *targets; /**< [n_targets] people that the groups want to reach; borrowed */
    uint32_t n_targets;
    const kith_progress *progress;
} kith_cohort_opts;

/** Somebody with no tie inside the group, or with one only. */
typedef struct kith_lone_person {
    uint32_t person;
    uint32_t group;   /**< place in the answer; n_groups: all together */
    uint32_t ties;    /**< with anyone */
    uint32_t contact; /**< the one inside; UINT32_MAX: none */
    uint32_t nearest; /**< the nearest well-connected person of the group, through anyone; where there is none
                         in reach, of all groups, who may be the person; UINT32_MAX: none in reach */
    uint32_t ties_away;        /**< of them; 0: none in reach, or the person */
    const char *nearest_group; /**< borrowed: that of the nearest, where it is another; else NULL */
} kith_lone_person;

/** How a group reaches a company, or a set of people: who has one of them within so many ties, through
 * anyone, and is none of them. */
typedef struct kith_cohort_reach {
    const char *company;       /**< borrowed from the network; NULL for what was asked */
    uint32_t there;            /**< of the group's people, who are of it */
    double within_2, within_3; /**< share of the people looked from */
} kith_cohort_reach;

/** One group. Shares and means are NaN where there is nothing they could be taken of. */
typedef struct kith_cohort_group {
    const char *name; /**< NULL for all together */
    uint32_t people;
    uint64_t ties_inside;
    uint64_t ties_between; /**< to people of other groups */
    uint64_t ties_outside; /**< to anyone outside, those of other groups included */
    double density;        /**< ties inside over pairs of people */

    uint32_t looked_from; /**< people that distances and reach are counted from; 0: everyone */
    double mean_distance; /**< ties between two who can reach each other inside */
    uint32_t longest_distance;
    uint32_t parts;       /**< connected components inside, people alone included */
    uint32_t largest;     /**< people in the largest */
    double clustering;    /**< closed triples over triples: how often two contacts of one know each other */
    uint32_t core;        /**< largest k such that some have k ties or more among each other */
    uint32_t core_people; /**< who they are, in number */
    double betweenness_gini; /**< 0: all are between others alike, near 1: one person is between all */
    bool betweenness_sampled;
    uint32_t *bus; /**< [bus_factor] whose leaving, in this order, leaves no part of more than half of the
                      largest; found greedily */
    uint32_t bus_factor; /**< 0: no tie inside, or too much work */

    kith_lone_person *isolates; /**< no tie inside; by id */
    uint32_t n_isolates;
    kith_lone_person *weakly_tied; /**< one tie inside; by id */
    uint32_t n_weakly_tied;

    double ei_index;    /**< (between - inside) / (between + inside), ties among people in groups */
    double ei_expected; /**< its mean were groups dealt out at random */
    double ei_p;        /**< two-sided: chance that a deal is as far out, or farther */
    double modularity;  /**< its part of the whole */

    double with_mentor;           /**< share of people who have a mentor now */
    double mentored;              /**< share of people who have, or had one */
    kith_pay_forward pay_forward; /**< of its people who were mentored, anywhere */

    uint32_t companies_within_2, companies_within_3;    /**< that anyone looked from reaches */
    kith_cohort_reach companies[KITH_COHORT_COMPANIES]; /**< by falling within_2, within_3, then name */
    uint32_t n_companies;
    kith_cohort_reach *targets; /**< [n_targets] as asked */
} kith_cohort_group;

typedef struct kith_cohort_result {
    kith_cohort_group *groups; /**< cohorts by name, other groups by falling size, then name */
    uint32_t n_groups;
    kith_cohort_group overall;
    const kith_lone_person **left_out; /**< [n_left_out] isolates and weakly tied of these groups, by rising
                                          ties with anyone, ties inside, then group and id */
    uint32_t n_left_out;
    double assortativity;  /**< nominal: modularity over the most it could be, ties inside alone */
    uint32_t n_all_groups; /**< there are */
    uint32_t in_no_group;  /**< people */
    uint32_t permutations; /**< made; fewer than asked where ties are many */
    uint32_t n_targets;
    const char *const *target_names; /**< [n_targets] the caller's to set, borrowed; for reports */
    kith_grouping grouping;
    kith_field field;
    uint32_t top;
    uint64_t seed;
    const char **group_names;
} kith_cohort_result;

/**
 * Measures groups.
 *
 * @param result  out, caller-owned: kith_cohort_free; zeroed on failure.
 * @return KITH_OK also where nobody is in a group; KITH_ENOMEM, KITH_EDATA, KITH_EINTERRUPT.
 * @cost   for each group in the answer O(k m) up to KITH_COHORT_WORK, KITH_COHORT_BUS_WORK for its bus
 *         factor, and a search of the network for those left out; permutations times ties for E-I.
 * @note   The same bytes for any number of threads.
 * @source Krackhardt & Stern 1988, doi:10.2307/2786835 (E-I); Newman 2003, doi:10.1103/PhysRevE.67.026126
 *         (modularity, assortativity); Phipson & Smyth 2010, doi:10.2202/1544-6115.1585 (p-values).
 */
KITH_API kith_code kith_cohort(const kith_net *net, const kith_cohort_opts *opts, kith_cohort_result *result,
                               kith_err *err);

KITH_API void kith_cohort_free(kith_cohort_result *result);

#ifdef __cplusplus
}
#endif
#endif
