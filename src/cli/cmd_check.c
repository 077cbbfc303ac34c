#include <inttypes.h>
#include <kith/folder.h>

#include "command.h"
#include "terminal.h"

typedef struct check_args {
    command_args base;
} check_args;

static const option_group groups[] = {
    {"Manners", cli_common_options, 0},
    {NULL, NULL, 0},
};

static const example examples[] = {
    {"kith check cohort.kith", "verify a network file: every checksum, every reference"},
    {"kith check report", "verify a report folder against its manifest"},
    {NULL, NULL},
};

static kith_code run(const void *args, kith_err *err)
{
    const check_args *a = args;

    for (uint32_t i = 0; i < a->base.rest.count; i++) {
        kith_check_summary summary = {0};

        kith_code rc = kith_check(a->base.rest.items[i], &summary, err);
        if (rc)
            return rc;
        if (!a->base.common.quiet)
            terminal_print("%s: whole (%" PRIu64 " %s, %" PRIu64 " bytes)", a->base.rest.items[i],
                           summary.files, summary.files == 1 ? "file" : "files", summary.bytes);
    }
    return KITH_OK;
}

const command cmd_check = {
    .name = "check",
    .summary = "verify checksums and structure of a network or a report folder",
    .synopsis = "NET|DIR... [OPTION...]",
    .details = "Reads every byte. The exit code is 65 where anything is damaged or missing.",
    .examples = examples,
    .groups = groups,
    .args_size = sizeof(check_args),
    .min_rest = 1,
    .max_rest = UINT32_MAX,
    .run = run,
};
