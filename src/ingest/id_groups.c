#include "ingest/id_groups.h"

#include <string.h>

#include "base/mem.h"
#include "ingest/reading.h"

kith_code kith_id_groups_space(kith_id_groups *groups, kith_reading *reading, const char *group,
                               uint32_t *space, kith_err *err)
{
    kith_code rc = groups->names ? KITH_OK : kith_intern_new(0, &groups->names, err);
    uint32_t number = 0;

    if (rc != KITH_OK)
        return rc;
    /* Room and space first: a group that is known must have its space. */
    uint32_t known = kith_intern_count(groups->names);
    number = kith_intern_find(groups->names, group, strlen(group));
    if (number != UINT32_MAX) {
        *space = groups->spaces[number];
        return KITH_OK;
    }
    if (!kith_grow((void **)&groups->spaces, &groups->capacity, (size_t)known + 1, sizeof *groups->spaces))
        return kith_fail_memory(err, "the groups of ids");
    rc = known == 0 || reading->opts->ids
             ? kith_reading_space(reading, &groups->spaces[known], err)
             : reading->sink->space(reading->sink->ctx, group, &groups->spaces[known], err);
    if (rc == KITH_OK)
        rc = kith_intern_add(groups->names, group, strlen(group), &number, err);
    *space = groups->spaces[known];
    return rc;
}

bool kith_id_groups_knows(const kith_id_groups *groups, const char *group)
{
    return groups->names && kith_intern_find(groups->names, group, strlen(group)) != UINT32_MAX;
}

void kith_id_groups_free(kith_id_groups *groups)
{
    kith_intern_free(groups->names);
    kith_free(groups->spaces);
    *groups = (kith_id_groups){0};
}
