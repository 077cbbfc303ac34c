/** @file
 * How much memory there is to be had.
 */
#ifndef KITH_BASE_MEMORY_LEFT_H
#define KITH_BASE_MEMORY_LEFT_H

#include <stdint.h>

/**
 * Bytes that this process may still take: the least of what the machine has available, swap included, of
 * what its address space (`ulimit -v`) and of what its control group leave. UINT64_MAX where none is known.
 */
uint64_t kith_memory_left(void);

#endif
