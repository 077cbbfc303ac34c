/** @file
 * Finding people by one argument, WHO:
 *
 *     id:17   key:ann-lee   ann@example.org   linkedin.com/in/ann-lee   me
 *     Ann Lee                                    any text without a field: a name
 *     company:"Acme Corp" title:recruiter|"talent partner"    terms that must all hold
 *
 * Terms: company, title, industry, location, skill, wants, cohort, role, goal, label, name, owner
 * (owner:any, owner:no). `|` separates alternatives. Matching folds case and accents and works on
 * whole words, see kith_text_has_words. A name means the whole name, folded, else its words.
 */
#ifndef KITH_WHO_H
#define KITH_WHO_H

#include <kith/network.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A set of people: distinct ids, ascending. Zeroed is empty. */
typedef struct kith_ids {
    uint32_t *ids; /**< caller-owned: kith_ids_free */
    uint32_t count;
} kith_ids;

KITH_API void kith_ids_free(kith_ids *ids);

/** Joins `more` into `set`. @return KITH_ENOMEM: `set` is then unchanged. */
KITH_API kith_code kith_ids_add(kith_ids *set, const kith_ids *more, kith_err *err);

/**
 * The one person that `who` means.
 *
 * @return KITH_NOT_FOUND; KITH_EUSAGE where it is malformed or fits several people, whom the
 *         message lists with their ids; KITH_ENOMEM; KITH_EDATA.
 * @cost   O(1) for ids, O(log n) for keys, emails and URLs; else as many people as have the words
 *         that are sought, found by the index of words.
 */
KITH_API kith_code kith_who_one(const kith_net *net, const char *who, uint32_t *id, kith_err *err);

/**
 * Everyone that `who` means: a query may fit many, a name only one (see kith_who_one).
 * @param ids  out, caller-owned; empty on failure.
 */
KITH_API kith_code kith_who_many(const kith_net *net, const char *who, kith_ids *ids, kith_err *err);

/** Everyone whom `who` fits, also when it is a name that fits several: what `kith find` lists. */
KITH_API kith_code kith_who_all(const kith_net *net, const char *who, kith_ids *ids, kith_err *err);

#ifdef __cplusplus
}
#endif
#endif
