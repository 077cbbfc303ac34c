#include "grouping.h"

#include <stdio.h>
#include <string.h>

const option grouping_options[] = {
    {OPT_REAL, 0, "resolution", "R", "of communities: more gives smaller ones (default 1)",
     offsetof(grouping_args, resolution), NULL},
    {OPT_U32, 0, "runs", "N", "runs of which the best communities count (default 10)",
     offsetof(grouping_args, runs), NULL},
    {.kind = OPT_END},
};

void grouping_preset(grouping_args *args)
{
    args->resolution = 1;
    args->runs = 10;
}

kith_code grouping_read(const grouping_args *args, kith_grouping *grouping, kith_field *field, kith_err *err)
{
    static const kith_field fields[] = {KITH_FIELD_COMPANY, KITH_FIELD_COHORT, KITH_FIELD_INDUSTRY,
                                        KITH_FIELD_LOCATION};

    *grouping = KITH_GROUPING_NONE;
    if (!args->group)
        return KITH_OK;
    if (strcmp(args->group, "community") == 0) {
        *grouping = KITH_GROUPING_COMMUNITY;
        return KITH_OK;
    }
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (kith_field_find(args->group) == fields[i]) {
            *grouping = KITH_GROUPING_FIELD;
            *field = fields[i];
            return KITH_OK;
        }
    return cli_usage(err, "--group wants company, cohort, industry, location or community, not \"%s\"",
                     args->group);
}

uint32_t grouping_settings(const grouping_args *args, uint32_t seed, char *room, size_t size,
                           kith_setting *settings)
{
    if (!args->group)
        return 0;
    settings[0] = (kith_setting){"group", args->group};
    if (strcmp(args->group, "community") != 0)
        return 1;
    snprintf(room, size, "resolution %.9g, runs %u, seed %u", args->resolution, args->runs, seed);
    settings[1] = (kith_setting){"communities", room};
    return 2;
}
