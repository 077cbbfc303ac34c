/** @file
 * --group: what people are grouped by.
 */
#ifndef KITH_CLI_GROUPING_H
#define KITH_CLI_GROUPING_H

#include <kith/bridges.h>
#include <kith/output.h>

#include "option.h"

typedef struct grouping_args {
    const char *group;
    double resolution;
    uint32_t runs;
} grouping_args;

/** How communities are sought; --group itself stands with each command, in its own words. */
extern const option grouping_options[];

/** The usual way to seek communities. */
void grouping_preset(grouping_args *args);

/** KITH_GROUPING_NONE where no group is asked for. @return KITH_EUSAGE. */
kith_code grouping_read(const grouping_args *args, kith_grouping *grouping, kith_field *field, kith_err *err);

/**
 * What an answer itself does not know of the groups asked for.
 * @param room      [size] for a text.
 * @param settings  out, room for two.
 * @return how many.
 */
uint32_t grouping_settings(const grouping_args *args, uint32_t seed, char *room, size_t size,
                           kith_setting *settings);

#endif
