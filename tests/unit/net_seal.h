/** @file
 * Right checksums for a network file that was changed, computed from docs/network-file.md alone.
 */
#ifndef KITH_TESTS_NET_SEAL_H
#define KITH_TESTS_NET_SEAL_H

#include <stddef.h>
#include <stdint.h>

uint64_t net_get64(const unsigned char *at);
uint32_t net_get32(const unsigned char *at);

/** Place of entry `s`, from 0, of the section table. */
unsigned char *net_entry(unsigned char *file, uint32_t s);

/** The checksum of header and section table; the file must hold both. */
void net_seal_head(unsigned char *file);

/** All checksums, as far as what the file says of itself lies within its `length` bytes. */
void net_seal(unsigned char *file, size_t length);

#endif
