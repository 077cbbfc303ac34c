/** @file
 * The list of files in a report folder, with what each must be.
 */
#ifndef KITH_RUN_MANIFEST_H
#define KITH_RUN_MANIFEST_H

#include <jansson.h>
#include <kith/folder.h>

#include "base/err.h"

#define KITH_MANIFEST_NAME "manifest.json"

/** Writes manifest.json: every file of `folder` by name, with its size and XXH3-128. */
kith_code kith_manifest_write(const char *folder, const kith_net *net, kith_err *err);

/**
 * Holds a folder against its manifest: each file there with its size and checksum, and no other.
 * @return KITH_EDATA names the first file that is wrong; KITH_ENOINPUT where there is no manifest.
 */
kith_code kith_manifest_verify(const char *folder, kith_check_summary *summary, kith_err *err);

/** Writes a JSON object as FOLDER/NAME. @return as an output file. */
kith_code kith_manifest_save(const char *folder, const char *name, const json_t *manifest, kith_err *err);

/** Reads it; `manifest` is caller-owned. @return KITH_ENOINPUT; KITH_EDATA where it is no JSON. */
kith_code kith_manifest_load(const char *folder, const char *name, json_t **manifest, kith_err *err);

/** Adds a file of the folder to a list of files: {name, bytes, xxh3_128}. */
kith_code kith_manifest_add(json_t *files, const char *folder, const char *name, kith_err *err);

/** Holds a folder against such a list, and adds to `summary` what it covers. @return KITH_EDATA. */
kith_code kith_manifest_hold(const char *folder, const json_t *files, kith_check_summary *summary,
                             kith_err *err);

#endif
