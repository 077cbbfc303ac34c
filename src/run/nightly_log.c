#include "run/nightly_log.h"

#include <inttypes.h>
#include <kith/safe_text.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "base/dynbuf.h"

#define STAMP_SIZE sizeof "2026-03-01T02:00:03+0000"

kith_code kith_nightly_log_open(kith_nightly_log *log, const kith_nightly_opts *opts, const char *date,
                                kith_err *err)
{
    *log = (kith_nightly_log){.opts = opts, .date = date, .steps = json_array()};
    return log->steps ? KITH_OK : kith_fail_memory(err, "the log");
}

void kith_nightly_log_begin(kith_nightly_log *log)
{
    clock_gettime(CLOCK_MONOTONIC, &log->began);
}

/** Whole milliseconds, in seconds. */
static double seconds_since(const struct timespec *then)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return round(1e3 * (double)(now.tv_sec - then->tv_sec) + 1e-6 * (double)(now.tv_nsec - then->tv_nsec)) /
           1e3;
}

static int64_t peak_bytes(void)
{
    struct rusage usage = {0};

    getrusage(RUSAGE_SELF, &usage);
    return (int64_t)usage.ru_maxrss << 10;
}

static void put_stamp(char out[STAMP_SIZE], const char *format)
{
    time_t now = time(NULL);
    struct tm day;

    *out = '\0';
    if (localtime_r(&now, &day))
        (void)strftime(out, STAMP_SIZE, format, &day);
}

/** Why a step failed, with the file it is about, as it may be shown. */
static void put_reason(const kith_err *failure, char *out, size_t size)
{
    char text[sizeof failure->file + sizeof failure->message + 2];

    (void)snprintf(text, sizeof text, "%s%s%s", failure->file, *failure->file ? ": " : "", failure->message);
    kith_safe_text(text, out, size);
}

/** The step as a sentence: "build: people 13, ties 45 (0.123 s, peak 34 MB)". */
static void tell_text(const kith_nightly_log *log, const char *step, json_t *counts, const char *reason)
{
    char stamp[STAMP_SIZE];
    kith_dynbuf line = {0};
    const char *name, *comma = "";
    json_t *count;

    put_stamp(stamp, "%Y-%m-%d %H:%M:%S");
    kith_dynbuf_printf(&line, "%s %s:", stamp, step);
    if (reason)
        kith_dynbuf_printf(&line, " failed: %s", reason);
    json_object_foreach(counts, name, count)
    {
        kith_dynbuf_printf(&line, "%s %s ", comma, name);
        if (json_is_string(count))
            kith_dynbuf_text(&line, json_string_value(count));
        else
            kith_dynbuf_printf(&line, "%" JSON_INTEGER_FORMAT, json_integer_value(count));
        comma = ",";
    }
    kith_dynbuf_printf(&line, " (%.3f s, peak %" PRId64 " MB)", seconds_since(&log->began),
                       peak_bytes() >> 20);
    if (line.status == KITH_OK)
        log->opts->log(log->opts->log_ctx, line.data);
    kith_dynbuf_free(&line);
}

static void tell_json(const kith_nightly_log *log, json_t *told, const char *reason)
{
    char stamp[STAMP_SIZE];

    put_stamp(stamp, "%Y-%m-%dT%H:%M:%S%z");
    json_t *line = json_pack("{s:s, s:s, s:s, s:s*}", "time", stamp, "night", log->date, "outcome",
                             reason ? "failed" : "done", "message", reason);
    (void)json_object_update(line, told);
    char *text = json_dumps(line, JSON_COMPACT | JSON_ENSURE_ASCII | JSON_REAL_PRECISION(9));
    if (text)
        log->opts->log(log->opts->log_ctx, text);
    free(text);
    json_decref(line);
}

kith_code kith_nightly_log_end(kith_nightly_log *log, const char *step, json_t *counts, kith_code outcome,
                               const kith_err *failure, kith_err *err)
{
    char reason[4 * sizeof failure->message];
    json_t *told = json_pack("{s:s, s:f, s:I, s:O}", "step", step, "seconds", seconds_since(&log->began),
                             "peak_bytes", (json_int_t)peak_bytes(), "counts", counts);
    kith_code rc = told ? KITH_OK : kith_fail_memory(err, "the log");

    put_reason(failure, reason, sizeof reason);
    if (told && log->opts->log && log->opts->json)
        tell_json(log, told, outcome ? reason : NULL);
    else if (told && log->opts->log)
        tell_text(log, step, counts, outcome ? reason : NULL);
    if (told && json_array_append_new(log->steps, told))
        rc = kith_fail_memory(err, "the log");
    json_decref(counts);
    return rc;
}

void kith_nightly_log_close(kith_nightly_log *log)
{
    json_decref(log->steps);
    *log = (kith_nightly_log){0};
}
