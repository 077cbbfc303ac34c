#include "ingest/archive_calls.h"

#include "base/late.h"

kith_archive_calls kith_la;

kith_code kith_archive_load(kith_err *err)
{
#define X(name) "archive_" #name,
    static const char *const names[] = {KITH_ARCHIVE_CALLS(X) "archive_errno"};
#undef X
    const kith_late archive = {KITH_ARCHIVE_LIBRARY, names, sizeof names / sizeof *names, &kith_la};

    return kith_late_load(&archive, err);
}
