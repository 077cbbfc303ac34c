/** @file
 * Mentors and mentees as matching sees them, for the files that match.
 */
#ifndef KITH_ANALYSIS_MATCH_PARTS_H
#define KITH_ANALYSIS_MATCH_PARTS_H

#include <kith/match.h>

#include "base/arena.h"
#include "base/dynbuf.h"
#include "base/intern.h"
#include "graph/graph.h"

/* ---- topics ---- */

/** Sets of topics, a bit each. */
typedef uint64_t kith_topics;

typedef struct kith_topic_form {
    uint32_t topic; /**< or level */
    bool is_level;
    const char *words; /**< folded; in the table's arena */
} kith_topic_form;

typedef struct kith_topic_table {
    kith_arena words;
    kith_topic_form *forms;
    size_t n_forms, capacity;
    char **names;     /**< [64] */
    kith_topics aims; /**< what one learns or goes through: a goal, but no field to change to */
    uint32_t n_topics;
} kith_topic_table;

/** @param path  NULL: the table that kith comes with. @return KITH_ENOINPUT, KITH_EDATA with file and line.
 */
kith_code kith_topic_table_read(const char *path, kith_topic_table *out, kith_err *err);
void kith_topic_table_free(kith_topic_table *table);

/** Topics that words of the folded text stand for. */
kith_topics kith_topics_of(const kith_topic_table *table, const char *folded);

/** The rung that a folded title stands on. */
uint32_t kith_topics_level(const kith_topic_table *table, const char *folded);

/* ---- industries of companies ---- */

/** What the people of each company say of their industry. */
typedef struct kith_company_topics {
    kith_intern *companies; /**< folded */
    kith_topics *topics;    /**< [companies] */
} kith_company_topics;

/** @cost  O(people · log). @param out  caller-owned: kith_company_topics_free. */
kith_code kith_company_topics_find(const kith_net *net, const kith_topic_table *table,
                                   kith_company_topics *out, kith_err *err);
void kith_company_topics_free(kith_company_topics *companies);

/** Topics of the industry that most people of a company state as theirs; of several alike those of all. None
 * where nobody does. @param company  folded. */
kith_topics kith_company_topics_of(const kith_company_topics *companies, const char *company);

/* ---- people ---- */

/** What a change of career is told by. */
typedef enum kith_career {
    KITH_CAREER_TITLE,
    KITH_CAREER_INDUSTRY, /**< one's own, and those of companies one was at */
    KITH_CAREERS
} kith_career;

/** One who takes part. Lists are parts of kith_match_people.numbers. */
typedef struct kith_taker {
    uint32_t person;
    uint64_t skills, industries; /**< where each list begins */
    uint32_t n_skills, n_industries;
    kith_topics now[KITH_CAREERS], past[KITH_CAREERS];
    kith_topics known, goals; /**< by any title, skill, industry; what the goals speak of */
    kith_topics goes_from[KITH_CAREERS], goes_to[KITH_CAREERS]; /**< the change that they mean */
    uint32_t level;                                             /**< 0: no title */
    uint32_t places;                                            /**< mentors: free now */
} kith_taker;

typedef struct kith_match_people {
    kith_taker *mentors,
        *mentees; /**< by key; a mentor's skills are those offered, a mentee's those wanted */
    uint32_t n_mentors, n_mentees, n_mentored;
    uint32_t *numbers; /**< of folded skills and industries, ascending in each list */
    size_t n_numbers, capacity;
    kith_intern *texts; /**< those numbers */
    kith_topic_table topics;
} kith_match_people;

/** The order of people where all else is equal: by key, which rows in another order do not change. */
int kith_match_compare_keys(const kith_net *net, uint32_t a, uint32_t b);

/** Whether a mentorship takes up a place on the as-of date. */
bool kith_match_is_running(const kith_mentorship *m, kith_day as_of);

kith_code kith_match_people_read(const kith_net *net, const kith_match_opts *opts, kith_match_people *out,
                                 kith_err *err);
void kith_match_people_free(kith_match_people *people);

/* ---- distances ---- */

/** Mentees whose distances are found together. */
enum { KITH_HOPS_TOGETHER = 64 };

/** What a search knows of each person, a bit for each mentee; all 0 before and after it. */
typedef struct kith_hop_marks {
    uint64_t *seen, *here, *next; /**< [people] met at all; in this step; in the next one */
} kith_hop_marks;

/**
 * Ties between up to KITH_HOPS_TOGETHER people and each of `n_to` others: 1 to 3; 0: more, or oneself.
 * @param hops  out, [n_from][n_to]
 * @return KITH_ENOMEM.
 * @cost   O(people and ties within three ties of any of them).
 */
kith_code kith_match_hops(const kith_graph *graph, const kith_taker *from, uint32_t n_from,
                          const kith_taker *to, uint32_t n_to, const kith_hop_marks *m, uint8_t *hops,
                          kith_err *err);

/* ---- fit ---- */

/** Pairs that are allowed, in rows of mentees: numbers of mentors, fit in millionths. */
typedef struct kith_match_pairs {
    uint64_t *offset; /**< [n_mentees + 1] */
    uint32_t *mentor, *fit;
    size_t mentor_capacity, fit_capacity;
    bool *any_allowed; /**< [n_mentees] whether the rules leave anybody */
} kith_match_pairs;

kith_code kith_match_pairs_find(const kith_net *net, const kith_match_opts *opts,
                                const kith_match_people *people, const double *weights, kith_match_pairs *out,
                                kith_err *err);
void kith_match_pairs_free(kith_match_pairs *pairs);

/** The parts of the fit of single pairs, for telling why. `pair` has mentor and mentee as numbers in
 * `people`, which become persons. */
kith_code kith_match_explain(const kith_net *net, const kith_match_opts *opts,
                             const kith_match_people *people, const double *weights, kith_pair *pairs,
                             uint64_t n_pairs, bool with_skills, kith_err *err);

#endif
