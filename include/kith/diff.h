/** @file
 * What changed between two networks, an earlier one (before) and a later one (after).
 *
 * Ids belong to one network, so people are followed by their keys: who shares a key (an email, a slug, an id)
 * with somebody in the other network is the same person, whatever they are called. Where several share keys,
 * those belong together who go by one key, then who share most keys, then who share the first in byte order;
 * whoever is left over became part of another, or came out of one.
 */
#ifndef KITH_DIFF_H
#define KITH_DIFF_H

#include <kith/cohort.h>
#include <kith/field.h>
#include <kith/intro.h>
#include <kith/network.h>
#include <kith/progress.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A broker's share of shortest routes must change by so much of the larger of both to be told. */
#define KITH_DIFF_BROKER_CHANGE 0.1

/** What is asked. Start from KITH_DIFF_DEFAULTS; all is borrowed. */
typedef struct kith_diff_opts {
    uint32_t top;     /**< most changes of each kind in the answer; 0: all */
    uint32_t brokers; /**< first people by betweenness who count as brokers; 0: brokers are not compared */
    const char *from; /**< WHO asks for routes; NULL: routes are not compared */
    const char *const *to; /**< whom they ask for: any number of WHO */
    uint32_t n_to;
    uint32_t max_hops; /**< most ties on a route; 0: no limit */
    bool grouped;      /**< whether groups are compared */
    kith_field group;  /**< what people are grouped by */
    const kith_progress *progress;
} kith_diff_opts;

#define KITH_DIFF_DEFAULTS                                                                                   \
    {                                                                                                        \
        .top = 20, .brokers = 20, .max_hops = 3                                                              \
    }

/** What may be told of a person differently: every kith_field, and these. */
enum { KITH_FACT_KEY = KITH_FIELD_COUNT, KITH_FACT_OWNER, KITH_FACT_DO_NOT_INTRODUCE, KITH_FACT_COUNT };

/** The word for a fact: that of its field, "key", "owner" or "do_not_introduce". Static storage. */
KITH_API const char *kith_fact_name(uint32_t fact);

typedef enum kith_change_kind {
    KITH_CHANGE_PERSON_ADDED,
    KITH_CHANGE_PERSON_REMOVED,
    KITH_CHANGE_PERSON_MERGED,  /**< is part of another person now */
    KITH_CHANGE_PERSON_SPLIT,   /**< came out of another person */
    KITH_CHANGE_PERSON_CHANGED, /**< one fact is told differently; several are several changes */
    KITH_CHANGE_TIE_ADDED,
    KITH_CHANGE_TIE_REMOVED,
    KITH_CHANGE_TIE_TIER, /**< crossed from one tier (strong, medium, weak) into another */
    KITH_CHANGE_MENTORSHIP_ADDED,
    KITH_CHANGE_MENTORSHIP_REMOVED,
    KITH_CHANGE_MENTORSHIP_CHANGED, /**< start, end or status */
    KITH_CHANGE_BROKER_NEW,         /**< is among the first, was not, and their share has grown */
    KITH_CHANGE_BROKER_RISEN,       /**< was and is among them; their share has grown */
    KITH_CHANGE_BROKER_FALLEN,      /**< was and is among them; their share has shrunk */
    KITH_CHANGE_BROKER_GONE,        /**< was among them, is not, and their share has shrunk */
    KITH_CHANGE_ROUTE_OPENED,
    KITH_CHANGE_ROUTE_CLOSED,
    KITH_CHANGE_GROUP, /**< one measure of one group; several are several changes */
    KITH_CHANGE_KINDS
} kith_change_kind;

/** What else there is to say of a person who came, left or changed. */
typedef struct kith_person_change {
    uint32_t contacts; /**< how many they have: after, or before where they are gone */
    uint32_t fact;     /**< of KITH_CHANGE_PERSON_CHANGED: a kith_field or KITH_FACT_* */
} kith_person_change;

/** What a tie costs a route; 0 where there is no tie. */
typedef struct kith_cost_change {
    uint32_t before, after;
} kith_cost_change;

/** Numbers of mentorships, each in its own network; UINT32_MAX where there is none. */
typedef struct kith_mentorship_change {
    uint32_t before, after;
} kith_mentorship_change;

