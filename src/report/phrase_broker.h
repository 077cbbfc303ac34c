/** @file
 * One broker in plain English: what they join, what is lost without them, and what would replace them.
 */
#ifndef KITH_REPORT_PHRASE_BROKER_H
#define KITH_REPORT_PHRASE_BROKER_H

#include <kith/bridges.h>

#include "base/dynbuf.h"

/** The word for a role, as programs read it: "gatekeeper". Static storage. */
const char *kith_phrase_role(kith_role role);

/** Sentences on the i-th broker of an answer. Appends to a buffer. */
void kith_phrase_broker(kith_dynbuf *text, const kith_net *net, const kith_bridges_result *result,
                        uint32_t i);

#endif
