#include <criterion/criterion.h>
#include <zlib.h>

#include "base/late.h"

typedef struct calls {
    __typeof__(zlibVersion) *version;
    __typeof__(crc32) *crc;
} calls;

static const char *const names[] = {"zlibVersion", "crc32"};

Test(late, finds_what_is_asked_for)
{
    calls found = {0};
    const kith_late late = {"libz.so.1", names, 2, &found};
    kith_err err = {0};

    cr_assert_eq(kith_late_load(&late, &err), KITH_OK, "%s", err.message);
    cr_assert_eq(found.crc(0, (const Bytef *)"123456789", 9), 0xcbf43926);
    cr_assert_eq(found.version()[0], '1');
    cr_assert_eq(kith_late_load(&late, &err), KITH_OK);
}

Test(late, says_which_library_is_missing)
{
    calls found = {0};
    const kith_late late = {"libnowhere.so.7", names, 2, &found};
    kith_err err = {0};

    cr_assert_eq(kith_late_load(&late, &err), KITH_EIO);
    cr_assert(strstr(err.message, "libnowhere.so.7 is needed"), "%s", err.message);
}

Test(late, says_what_a_library_lacks)
{
    static const char *const odd[] = {"zlibVersion", "is_not_in_zlib"};
    calls found = {0};
    const kith_late late = {"libz.so.1", odd, 2, &found};
    kith_err err = {0};

    cr_assert_eq(kith_late_load(&late, &err), KITH_EIO);
    cr_assert(strstr(err.message, "is_not_in_zlib"), "%s", err.message);
    cr_assert_null(found.crc);
}
