/** @file
 * How a piece of evidence comes to count what it counts, for readers who know no formula.
 */
#ifndef KITH_REPORT_PHRASE_FACTOR_H
#define KITH_REPORT_PHRASE_FACTOR_H

#include <kith/network.h>

#include "base/dynbuf.h"

/** What a piece of evidence adds to its tie. */
static inline double kith_reason_adds(const kith_reason *reason)
{
    return reason->weight * reason->factor;
}

/**
 * "weight 0.7 × factor 0.500: counts in full while it runs, then half every 4 years".
 * @param replaced  whether the tie has a stated strength.
 */
void kith_phrase_factor(kith_dynbuf *out, const kith_net *net, const kith_reason *reason, bool replaced);

/** What was read: "messages: 14, 2023-01-09 to 2024-03-02", "listed: 1 record, without a date". */
void kith_phrase_record(kith_dynbuf *out, const kith_reason *reason);

#endif
