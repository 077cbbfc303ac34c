/** @file
 * Graded matching: how likely two people who share no exact key are one, for the files of this room.
 *
 * People so far (sets of mentions) get a profile of comparable values; blocks propose pairs; a pair is
 * compared trait by trait; agreements are weighed as Fellegi and Sunter do; what clears the bar is
 * joined, as long as every pair within a person does.
 */
#ifndef KITH_PEOPLE_GRADED_H
#define KITH_PEOPLE_GRADED_H

#include <string.h>

#include "base/radix.h"
#include "people/resolve.h"

/** Probability from which two people are taken for one. */
#define KITH_MATCH_BAR 0.95

/** Probability from which a pair is worth a person's look. */
#define KITH_MATCH_DOUBT 0.5

/* ---- words ---- */

/** Jaro-Winkler similarity, 0..1, of two folded words (Winkler 1990; prefix scale 0.1, up to 4 letters). */
double kith_jaro_winkler(const char *one, const char *other);

/** Whether that similarity is at least `least`, above 0; most words that are not alike are told apart by the
 * letters they have. */
bool kith_words_alike(const char *one, const char *other, double least);

/** The groups of forms that a folded given name is in ("bob" and "robert" are in one), by
 * share/kith/nicknames.csv; borrowed, `*n` of them. */
const uint16_t *kith_nickname_groups(const char *name, size_t *n);

/** Whether two names have a group in common. */
bool kith_nickname_shared(const uint16_t *one, size_t n_one, const uint16_t *other, size_t n_other);

/**
 * Appends a phone number in E.164. One without a country code needs `region`, which may be NULL.
 * @return false where it is none.
 */
bool kith_phone_e164(const char *text, const char *region, kith_dynbuf *out);

/** Generations of one name. */
typedef enum kith_suffix {
    KITH_SUFFIX_NONE,
    KITH_SUFFIX_SENIOR,
    KITH_SUFFIX_JUNIOR,
    KITH_SUFFIX_THIRD
} kith_suffix;

/** A name taken apart: folded, without titles, degrees and decoration; "" where a part is missing. */
typedef struct kith_name_words {
    kith_dynbuf given, also, middle, family; /**< `also`: a second given name, "bob" of "Robert (Bob)" */
    kith_suffix suffix;
} kith_name_words;

/** Takes a name apart. `given` and `family` may both be NULL: then `whole` is split. Free it also after a
 * failure. */
kith_code kith_name_split(const char *whole, const char *given, const char *family, kith_name_words *out,
                          kith_err *err);

void kith_name_words_free(kith_name_words *words);

/** Appends an organisation's name as it is compared: folded words, "the" and legal forms left out. */
void kith_company_words(const char *company, kith_dynbuf *out);

/** Appends the part of an email that names its user, and for Gmail without dots and tag; false for an
 * office ("info@", "sales@"). */
bool kith_email_user(const char *email, kith_dynbuf *user);

/** Appends what an organisation's email host calls it ("acme" of mail.acme.co.uk); nothing for hosts that
 * give mail boxes to everybody. */
void kith_email_employer(const char *email, kith_dynbuf *out);

/* ---- profiles ---- */

/** What a profile holds several values of. */
typedef enum kith_value_kind {
    KITH_VALUE_NAME, /**< number of a name form */
    KITH_VALUE_COMPANY,
    KITH_VALUE_TITLE,
    KITH_VALUE_EMAIL,
    KITH_VALUE_GMAIL, /**< user of a Gmail address */
    KITH_VALUE_HOST,  /**< of an email that no provider gives to everybody: what the employer is called there
                       */
    KITH_VALUE_PHONE,
    KITH_VALUE_LOCATION,
    KITH_VALUE_INDUSTRY,
    KITH_VALUE_BIRTH,
    KITH_VALUE_ADDRESS,
    KITH_VALUE_POSTCODE,
    KITH_VALUE_NUMBER,
    KITH_VALUE_LIST,  /**< rank of a source: no word */
    KITH_VALUE_SPACE, /**< rank of an id space in which it has an id: no word */
    KITH_VALUE_KIND_COUNT
} kith_value_kind;

/** One form of a name; numbers of words, KITH_NO_TEXT where missing. */
typedef struct kith_name_form {
    uint32_t given, also, middle, family;
    uint32_t suffix; /**< kith_suffix */
} kith_name_form;

/** A word that people have; what many pairs ask of it stands together. */
typedef struct kith_word {
    const char *text;       /**< borrowed from `word_table` */
    const uint16_t *groups; /**< of a name: kith_nickname_groups */
    uint32_t n_groups;
    uint32_t held, held_as_family; /**< people who have it; as given name, as family name */
} kith_word;

/** Comparable values of all people so far who have a name; people are numbered by their first mention. */
typedef struct kith_profiles {
    uint32_t n;
    uint32_t *place;  /**< [n] first mention with a name */
    bool *has_slug;   /**< [n] */
    uint32_t *offset; /**< [n * KITH_VALUE_KIND_COUNT + 1] into `values` */
    uint32_t *values; /**< distinct, in order of first sight; lists and spaces ascending */
    size_t n_values, value_capacity;
    kith_word *words;
    kith_name_form *forms;
    kith_intern *word_table; /**< every word, with a mark of its kind before it */
    kith_intern *form_table; /**< kith_name_form as bytes */
} kith_profiles;

/** Values of one kind of one person. */
typedef struct kith_values {
    const uint32_t *at;
    size_t n;
} kith_values;

static inline kith_values kith_profile_values(const kith_profiles *profiles, uint32_t i, kith_value_kind kind)
{
    const uint32_t *offset = &profiles->offset[(size_t)i * KITH_VALUE_KIND_COUNT + kind];

    return (kith_values){profiles->values + offset[0], offset[1] - offset[0]};
}

