#include "manual.h"

#include <ctype.h>
#include <kith/process.h>
#include <stdio.h>
#include <string.h>

enum { HELP_COLUMN = 28, HELP_WIDTH = 80 };

static const char about[] =
    "kith turns the contact lists people already own into answers: who can introduce me, which people hold a "
    "network "
    "together, and who was mentored and mentors in turn. It works offline and sends nothing anywhere.";

static const example overview_examples[] = {
    {"kith build datasets/cohort -o cohort.kith", "exports in, one network out"},
    {"kith intro cohort.kith --from 'Noor Haddad' --to 'company:Acme'",
     "who can introduce Noor to someone at Acme"},
    {"kith bridges cohort.kith", "who holds the network together"},
    {"kith cohort cohort.kith --group cohort", "cohorts side by side"},
    {"kith chains cohort.kith", "who was mentored and mentors in turn"},
    {"kith report cohort.kith -o report", "everything, as one browsable folder"},
    {NULL, NULL},
};

static const example exit_codes[] = {
    {"0", "done"},
    {"1", "nothing found: no route, no match"},
    {"2", "done, but input rows were rejected"},
    {"64", "wrong usage"},
    {"65", "bad data"},
    {"66", "no such input"},
    {"70", "a bug in kith"},
    {"71", "out of memory"},
    {"73", "cannot create the output"},
    {"74", "failed while reading or writing"},
    {"75", "busy: another run holds the lock"},
    {"78", "bad configuration"},
    {"130", "interrupted"},
    {NULL, NULL},
};

/** Prints text in lines of HELP_WIDTH, every line after the first indented; the cursor stands in column `at`.
 */
static void print_wrapped(const char *text, int at, int indent)
{
    bool first = true;

    while (*text) {
        int length = (int)strcspn(text, " \n");

        if (!first && at + 1 + length > HELP_WIDTH) {
            printf("\n%*s", indent, "");
            at = indent;
        } else if (!first) {
            putchar(' ');
            at++;
        }
        printf("%.*s", length, text);
        at += length;
        text += length;
        first = *text == '\n';
        for (; *text == '\n'; text++, at = indent)
            printf("\n%*s", text[1] == '\n' ? 0 : indent, "");
        text += *text == ' ';
    }
    putchar('\n');
}

static void print_examples(const example *list)
{
    puts("Examples");
    for (; list->line; list++) {
        printf("  %s\n      ", list->line);
        print_wrapped(list->meaning, 6, 6);
    }
}

static void print_option(const option *o)
{
    char head[96];
    int length =
        snprintf(head, sizeof head, "  %c%c%s--%s%s%s", o->letter ? '-' : ' ', o->letter ? o->letter : ' ',
                 o->letter ? ", " : "  ", o->name, o->argument ? " " : "", o->argument ? o->argument : "");

    printf("%s", head);
    if (length >= HELP_COLUMN) {
        putchar('\n');
        length = 0;
    }
    printf("%*s", HELP_COLUMN - length, "");
    print_wrapped(o->help, HELP_COLUMN, HELP_COLUMN);
}

void manual_help(const command *c)
{
    int at = printf("kith %s: ", c->name);
    print_wrapped(c->summary, at, 0);
    putchar('\n');
    print_examples(c->examples);
    printf("\nUsage\n  kith %s %s\n\n", c->name, c->synopsis);
    print_wrapped(c->details, 0, 0);
    for (const option_group *g = c->groups; g->title; g++) {
        printf("\n%s\n", g->title);
        for (const option *o = g->options; o->kind != OPT_END; o++)
            print_option(o);
    }
}

void manual_overview(void)
{
    print_examples(overview_examples);
    puts("\nCommands");
    for (const command *const *c = cli_commands; *c; c++) {
        printf("  %-10s ", (*c)->name);
        print_wrapped((*c)->summary, 13, 13);
    }
    putchar('\n');
    print_wrapped(about, 0, 0);
    puts("`kith help COMMAND` tells more; `kith --version` prints the version.");
}

