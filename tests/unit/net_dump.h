/** @file
 * Everything a network answers, as text: two networks that answer the same give the same text.
 */
#ifndef KITH_TESTS_NET_DUMP_H
#define KITH_TESTS_NET_DUMP_H

#include <kith/network.h>

#include "base/dynbuf.h"

/** Asks every accessor for everything and a little beyond it, and appends the answers. */
void net_dump(const kith_net *net, kith_dynbuf *out);

#endif
