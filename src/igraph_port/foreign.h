/** @file
 * Graph files of other tools, read by igraph.
 *
 * Its readers trust what they read, so they run in a child process with limits on memory, time and
 * files, which hands back plain records through a pipe; and what a file declares of itself is held
 * against its size before. Knows nothing of networks.
 */
#ifndef KITH_IGRAPH_PORT_FOREIGN_H
#define KITH_IGRAPH_PORT_FOREIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <kith/progress.h>

#include "base/err.h"

typedef enum kith_foreign_format {
    KITH_FOREIGN_NONE,
    KITH_FOREIGN_GRAPHML,
    KITH_FOREIGN_GML,
    KITH_FOREIGN_PAJEK,
    KITH_FOREIGN_DL /**< of UCINET */
} kith_foreign_format;

/** The format of a text by its first bytes. */
kith_foreign_format kith_foreign_recognise(const char *head, size_t length);

/** A graph file. */
typedef struct kith_foreign_file {
    int fd; /**< open for reading, of a regular file that nobody changes; its offset is moved */
    uint64_t bytes;
    kith_foreign_format format;
    const char *path;              /**< for messages */
    uint32_t most_seconds;         /**< of computing; 0: what a file of its size may take */
    const kith_progress *progress; /**< NULL: nobody is told */
} kith_foreign_file;

/** Where what was read goes; strings are UTF-8 and borrowed for the call. */
typedef struct kith_foreign_sink {
    void *ctx;
    /** Comes first. @param attributes  [n] names of what is known of vertices. */
    kith_code (*begin)(void *ctx, const char *const *attributes, uint32_t n, uint32_t vertices,
                       kith_err *err);
    /** Each vertex in turn, with its number from 0. @param values  [n], numbers as text, "" where not known.
     */
    kith_code (*vertex)(void *ctx, uint32_t vertex, const char *const *values, kith_err *err);
    /** Each edge in turn; NaN where its weight or strength is not told. */
    kith_code (*edge)(void *ctx, uint32_t from, uint32_t to, double weight, double strength, kith_err *err);
} kith_foreign_sink;

/**
 * Looks at what the file declares: XML with a document type or entities is refused, so are more
 * vertices than the file has bytes, and encodings in which such things could hide.
 * @return KITH_EDATA, KITH_EIO. @cost O(bytes).
 */
kith_code kith_foreign_check(const kith_foreign_file *file, kith_err *err);

/**
 * Reads a file that was checked.
 * @return KITH_EDATA (no such file, or too much for the limits), KITH_ENOMEM, KITH_EIO, KITH_EINTERRUPT, and
 *         whatever the sink returns. The child is gone when this returns.
 */
kith_code kith_foreign_read(const kith_foreign_file *file, const kith_foreign_sink *sink, kith_err *err);

#endif
