/* The night shift: its steps, in their order. */
#include <kith/nightly.h>

#include <errno.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/date.h"
#include "base/dynbuf.h"
#include "base/mem.h"
#include "base/outfile.h"
#include "base/ticker.h"
#include "run/night.h"
#include "run/nightly_folder.h"
#include "run/nightly_lock.h"

/** The day that the night is called by: as asked, else today where the computer stands. */
static kith_code choose_date(kith_night *night, kith_err *err)
{
    const char *asked = night->opts->date;
    time_t now = time(NULL);
    struct tm today;

    if (asked) {
        kith_date_format(kith_date_parse(asked, KITH_DATE_YMD), night->date);
        return !strcmp(asked, night->date)
                   ? KITH_OK
                   : kith_fail(err, KITH_EUSAGE, "the date of a night is like 2026-03-01, not \"%.40s\"",
                               asked);
    }
    if (!localtime_r(&now, &today))
        return kith_fail_system(err, KITH_ECONFIG, "read", "the clock", errno);
    kith_date_format(
        kith_day_from_civil(today.tm_year + 1900, (uint32_t)today.tm_mon + 1, (uint32_t)today.tm_mday),
        night->date);
    return KITH_OK;
}

/** Which nights there are already; none may be of a later date. */
static kith_code look_back(kith_night *night, kith_err *err)
{
    kith_nights nights = {0};

    kith_code rc = kith_nights_list(night->config.output, &nights, err);
    for (uint32_t i = 0; !rc && i < nights.count; i++) {
        memcpy(night->last, nights.dates[i], sizeof night->last);
        if (strcmp(night->last, night->date) < 0)
            memcpy(night->before, night->last, sizeof night->before);
    }
    kith_free(nights.dates);
    if (!rc && strcmp(night->last, night->date) > 0)
        rc = kith_fail(
            err, KITH_ECONFIG,
            "there is a night of %s already, later than %s: set the clock, or move that night elsewhere",
            night->last, night->date);
    return rc;
}

kith_code kith_night_make_folder(kith_night *night, kith_err *err)
{
    kith_dynbuf path = {0};

    kith_code rc = kith_dynbuf_path(&path, night->config.output, night->date, err);
    if (!rc && !kith_tempname_folder(path.data, &night->made))
        rc = kith_fail_system(err, KITH_ECREATE, "make the folder", path.data, errno);
    kith_dynbuf_free(&path);
    return rc;
}

static kith_code lock(kith_night *night, json_t *counts, kith_err *err)
{
    kith_code rc = kith_make_folder(night->config.output, err);

    (void)counts;
    return rc ? rc : kith_nightly_lock(night->config.output, &night->lock, err);
}

static kith_code prepare(kith_night *night, json_t *counts, kith_err *err)
{
    const char *output = night->config.output;
    uint32_t removed = 0;

    kith_code rc = kith_nights_tidy(output, &removed, err);
    if (!rc)
        rc = look_back(night, err);
    if (!rc)
        rc = kith_nights_may_publish(output, night->date, err);
    if (!rc)
        rc = kith_night_make_folder(night, err);
    return rc ? rc : kith_night_count(counts, "unfinished", removed, err);
}

static kith_code publish(kith_night *night, json_t *counts, kith_err *err)
{
    kith_tempname *made = night->made;

    night->made = NULL;
    if (json_object_set_new(counts, "night", json_string(night->date))) {
        kith_tempname_remove(made);
        return kith_fail_memory(err, "a count");
    }
    return kith_nights_publish(night->config.output, night->date, made, err);
}

static kith_code prune(kith_night *night, json_t *counts, kith_err *err)
{
    uint32_t pruned = 0;

    kith_code rc = night->config.keep
                       ? kith_nights_prune(night->config.output, night->config.keep, &pruned, err)
                       : KITH_OK;
    return rc ? rc : kith_night_count(counts, "removed", pruned, err);
}

/** When a step is made. */
typedef enum occasion { ALWAYS, WHERE_UNCHANGED, WHERE_CHANGED } occasion;

static const struct {
    const char *name;
    occasion when;
    kith_night_step *run;
} steps[] = {
    {"lock", ALWAYS, lock},
    {"prepare", ALWAYS, prepare},
    {"inputs", ALWAYS, kith_night_find_inputs},
    {"link", WHERE_UNCHANGED, kith_night_link_last},
    {"build", WHERE_CHANGED, kith_night_build},
    {"check", ALWAYS, kith_night_check},
    {"report", WHERE_CHANGED, kith_night_report},
    {"questions", WHERE_CHANGED, kith_night_ask},
    {"diff", ALWAYS, kith_night_compare},
    {"summary", ALWAYS, kith_night_summarise},
    {"publish", ALWAYS, publish},
    {"prune", ALWAYS, prune},
};

static kith_code run_step(kith_night *night, size_t at, kith_err *err)
{
    json_t *counts = json_object();
    kith_err failure = KITH_ERR_NONE;

    kith_nightly_log_begin(&night->log);
    kith_code rc = kith_tick_now(night->opts->progress, steps[at].name, 0, 0, &failure);
    if (!rc)
        rc = counts ? steps[at].run(night, counts, &failure) : kith_fail_memory(&failure, "a count");
    kith_code logged = kith_nightly_log_end(&night->log, steps[at].name, counts, rc, &failure, err);
    if (rc)
        *err = failure;
    return rc ? rc : logged;
}

static bool is_wanted(const kith_night *night, occasion when)
{
    return when == ALWAYS || (when == WHERE_UNCHANGED) == night->unchanged;
}

static void summarise(const kith_night *night, kith_nightly_summary *summary)
{
    kith_source rows;

    kith_night_sum_rows(night->net, &rows);
    *summary = (kith_nightly_summary){.unchanged = night->unchanged,
                                      .rejected = rows.rejected,
                                      .left_out = (uint32_t)json_array_size(night->left_out)};
    memcpy(summary->date, night->date, sizeof summary->date);
}

static void end(kith_night *night)
{
    kith_net_close(night->net);
    kith_net_close(night->net_before);
    if (night->made)
        kith_tempname_remove(night->made);
    if (night->lock >= 0)
        (void)close(night->lock);
    kith_texts_free(&night->inputs);
    kith_texts_free(&night->files);
    json_decref(night->left_out);
    json_decref(night->last_summary);
    json_decref(night->changes);
    kith_nightly_log_close(&night->log);
    kith_nightly_config_free(&night->config);
}

kith_code kith_nightly(const kith_nightly_opts *opts, kith_nightly_summary *summary, kith_err *err)
{
    kith_night night = {.opts = opts, .lock = -1, .left_out = json_array()};
    kith_err failure = KITH_ERR_NONE;

    kith_code rc = night.left_out ? KITH_OK : kith_fail_memory(&failure, "a night");
    if (!rc)
        rc = kith_nightly_config_read(opts->config, &night.config, &failure);
    if (!rc)
        rc = choose_date(&night, &failure);
    if (!rc)
        rc = kith_nightly_log_open(&night.log, opts, night.date, &failure);
    for (size_t i = 0; !rc && i < sizeof steps / sizeof *steps; i++)
        if (is_wanted(&night, steps[i].when))
            rc = run_step(&night, i, &failure);
    if (!rc && summary)
        summarise(&night, summary);
    end(&night);
    if (rc && err)
        *err = failure;
    return rc;
}
