#include "completion.h"

#include <stdio.h>
#include <string.h>

#include "command.h"

/** What stands behind an option. */
typedef enum value_kind { VALUE_NONE, VALUE_WORD, VALUE_FILE, VALUE_FOLDER, VALUE_OTHER } value_kind;

static value_kind value_of(const option *o)
{
    if (!o->argument)
        return VALUE_NONE;
    if (o->words)
        return VALUE_WORD;
    if (strcmp(o->argument, "DIR") == 0)
        return VALUE_FOLDER;
    return strstr(o->argument, "FILE") || strstr(o->argument, ".kith") ? VALUE_FILE : VALUE_OTHER;
}

static void each_option(const command *c, void (*put)(const command *c, const option *o))
{
    for (const option_group *g = c->groups; g->title; g++)
        for (const option *o = g->options; o->kind != OPT_END; o++)
            put(c, o);
}

static void put_words(const char *const *words)
{
    for (size_t i = 0; words[i]; i++)
        printf("%s%s", i ? " " : "", words[i]);
}

static void put_commands(void)
{
    for (const command *const *c = cli_commands; *c; c++)
        printf("%s ", (*c)->name);
}

/** Text within single quotes, a backslash before each of `special`. Where the quote is none of them, it ends
 * the quoted text, stands escaped, and begins it again. */
static void put_quoted(const char *text, const char *special)
{
    for (; *text; text++) {
        if (*text == '\'' && !strchr(special, '\'')) {
            fputs("'\\''", stdout);
            continue;
        }
        if (strchr(special, *text))
            putchar('\\');
        putchar(*text);
    }
}

/* ---- bash ---- */

/** What is offered behind an option; files are offered where nothing else is said. */
static void bash_value(const command *c, const option *o)
{
    const value_kind kind = value_of(o);

    if (kind == VALUE_NONE || kind == VALUE_FILE)
        return;
    printf("        \"%s --%s\"", c->name, o->name);
    if (o->letter)
        printf(" | \"%s -%c\"", c->name, o->letter);
    fputs(") ", stdout);
    if (kind == VALUE_WORD) {
        fputs("COMPREPLY=($(compgen -W \"", stdout);
        put_words(o->words);
        fputs("\" -- \"$cur\")); ", stdout);
    } else if (kind == VALUE_FOLDER) {
        fputs("mapfile -t COMPREPLY < <(compgen -d -- \"$cur\"); ", stdout);
    }
    puts("return ;;");
}

static void bash_option(const command *c, const option *o)
{
    (void)c;
    printf(" --%s", o->name);
}

static void print_bash(void)
{
    puts("# bash completion for kith\n"
         "_kith()\n"
         "{\n"
         "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]}\n"
         "    COMPREPLY=()\n"
         "    # --option=value comes as three words\n"
         "    [ \"$cur\" != = ] || cur=\n"
         "    [ \"$prev\" != = ] || prev=${COMP_WORDS[COMP_CWORD-2]}\n"
         "    if [ \"$COMP_CWORD\" -eq 1 ] || [ \"$command\" = help ]; then");
    fputs("        COMPREPLY=($(compgen -W \"", stdout);
    put_commands();
    puts("help --help --version\" -- \"$cur\"))\n"
         "        return\n"
         "    fi\n"
         "    case \"$command $prev\" in");
    for (const command *const *c = cli_commands; *c; c++)
        each_option(*c, bash_value);
    puts("    esac\n"
         "    if [[ $cur == -* ]]; then\n"
         "        case $command in");
    for (const command *const *c = cli_commands; *c; c++) {
        printf("            %s) COMPREPLY=($(compgen -W \"", (*c)->name);
        each_option(*c, bash_option);
        puts("\" -- \"$cur\")) ;;");
    }
    puts("        esac\n"
         "        return\n"
         "    fi\n"
         "    mapfile -t COMPREPLY < <(compgen -f -- \"$cur\")\n"
         "}\n"
         "complete -o filenames -F _kith kith");
}

/* ---- zsh ---- */

#define ZSH_SPECIAL "[]:\\"

