/** @file
 * What can go wrong, and how it is told.
 *
 * A function that can fail returns a kith_code and takes a kith_err as its last argument.
 * The first failure wins: a kith_err that already holds a failure is never overwritten, so the
 * message a person reads is the one written closest to the cause.
 */
#ifndef KITH_ERROR_H
#define KITH_ERROR_H

#include <stdint.h>

#include <kith/visibility.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Outcome of a call. Each value is also the exit code of the command-line tool. */
typedef enum kith_code {
    KITH_OK = 0,
    KITH_NOT_FOUND = 1,   /**< nothing found: no route, no match */
    KITH_REJECTED = 2,    /**< done, but some input rows were rejected */
    KITH_EUSAGE = 64,     /**< an argument makes no sense */
    KITH_EDATA = 65,      /**< bad data in an input or a network file */
    KITH_ENOINPUT = 66,   /**< no such input */
    KITH_EBUG = 70,       /**< kith is wrong: please report */
    KITH_ENOMEM = 71,     /**< out of memory */
    KITH_ECREATE = 73,    /**< the output cannot be created */
    KITH_EIO = 74,        /**< reading or writing failed midway */
    KITH_EBUSY = 75,      /**< another run holds the lock */
    KITH_ECONFIG = 78,    /**< bad configuration */
    KITH_EINTERRUPT = 130 /**< stopped by the caller */
} kith_code;

/** One failure. Start from KITH_ERR_NONE. Plain data: nothing to free. */
typedef struct kith_err {
    kith_code code;
    uint64_t line;     /**< line of `file`, counted from 1; 0 where there is none */
    char file[256];    /**< input file the failure is about; "" where there is none */
    char message[512]; /**< one line: what is wrong and what to do about it */
} kith_err;

/* clang-format off */
#define KITH_ERR_NONE {KITH_OK, 0, "", ""}
/* clang-format on */

/** Name of a code for programs and logs, for example "bad data". Static storage. */
KITH_API const char *kith_code_name(kith_code code);

#ifdef __cplusplus
}
#endif
#endif
