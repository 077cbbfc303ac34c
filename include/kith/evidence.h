/** @file
 * Why two people are believed to know each other, and how much each reason counts.
 */
#ifndef KITH_EVIDENCE_H
#define KITH_EVIDENCE_H

#include <stdint.h>

#include <kith/day.h>
#include <kith/visibility.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Kinds of evidence for a tie. Bit (1 << kind) stands for it in evidence masks. */
typedef enum kith_evidence {
    KITH_EVIDENCE_LISTED,          /**< in one person's contacts */
    KITH_EVIDENCE_LISTED_BY_BOTH,  /**< in each other's contacts */
    KITH_EVIDENCE_MESSAGES,        /**< wrote to each other */
    KITH_EVIDENCE_RECOMMENDATION,  /**< one recommended the other in writing */
    KITH_EVIDENCE_ENDORSEMENT,     /**< one endorsed skills of the other */
    KITH_EVIDENCE_WORKED,          /**< same company, dates overlapping or unknown */
    KITH_EVIDENCE_STUDIED,         /**< same school */
    KITH_EVIDENCE_MENTORSHIP,      /**< one mentors or mentored the other */
    KITH_EVIDENCE_STATED_TIE,      /**< a row of a ties table or graph file */
    KITH_EVIDENCE_STATED_RELATION, /**< manager, colleague, referred by, … */
    KITH_EVIDENCE_SHARED_CONTACTS, /**< Jaccard index of the two neighbourhoods */
    KITH_EVIDENCE_STATED_STRENGTH, /**< a strength given in the data: replaces all else */
    KITH_EVIDENCE_COUNT
} kith_evidence;

/** The word for a kind in JSON and on the screen, for example "listed by both". Static storage. */
KITH_API const char *kith_evidence_name(kith_evidence kind);

/** One kind of evidence for one tie. */
typedef struct kith_reason {
    kith_evidence kind;
    uint32_t count;      /**< rows behind it, or as many as they say: messages, endorsements, … */
    kith_day first;      /**< earliest date, or KITH_NO_DATE */
    kith_day last;       /**< latest date, or KITH_NO_DATE */
    double weight;       /**< w of the kind, 0..1 */
    double factor;       /**< f of this tie, 0..1; what it adds is weight * factor */
    double interactions; /**< of messages how many, of a stated tie as many as its rows say; in steps of 0.5;
                            0 where none are told of */
} kith_reason;

/** What one person may be stated to be to another. */
typedef enum kith_stated {
    KITH_STATED_MANAGER,
    KITH_STATED_ASSISTANT,
    KITH_STATED_MENTOR,
    KITH_STATED_REFERRER,  /**< who referred the other */
    KITH_STATED_COLLEAGUE, /**< this and what follows holds both ways */
    KITH_STATED_FRIEND,
    KITH_STATED_PARTNER,
    KITH_STATED_RELATIVE,
    KITH_STATED_COUNT
} kith_stated;

/* What is stated of `a` and `b` is a mask, two bits for each of kith_stated: that b is it to a, and that a is
 * it to b. What holds both ways has both. */

/** In such a mask: b is this to a. */
static inline uint32_t kith_stated_second(kith_stated stated)
{
    return UINT32_C(1) << 2 * (uint32_t)stated;
}

/** In such a mask: a is this to b. */
static inline uint32_t kith_stated_first(kith_stated stated)
{
    return UINT32_C(2) << 2 * (uint32_t)stated;
}

/** The same mask as b and a see it. */
static inline uint32_t kith_stated_turn(uint32_t mask)
{
    return (mask & UINT32_C(0x55555555)) << 1 | (mask & UINT32_C(0xaaaaaaaa)) >> 1;
}

/** Most words that a mask has. */
#define KITH_STATED_WORDS 12

/**
 * The words of a mask, which read between a and b: "manager" (a's manager is b), "manages" (a manages b),
 * "referred by", "colleague". Tables of ties are read with these words.
 * @param words  out, static storage.
 * @return how many.
 */
KITH_API uint32_t kith_stated_words(uint32_t mask, const char *words[KITH_STATED_WORDS]);

#ifdef __cplusplus
}
#endif
#endif
