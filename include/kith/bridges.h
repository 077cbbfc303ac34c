/** @file
 * Who joins circles that nothing else joins, and what falls apart without them.
 */
#ifndef KITH_BRIDGES_H
#define KITH_BRIDGES_H

#include <kith/network.h>
#include <kith/progress.h>
#include <kith/role.h>

#ifdef __cplusplus
extern "C" {
#endif

/** How betweenness is measured. */
typedef enum kith_bridges_method {
    KITH_BRIDGES_CHOOSE, /**< exact where work is within KITH_BRIDGES_WORK, else sampled */
    KITH_BRIDGES_EXACT,
    KITH_BRIDGES_SAMPLED
} kith_bridges_method;

/** Most n * m that betweenness is exact for where it is ours to choose: about a minute on two cores. */
#define KITH_BRIDGES_WORK ((uint64_t)20000000000)

/** What people are grouped by. */
typedef enum kith_grouping {
    KITH_GROUPING_NONE,     /**< roles are not counted; what brokers join are companies */
    KITH_GROUPING_FIELD,    /**< the preferred value of a field; who has none is in no group */
    KITH_GROUPING_COMMUNITY /**< whom people know, by the Leiden method; people without ties are in no group
                             */
} kith_grouping;

enum {
    KITH_BRIDGES_JOINED = 3,   /**< groups that an answer tells of each broker, those with most contacts */
    KITH_BRIDGES_DETOURS = 100 /**< people for whom the next best way is sought, the first in the answer */
};

/** What is asked. A zeroed struct asks for everyone, to the usual error where betweenness is sampled. */
typedef struct kith_bridges_opts {
    uint32_t top; /**< most people in the answer; 0: everyone */
    kith_bridges_method method;
    double epsilon; /**< of sampled betweenness: largest error when normalised; below 1; 0: 0.005 */
    double delta;   /**< chance that anyone's error is larger; below 1; 0: 0.1 */
    uint64_t seed;  /**< of the samples, and of communities */
    kith_grouping grouping;
    kith_field field;  /**< for KITH_GROUPING_FIELD */
    double resolution; /**< of communities: more gives smaller ones; 0: 1, plain modularity */
    uint32_t runs;     /**< of which the best communities count; 0: 1 */
    bool weighted; /**< constraint, effective size, efficiency and hierarchy count ties by their strength */
    bool directed; /**< roles are counted on the ties of which a source states which way they lead */
    const kith_progress *progress;
} kith_bridges_opts;

/** What is separated when a cut person leaves. */
typedef struct kith_cut {
    uint32_t parts;          /**< pieces their component falls into, 2 or more; 0: no cut person */
    uint32_t people_cut_off; /**< people outside the largest piece, the cut person not counted */
    const char **companies; /**< those with people cut off and nobody in the largest piece, the cut person not
                               counted; preferred companies, compared without regard to case and accents, in
                               byte order; borrowed from the network */
    uint32_t n_companies;
} kith_cut;

/** One broker. */
typedef struct kith_broker {
    uint32_t person;
    double betweenness;            /**< unordered pairs of people: sum over s < t of sigma_st(v) / sigma_st */
    double betweenness_normalized; /**< over (n-1)(n-2)/2; NaN for fewer than three people */
    double constraint;             /**< Burt 1992; NaN for people without ties */
    double effective_size; /**< contacts less what is redundant among them; NaN for people without ties */
    double efficiency;     /**< effective size over contacts; NaN for people without ties */
    double
        hierarchy; /**< how much of constraint comes from few contacts, 0 to 1; NaN for fewer than two ties */
    kith_cut cut;
} kith_broker;

/** A group, and how many of a broker's contacts are in it. */
typedef struct kith_joined {
    uint32_t group, contacts;
} kith_joined;

/** Which groups a broker joins. */
typedef struct kith_broker_groups {
    uint32_t group;                          /**< the broker's own, or UINT32_MAX */
    kith_joined joined[KITH_BRIDGES_JOINED]; /**< those with most contacts, in that order, then by number */
    uint32_t n_groups;                       /**< that the broker has contacts in */
    uint32_t detour; /**< ties on the shortest way, without the broker, from their contacts in the first group
                        to those in the second; UINT32_MAX: there is none; 0: not sought */
} kith_broker_groups;

/** The parts a broker plays between two others without a tie, by the groups of the three: ordered pairs. */
typedef struct kith_broker_roles {
    uint64_t count[KITH_ROLE_COUNT];
    double expected[KITH_ROLE_COUNT]; /**< were groups dealt out at random to those who have one */
    double
        z[KITH_ROLE_COUNT]; /**< standard deviations above it; NaN where the count can only be what it is */
} kith_broker_roles;

/** A tie whose loss parts two groups of people. */
typedef struct kith_bridge_tie {
    uint32_t a, b; /**< a < b */
    uint32_t people_on_small_side;
} kith_bridge_tie;

/** Brokers by falling betweenness, then rising constraint (NaN last), then id; bridge ties by falling small
 * side, then ids. */
typedef struct kith_bridges_result {
    kith_broker *people;
    uint32_t n_people;
    kith_broker_groups *groups; /**< [n_people] as people */
    kith_broker_roles
        *roles; /**< [n_people] as people; all 0 for those in no group; NULL where not asked for */
    kith_grouping grouping;
    kith_field field;         /**< for KITH_GROUPING_FIELD */
    const char **group_names; /**< [n_groups] */
    uint32_t n_groups;
    kith_bridge_tie *bridge_ties;
    uint32_t n_bridge_ties;
    uint32_t n_cut_people; /**< in the whole network */
    uint32_t top;
    bool weighted;
    bool directed;
    uint64_t n_directed_ties; /**< ties with a stated direction, where roles were counted on those */
    bool exact; /**< betweenness is; else it is sampled, as the next four say, which are otherwise 0 */
    double epsilon, delta;
    uint64_t seed;
    uint64_t samples; /**< pairs of people drawn */
    uint64_t work;    /**< n * m, the estimate of the work of exact betweenness */
} kith_bridges_result;

/**
 * Measures how people bridge.
 *
 * @param result  out, caller-owned: kith_bridges_free; zeroed on failure.
 * @return KITH_ENOMEM, KITH_EDATA, KITH_EINTERRUPT; KITH_EUSAGE (epsilon or delta not in [0, 1));
 *         KITH_NOT_FOUND (directed, and no tie has a direction).
 * @cost   O(n * m) time for exact betweenness, log(n / delta) / epsilon^2 searches that meet in the middle
 *         at most for sampled; O(m^1.5) for constraint and for roles, O(n + m) for cut people.
 * @note   The same bytes for any number of threads.
 * @source Brandes 2001, doi:10.1080/0022250X.2001.9990249; Borassi & Natale 2019, doi:10.1145/3284359; Burt
 * 1992; Hopcroft & Tarjan 1973, doi:10.1145/362248.362272; Gould & Fernandez 1989, doi:10.2307/270949
 */
KITH_API kith_code kith_bridges(const kith_net *net, const kith_bridges_opts *opts,
                                kith_bridges_result *result, kith_err *err);

KITH_API void kith_bridges_free(kith_bridges_result *result);

#ifdef __cplusplus
}
#endif
#endif
