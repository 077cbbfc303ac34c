/** @file
 * From inputs to the files in them: folders and archives opened, compressed files unpacked.
 */
#ifndef KITH_INGEST_WALK_H
#define KITH_INGEST_WALK_H

#include <kith/build.h>

#include "ingest/bundle.h"
#include "ingest/origin.h"
#include "ingest/stream.h"
#include "ingest/unpack.h"

/** One file, unpacked. */
typedef struct kith_entry {
    const char *name;    /**< relative to the input it came in, for example "ann.zip/Connections.csv" */
    const char *path;    /**< the same with the input as it was given, for messages */
    kith_bundle *bundle; /**< the folder or archive it lies in */
    kith_stream *stream; /**< its bytes, none read yet */
    kith_origin *origin; /**< the file on disk that it is, or is packed in */
    uint32_t nth;        /**< entry of it, from 0 */
} kith_entry;

/** Called with every file in turn; everything is borrowed for the call. */
typedef kith_code kith_entry_visit(void *ctx, const kith_entry *entry, kith_err *err);

/** What to walk; fill in all up to the phase. */
typedef struct kith_walk {
    const char *const *inputs;
    uint32_t n_inputs;
    kith_input_limits limits; /**< none of them 0 */
    kith_notice *notice;      /**< told what is left out; NULL: nobody */
    void *notice_ctx;
    const kith_progress *progress; /**< told in bytes of the files as they lie on disk; NULL: nobody */
    const char *phase;             /**< static, for the progress */
    uint64_t done_bytes;
    uint64_t total_bytes; /**< 0 where not known */
    uint64_t seen_bytes;  /**< out: sizes of all files on disk that were walked */
    kith_bundles bundles;
    int stdin_copy; /**< an unlinked file with what came from "-"; valid where has_stdin */
    bool has_stdin;
    const char *failed;        /**< out: the input in which a walk ended early, or NULL */
    kith_arena names;          /**< of the entries of the input being walked */
    kith_unpack_budget budget; /**< of the input being walked */
    kith_origin *origin;       /**< the file on disk being walked */
    kith_entry_visit *visit;
    void *ctx;
} kith_walk;

/**
 * Visits every file: inputs in the order given, folders by name. Hidden files, links within
 * folders and archives, and what is no regular file are passed over; links are told. May be called again for
 * another round.
 *
 * @return KITH_ENOINPUT, KITH_EIO, KITH_EDATA (damaged, over a limit), KITH_ENOMEM, KITH_EINTERRUPT,
 *         and whatever `visit` returns.
 */
kith_code kith_walk_all(kith_walk *walk, kith_entry_visit *visit, void *ctx, kith_err *err);

void kith_walk_free(kith_walk *walk);

#endif
