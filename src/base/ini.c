#include <kith/ini.h>

#include <errno.h>
#include <ini.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"

/** The file being read. The first line that cannot be used is the last one read. */
typedef struct reading {
    FILE *file;
    kith_ini_take *take;
    void *ctx;
    uint64_t line;
    kith_err failure;
} reading;

/** fgets for inih, which tells a handler neither the line nor that it may stop. */
static char *read_line(char *line, int size, void *ctx)
{
    reading *r = ctx;

    if (r->failure.code || !fgets(line, size, r->file))
        return NULL;
    r->line++;
    if (strlen(line) + 1 == (size_t)size && !strchr(line, '\n') && !feof(r->file)) {
        (void)kith_fail(&r->failure, KITH_ECONFIG, "is longer than a line may be, %d characters", size - 2);
        return NULL;
    }
    return line;
}

static int take_line(void *ctx, const char *section, const char *name, const char *value)
{
    reading *r = ctx;

    return r->take(r->ctx, section, name, value, &r->failure) == KITH_OK;
}

kith_code kith_ini_read(const char *path, kith_ini_take *take, void *ctx, kith_err *err)
{
    reading r = {.file = fopen(path, "re"), .take = take, .ctx = ctx, .failure = KITH_ERR_NONE};

    if (!r.file)
        return kith_fail_system(err, KITH_ENOINPUT, "open", path, errno);
    int line = ini_parse_stream(read_line, &r, take_line, &r);
    bool torn = ferror(r.file) != 0;
    (void)fclose(r.file);
    if (torn)
        return kith_fail_at(err, KITH_EIO, path, 0, "cannot be read");
    if (line < 0)
        return kith_fail_memory(err, path);
    /* A line that is no setting is told last, though those behind it were read. */
    if (line > 0 && (!r.failure.code || (uint64_t)line < r.line))
        return kith_fail_at(err, KITH_ECONFIG, path, (uint64_t)line,
                            "is neither a [section] nor name = value");
    return r.failure.code ? kith_fail_at(err, r.failure.code, path, r.line, "%s", r.failure.message)
                          : KITH_OK;
}
