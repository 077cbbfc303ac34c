#include "ingest/unpack.h"

#include <errno.h>
#include <locale.h>
#include <string.h>

#include "base/dynbuf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "ingest/archive_calls.h"

struct kith_archive {
    struct archive *reader;
    kith_stream *below;
    kith_packing packing;
    kith_unpack_meter meter;
    uint64_t entries, left_out;
    kith_dynbuf raw_name, name, first_left_out;
    locale_t utf8;      /**< libarchive gives names in the locale's encoding only */
    kith_err below_err; /**< why the stream below failed, kept while libarchive is on the stack */
    kith_code below_rc;
};

static bool begins_with(const char *head, size_t length, const char *magic, size_t magic_length)
{
    return length >= magic_length && memcmp(head, magic, magic_length) == 0;
}

kith_packing kith_packing_of(const char *head, size_t length)
{
    if (begins_with(head, length, "\x1f\x8b", 2))
        return KITH_GZIP;
    if (begins_with(head, length,
                    "\xfd"
                    "7zXZ\0",
                    6))
        return KITH_XZ;
    if (begins_with(head, length, "PK\3\4", 4) || begins_with(head, length, "PK\5\6", 4))
        return KITH_ARCHIVE;
    if (length > 262 && memcmp(head + 257, "ustar", 5) == 0)
        return KITH_ARCHIVE;
    return KITH_PLAIN;
}

kith_input_limits kith_unpack_limits(const kith_input_limits *given)
{
    return (kith_input_limits){.depth = given->depth ? given->depth : 4,
                               .entries = given->entries ? given->entries : 100000,
                               .expanded_bytes =
                                   given->expanded_bytes ? given->expanded_bytes : (uint64_t)64 << 30,
                               .ratio = given->ratio ? given->ratio : 1000};
}

kith_code kith_unpack_count(kith_unpack_meter *meter, uint64_t bytes, kith_err *err)
{
    const kith_input_limits *limits = meter->budget->limits;

    meter->out += bytes;
    meter->budget->out += bytes;
    if (meter->budget->out > limits->expanded_bytes)
        return kith_fail_at(err, KITH_EDATA, meter->path, 0,
                            "unpacks to more than %.3g GiB; --max-gigabytes allows more",
                            (double)limits->expanded_bytes / (1 << 30));
    if (meter->out > KITH_UNPACK_FREE && meter->out / limits->ratio > meter->in)
        return kith_fail_at(
            err, KITH_EDATA, meter->path, 0,
            "unpacks to more than %u times its size: is it made to fill up memory? --max-ratio allows more",
            limits->ratio);
    return KITH_OK;
}

static la_ssize_t read_below(struct archive *reader, void *ctx, const void **bytes)
{
    kith_archive *archive = ctx;
    const char *next;
    size_t length;

    archive->below_rc = kith_stream_next(archive->below, &next, &length, &archive->below_err);
    if (archive->below_rc != KITH_OK) {
        kith_la.set_error(reader, EIO, "the file below could not be read");
        return -1;
    }
    archive->meter.in += length;
    *bytes = next;
    return (la_ssize_t)length;
}

/** For the directory at the end of a zip archive, which alone tells links from files. */
static la_int64_t seek_below(struct archive *reader, void *ctx, la_int64_t offset, int whence)
{
    kith_archive *archive = ctx;
    int64_t at = 0;

    archive->below_rc = kith_stream_seek(archive->below, offset, whence, &at, &archive->below_err);
    if (archive->below_rc == KITH_OK)
        return at;
    kith_la.set_error(reader, EIO, "the file below could not be read");
    return ARCHIVE_FATAL;
}

/** What libarchive's last failure means: of the stream below, of memory, or of this file. */
static kith_code broken(const kith_archive *archive, kith_err *err)
{
    const char *why = kith_la.error_string(archive->reader);

    if (archive->below_rc != KITH_OK) {
        if (err && err->code == KITH_OK)
            *err = archive->below_err;
        return archive->below_rc;
    }
    if (kith_la.last_errno(archive->reader) == ENOMEM)
        return kith_fail_memory(err, "unpacking an archive");
    if (archive->packing == KITH_XZ) /* liblzma has no words for it */
        return kith_fail_at(err, KITH_EDATA, archive->meter.path, 0, "damaged xz file, or cut short");
    return kith_fail_at(err, KITH_EDATA, archive->meter.path, 0, "damaged archive: %s",
                        why ? why : "it is cut short");
}

static bool set_up(struct archive *reader, kith_packing packing)
{
    if (packing == KITH_XZ)
        return kith_la.read_support_filter_xz(reader) == ARCHIVE_OK &&
               kith_la.read_support_format_raw(reader) == ARCHIVE_OK &&
               kith_la.read_support_format_empty(reader) == ARCHIVE_OK;
    return kith_la.read_support_format_zip(reader) == ARCHIVE_OK &&
           kith_la.read_support_format_tar(reader) == ARCHIVE_OK;
}

