/** @file
 * Who is who: mentions gathered from all sources become people.
 */
#ifndef KITH_PEOPLE_PEOPLE_H
#define KITH_PEOPLE_PEOPLE_H

#include <kith/build.h>

#include "base/dynbuf.h"
#include "ingest/record.h"

/** Gathers what readers hand on. */
typedef struct kith_roster kith_roster;

/** @param strict  the first rejected row fails with KITH_EDATA. */
kith_code kith_roster_new(bool strict, kith_roster **roster, kith_err *err);

/** The sink that fills it; valid until the roster is freed. */
kith_sink kith_roster_sink(kith_roster *roster);

/** About how many bytes a roster takes. */
typedef struct kith_roster_bytes {
    uint64_t held;      /**< now */
    uint64_t ahead;     /**< more, to resolve and assemble what was gathered */
    uint64_t relations; /**< of both: what ties and other relations take, which grows as they do */
} kith_roster_bytes;

/** @param shared  shared contacts count. Comparing people who may be one is not in it. */
kith_roster_bytes kith_roster_count_bytes(const kith_roster *roster, bool shared);

void kith_roster_free(kith_roster *roster);

/** A name that a person has or had: their key, older keys, emails, slugs, ids. */
typedef struct kith_alias {
    const char *text;
    uint32_t person;
} kith_alias;

/** One input file, with where it came in the order of sources. */
typedef struct kith_people_source {
    const char *name, *format;
    uint32_t owner; /**< person, or UINT32_MAX */
    kith_source_end end;
} kith_people_source;

/** A rejected row. */
typedef struct kith_people_reject {
    uint32_t source;
    uint64_t line;
    const char *reason, *columns;
} kith_people_reject;

/** An entry of the merge log. */
typedef struct kith_people_merge {
    uint32_t person;
    uint32_t source;
    uint64_t line;
    const char *evidence, *name;
    double probability;
} kith_people_merge;

/** Doubtful pairs that are listed where not all are asked for. */
enum { KITH_PEOPLE_DOUBTS = 1000 };

/** A pair that may be one person, and on which nobody has decided. */
typedef struct kith_people_doubt {
    uint32_t person[2];
    const char *key[2]; /**< what a decision calls them: their keys as exact keys alone make people */
    const char *evidence;
    double probability;
} kith_people_doubt;

/**
 * Everyone, and all that relates them, in an order that depends on the content of the inputs only:
 * sources by checksum then name, people by their first mention in that order.
 * Relations and pairings name people, not mentions; those of a person with themself are gone.
 * So do tenures, each of which is there once.
 */
typedef struct kith_people {
    uint32_t n;
    const char **key;       /**< [n], unique */
    uint64_t *attr_offset;  /**< [n + 1] into attrs */
    kith_attr *attrs;       /**< by field, distinct, preferred value first; no given and family names */
    bool *owner;            /**< [n] */
    bool *do_not_introduce; /**< [n] */
    kith_alias *aliases; /**< sorted by text, distinct texts; a text that several people hold is left out */
    size_t n_aliases;
    uint64_t *ties; /**< stated ties of which nothing more is known, as often as they are stated:
                       lower person << 32 | higher, ascending */
    size_t n_ties;
    kith_relation
        *relations; /**< all others, sorted by the lower person, the higher, kind, a, date, source, line */
    size_t n_relations;
    kith_pairing *pairings; /**< sorted by mentor, start, mentee, end, source, line */
    size_t n_pairings;
    kith_tenure *tenures; /**< sorted by person, start, end, kind, place, title, current */
    size_t n_tenures;
    kith_people_source *sources;
    uint32_t n_sources;
    uint32_t
        n_duplicates; /**< sources with the same bytes and owner as an earlier one: their rows count once */
    kith_people_reject *rejects; /**< sorted by source, line, reason */
    size_t n_rejects;
    kith_people_merge *merges; /**< sorted by person, source, line */
    size_t n_merges;
    uint32_t *person_of;       /**< by number of a mention, as the sink gave it out */
    kith_people_doubt *doubts; /**< [n_doubts] the likeliest first */
    size_t n_doubts;
    size_t n_all_doubts;     /**< there are: as many, or more than are listed */
    size_t n_skipped_blocks; /**< groups of like people too large to be compared pair by pair */
} kith_people;

/** What a person has decided on two records. */
typedef struct kith_decision {
    const char *a, *b; /**< any key or alias of people as exact keys alone make them */
    bool same;
    uint64_t line; /**< for notices */
} kith_decision;

/** How records become people. A zeroed struct is fine; all is borrowed. */
typedef struct kith_merge_opts {
    kith_merge_mode mode;
    const char *region;             /**< of phone numbers without a country code, or NULL */
    const kith_decision *decisions; /**< they win over everything; of two that contradict, "different" */
    size_t n_decisions;
    const char *decisions_name;    /**< for notices */
    const kith_progress *progress; /**< NULL: nobody is told */
    bool all_doubts;               /**< list all doubtful pairs, not only the KITH_PEOPLE_DOUBTS likeliest */
    kith_notice
        *notice; /**< told of decisions that name nobody, and of what was not compared; NULL: nobody is */
    void *notice_ctx;
} kith_merge_opts;

/**
 * Decides who is who. Records that share an exact key (LinkedIn slug, email, id in one space) are one
 * person, unless the key is held by too many or two different slugs contradict; then, in balanced mode,
 * records whose names and other traits agree beyond reasonable doubt.
 *
 * @param opts    NULL: a zeroed one.
 * @param roster  resolved once: of what it gathered it then keeps the texts alone.
 * @param people  out, borrowed from the roster until that is freed.
 * @cost  O(k log k) for k mentions and relations; graded matching compares each person with at most some
 *        hundreds of others.
 * @source  Fellegi & Sunter 1969, doi:10.1080/01621459.1969.10501049; Winkler 1990.
 */
kith_code kith_roster_resolve(kith_roster *roster, const kith_merge_opts *opts, const kith_people **people,
                              kith_err *err);

/**
 * Appends the canonical slug ("ann-lee-4f21") of a LinkedIn profile address to a caller-owned buffer:
 * scheme, host, query, fragment, locale and later parts of the path dropped, percent-decoded, NFC,
 * lower-cased. An address with dot segments, or one that decodes to what no slug holds, is none.
 * @return false where it is none; `slug` is then unchanged. Out of memory sticks to `slug`.
 */
bool kith_slug_of_url(const char *url, kith_dynbuf *slug);

/** Whether phone numbers of that country (two letters) can be completed. */
bool kith_region_known(const char *region);

/** Appends an email address trimmed, without "mailto:", lower-cased; as kith_slug_of_url otherwise. */
bool kith_email_of_text(const char *text, kith_dynbuf *email);

#endif
