#include "terminal.h"

#include <kith/safe_text.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

volatile sig_atomic_t terminal_stop;

/** The bar, or the line per phase, that is being shown. */
static struct {
    bool bar, lines;
    bool bar_shown;
    const char *phase;
    struct timespec phase_began, drawn;
} screen;

static double seconds_since(const struct timespec *then)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - then->tv_sec) + 1e-9 * (double)(now.tv_nsec - then->tv_nsec);
}

static void clear_bar(void)
{
    if (screen.bar_shown)
        fputs("\r\033[K", stderr);
    screen.bar_shown = false;
}

/** Longest line that is told. */
#define LINE_BYTES 8192

/** Names of files and what people typed are shown as safely as what stands in reports. */
static void put_line(FILE *stream, const char *line)
{
    char safe[LINE_BYTES];

    kith_safe_text(line, safe, sizeof safe);
    fputs(safe, stream);
    fputc('\n', stream);
}

void terminal_note(const char *format, ...)
{
    char line[LINE_BYTES];
    va_list list;

    va_start(list, format);
    vsnprintf(line, sizeof line, format, list);
    va_end(list);
    clear_bar();
    fputs("kith: ", stderr);
    put_line(stderr, line);
}

void terminal_print(const char *format, ...)
{
    char line[LINE_BYTES];
    va_list list;

    va_start(list, format);
    vsnprintf(line, sizeof line, format, list);
    va_end(list);
    put_line(stdout, line);
}

static void end_phase(void)
{
    struct rusage usage;

    if (screen.phase && screen.lines) {
        getrusage(RUSAGE_SELF, &usage);
        terminal_note("%-24s %8.2f s  peak %ld MB", screen.phase, seconds_since(&screen.phase_began),
                      usage.ru_maxrss / 1024);
    }
    screen.phase = NULL;
}

/** Whether a phase counts bytes; others count what their name says. */
static bool counts_bytes(const char *phase)
{
    return strcmp(phase, "reading") == 0 || strcmp(phase, "looking at the inputs") == 0 ||
           strcmp(phase, "writing the network") == 0;
}

/** "18.5 MB", "830.0 k", "45 ". */
static void put_amount(double amount, const char *unit)
{
    if (amount >= 1e6)
        fprintf(stderr, "%.1f M%s", amount * 1e-6, unit);
    else if (amount >= 1e3)
        fprintf(stderr, "%.1f k%s", amount * 1e-3, unit);
    else
        fprintf(stderr, "%.0f %s", amount, unit);
}

/** How much is done in a second, and how long the rest will take. */
static void draw_rate(const char *unit, double elapsed, uint64_t done, uint64_t total)
{
    const double rate = (double)done / elapsed;
    const double left = done < total ? (double)(total - done) / rate : 0;

    fputs("  ", stderr);
    put_amount(rate, unit);
    fputs("/s", stderr);
    if (total && left < 100)
        fprintf(stderr, "  %.0f s left", left);
    else if (total)
        fprintf(stderr, "  %.0f min left", left / 60);
}

static void draw_bar(const char *phase, uint64_t done, uint64_t total)
{
    enum { BAR_WIDTH = 24 };
    const double least_seconds = 0.5; /* from when on a rate tells something */
    const double elapsed = seconds_since(&screen.phase_began);
    const char *unit = counts_bytes(phase) ? "B" : "";

    if (screen.bar_shown && seconds_since(&screen.drawn) < 0.1)
        return;
    clock_gettime(CLOCK_MONOTONIC, &screen.drawn);
    fprintf(stderr, "\r\033[K%s ", phase);
    if (total) {
        double share = done >= total ? 1.0 : (double)done / (double)total;
        int filled = (int)(share * BAR_WIDTH);
        fprintf(stderr, "[%.*s%*s] %3.0f %%", filled, "########################", BAR_WIDTH - filled, "",
                share * 100);
    } else if (done) {
        put_amount((double)done, unit);
    }
    if (done && elapsed > least_seconds)
        draw_rate(unit, elapsed, done, total);
    fflush(stderr);
    screen.bar_shown = true;
}

static bool tick(void *ctx, const char *phase, uint64_t done, uint64_t total)
{
    (void)ctx;
    if (!screen.phase || strcmp(screen.phase, phase)) {
        end_phase();
        clear_bar(); /* so that the next one is drawn at once */
        screen.phase = phase;
        clock_gettime(CLOCK_MONOTONIC, &screen.phase_began);
    }
    if (screen.bar)
        draw_bar(phase, done, total);
    return !terminal_stop;
}

const kith_progress *terminal_progress(const common_args *args)
{
    static const kith_progress progress = {tick, NULL};

    screen.lines = args->verbose && !args->quiet;
    screen.bar = !args->verbose && !args->quiet && isatty(STDERR_FILENO);
    return &progress;
}

void terminal_finish(void)
{
    end_phase();
    clear_bar();
}

bool terminal_is_stdout(void)
{
    return isatty(STDOUT_FILENO);
}

bool terminal_wants_colour(void)
{
    const char *no_colour = getenv("NO_COLOR"), *term = getenv("TERM");

    return !(no_colour && *no_colour) && !(term && !strcmp(term, "dumb"));
}

uint32_t terminal_width(void)
{
    enum { NARROWEST = 40, USUAL = 80, WIDEST = 1000 };
    const char *columns = getenv("COLUMNS");
    struct winsize size;
    long width = columns ? strtol(columns, NULL, 10) : 0;

    if (width <= 0 && !ioctl(STDOUT_FILENO, TIOCGWINSZ, &size))
        width = size.ws_col;
    if (width <= 0)
        width = USUAL;
    return (uint32_t)(width < NARROWEST ? NARROWEST : width > WIDEST ? WIDEST : width);
}
