/* What there is to do tonight: which inputs, and whether the answers of the last night stand. */
#include <string.h>
#include <unistd.h>

#include <kith/folder.h>
#include <kith/process.h>

#include "base/dynbuf.h"
#include "base/outfile.h"
#include "run/manifest.h"
#include "run/night.h"
#include "run/nightly_folder.h"

/** All that goes into a night: inputs, settings and the files that they name. */
static kith_code list_read(const kith_night *night, kith_texts *all, kith_err *err)
{
    const kith_nightly_config *config = &night->config;
    kith_code rc = kith_texts_add(all, night->opts->config, err);

    for (uint32_t i = 0; !rc && i < night->inputs.count; i++)
        rc = kith_texts_add(all, night->inputs.items[i], err);
    for (uint32_t i = 0; !rc && i < config->query_files.count; i++)
        rc = kith_texts_add(all, config->query_files.items[i], err);
    if (!rc && config->decisions)
        rc = kith_texts_add(all, config->decisions, err);
    if (!rc && config->redact)
        rc = kith_texts_add(all, config->redact, err);
    return rc;
}

static kith_code digest(const kith_night *night, kith_digest_kind kind, char out[KITH_DIGEST_SIZE],
                        kith_err *err)
{
    const char *as_of = night->config.as_of;
    kith_texts all = {0};
    kith_dynbuf seed = {0};

    kith_dynbuf_printf(&seed, "kith %s, as of %s, %s", kith_version(),
                       as_of && !strcmp(as_of, "run") ? night->date : "the settings",
                       kith_night_keeps_going(night) ? "keeping going" : "all or nothing");
    kith_code rc = kith_dynbuf_check(&seed, "a checksum", err);
    if (!rc)
        rc = list_read(night, &all, err);
    if (!rc)
        rc = kith_nightly_digest(&all, kind, seed.data, night->opts->progress, out, err);
    kith_texts_free(&all);
    kith_dynbuf_free(&seed);
    return rc;
}

kith_code kith_night_stamps(const kith_night *night, char stamps[KITH_DIGEST_SIZE], kith_err *err)
{
    return digest(night, KITH_DIGEST_STAMPS, stamps, err);
}

/** Whether a night was made of the same as this one will be. */
static bool made_of_same(const kith_night *night, const json_t *summary)
{
    const char *fingerprint = json_string_value(json_object_get(summary, "fingerprint"));

    return fingerprint && !strcmp(fingerprint, night->fingerprint) &&
           json_is_array(json_object_get(summary, "left_out"));
}

static void tell_damage(const kith_night *night, const kith_err *damage)
{
    kith_dynbuf line = {0};

    kith_dynbuf_printf(&line, "the night of %s is damaged, so all is made anew: %s: %s", night->last,
                       damage->file, damage->message);
    if (night->opts->notice)
        night->opts->notice(night->opts->notice_ctx, kith_dynbuf_cstr(&line));
    kith_dynbuf_free(&line);
}

/** Finds out whether the last night's answers stand: it was made of the same, and is as it was made. */
static kith_code compare_with_last(kith_night *night, kith_err *err)
{
    kith_dynbuf path = {0};
    kith_check_summary checked;
    kith_err damage = KITH_ERR_NONE;

    kith_code rc = kith_dynbuf_path(&path, night->config.output, night->last, err);
    if (!rc && !kith_manifest_load(path.data, KITH_NIGHT_SUMMARY, &night->last_summary, NULL) &&
        made_of_same(night, night->last_summary)) {
        night->unchanged = !kith_night_verify(path.data, night->last_summary, &checked, &damage);
        if (!night->unchanged)
            tell_damage(night, &damage);
    }
    kith_dynbuf_free(&path);
    return rc;
}

kith_code kith_night_find_inputs(kith_night *night, json_t *counts, kith_err *err)
{
    bool keeps_going = kith_night_keeps_going(night);

    kith_code rc =
        kith_nightly_find(&night->config, keeps_going ? night->left_out : NULL, &night->inputs, err);
    if (!rc)
        rc = kith_night_stamps(night, night->stamps, err);
    if (!rc)
        rc = digest(night, KITH_DIGEST_CONTENTS, night->fingerprint, err);
    if (!rc && *night->last && *night->fingerprint && !night->opts->in_full)
        rc = compare_with_last(night, err);
    if (!rc)
        rc = kith_night_count(counts, "inputs", night->inputs.count, err);
    if (!rc && night->unchanged &&
        json_object_set_new(counts, "unchanged_since", kith_night_unchanged_since(night)))
        rc = kith_fail_memory(err, "a count");
    return rc;
}

/** Links FROM/NAME as TO/NAME. */
static bool link_one(const char *from, const char *to, const char *name)
{
    kith_dynbuf old = {0}, new = {0};

    bool linked = !kith_dynbuf_path(&old, from, name, NULL) && !kith_dynbuf_path(&new, to, name, NULL) &&
                  link(old.data, new.data) == 0;
    kith_dynbuf_free(&old);
    kith_dynbuf_free(&new);
    return linked;
}

/** Links all files that a list names; `names` takes them in where it is not NULL. */
static bool link_files(const char *from, const char *to, const json_t *files, kith_texts *names)
{
    const json_t *entry;
    size_t at;

    json_array_foreach(files, at, entry)
    {
        const char *name = json_string_value(json_object_get(entry, "name"));

        /* What has changed since the night before is another question tonight. */
        if (names && !strncmp(name, KITH_NIGHT_CHANGES, strlen(KITH_NIGHT_CHANGES)))
            continue;
        if (!link_one(from, to, name) || (names && kith_texts_add(names, name, NULL)))
            return false;
    }
    return true;
}

static bool link_report(const char *last, const char *made)
{
    kith_dynbuf from = {0}, to = {0};
    json_t *manifest = NULL;

    bool linked = !kith_dynbuf_path(&from, last, KITH_NIGHT_REPORT, NULL) &&
                  !kith_dynbuf_path(&to, made, KITH_NIGHT_REPORT, NULL) && !kith_make_folder(to.data, NULL) &&
                  !kith_manifest_load(from.data, KITH_MANIFEST_NAME, &manifest, NULL) &&
                  link_files(from.data, to.data, json_object_get(manifest, "files"), NULL) &&
                  link_one(from.data, to.data, KITH_MANIFEST_NAME) &&
                  !kith_dynbuf_path(&from, to.data, "", NULL) && kith_sync_folder_of(from.data);
    json_decref(manifest);
    kith_dynbuf_free(&from);
    kith_dynbuf_free(&to);
    return linked;
}

/** Not every file system has links: without them the night is made in full. */
static kith_code give_up(kith_night *night, kith_err *err)
{
    night->unchanged = false;
    kith_texts_free(&night->files);
    kith_tempname_remove(night->made);
    night->made = NULL;
    return kith_night_make_folder(night, err);
}

kith_code kith_night_link_last(kith_night *night, json_t *counts, kith_err *err)
{
    kith_dynbuf last = {0};
    const char *made = kith_tempname_path(night->made);

    kith_code rc = kith_dynbuf_path(&last, night->config.output, night->last, err);
    if (rc)
        goto done;
    if (!link_files(last.data, made, json_object_get(night->last_summary, "files"), &night->files) ||
        !link_report(last.data, made)) {
        rc = give_up(night, err);
        goto done;
    }
    json_decref(night->left_out);
    night->left_out = json_incref(json_object_get(night->last_summary, "left_out"));
    rc = kith_night_open(night, err);
    if (!rc)
        rc = kith_night_count_network(night->net, counts, err);
done:
    kith_dynbuf_free(&last);
    return rc;
}
