/** @file
 * Mentors for mentees.
 *
 * Who takes part: a person whose role has the word mentor, or both, is a mentor; without any role, whoever
 * states a capacity. A person whose role has the word mentee, or both, is a mentee; without any role, whoever
 * states a skill wanted or a goal. Nobody else is asked.
 *
 * How well two fit is a weighted mean of parts, each 0 to 1. A part that the mentee gives no ground for (no
 * skill wanted, no goal that says a topic, …) is left out of their mean; what a mentor does not tell counts
 * 0.
 */
#ifndef KITH_MATCH_H
#define KITH_MATCH_H

#include <kith/network.h>
#include <kith/progress.h>
#include <kith/who.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What the fit is made of. */
typedef enum kith_fit_part {
    KITH_FIT_SKILLS,     /**< skills wanted that are offered, the rarer among mentors the heavier */
    KITH_FIT_GOALS,      /**< topics of the goals that the mentor knows by title, skill or industry */
    KITH_FIT_INDUSTRY,   /**< the same industry */
    KITH_FIT_TRANSITION, /**< came from where the mentee is to where they want to go, by title or industry */
    KITH_FIT_SENIORITY,  /**< one to three levels above: 1; none or four: 0.5; else 0 */
    KITH_FIT_DISTANCE,   /**< two or three ties away: 1; one: 0.5; else 0 */
    KITH_FIT_REACH, /**< people sought (`reach`) that the mentor is or knows and the mentee does not: n/3 */
    KITH_FIT_PARTS
} kith_fit_part;

/** The word for a part: "skills". Static storage. */
KITH_API const char *kith_fit_part_name(kith_fit_part part);

/** What each part weighs unless told otherwise. */
KITH_API double kith_fit_default_weight(kith_fit_part part);

/**
 * What is asked. A zeroed struct asks for the best assignment of everyone who takes part. These pairs are
 * never made: with oneself, with a mentor who must not be introduced, with one's stated manager or with whom
 * one manages, with the mentor one had before, also where that is only stated, those of `apart`, and pairs
 * that fit less than `min_fit`.
 */
typedef struct kith_match_opts {
    const kith_ids *mentees; /**< only these; NULL: everyone */
    const kith_ids *mentors; /**< only these; NULL: everyone */
    const char *programme;   /**< only mentorships of this programme take up places (folded, whole words) */
    uint32_t capacity;       /**< places of a mentor who does not tell; 0: 1 */
    bool stable;             /**< deferred acceptance in place of the greatest total */
    bool again;              /**< pairs that were made before may be made again */
    bool mentored_too;       /**< mentees who have a mentor now take part too */
    bool whatever_role;      /**< those of `mentors` are mentors whatever their role */
    bool all_pairs;          /**< list every pair that is allowed */
    bool what_if;            /**< list every mentor in `what_if`, also those for whom nothing is gained */
    double min_fit;          /**< 0: anything above 0 */
    uint64_t most_pairs;     /**< nothing is matched where more would be compared; 0: any number is fine */
    const double *weights;   /**< [KITH_FIT_PARTS] 0 or more; NULL: the defaults */
    const kith_ids *reach;   /**< people the mentees want to reach; NULL: the part is left out */
    const uint32_t (*apart)[2]; /**< pairs that shall not be made, either way round */
    uint32_t n_apart;
    const char *topics; /**< file like share/kith/topics.csv; NULL: that one */
    const kith_progress *progress;
} kith_match_opts;

/** One mentor for one mentee. */
typedef struct kith_pair {
    uint32_t mentor, mentee;
    double fit;                   /**< in whole millionths */
    double parts[KITH_FIT_PARTS]; /**< NaN where left out */
    uint32_t best_mentor;         /**< with whom the mentee fits best of all that are allowed */
    double best_fit;
    const char **skills; /**< wanted and offered, as the mentee writes them; borrowed from the network */
    uint32_t n_skills;
    uint32_t hops;         /**< 1 to 3; 0: more, or not connected */
    const char *from, *to; /**< of the transition, topics; NULL where there is none */
    uint64_t goal_topics;  /**< bit t: topic_names[t] is of the mentee's goals, and the mentor knows it */
    uint32_t sought; /**< people sought that the mentor is or knows and the mentee does not; 3 at most */
} kith_pair;

