#include <inttypes.h>
#include <kith/memory.h>
#include <kith/process.h>
#include <kith/safe_text.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "command.h"
#include "completion.h"
#include "manual.h"
#include "settings.h"
#include "terminal.h"

extern const command cmd_build, cmd_info, cmd_find, cmd_why, cmd_intro, cmd_bridges, cmd_chains, cmd_cohort,
    cmd_match, cmd_report, cmd_diff, cmd_nightly, cmd_export, cmd_check, cmd_config;

const command *const cli_commands[] = {
    &cmd_build, &cmd_info,   &cmd_find, &cmd_why,     &cmd_intro,  &cmd_bridges, &cmd_chains, &cmd_cohort,
    &cmd_match, &cmd_report, &cmd_diff, &cmd_nightly, &cmd_export, &cmd_check,   &cmd_config, NULL};

static void write_all(const char *text)
{
    if (write(STDERR_FILENO, text, strlen(text)) < 0)
        return;
}

/** Work that does not end by itself soon after it was asked to is cut off. */
static void on_alarm(int number)
{
    (void)number;
    kith_abandon_outputs();
    _exit(KITH_EINTERRUPT);
}

static void on_interrupt(int number)
{
    if (terminal_stop)
        on_alarm(number);
    terminal_stop = 1;
    alarm(1);
}

/** A network file that was cut short while mapped raises SIGBUS; any other cause is a bug and dies of it. */
static void on_bus_error(int number, siginfo_t *info, void *context)
{
    static char safe[4 * PATH_MAX];
    const char *path = kith_mapped_file_at(info->si_addr);

    (void)context;
    kith_abandon_outputs();
    if (!path) { /* the same access faults again, and this time it is fatal */
        signal(number, SIG_DFL);
        return;
    }
    kith_safe_text(path, safe, sizeof safe);
    write_all("kith: ");
    write_all(safe);
    write_all(": the file was cut short while it was being read; build it again\n");
    _exit(KITH_EIO);
}

/** A pipe that nobody reads, a quit, a limit on time: ends as it always does, but leaves nothing behind. */
static void on_death(int number)
{
    kith_abandon_outputs();
    raise(number); /* by its default, which the first time has brought back */
}

static void catch_signals(void)
{
    struct sigaction interrupt = {.sa_handler = on_interrupt, .sa_flags = SA_RESTART};
    struct sigaction cut_off = {.sa_handler = on_alarm};
    struct sigaction death = {.sa_handler = on_death, .sa_flags = (int)(SA_RESETHAND | SA_NODEFER)};
    struct sigaction full = {.sa_handler = SIG_IGN};
    struct sigaction bus_error = {.sa_sigaction = on_bus_error, .sa_flags = SA_SIGINFO};

    sigaction(SIGINT, &interrupt, NULL);
    sigaction(SIGTERM, &interrupt, NULL);
    sigaction(SIGHUP, &interrupt, NULL);
    sigaction(SIGALRM, &cut_off, NULL);
    sigaction(SIGBUS, &bus_error, NULL);
    sigaction(SIGPIPE, &death, NULL);
    sigaction(SIGQUIT, &death, NULL);
    sigaction(SIGXCPU, &death, NULL);
    sigaction(SIGXFSZ, &full, NULL); /* a limit on file sizes is told like a full disk */
}

static void tell_error(const kith_err *err)
{
    if (err->file[0] && err->line)
        terminal_note("%s:%" PRIu64 ": %s", err->file, err->line, err->message);
    else if (err->file[0])
        terminal_note("%s: %s", err->file, err->message);
    else
        terminal_note("%s", err->message);
}

static kith_code run_command(const command *c, int argc, char **argv, kith_err *err)
{
    kith_code rc = KITH_ENOMEM;
    command_args *args = kith_calloc(1, c->args_size);
    const char **rest = kith_calloc((size_t)argc + 1, sizeof *rest);
    settings elsewhere = {0};

    if (!args || !rest)
        goto done;
    if ((rc = settings_load(&elsewhere, err)))
        goto done;
    elsewhere.command = c;
    args->rest.items = rest;
    args->settings = &elsewhere;
    if (c->preset)
        c->preset(args);
    if ((rc = cli_options_parse(c->groups, argc, argv, args, &args->rest, settings_value, &elsewhere, err)))
        goto done;
    if (args->common.help)
        manual_help(c);
    else if (args->rest.count < c->min_rest || args->rest.count > c->max_rest)
        rc = cli_usage(err, "%s wants %s; `kith help %s` tells more", c->name,
                       *c->synopsis ? c->synopsis : "nothing behind it", c->name);
    else
        rc = c->run(args, err);
done:
    terminal_finish();
    if (args)
        cli_options_free(c->groups, args);
    settings_free(&elsewhere);
    kith_free(rest);
    kith_free(args);
    return rc;
}

/** kith help [COMMAND], and how man pages and completion are made: --man [COMMAND], --completion SHELL. */
static kith_code run_help(int argc, char **argv, kith_err *err)
{
    bool man = argc && !strcmp(argv[0], "--man");

    if (argc == 2 && !strcmp(argv[0], "--completion"))
        return completion_print(argv[1]) ? KITH_OK
                                         : cli_usage(err, "there is no completion for \"%s\"", argv[1]);
    if (argc == man) {
        man ? manual_page(NULL) : manual_overview();
        return KITH_OK;
    }
    const command *c = cli_command_find(argv[man]);
    if (!c)
        return cli_usage(err, "there is no command \"%s\"; `kith help` lists them", argv[man]);
    man ? manual_page(c) : manual_help(c);
    return KITH_OK;
}

static kith_code run(int argc, char **argv, kith_err *err)
{
    if (argc < 2)
        return cli_usage(err, "which command? `kith help` lists them");
    if (!strcmp(argv[1], "--version")) {
        printf("kith %s\n", kith_version());
        return KITH_OK;
    }
    if (!strcmp(argv[1], "help") || !strcmp(argv[1], "--help") || !strcmp(argv[1], "-h"))
        return run_help(argc - 2, argv + 2, err);

    const command *c = cli_command_find(argv[1]);
    if (!c)
        return cli_usage(err, "there is no command \"%s\"; `kith help` lists them", argv[1]);
    return run_command(c, argc - 2, argv + 2, err);
}

int main(int argc, char **argv)
{
    kith_err err = KITH_ERR_NONE;

    catch_signals();
    kith_code rc = run(argc, argv, &err);
    if (rc > KITH_REJECTED || (rc == KITH_NOT_FOUND && err.message[0]))
        tell_error(&err);
    if ((fflush(stdout) || ferror(stdout)) && rc <= KITH_REJECTED) {
        terminal_note("cannot write to standard output");
        rc = KITH_EIO;
    }
    return (int)rc;
}
