/** @file
 * What a roster has gathered, for the files of this room.
 */
#ifndef KITH_PEOPLE_ROSTER_H
#define KITH_PEOPLE_ROSTER_H

#include "base/arena.h"
#include "base/intern.h"
#include "people/people.h"

/** Stands for "no text" where texts are numbered. */
#define KITH_NO_TEXT UINT32_MAX

/** A LinkedIn address as it is kept: this and the slug. */
#define KITH_SLUG_ADDRESS "linkedin.com/in/"

/** One thing known of a person. */
typedef struct kith_kept_attr {
    uint32_t text;
    uint8_t field; /**< kith_field */
    bool is_key;   /**< a slug or an email in canonical form: tells people apart */
} kith_kept_attr;

/** One mention; texts are numbers in kith_roster.texts. */
typedef struct kith_kept_mention {
    uint64_t line;
    size_t first_attr;
    uint32_t n_attrs;
    uint32_t source;
    uint32_t space;
    uint32_t id; /**< text, or KITH_NO_TEXT */
    bool owner, do_not_introduce;
    bool reference; /**< tells nothing but keys */
} kith_kept_mention;

typedef struct kith_kept_source {
    const char *name, *format;
    kith_source_end end; /**< owner is a mention */
} kith_kept_source;

/** Two mentions that are said to be tied, and nothing else. */
typedef struct kith_kept_tie {
    uint32_t a, b;
} kith_kept_tie;

/** Ties of one source, up to the one numbered `end`. */
typedef struct kith_tie_run {
    uint32_t source;
    size_t end;
} kith_tie_run;

/** Values of one mention on their way to their numbers: scratch. */
typedef struct kith_new_values {
    kith_dynbuf text;
    kith_span *spans; /**< [n] into `text` */
    uint32_t *numbers;
    size_t n, span_capacity, number_capacity;
} kith_new_values;

/** Everything in the order it came; numbers are places in these arrays. */
struct kith_roster {
    bool strict;
    kith_intern *texts;          /**< every text once; lives as long as the roster */
    kith_intern *evidences;      /**< reasons for merges */
    kith_intern *references;     /**< references as bytes: each is kept once per source */
    uint32_t *reference_mention; /**< by number in `references` */
    size_t reference_capacity;
    kith_new_values fresh;
    kith_kept_attr *attrs;
    size_t n_attrs, attr_capacity;
    kith_kept_mention *mentions;
    size_t n_mentions, mention_capacity;
    const char **spaces;
    size_t n_spaces, space_capacity;
    kith_kept_source *sources;
    size_t n_sources, source_capacity;
    kith_relation *relations; /**< but those that are in `ties` */
    size_t n_relations, relation_capacity;
    kith_kept_tie *ties;
    size_t n_ties, tie_capacity;
    kith_tie_run *tie_runs;
    size_t n_tie_runs, tie_run_capacity;
    kith_pairing *pairings;
    size_t n_pairings, pairing_capacity;
    kith_tenure *tenures;
    size_t n_tenures, tenure_capacity;
    kith_people_reject *rejects;
    size_t n_rejects, reject_capacity;
    kith_arena answer; /**< owns `people` */
    kith_people people;
};

/** Text by number. */
static inline const char *kith_roster_text(const kith_roster *roster, uint32_t text)
{
    return kith_intern_get(roster->texts, text, NULL);
}

/** The `i`th thing that a mention tells. */
static inline const kith_kept_attr *kith_roster_attr(const kith_roster *roster,
                                                     const kith_kept_mention *mention, uint32_t i)
{
    return &roster->attrs[mention->first_attr + i];
}

/** The first value that a mention gives for `field`, or KITH_NO_TEXT. */
uint32_t kith_roster_first(const kith_roster *roster, const kith_kept_mention *mention, kith_field field);

#endif
