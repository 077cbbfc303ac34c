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

/**
 * Bytes that a control group (version 2) and those that it is in leave, where what they hold of files counts
 * as left: the kernel gives that up. UINT64_MAX where none has a limit.
 *
 * @param root   the folder that groups are told of in: /sys/fs/cgroup.
 * @param group  as /proc/self/cgroup has it, from a slash on.
 */
uint64_t kith_memory_left_of_group(const char *root, const char *group);

#endif
