/* What changed since the last night of an earlier date. */
#include <string.h>

#include <kith/diff.h>
#include <kith/output.h>

#include "base/dynbuf.h"
#include "report/diff_told.h"
#include "run/night.h"

static kith_code write_changes(kith_night *night, const kith_diff_result *result, const char *ending,
                               kith_err *err)
{
    kith_dynbuf file = {0}, path = {0};

    kith_dynbuf_printf(&file, KITH_NIGHT_CHANGES "%s", ending);
    kith_code rc = kith_dynbuf_check(&file, "a path", err);
    if (!rc)
        rc = kith_dynbuf_path(&path, kith_tempname_path(night->made), file.data, err);
    if (!rc)
        rc = kith_write_diff(night->net_before, night->net, result,
                             &(kith_output){.path = path.data, .with_contacts = night->config.with_contacts},
                             err);
    if (!rc)
        rc = kith_texts_add(&night->files, file.data, err);
    kith_dynbuf_free(&file);
    kith_dynbuf_free(&path);
    return rc;
}

/** How many changes there are of each kind that was looked for. */
static kith_code count_changes(const kith_diff_result *result, json_t *counts, kith_err *err)
{
    kith_dynbuf name = {0};
    kith_code rc = KITH_OK;

    for (int kind = 0; !rc && kind < KITH_CHANGE_KINDS; kind++) {
        if (!kith_told_compared(result, (kith_change_kind)kind))
            continue;
        kith_dynbuf_clear(&name);
        kith_dynbuf_printf(&name, "%s_%s", kith_change_words_of[kind].about,
                           kith_change_words_of[kind].change);
        rc = kith_dynbuf_check(&name, "a count", err);
        if (!rc)
            rc = kith_night_count(counts, name.data, result->changes[kind].total, err);
    }
    kith_dynbuf_free(&name);
    return rc;
}

static bool are_same(const kith_net *a, const kith_net *b)
{
    kith_net_summary summary_a, summary_b;

    kith_net_summarise(a, &summary_a);
    kith_net_summarise(b, &summary_b);
    return !strcmp(summary_a.checksum, summary_b.checksum);
}

kith_code kith_night_compare(kith_night *night, json_t *counts, kith_err *err)
{
    static const char *const endings[] = {"txt.gz", "csv.gz", "json.gz"};
    kith_diff_opts ask = KITH_DIFF_DEFAULTS;
    kith_diff_result result;

    if (!night->net_before)
        return KITH_OK;
    ask.top = 0;
    ask.grouped = night->config.group > 0;
    ask.group = kith_nightly_groups[night->config.group];
    ask.progress = night->opts->progress;
    if (are_same(night->net_before, night->net))
        ask.brokers = 0; /* who holds the same network together needs no work to tell */
    kith_code rc = kith_diff(night->net_before, night->net, &ask, &result, err);
    if (rc)
        return rc;
    for (size_t i = 0; !rc && i < sizeof endings / sizeof *endings; i++)
        rc = write_changes(night, &result, endings[i], err);
    if (!rc)
        rc = count_changes(&result, counts, err);
    if (!rc && !(night->changes = json_copy(counts)))
        rc = kith_fail_memory(err, "the changes");
    kith_diff_free(&result);
    return rc;
}
