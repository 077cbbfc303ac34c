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

/** What the groups' memory holds of files: it is given up as soon as something else needs it. */
static uint64_t files_in(const char *stat)
{
    FILE *file = fopen(stat, "re");
    uint64_t sum = 0, bytes;
    char line[128];

    while (file && fgets(line, sizeof line, file))
        if (sscanf(line, "inactive_file %" SCNu64, &bytes) == 1 ||
            sscanf(line, "active_file %" SCNu64, &bytes) == 1)
            sum += bytes;
    if (file)
        (void)fclose(file);
    return sum;
}

static uint64_t left_in(const char *folder)
{
    uint64_t limit, used;
    char path[PATH_MAX];

    (void)snprintf(path, sizeof path, "%s/memory.max", folder);
    if (!read_number(path, &limit))
        return UINT64_MAX;
    (void)snprintf(path, sizeof path, "%s/memory.current", folder);
    if (!read_number(path, &used))
        return UINT64_MAX;
    (void)snprintf(path, sizeof path, "%s/memory.stat", folder);
    return rest_of(limit, rest_of(used, files_in(path)));
}

uint64_t kith_memory_left_of_group(const char *root, const char *group)
{
    const size_t above = strlen(root);
    uint64_t left = UINT64_MAX;
    char folder[PATH_MAX];

    (void)snprintf(folder, sizeof folder, "%s%s", root, group);
    for (char *end; strlen(folder) > above && (end = strrchr(folder, '/')); *end = '\0')
        left = least(left, left_in(folder));
    return least(left, left_in(root));
}

static uint64_t left_of_own_group(void)
{
    FILE *file = fopen("/proc/self/cgroup", "re");
    char line[1024];
    uint64_t left = UINT64_MAX;

    while (file && fgets(line, sizeof line, file))
        if (strncmp(line, "0::", 3) == 0) { /* version 2 */
            line[strcspn(line, "\n")] = '\0';
            left = kith_memory_left_of_group("/sys/fs/cgroup", line + 3);
        }
    if (file)
        (void)fclose(file);
    return left;
}

uint64_t kith_memory_left(void)
{
    return least(left_of_machine(), least(left_of_address_space(), left_of_own_group()));
}
