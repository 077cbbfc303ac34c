/** @file
 * Days, as every date in kith is kept.
 */
#ifndef KITH_DAY_H
#define KITH_DAY_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Days since 1970-01-01, negative before it. */
typedef int32_t kith_day;

/** Stands for a date that is not known. */
#define KITH_NO_DATE INT32_MIN

/** Bytes that a written date needs, with its NUL. */
#define KITH_DATE_SIZE 12

#ifdef __cplusplus
}
#endif
#endif
