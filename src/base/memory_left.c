#include "base/memory_left.h"

#include <inttypes.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static uint64_t least(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

static uint64_t rest_of(uint64_t limit, uint64_t used)
{
    return limit > used ? limit - used : 0;
}

/** The number that a file holds; false where there is none, as in "max". */
static bool read_number(const char *path, uint64_t *number)
{
    FILE *file = fopen(path, "re");
    bool found = file && fscanf(file, "%" SCNu64, number) == 1;

    if (file)
        (void)fclose(file);
    return found;
}

static uint64_t left_of_address_space(void)
{
    struct rlimit limit;
    uint64_t pages;

    if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY ||
        !read_number("/proc/self/statm", &pages))
        return UINT64_MAX;
    return rest_of(limit.rlim_cur, pages * (uint64_t)sysconf(_SC_PAGESIZE));
}

static uint64_t left_of_machine(void)
{
    FILE *file = fopen("/proc/meminfo", "re");
    uint64_t sum = 0, kib;
    bool found = false;
    char line[128];

    while (file && fgets(line, sizeof line, file)) {
        bool available = sscanf(line, "MemAvailable: %" SCNu64, &kib) == 1;
        if (available || sscanf(line, "SwapFree: %" SCNu64, &kib) == 1)
            sum += kib << 10;
        found |= available;
    }
    if (file)
        (void)fclose(file);
    return found ? sum : UINT64_MAX;
}

/** By version 2 of control groups, where the group's own limit can be read. */
static uint64_t left_of_group(void)
{
    FILE *file = fopen("/proc/self/cgroup", "re");
    char group[256] = "", path[PATH_MAX];
    uint64_t limit, used;

    if (file && fscanf(file, "0::%255[^\n]", group) != 1)
        group[0] = '\0'; /* another version */
    if (file)
        (void)fclose(file);
    (void)snprintf(path, sizeof path, "/sys/fs/cgroup%s/memory.max", group);
    if (!read_number(path, &limit))
        return UINT64_MAX;
    (void)snprintf(path, sizeof path, "/sys/fs/cgroup%s/memory.current", group);
    return read_number(path, &used) ? rest_of(limit, used) : UINT64_MAX;
}

uint64_t kith_memory_left(void)
{
    return least(left_of_machine(), least(left_of_address_space(), left_of_group()));
}
