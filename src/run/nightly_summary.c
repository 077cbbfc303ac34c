/* summary.json: what a night came to, and what it must be held against. */
#include <string.h>

#include <kith/folder.h>
#include <kith/process.h>
#include <kith/redaction.h>

#include "base/date.h"
#include "base/dynbuf.h"
#include "run/manifest.h"
#include "run/night.h"
#include "run/nightly_folder.h"

kith_code kith_night_count(json_t *counts, const char *name, uint64_t count, kith_err *err)
{
    return json_object_set_new(counts, name, json_integer((json_int_t)count))
               ? kith_fail_memory(err, "a count")
               : KITH_OK;
}

kith_code kith_night_count_network(const kith_net *net, json_t *counts, kith_err *err)
{
    kith_net_summary summary;

    kith_net_summarise(net, &summary);
    kith_code rc = kith_night_count(counts, "people", summary.people, err);
    if (!rc)
        rc = kith_night_count(counts, "ties", summary.ties, err);
    if (!rc)
        rc = kith_night_count(counts, "mentorships", summary.mentorships, err);
    return rc ? rc : kith_night_count(counts, "sources", summary.sources, err);
}

static json_t *describe_network(const kith_net *net)
{
    kith_net_summary summary;
    char as_of[KITH_DATE_SIZE];

    kith_net_summarise(net, &summary);
    kith_date_format(summary.as_of, as_of);
    return json_pack("{s:I, s:I, s:I, s:s?, s:s}", "people", (json_int_t)summary.people, "ties",
                     (json_int_t)summary.ties, "mentorships", (json_int_t)summary.mentorships, "as_of",
                     *as_of ? as_of : NULL, "checksum", summary.checksum);
}

static json_t *describe_rows(const kith_net *net)
{
    kith_source sum;

    kith_night_sum_rows(net, &sum);
    return json_pack("{s:I, s:I, s:I, s:I}", "rows", (json_int_t)sum.rows, "used", (json_int_t)sum.used,
                     "skipped", (json_int_t)sum.skipped, "rejected", (json_int_t)sum.rejected);
}

/** A share as it was given, in per cent; null where there is no limit. */
static json_t *percent(double share)
{
    return share < 0 ? json_null() : json_real(100 * share);
}

static json_t *describe_parameters(const kith_night *night)
{
    const kith_nightly_config *config = &night->config;

    return json_pack("{s:s, s:b, s:b, s:o, s:o, s:o}", "as_of", config->as_of ? config->as_of : "newest",
                     "keep_going", kith_night_keeps_going(night), "redacted", config->redact != NULL,
                     "max_rejects", percent(config->max_rejects), "max_people_drop",
                     percent(config->max_people_drop), "keep",
                     config->keep ? json_integer((json_int_t)config->keep) : json_null());
}

static json_t *describe_before(const kith_night *night)
{
    json_t *before = night->net_before ? describe_network(night->net_before) : json_null();

    if (night->net_before && json_object_set_new(before, "date", json_string(night->before))) {
        json_decref(before);
        return NULL;
    }
    return before;
}

json_t *kith_night_unchanged_since(const kith_night *night)
{
    json_t *since = json_object_get(night->last_summary, "unchanged_since");

    if (!night->unchanged)
        return json_null();
    return json_is_string(since) ? json_incref(since) : json_string(night->last);
}

/** Inputs that are left out, which go by pseudonyms where sources do. */
static json_t *describe_left_out(const kith_night *night)
{
    json_t *told;
    const json_t *entry;
    size_t at;

    if (!kith_net_is_redacted(night->net))
        return json_incref(night->left_out);
    if (!(told = json_array()))
        return NULL;
    json_array_foreach(night->left_out, at, entry)
    {
        const char *input = json_string_value(json_object_get(entry, "input"));
        bool is_hidden = night->unchanged; /* as the last summary has it */

        if (json_array_append_new(told, json_pack("{s:s, s:s}", "input",
                                                  is_hidden ? input : kith_net_wording(night->net, input),
                                                  "reason", "not told under redact; the log tells"))) {
            json_decref(told);
            return NULL;
        }
    }
    return told;
}

static kith_code list_files(const kith_night *night, json_t *files, kith_err *err)
{
    kith_code rc = files ? KITH_OK : kith_fail_memory(err, "the summary");

    for (uint32_t i = 0; !rc && i < night->files.count; i++)
        rc = kith_manifest_add(files, kith_tempname_path(night->made), night->files.items[i], err);
    return rc;
}

kith_code kith_night_summarise(kith_night *night, json_t *counts, kith_err *err)
{
    json_t *files = json_array();

    kith_code rc = list_files(night, files, err);
    json_t *summary = json_pack(
        "{s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:O?, s:o, s:s?, s:O, s:O}", "kith", kith_version(),
        "command", "nightly", "date", night->date, "unchanged_since", kith_night_unchanged_since(night),
        "network", describe_network(night->net), "parameters", describe_parameters(night), "rows",
        describe_rows(night->net), "before", describe_before(night), "changes", night->changes, "left_out",
        describe_left_out(night), "fingerprint", *night->fingerprint ? night->fingerprint : NULL, "steps",
        night->log.steps, "files", files);
    if (!rc && !summary)
        rc = kith_fail_memory(err, "the summary");
    if (!rc)
        rc = kith_manifest_save(kith_tempname_path(night->made), KITH_NIGHT_SUMMARY, summary, err);
    if (!rc)
        rc = kith_night_count(counts, "files", night->files.count, err);
    json_decref(summary);
    json_decref(files);
    return rc;
}

kith_code kith_night_verify(const char *folder, const json_t *summary, kith_check_summary *checked,
                            kith_err *err)
{
    kith_dynbuf report = {0};
    kith_check_summary of_night = {0};

    kith_code rc = kith_manifest_hold(folder, json_object_get(summary, "files"), &of_night, err);
    if (!rc)
        rc = kith_dynbuf_path(&report, folder, KITH_NIGHT_REPORT, err);
    if (!rc)
        rc = kith_manifest_verify(report.data, checked, err);
    if (!rc) {
        checked->files += of_night.files;
        checked->bytes += of_night.bytes;
    }
    kith_dynbuf_free(&report);
    return rc;
}
