/** @file
 * Small networks made by hand, for tests: say who and what there is, then open it.
 *
 *     small_net *s = small_net_from_ties(4, (const uint32_t[][2]){{0, 1}, {1, 2}, {2, 3}}, 3, NULL);
 *     small_net_value(s, 3, KITH_FIELD_COMPANY, "Acme");
 *     const kith_net *net = small_net_open(s);
 *     …
 *     small_net_free(s);
 *
 * A test program lists it in tests/unit/CMakeLists.txt as kith_unit(NAME ${KITH_SMALL_NET}).
 *
 * Person i is called "p<i>" and has the key "p<i>" unless told otherwise. The builder takes its memory from
 * libc, so that counting and failing allocations of kith sees the open network alone. It aborts on misuse.
 */
#ifndef KITH_TESTS_SMALL_NET_H
#define KITH_TESTS_SMALL_NET_H

#include <stddef.h>
#include <stdint.h>

#include "network/netdata.h"
#include "network/netfile.h"

typedef struct small_net small_net;

/** Cost of a tie where a test does not say: a strength of about 0.5. */
enum { SMALL_NET_COST = 693 };

/** `n` people without ties; as-of date 2024-01-01. */
small_net *small_net_new(uint32_t n);

/** `n` people and the given ties, each listed in one's contacts; `costs` may be NULL. */
small_net *small_net_from_ties(uint32_t n, const uint32_t (*ties)[2], size_t n_ties, const uint16_t *costs);

/** A tie listed in one's contacts. Of two ties between the same people the first one counts. */
void small_net_tie(small_net *s, uint32_t a, uint32_t b, uint16_t cost);

/** Puts this evidence in place of what the tie between a and b rests on so far, or adds to evidence put
 * there. */
void small_net_evidence(small_net *s, uint32_t a, uint32_t b, const kith_reason *reason);

/** The same with a stated relation of a and b: `mask` as kith_net_stated tells of them. */
void small_net_stated(small_net *s, uint32_t a, uint32_t b, uint32_t mask);

/** Adds a value; the first of a field is preferred. A name replaces "p<i>". */
void small_net_value(small_net *s, uint32_t person, kith_field field, const char *value);

/** Replaces the key. */
void small_net_key(small_net *s, uint32_t person, const char *key);

/** Another key that leads to the person: email, slug, id. */
void small_net_alias(small_net *s, uint32_t person, const char *text);

/** KITH_PERSON_* */
void small_net_flags(small_net *s, uint32_t person, unsigned flags);

/** A completed mentorship without more; dates may be KITH_NO_DATE. */
void small_net_mentorship(small_net *s, uint32_t mentor, uint32_t mentee, kith_day start, kith_day end);

/** A mentorship with all there is to it; texts are copied. */
void small_net_mentorship_full(small_net *s, const kith_mentorship *mentorship);

/** Some time at a company or a school; texts are copied. */
void small_net_tenure(small_net *s, uint32_t person, const kith_tenure_view *tenure);

/** As kith_source; the checksum is made from the name, the owner is a person or UINT32_MAX. */
void small_net_source(small_net *s, const char *name, const char *format, uint32_t owner,
                      const uint64_t rows_used_skipped_rejected[4]);

void small_net_reject(small_net *s, const kith_reject *reject);
void small_net_merge(small_net *s, const kith_merge *merge);
/** A doubtful pair; its keys are those of the two people, the text is copied. */
void small_net_doubt(small_net *s, const kith_doubt *doubt);
void small_net_parameter(small_net *s, const char *name, double value);
void small_net_as_of(small_net *s, kith_day day);

/** The network in columns, borrowed from `s`; nothing can be added any more. */
const kith_netdata *small_net_data(small_net *s);

/** The bytes of its file, borrowed from `s`. */
const void *small_net_bytes(small_net *s, size_t *length);

/** The open network, owned by `s`. */
const kith_net *small_net_open(small_net *s);

void small_net_free(small_net *s);

/** The day of a date. */
kith_day small_net_day(int year, unsigned month, unsigned day);

/** A kith_byte_sink that collects into a buffer of libc memory. */
typedef struct small_bytes {
    unsigned char *data;
    size_t length, capacity;
} small_bytes;

bool small_bytes_take(void *ctx, const void *bytes, size_t length);

#endif
