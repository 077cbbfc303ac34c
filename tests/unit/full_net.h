/** @file
 * A small network with at least one of everything that a network file can hold, and ways to compare.
 */
#ifndef KITH_TESTS_FULL_NET_H
#define KITH_TESTS_FULL_NET_H

#include "net_dump.h"
#include "small_net.h"

/** Five people, two of them owners; to be freed with small_net_free. */
small_net *full_net(void);

/** A copy that ends where malloc's does, so that reading past the end is seen; to be freed. */
unsigned char *full_net_copy(const void *bytes, size_t length);

/** net_dump as text, to be freed. */
char *full_net_dump(const kith_net *net);

#endif