/** What one mentor more would be worth who offers this. */
typedef struct kith_wanted_skill {
    const char *skill; /**< as somebody writes it; borrowed from the network */
    uint32_t people;   /**< unmatched mentees who want it */
    uint32_t mentors;  /**< who offer it */
} kith_wanted_skill;

/** Why somebody is left without a pair. */
typedef enum kith_unmatched_why {
    KITH_UNMATCHED_NOBODY_ALLOWED, /**< the rules leave no mentor */
    KITH_UNMATCHED_NOBODY_FITS,    /**< nobody fits above min_fit */
    KITH_UNMATCHED_NO_PLACE,       /**< whoever fits has no place left for them */
    KITH_UNMATCHED_NOT_NEEDED,     /**< a mentor with places left whom nobody was given */
    KITH_UNMATCHED_REASONS
} kith_unmatched_why;

/** Somebody without a pair. */
typedef struct kith_unmatched {
    uint32_t person;
    bool is_mentor;
    kith_unmatched_why why;
    uint32_t best; /**< with whom they would fit best, UINT32_MAX: nobody */
    double best_fit;
    kith_wanted_skill help; /**< of the skills they want, what most who stay without want; skill NULL: none */
} kith_unmatched;

/** What one place more at a mentor would be worth: both solved exactly, all else as it is. Who has a mentor
 * keeps one; of several whom it could serve as well it names the same each time. */
typedef struct kith_what_if {
    uint32_t mentor;
    double gain;     /**< of the total fit */
    uint32_t served; /**< the mentee without a mentor who would then have one; UINT32_MAX: nobody more */
} kith_what_if;

/** Pairs by the mentee's key; unmatched mentees, then mentors, by key; skills by falling people, then text;
 * what_if by falling gain, then key. Ids are people of the network. */
typedef struct kith_match_result {
    kith_pair *pairs;
    uint32_t n_pairs;
    kith_pair *all_pairs; /**< by mentee, then mentor, where asked for; without skills */
    uint64_t n_all_pairs;
    kith_unmatched *unmatched;
    uint32_t n_unmatched;
    kith_wanted_skill *wanted;
    uint32_t n_wanted;
    kith_what_if *what_if; /**< mentors for whom one place more gains something, or all; none where stable */
    uint32_t n_what_if;
    double total_fit;
    uint32_t n_mentees, n_mentors, n_places; /**< who take part; places that are free */
    uint32_t n_mentored;                     /**< mentees left out because they have a mentor */
    uint64_t n_allowed;                      /**< pairs that could have been made */
    double weights[KITH_FIT_PARTS];          /**< in force */
    bool stable, again;
    bool all_what_if; /**< `what_if` lists every mentor */
    bool over_limit;  /**< there are more than most_pairs: nothing was matched */
    double min_fit;
    uint32_t capacity;
    char **topic_names; /**< what `from`, `to` and `goal_topics` point to */
    uint32_t n_topics;
} kith_match_result;

/**
 * Matches.
 *
 * The assignment has the greatest total fit (of those the most pairs, of those the first by keys of mentees,
 * then mentors), or is stable: no mentee and mentor would both rather have each other. Mentors and mentees
 * rank each other by fit, equals by key. Keys come from the data, so the order of rows does not matter.
 *
 * @param result  out, caller-owned: kith_match_free; zeroed on failure. Texts are borrowed from `net`.
 * @return KITH_OK also when nobody is matched; KITH_EUSAGE (negative weights, or none above 0), KITH_ENOINPUT
 * and KITH_EDATA (topics), KITH_ENOMEM, KITH_EDATA, KITH_EINTERRUPT.
 * @cost   O(mentees · mentors) time, 8 bytes for each pair that is allowed; distances one search through
 * three ties for 64 mentees together; then the assignment, see docs/measures.md.
 */
KITH_API kith_code kith_match(const kith_net *net, const kith_match_opts *opts, kith_match_result *result,
                              kith_err *err);

KITH_API void kith_match_free(kith_match_result *result);

#ifdef __cplusplus
}
#endif
#endif
