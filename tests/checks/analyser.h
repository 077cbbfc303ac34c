/** @file
 * What the analyser cannot know, as it sees one source file at a time: a recorded failure returns the code
 * it was given, which is never KITH_OK. tests/checks/clang.sh puts this before every file it analyses.
 */
#ifndef KITH_CHECKS_ANALYSER_H
#define KITH_CHECKS_ANALYSER_H

#include <kith/error.h>

/* The real definition may follow in the same file. */
#define MODEL extern inline __attribute__((gnu_inline, unused))

MODEL kith_code kith_fail(kith_err *err, kith_code code, const char *format, ...)
{
    (void)err, (void)format;
    return code;
}

MODEL kith_code kith_fail_at(kith_err *err, kith_code code, const char *file, uint64_t line,
                             const char *format, ...)
{
    (void)err, (void)file, (void)line, (void)format;
    return code;
}

MODEL kith_code kith_fail_memory(kith_err *err, const char *what)
{
    (void)err, (void)what;
    return KITH_ENOMEM;
}

MODEL kith_code kith_fail_system(kith_err *err, kith_code code, const char *verb, const char *path,
                                 int error_number)
{
    (void)err, (void)verb, (void)path, (void)error_number;
    return code;
}

#undef MODEL
#endif