/** Text for roff: backslashes, and dots and quotes that begin a line, mean something there. */
static void roff_text(const char *text)
{
    bool at_start = true;

    for (; *text; text++) {
        if (at_start && (*text == '.' || *text == '\''))
            fputs("\\&", stdout);
        at_start = *text == '\n';
        if (*text == '\\')
            fputs("\\e", stdout);
        else if (*text == '-')
            fputs("\\-", stdout);
        else if (at_start && text[1] == '\n')
            fputs("\n.PP", stdout);
        else
            putchar(*text);
    }
    putchar('\n');
}

static void roff_section(const char *title)
{
    printf(".SH ");
    for (; *title; title++)
        putchar(toupper((unsigned char)*title));
    putchar('\n');
}

static void roff_examples(const example *list)
{
    roff_section("Examples");
    for (; list->line; list++) {
        puts(".TP");
        fputs(".B ", stdout);
        roff_text(list->line);
        roff_text(list->meaning);
    }
}

static void roff_option(const option *o)
{
    puts(".TP");
    if (o->letter)
        printf("\\fB\\-%c\\fR, ", o->letter);
    fputs("\\fB\\-\\-", stdout);
    for (const char *p = o->name; *p; p++)
        printf(*p == '-' ? "\\-" : "%c", *p);
    fputs("\\fR", stdout);
    if (o->argument)
        printf(" \\fI%s\\fR", o->argument);
    putchar('\n');
    roff_text(o->help);
}

static void roff_command(const command *c)
{
    roff_section("Synopsis");
    printf(".B kith %s\n", c->name);
    roff_text(c->synopsis);
    roff_examples(c->examples);
    roff_section("Description");
    roff_text(c->details);
    for (const option_group *g = c->groups; g->title; g++) {
        roff_section(g->title);
        for (const option *o = g->options; o->kind != OPT_END; o++)
            roff_option(o);
    }
}

static void roff_overview(void)
{
    roff_section("Synopsis");
    puts(".B kith\n.I COMMAND\n[\\fIARGUMENT\\fR...]");
    roff_examples(overview_examples);
    roff_section("Description");
    roff_text(about);
    roff_section("Commands");
    for (const command *const *c = cli_commands; *c; c++) {
        printf(".TP\n.BR kith\\-%s (1)\n", (*c)->name);
        roff_text((*c)->summary);
    }
}

void manual_page(const command *c)
{
    fputs(c ? ".TH KITH\\-" : ".TH KITH", stdout);
    for (const char *letter = c ? c->name : ""; *letter; letter++)
        putchar(toupper((unsigned char)*letter));
    printf(" 1 \"\" \"kith %s\" \"kith manual\"\n", kith_version());
    roff_section("Name");
    printf("kith%s%s \\- ", c ? "\\-" : "", c ? c->name : "");
    roff_text(c ? c->summary : "answers from the contact lists people already own");
    if (c)
        roff_command(c);
    else
        roff_overview();
    roff_section("Environment");
    puts("Any option not given is taken from a variable: KITH_MAX_HOPS stands for \\-\\-max\\-hops. NO_COLOR "
         "switches "
         "colours off, OMP_NUM_THREADS limits the threads.");
    roff_section("Files");
    puts(".TP\n.I ~/.config/kith/kith.ini\nOptions given neither on the command line nor by a variable: "
         "lines like "
         "max\\-hops = 2 in a section [options], or in one named for a command. Its section "
         "[strength] holds the coefficients that networks are built with. kith config prints the whole file. "
         "The folder is $XDG_CONFIG_HOME/kith where that is set.");
    roff_section("Exit status");
    for (const example *e = exit_codes; e->line; e++)
        printf(".TP\n.B %s\n%s\n", e->line, e->meaning);
    if (c) {
        roff_section("See also");
        puts(".BR kith (1)");
    }
}