/** One change. People are ids, each in its own network; UINT32_MAX where there is nobody. */
typedef struct kith_change {
    uint32_t before[2]; /**< the person; the two of a tie; mentor and mentee; asker and target */
    uint32_t after[2];
    union {
        kith_person_change person;
        kith_cost_change cost;
        kith_mentorship_change mentorship;
        uint32_t broker;  /**< in kith_diff_result.brokers */
        uint32_t route;   /**< in kith_diff_result.routes: after where it opened, before where it closed */
        uint32_t measure; /**< in kith_diff_result.measures */
    };
} kith_change;

/** Changes of one kind. */
typedef struct kith_change_list {
    kith_change *items;
    uint64_t count; /**< in the answer */
    uint64_t total; /**< that there are */
    size_t capacity;
} kith_change_list;

/** Where a broker stood and stands. */
typedef struct kith_broker_change {
    uint32_t rank_before, rank_after; /**< one more than people with a larger share; 0: no route of others */
    double share_before, share_after; /**< betweenness, normalised: of all pairs of others */
} kith_broker_change;

/** One measure of one group. Of a group that came or went only its people are told. */
typedef struct kith_group_change {
    const char *group;    /**< as the later network spells it; borrowed from the answer */
    const char *name;     /**< as members of kith_cohort_group; static storage */
    double before, after; /**< NaN: there is nothing it could be taken of */
} kith_group_change;

/** How betweenness was measured. */
typedef struct kith_diff_method {
    bool exact;
    double epsilon, delta; /**< where it is sampled: largest error, and the chance of a larger one */
    uint64_t samples;
} kith_diff_method;

/** The answer. Within a kind: people with most contacts first, strongest ties first, mentorships in order of
 * their numbers, brokers by rank, routes by chance, groups by name; then by id. */
typedef struct kith_diff_result {
    kith_change_list changes[KITH_CHANGE_KINDS];
    uint64_t people_changed; /**< of whom at least one fact is told differently */
    uint32_t top, n_brokers; /**< as asked */
    bool routed, grouped;    /**< whether routes and groups were compared */
    uint32_t max_hops;
    kith_field group;
    kith_diff_method method[2];  /**< before and after; of no meaning where brokers are not compared */
    kith_intro_result routes[2]; /**< the best route to each target, before and after */
    kith_broker_change *brokers;
    kith_cohort_result cohorts[2]; /**< before and after; zeroed where groups are not compared */
    kith_group_change *measures;
} kith_diff_result;

/**
 * Compares two networks.
 *
 * Two people who became one count as one in both networks: what ties they had to each other is no loss, and
 * of two ties to a third the stronger one counts. A mentorship is followed by mentor, mentee and programme;
 * of several, those of one start belong together, then the first of those left. Brokers are the first
 * people by betweenness, everyone with the same counted; a change smaller than KITH_DIFF_BROKER_CHANGE, or
 * than both errors where betweenness is sampled, is not told. Of `from` and `to`, a query is asked of each
 * network, so that somebody new at a company is a new target; a person is sought in the later network, or
 * where nobody fits in the earlier one, and followed. Groups are matched by name without case and accents.
 *
 * @param result  out, caller-owned: kith_diff_free; zeroed on failure. Borrows from both networks.
 * @return KITH_NOT_FOUND, KITH_EUSAGE (as kith_who_one, kith_who_many); KITH_ENOMEM, KITH_EDATA,
 *         KITH_EINTERRUPT.
 * @cost   O(n log n + m log d) time and O(n) memory beside the changes; brokers, groups and routes as
 * kith_bridges, kith_cohort (its betweenness alone) and kith_intro in both networks.
 * @note   Comparing the other way round gives the same changes the other way round.
 */
KITH_API kith_code kith_diff(const kith_net *before, const kith_net *after, const kith_diff_opts *opts,
                             kith_diff_result *result, kith_err *err);

/** How many changes there are, of all kinds. */
KITH_API uint64_t kith_diff_count(const kith_diff_result *result);

KITH_API void kith_diff_free(kith_diff_result *result);

#ifdef __cplusplus
}
#endif
#endif