/** Free it also after a failure. @param region  of phone numbers, or NULL. */
kith_code kith_profiles_make(kith_resolving *work, const char *region, kith_profiles *profiles,
                             kith_err *err);

void kith_profiles_free(kith_profiles *profiles);

/* ---- candidates ---- */

/** Pairs of people who share something that one person's records would share. */
typedef struct kith_pairs {
    kith_keyed *at; /**< [n] ascending: the lower person, the higher */
    size_t n, capacity;
    size_t n_skipped; /**< groups of like people that were too large even when split */
} kith_pairs;

/**
 * All pairs that may be one person and that no strong key contradicts. Caller-owned: free `pairs->at`, also
 * after a failure.
 * @cost  O(n): each of the few blocks that people are in costs at most some pairs for each of them.
 */
kith_code kith_pairs_propose(const kith_profiles *profiles, kith_pairs *pairs, kith_err *err);

/* ---- comparison ---- */

/** What is compared of two people. */
typedef enum kith_trait {
    KITH_TRAIT_GIVEN,
    KITH_TRAIT_FAMILY,
    KITH_TRAIT_ORDER, /**< given and family name exchanged or not */
    KITH_TRAIT_SUFFIX,
    KITH_TRAIT_COMPANY,
    KITH_TRAIT_TITLE,
    KITH_TRAIT_CALLING, /**< the title at another company, which changes with it */
    KITH_TRAIT_EMAIL,
    KITH_TRAIT_PHONE,
    KITH_TRAIT_LOCATION,
    KITH_TRAIT_INDUSTRY,
    KITH_TRAIT_BIRTH,
    KITH_TRAIT_ADDRESS,
    KITH_TRAIT_POSTCODE,
    KITH_TRAIT_NUMBER,
    KITH_TRAIT_LIST, /**< in different lists or in one */
    KITH_TRAIT_COUNT
} kith_trait;

/** Most grades of agreement that a trait has; 0 is the same. */
#define KITH_GRADES 5

/** Stands for "one of them does not tell". */
#define KITH_GRADE_UNKNOWN KITH_GRADES

typedef struct kith_comparison {
    uint8_t grade[KITH_TRAIT_COUNT];
    float log_common[KITH_TRAIT_COUNT]; /**< log of how common the shared value is; 0: not counted */
} kith_comparison;

/** How many grades a trait has. */
uint32_t kith_trait_grades(kith_trait trait);

/** Whether two people cannot be one: each has a LinkedIn address, or an id in one space. */
bool kith_profiles_contradict(const kith_profiles *profiles, uint32_t a, uint32_t b);

/** Whether one list names both. */
bool kith_profiles_listed_together(const kith_profiles *profiles, uint32_t a, uint32_t b);

void kith_profiles_compare(const kith_profiles *profiles, uint32_t a, uint32_t b, kith_comparison *out);

/** Asks memory for what the pairs behind this one, which is compared next, will be compared by. @param left
 * pairs from this one on, every `stride`-th counted. */
void kith_profiles_ask_ahead(const kith_profiles *profiles, const kith_keyed *pair, size_t stride,
                             size_t left);

/**
 * Compares many pairs, on all threads.
 * @param pairs  of which every `stride`-th is compared, the first one first.
 * @param out    [n]
 */
void kith_profiles_compare_all(const kith_profiles *profiles, const kith_keyed *pairs, size_t n,
                               size_t stride, kith_comparison *out);

/* ---- weights ---- */

/** What agreements tell: chances of each grade among pairs of one person (m) and of two (u). */
typedef struct kith_weights {
    double m[KITH_TRAIT_COUNT][KITH_GRADES];
    double u[KITH_TRAIT_COUNT][KITH_GRADES];
    double prior;         /**< chance that two people picked at random are one */
    double first_prior;   /**< the same before the data was looked at */
    double doubles;       /**< chance that somebody without a LinkedIn address is there once more */
    double namesakes;     /**< chance that two people bear one full name, be it as rare as may be */
    bool knows_namesakes; /**< whether that was seen in the data */
} kith_weights;

/** Estimates the weights from the data, held by priors where the data says little. */
kith_code kith_weights_learn(const kith_profiles *profiles, const kith_pairs *pairs, kith_weights *weights,
                             kith_err *err);

/**
 * One round of expectation and maximisation: u stays, m and the prior are estimated anew.
 * @param pairs  [n], the `share` looked at of those of `n_all` pairs that may be one person.
 */
void kith_weights_refine(kith_weights *weights, const kith_comparison *pairs, size_t n, double n_all,
                         double share);

/** Weights as they add up. */
typedef struct kith_scale {
    double prior;     /**< log odds, for somebody who is there once more or is not */
    double namesakes; /**< log chance */
    double log_m[KITH_TRAIT_COUNT][KITH_GRADES], log_u[KITH_TRAIT_COUNT][KITH_GRADES];
} kith_scale;

kith_scale kith_weights_scale(const kith_weights *weights);

/** Log odds that the pair is one person, without regard to anybody else. */
double kith_scale_log_odds(const kith_scale *scale, const kith_comparison *pair);

/**
 * Whether a pair may be joined at all, however likely it is: a name alone joins nobody, nor does anything
 * join a Jr. and a Sr., nor two given names that differ (but for one personal number).
 */
bool kith_comparison_allows(const kith_comparison *pair);

/** Whether the full name is the same, in one order. */
bool kith_comparison_same_name(const kith_comparison *pair);

/** Words for what agrees. */
void kith_comparison_tell(const kith_comparison *pair, kith_dynbuf *out);

#endif
