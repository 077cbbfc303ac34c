/** @file
 * A folder of what was read before: bytes by key, checked when they are taken out, and safe to delete.
 *
 * A file holds one entry and is named for its key. It appears by rename, with mode 0600 in a folder of 0700;
 * one that is damaged, cut short or not ours counts as missing and is written again. Nothing here stops a
 * build: what cannot be written is not kept.
 */
#ifndef KITH_INGEST_CACHE_H
#define KITH_INGEST_CACHE_H

#include "base/dynbuf.h"

/** Bytes that a cache may hold where nobody says. */
#define KITH_CACHE_BYTES (UINT64_C(1) << 30)

typedef struct kith_cache kith_cache;

/**
 * @param folder      made where it is missing; nobody else may own it or write to it.
 * @param most_bytes  that it holds when it is closed; 0 stands for KITH_CACHE_BYTES.
 * @return KITH_ECREATE, KITH_ENOMEM.
 */
kith_code kith_cache_open(const char *folder, uint64_t most_bytes, kith_cache **out, kith_err *err);

/** Appends what is kept under `key` to `bytes`. @return false where nothing whole is. */
bool kith_cache_get(kith_cache *cache, const uint64_t key[2], kith_dynbuf *bytes);

/** Keeps `bytes` under `key`, unless this run has written as much already as the cache may hold. @return
 * whether it is kept. */
bool kith_cache_put(kith_cache *cache, const uint64_t key[2], const kith_dynbuf *bytes);

/** Removes what was not used for the longest time until the rest is within the limit; NULL is fine. */
void kith_cache_close(kith_cache *cache);

#endif
