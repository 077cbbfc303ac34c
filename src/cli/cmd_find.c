#include "command.h"

typedef struct find_args {
    command_args base;
    input_args input;
    output_args output;
} find_args;

static const option_group groups[] = {
    {"Output", cli_output_options, offsetof(find_args, output)},
    {"Reading inputs", cli_input_options, offsetof(find_args, input)},
    {"Manners", cli_common_options, 0},
    {NULL, NULL, 0},
};

static const example examples[] = {
    {"kith find cohort.kith 'Ben Ito'", "everyone of that name"},
    {"kith find cohort.kith 'company:\"Acme Robotics\" title:manager|director'", "terms that must all hold"},
    {"kith find cohort.kith 'owner:any'", "whose exports were read"},
    {NULL, NULL},
};

static kith_code run(const void *args, kith_err *err)
{
    const find_args *a = args;
    command_args inputs = a->base;
    kith_ids people = {0};
    kith_net *net = NULL;
    kith_output to;
    bool rejected = false;

    const char *who = inputs.rest.items[--inputs.rest.count];
    kith_code rc = cli_output(&a->output, &to, err);
    to.settings = &(kith_setting){"who", who};
    to.n_settings = 1;
    if (!rc)
        rc = cli_load(&inputs, &a->input, &a->output.privacy, &net, &rejected, err);
    if (!rc)
        rc = kith_who_all(net, who, &people, err);
    if (!rc)
        rc = kith_write_people(net, &people, &to, err);
    kith_ids_free(&people);
    kith_net_close(net);
    return cli_outcome(rc, true, rejected);
}

const command cmd_find = {
    .name = "find",
    .summary = "people matching a query",
    .synopsis = "NET WHO [OPTION...]",
    .details = "WHO is id:17, key:ann-lee, an email, a LinkedIn URL, me (the owner), a name, or terms that "
               "must all hold: "
               "company, title, industry, location, skill, wants, cohort, role, goal, label, name, owner. "
               "`|` separates "
               "alternatives, quotes keep words together. Case and accents do not matter; whole words do.",
    .examples = examples,
    .groups = groups,
    .args_size = sizeof(find_args),
    .min_rest = 2,
    .max_rest = UINT32_MAX,
    .run = run,
};
