/** @file
 * Where people stand in the picture of a report, kept from one report to the next.
 */
#ifndef KITH_RUN_PLACES_H
#define KITH_RUN_PLACES_H

#include <kith/picture.h>

#include "base/err.h"

#define KITH_PLACES_NAME "positions.json.gz"

/** Writes the places of a picture to `path`: {"places": [{"key", "x", "y"}, ...]}. */
kith_code kith_places_write(const kith_net *net, const kith_picture *picture, const char *path,
                            kith_err *err);

/**
 * Reads places back for the people of `net` who hold these keys, now or ever; others are passed over.
 * @param path    a positions.json, plain or compressed, or the folder of a report.
 * @param places  out, caller-owned: kith_free; ascending ids.
 * @return KITH_ENOINPUT, KITH_EDATA (something else), KITH_EIO, KITH_ENOMEM.
 */
kith_code kith_places_read(const kith_net *net, const char *path, kith_place **places, uint32_t *count,
                           kith_err *err);

#endif
