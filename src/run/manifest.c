#include "run/manifest.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xxhash.h>

#include <kith/process.h>

#include "base/dynbuf.h"
#include "base/mapfile.h"
#include "base/mem.h"
#include "base/outfile.h"

enum { DIGEST_SIZE = 33 };

/** What one file is. */
typedef struct file_facts {
    uint64_t bytes;
    char digest[DIGEST_SIZE]; /**< 32 hex digits: XXH3-128 */
} file_facts;

/** Names of the plain files of a folder, ascending. */
typedef struct name_list {
    struct dirent **entries;
    int count;
} name_list;

static int is_listed(const struct dirent *entry)
{
    return strcmp(entry->d_name, ".") && strcmp(entry->d_name, "..") &&
           strcmp(entry->d_name, KITH_MANIFEST_NAME);
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static kith_code list_names(const char *folder, name_list *list, kith_err *err)
{
    list->count = scandir(folder, &list->entries, is_listed, by_bytes);
    if (list->count < 0) {
        *list = (name_list){0};
        return kith_fail_at(err, KITH_EIO, folder, 0, "cannot list the folder: %s", strerror(errno));
    }
    return KITH_OK;
}

static void free_names(name_list *list)
{
    for (int i = 0; i < list->count; i++)
        free(list->entries[i]);
    free(list->entries);
}

static kith_code look_at(const char *path, file_facts *facts, kith_err *err)
{
    kith_mapfile map;

    kith_code rc = kith_mapfile_open(path, &map, err);
    if (rc)
        return rc;
    XXH128_hash_t hash = XXH3_128bits(map.bytes, map.length);
    facts->bytes = map.length;
    snprintf(facts->digest, sizeof facts->digest, "%016" PRIx64 "%016" PRIx64, (uint64_t)hash.high64,
             (uint64_t)hash.low64);
    kith_mapfile_close(&map);
    return KITH_OK;
}

kith_code kith_manifest_add(json_t *files, const char *folder, const char *name, kith_err *err)
{
    kith_dynbuf path = {0};
    file_facts facts;

    kith_code rc = kith_dynbuf_path(&path, folder, name, err);
    if (!rc)
        rc = look_at(path.data, &facts, err);
    if (!rc && json_array_append_new(files, json_pack("{s:s, s:I, s:s}", "name", name, "bytes",
                                                      (json_int_t)facts.bytes, "xxh3_128", facts.digest)))
        rc = kith_fail_memory(err, "the manifest");
    kith_dynbuf_free(&path);
    return rc;
}

/** Describes every file of the folder as a JSON array. */
static kith_code describe(const char *folder, json_t *files, kith_err *err)
{
    name_list list = {0};

    kith_code rc = list_names(folder, &list, err);
    for (int i = 0; !rc && i < list.count; i++)
        rc = kith_manifest_add(files, folder, list.entries[i]->d_name, err);
    free_names(&list);
    return rc;
}

kith_code kith_manifest_save(const char *folder, const char *name, const json_t *manifest, kith_err *err)
{
    kith_outfile *file = NULL;
    kith_dynbuf path = {0};
    char *text = json_dumps(manifest, JSON_INDENT(2) | JSON_REAL_PRECISION(9));

    kith_code rc = text ? KITH_OK : kith_fail_memory(err, "the manifest");
    if (!rc)
        rc = kith_dynbuf_path(&path, folder, name, err);
    if (!rc)
        rc = kith_outfile_open(kith_dynbuf_cstr(&path), &file, err);
    if (!rc) {
        kith_outfile_printf(file, "%s\n", text);
        rc = kith_outfile_commit(file, err);
    }
    kith_dynbuf_free(&path);
    free(text);
    return rc;
}

kith_code kith_manifest_write(const char *folder, const kith_net *net, kith_err *err)
{
    kith_net_summary summary;

    kith_net_summarise(net, &summary);
    json_t *files = json_array();
    json_t *manifest = json_pack("{s:s, s:s, s:{s:I, s:I, s:I, s:s}, s:O}", "kith", kith_version(), "command",
                                 "report", "network", "people", (json_int_t)summary.people, "ties",
                                 (json_int_t)summary.ties, "mentorships", (json_int_t)summary.mentorships,
                                 "checksum", summary.checksum, "files", files);
    kith_code rc = manifest ? describe(folder, files, err) : kith_fail_memory(err, "the manifest");
    if (!rc)
        rc = kith_manifest_save(folder, KITH_MANIFEST_NAME, manifest, err);
    json_decref(files);
    json_decref(manifest);
    return rc;
}

kith_code kith_manifest_load(const char *folder, const char *name, json_t **manifest, kith_err *err)
{
    kith_dynbuf path = {0};
    kith_mapfile map = {0};
    json_error_t wrong;

    kith_code rc = kith_dynbuf_path(&path, folder, name, err);
    if (!rc)
        rc = kith_mapfile_open(kith_dynbuf_cstr(&path), &map, err);
    if (!rc) {
        *manifest = json_loadb((const char *)map.bytes, map.length, JSON_REJECT_DUPLICATES, &wrong);
        if (!*manifest)
            rc = kith_fail_at(err, KITH_EDATA, kith_dynbuf_cstr(&path),
                              wrong.line > 0 ? (uint64_t)wrong.line : 0, "is no JSON: %s", wrong.text);
        kith_mapfile_close(&map);
    }
    kith_dynbuf_free(&path);
    return rc;
}

static kith_code verify_one(const char *folder, const json_t *entry, kith_check_summary *summary,
                            kith_err *err)
{
    const char *name = json_string_value(json_object_get(entry, "name"));
    const char *digest = json_string_value(json_object_get(entry, "xxh3_128"));
    json_int_t bytes = json_integer_value(json_object_get(entry, "bytes"));
    kith_dynbuf path = {0};
    file_facts facts = {0};

    if (!name || !digest || !*name || strchr(name, '/'))
        return kith_fail_at(err, KITH_EDATA, folder, 0,
                            "the manifest has an entry that names no file of the folder");
    kith_code rc = kith_dynbuf_path(&path, folder, name, err);
    if (!rc && look_at(kith_dynbuf_cstr(&path), &facts, NULL))
        rc = kith_fail_at(err, KITH_EDATA, kith_dynbuf_cstr(&path), 0,
                          "is in the manifest but cannot be read");
    if (!rc && facts.bytes != (uint64_t)bytes)
        rc = kith_fail_at(err, KITH_EDATA, kith_dynbuf_cstr(&path), 0,
                          "has %" PRIu64 " bytes where the manifest says %" PRIu64, facts.bytes,
                          (uint64_t)bytes);
    if (!rc && strcmp(facts.digest, digest))
        rc = kith_fail_at(err, KITH_EDATA, kith_dynbuf_cstr(&path), 0,
                          "does not have the checksum of the manifest");
    if (!rc) {
        summary->files++;
        summary->bytes += facts.bytes;
    }
    kith_dynbuf_free(&path);
    return rc;
}

/** Every file of the folder is named in the manifest. */
static kith_code verify_nothing_else(const char *folder, const json_t *files, kith_err *err)
{
    name_list list = {0};

    kith_code rc = list_names(folder, &list, err);
    for (int i = 0; !rc && i < list.count; i++) {
        bool named = false;
        size_t at;
        const json_t *entry;

        json_array_foreach(files, at, entry)
        {
            const char *name = json_string_value(json_object_get(entry, "name"));

            named = named || (name && !strcmp(name, list.entries[i]->d_name));
        }
        if (!named)
            rc = kith_fail_at(err, KITH_EDATA, folder, 0, "holds %s, which is not in its manifest",
                              list.entries[i]->d_name);
    }
    free_names(&list);
    return rc;
}

kith_code kith_manifest_hold(const char *folder, const json_t *files, kith_check_summary *summary,
                             kith_err *err)
{
    kith_code rc = json_is_array(files)
                       ? KITH_OK
                       : kith_fail_at(err, KITH_EDATA, folder, 0, "the manifest lists no files");
    const json_t *entry;
    size_t at;

    json_array_foreach(files, at, entry)
    {
        if (rc)
            break;
        rc = verify_one(folder, entry, summary, err);
    }
    return rc;
}

kith_code kith_manifest_verify(const char *folder, kith_check_summary *summary, kith_err *err)
{
    json_t *manifest = NULL;

    *summary = (kith_check_summary){0};
    kith_code rc = kith_manifest_load(folder, KITH_MANIFEST_NAME, &manifest, err);
    if (rc)
        return rc;
    const json_t *files = json_object_get(manifest, "files");
    rc = kith_manifest_hold(folder, files, summary, err);
    if (!rc)
        rc = verify_nothing_else(folder, files, err);
    json_decref(manifest);
    return rc;
}
