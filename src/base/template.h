/** @file
 * Texts with named fields.
 *
 *     # a line like this is for whoever edits the template
 *     Dear {name},
 *     [We met in {year}. ]How are you?
 *
 * {name} stands for a value. A part in brackets is left out where a field in it has no value; parts do
 * not nest and end on their line. A line of which nothing is left is left out, an empty line is not.
 * Braces and brackets mean nothing else.
 */
#ifndef KITH_BASE_TEMPLATE_H
#define KITH_BASE_TEMPLATE_H

#include <stddef.h>

#include "base/dynbuf.h"

/**
 * Whether a text is a template with no fields but those named.
 * @param file    what error messages call it.
 * @param fields  shape [n_fields].
 * @return KITH_ECONFIG with file and line.
 */
kith_code kith_template_check(const char *text, const char *file, const char *const *fields, size_t n_fields,
                              kith_err *err);

/**
 * Appends a template that was checked, filled in, its lines parted by "\n" and safe to show.
 * @param values  shape [n_fields]; "" where there is none.
 */
void kith_template_fill(const char *text, const char *const *fields, const char *const *values,
                        size_t n_fields, kith_dynbuf *out);

#endif