static void zsh_option(const command *c, const option *o)
{
    const value_kind kind = value_of(o);
    const char *equals = kind == VALUE_NONE ? "" : "=";

    (void)c;
    fputs("                ", stdout);
    if (o->kind == OPT_LIST)
        fputs("'*'", stdout);
    else if (o->letter)
        printf("'(-%c --%s)'", o->letter, o->name);
    if (o->letter)
        printf("{-%c,--%s%s}'[", o->letter, o->name, equals);
    else
        printf("'--%s%s[", o->name, equals);
    put_quoted(o->help, ZSH_SPECIAL);
    putchar(']');
    if (kind != VALUE_NONE) {
        putchar(':');
        put_quoted(o->argument, ZSH_SPECIAL);
        putchar(':');
    }
    if (kind == VALUE_WORD) {
        putchar('(');
        put_words(o->words);
        putchar(')');
    } else if (kind != VALUE_NONE) {
        fputs(kind == VALUE_FILE ? "_files" : kind == VALUE_FOLDER ? "_files -/" : " ", stdout);
    }
    puts("' \\");
}

static void print_zsh(void)
{
    puts("#compdef kith\n"
         "# zsh completion for kith\n"
         "_kith()\n"
         "{\n"
         "    local -a commands=(");
    for (const command *const *c = cli_commands; *c; c++) {
        printf("        '%s:", (*c)->name);
        put_quoted((*c)->summary, "\\");
        puts("'");
    }
    puts("        'help:what a command does'\n"
         "    )\n"
         "    if (( CURRENT == 2 )) || { (( CURRENT == 3 )) && [[ $words[2] == help ]]; }; then\n"
         "        _describe -t commands command commands\n"
         "        return\n"
         "    fi\n"
         "    local command=$words[2]\n"
         "    shift words\n"
         "    (( CURRENT-- ))\n"
         "    case $command in");
    for (const command *const *c = cli_commands; *c; c++) {
        printf("        %s)\n            _arguments -s \\\n", (*c)->name);
        each_option(*c, zsh_option);
        puts("                '*:file:_files' ;;");
    }
    puts("    esac\n"
         "}\n"
         "if [[ ${funcstack[1]} == _kith ]]; then\n"
         "    _kith \"$@\"\n"
         "else\n"
         "    compdef _kith kith\n"
         "fi");
}

/* ---- fish ---- */

#define FISH_SPECIAL "\\'"

static void fish_option(const command *c, const option *o)
{
    static const char *const behind[] = {[VALUE_NONE] = "",
                                         [VALUE_WORD] = " -x",
                                         [VALUE_FILE] = " -rF",
                                         [VALUE_FOLDER] = " -x",
                                         [VALUE_OTHER] = " -x"};
    const value_kind kind = value_of(o);

    printf("complete -c kith -n '__fish_seen_subcommand_from %s'", c->name);
    if (o->letter)
        printf(" -s %c", o->letter);
    printf(" -l %s%s", o->name, behind[kind]);
    if (kind == VALUE_WORD) {
        fputs(" -a '", stdout);
        put_words(o->words);
        putchar('\'');
    } else if (kind == VALUE_FOLDER) {
        fputs(" -a '(__fish_complete_directories)'", stdout);
    }
    fputs(" -d '", stdout);
    put_quoted(o->help, FISH_SPECIAL);
    puts("'");
}

static void print_fish(void)
{
    puts("# fish completion for kith");
    for (const command *const *c = cli_commands; *c; c++) {
        printf("complete -c kith -n __fish_use_subcommand -f -a %s -d '", (*c)->name);
        put_quoted((*c)->summary, FISH_SPECIAL);
        puts("'");
    }
    puts("complete -c kith -n __fish_use_subcommand -f -a help -d 'what a command does'");
    fputs("complete -c kith -n '__fish_seen_subcommand_from help' -f -a '", stdout);
    put_commands();
    puts("'");
    for (const command *const *c = cli_commands; *c; c++)
        each_option(*c, fish_option);
}

bool completion_print(const char *shell)
{
    static const struct {
        const char *shell;
        void (*print)(void);
    } known[] = {{"bash", print_bash}, {"zsh", print_zsh}, {"fish", print_fish}};

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i].shell, shell) == 0) {
            known[i].print();
            return true;
        }
    return false;
}