kith_code kith_archive_open(kith_stream *below, kith_packing packing, kith_unpack_meter meter,
                            kith_archive **out, kith_err *err)
{
    kith_code rc = kith_archive_load(err);

    *out = NULL;
    if (rc)
        return rc;
    kith_archive *archive = kith_calloc(1, sizeof *archive);
    if (!archive)
        return kith_fail_memory(err, "unpacking an archive");
    archive->below = below;
    archive->packing = packing;
    archive->meter = meter;
    archive->utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    archive->reader = kith_la.read_new();
    if (!archive->reader || !set_up(archive->reader, packing)) {
        kith_archive_close(archive);
        return kith_fail_memory(err, "unpacking an archive");
    }
    if (kith_la.read_set_read_callback(archive->reader, read_below) != ARCHIVE_OK ||
        (below->seek && kith_la.read_set_seek_callback(archive->reader, seek_below) != ARCHIVE_OK) ||
        kith_la.read_set_callback_data(archive->reader, archive) != ARCHIVE_OK ||
        kith_la.read_open1(archive->reader) != ARCHIVE_OK) {
        rc = broken(archive, err);
        kith_archive_close(archive);
        return rc;
    }
    *out = archive;
    return KITH_OK;
}

/** Keeps the parts of `path` that name something; false where it is absolute or leads upwards. */
static bool clean_name(const char *path, kith_dynbuf *name)
{
    bool stays = *path != '/' && *path != '\\';

    kith_dynbuf_clear(name);
    while (*path) {
        size_t length = strcspn(path, "/\\");
        bool nameless = length == 0 || (length == 1 && path[0] == '.');
        stays &= !(length == 2 && path[0] == '.' && path[1] == '.');
        if (!nameless) {
            if (name->length)
                kith_dynbuf_put(name, '/');
            kith_dynbuf_append(name, path, length);
        }
        path += length + (path[length] != '\0');
    }
    return stays;
}

static kith_code take_name(kith_archive *archive, struct archive_entry *entry, bool *stays, kith_err *err)
{
    const char *path = kith_la.entry_pathname_utf8(entry);

    kith_dynbuf_clear(&archive->raw_name);
    if (path)
        kith_dynbuf_text(&archive->raw_name, path);
    else if ((path = kith_la.entry_pathname(entry)))
        (void)kith_utf8_mend(path, strlen(path), &archive->raw_name);
    *stays = clean_name(kith_dynbuf_cstr(&archive->raw_name), &archive->name);
    kith_code rc = kith_dynbuf_check(&archive->raw_name, "a name in an archive", err);
    return rc == KITH_OK ? kith_dynbuf_check(&archive->name, "a name in an archive", err) : rc;
}

/** Counts an entry that is passed over, and keeps the name of the first. */
static kith_code leave_out(kith_archive *archive, kith_err *err)
{
    if (archive->left_out++ == 0)
        kith_dynbuf_text(&archive->first_left_out, kith_dynbuf_cstr(&archive->raw_name));
    return kith_dynbuf_check(&archive->first_left_out, "a name in an archive", err);
}

/** Looks at the entry whose header was read. @param is_file  out, whether it is one to be read. */
static kith_code look_at(kith_archive *archive, struct archive_entry *entry, bool *is_file, kith_err *err)
{
    const uint64_t most = archive->meter.budget->limits->entries;
    bool stays = true;

    *is_file = false;
    if (++archive->entries > most)
        return kith_fail_at(err, KITH_EDATA, archive->meter.path, 0,
                            "holds more than %llu entries; --max-entries allows more",
                            (unsigned long long)most);
    kith_code rc = take_name(archive, entry, &stays, err);
    bool is_link = kith_la.entry_filetype(entry) == AE_IFLNK || kith_la.entry_hardlink(entry);
    bool is_regular = kith_la.entry_filetype(entry) == AE_IFREG && archive->name.length;
    if (rc == KITH_OK && (is_link || (is_regular && !stays)))
        return leave_out(archive, err);
    *is_file = is_regular;
    return rc;
}

kith_code kith_archive_next(kith_archive *archive, const char **name, kith_err *err)
{
    struct archive_entry *entry;
    kith_code rc = KITH_OK;
    bool is_file = false;
    locale_t before = archive->utf8 ? uselocale(archive->utf8) : (locale_t)0;

    *name = NULL;
    while (rc == KITH_OK && !is_file) {
        int status = kith_la.read_next_header(archive->reader, &entry);
        if (status == ARCHIVE_EOF)
            break;
        /* A warning is about what kith does not use: rights, times, an odd name. */
        rc = status == ARCHIVE_OK || status == ARCHIVE_WARN ? look_at(archive, entry, &is_file, err)
                                                            : broken(archive, err);
    }
    if (is_file)
        *name = kith_dynbuf_cstr(&archive->name);
    if (archive->utf8)
        uselocale(before);
    return rc;
}

uint64_t kith_archive_left_out(const kith_archive *archive, const char **first)
{
    *first = kith_dynbuf_cstr(&archive->first_left_out);
    return archive->left_out;
}

kith_code kith_archive_fill(void *ctx, char *bytes, size_t room, size_t *got, kith_err *err)
{
    kith_archive *archive = ctx;
    la_ssize_t length = kith_la.read_data(archive->reader, bytes, room);

    *got = 0;
    if (length < 0)
        return broken(archive, err);
    *got = (size_t)length;
    return kith_unpack_count(&archive->meter, *got, err);
}

void kith_archive_close(kith_archive *archive)
{
    if (!archive)
        return;
    if (archive->reader)
        (void)kith_la.read_free(archive->reader);
    if (archive->utf8)
        freelocale(archive->utf8);
    kith_dynbuf_free(&archive->raw_name);
    kith_dynbuf_free(&archive->name);
    kith_dynbuf_free(&archive->first_left_out);
    kith_free(archive);
}
