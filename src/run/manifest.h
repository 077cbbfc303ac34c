/** @file
 * The list of files in a report folder, with what each must be.
 */
#ifndef KITH_RUN_MANIFEST_H
#define KITH_RUN_MANIFEST_H

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

#endif
