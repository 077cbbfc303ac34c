/** @file
 * People and the ties between them in plain English. All append to a buffer.
 */
#ifndef KITH_REPORT_PHRASE_H
#define KITH_REPORT_PHRASE_H

#include <kith/network.h>

#include "base/dynbuf.h"

/** Reasons of a tie that an answer tells. */
enum { KITH_PHRASE_REASONS = 2 };

/** "Dana Roe", or the key of a person without a name. */
void kith_phrase_name(kith_dynbuf *out, const kith_net *net, uint32_t id);

/** "Hiring Manager at Acme Robotics", or as much of it as is known. */
void kith_phrase_position(kith_dynbuf *out, const kith_net *net, uint32_t id);

/** The same of a person at hand. */
void kith_phrase_position_of(kith_dynbuf *out, const kith_person *person);

/** "Dana Roe, Hiring Manager at Acme Robotics". */
void kith_phrase_person(kith_dynbuf *out, const kith_net *net, uint32_t id);

/** "Ann Lee, Ben Ito, Cara Poe", with any text between. */
void kith_phrase_names(kith_dynbuf *out, const kith_net *net, const uint32_t *ids, uint32_t count,
                       const char *between);

/** One reason why `a` and `b` know each other: "14 messages, last in March 2024"; of what is stated, what `b`
 * is: "manager of Ann Lee". */
void kith_phrase_reason(kith_dynbuf *out, const kith_net *net, uint32_t a, uint32_t b,
                        const kith_reason *reason);

/** "1 interaction", "2.5 interactions". */
void kith_phrase_interactions(kith_dynbuf *out, double count);

/** What two people have in common by a company (or school) of both: "worked together at Brill 2019–2021".
 * @return false, appending nothing, where there is none. */
bool kith_phrase_common(kith_dynbuf *out, const kith_net *net, uint32_t a, uint32_t b, kith_tenure_kind kind);

/** What counts most for a tie, at most KITH_PHRASE_REASONS of it, with "; " between. */
void kith_phrase_reasons(kith_dynbuf *out, const kith_net *net, uint32_t a, uint32_t b);

/** A place of two people and when they were there together. */
typedef struct kith_phrase_place {
    const char *name;     /**< as the first of them has it; NULL where there is none */
    kith_day first, last; /**< KITH_NO_DATE where it is not known that they were there at one time */
} kith_phrase_place;

/** The place where two people were together the longest, else the first that
 * both name. Running out of memory sticks to `out`, which is not written to. */
kith_phrase_place kith_phrase_shared_place(const kith_net *net, uint32_t a, uint32_t b, kith_tenure_kind kind,
                                           kith_dynbuf *out);

/** The strength of the tie between two people; 0 where there is none. */
double kith_phrase_strength(const kith_net *net, uint32_t a, uint32_t b);

#endif
