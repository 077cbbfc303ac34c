#include "base/err.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/** Longest part of a path that a message repeats; of a longer one its end tells more. */
#define PATH_SHOWN_BYTES 250

static const char *tail_of(const char *path, const char **dots)
{
    size_t length = strlen(path);

    *dots = length > PATH_SHOWN_BYTES ? "..." : "";
    return length > PATH_SHOWN_BYTES ? path + length - PATH_SHOWN_BYTES : path;
}

static bool holds_failure(const kith_err *err)
{
    return err->code != KITH_OK;
}

static void fill(kith_err *err, kith_code code, const char *file, uint64_t line, const char *format,
                 va_list args)
{
    if (!err || holds_failure(err))
        return;
    const char *dots;
    const char *tail = tail_of(file, &dots);

    err->code = code;
    err->line = line;
    (void)snprintf(err->file, sizeof err->file, "%s%s", dots, tail);
    (void)vsnprintf(err->message, sizeof err->message, format, args);
}

kith_code kith_fail(kith_err *err, kith_code code, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    fill(err, code, "", 0, format, args);
    va_end(args);
    return code;
}

kith_code kith_fail_at(kith_err *err, kith_code code, const char *file, uint64_t line, const char *format,
                       ...)
{
    va_list args;

    va_start(args, format);
    fill(err, code, file, line, format, args);
    va_end(args);
    return code;
}

kith_code kith_fail_memory(kith_err *err, const char *what)
{
    return kith_fail(err, KITH_ENOMEM, "out of memory: %s", what);
}

kith_code kith_fail_system(kith_err *err, kith_code code, const char *verb, const char *path,
                           int error_number)
{
    const char *dots;
    const char *tail = tail_of(path, &dots);
    const char *reason = strerrordesc_np(error_number); /* unlike strerror: no locale, no shared buffer */

    return kith_fail(err, code, "cannot %s %s%s: %s", verb, dots, tail, reason ? reason : "unknown reason");
}

const char *kith_code_name(kith_code code)
{
    switch (code) {
    case KITH_OK:
        return "ok";
    case KITH_NOT_FOUND:
        return "nothing found";
    case KITH_REJECTED:
        return "some rows rejected";
    case KITH_EUSAGE:
        return "bad usage";
    case KITH_EDATA:
        return "bad data";
    case KITH_ENOINPUT:
        return "no such input";
    case KITH_EBUG:
        return "bug in kith";
    case KITH_ENOMEM:
        return "out of memory";
    case KITH_ECREATE:
        return "cannot create the output";
    case KITH_EIO:
        return "reading or writing failed";
    case KITH_EBUSY:
        return "busy";
    case KITH_ECONFIG:
        return "bad configuration";
    case KITH_EINTERRUPT:
        return "interrupted";
    }
    return "unknown";
}
