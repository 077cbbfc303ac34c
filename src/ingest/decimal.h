/** @file
 * Numbers in cells, read the same whatever the locale.
 */
#ifndef KITH_INGEST_DECIMAL_H
#define KITH_INGEST_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * Reads a decimal number such as 3, -0.25, .5 or 1e-3, exact up to 15 digits and powers of ten up
 * to 22, else within a few units of the last place.
 * @return false where the text is none, or is too large.
 */
bool kith_decimal_parse(const char *text, size_t length, double *out);

/** Reads a whole number from 0 up; "3.0", as spreadsheets write it, is one. */
bool kith_whole_parse(const char *text, uint32_t *out);

#endif
