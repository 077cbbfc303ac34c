/** @file
 * Ids that count only together with the name of a group: one folder may have a 1 among its students and
 * another among its mentors.
 */
#ifndef KITH_INGEST_ID_GROUPS_H
#define KITH_INGEST_ID_GROUPS_H

#include <stdbool.h>

#include "base/err.h"
#include "base/intern.h"

/** The groups of one folder, each with its id space. Zeroed is empty. */
typedef struct kith_id_groups {
    kith_intern *names;
    uint32_t *spaces; /**< [names] */
    size_t capacity;
} kith_id_groups;

struct kith_reading;

/**
 * The space of a group's ids. The first group that is asked for shares the folder's own space, with the
 * tables beside it; where --ids names one space for all, so does every group.
 * @param groups  of the reading's home.
 */
kith_code kith_id_groups_space(kith_id_groups *groups, struct kith_reading *reading, const char *group,
                               uint32_t *space, kith_err *err);

/** Whether the space of a group was asked for. */
bool kith_id_groups_knows(const kith_id_groups *groups, const char *group);

void kith_id_groups_free(kith_id_groups *groups);

#endif
