/** @file
 * Columns about what people are rather than whom they know, which nobody should find in a network
 * by accident.
 */
#ifndef KITH_INGEST_SENSITIVE_H
#define KITH_INGEST_SENSITIVE_H

#include <stdbool.h>

/** Whether the name of a column, squeezed, speaks of gender, age, origin, belief, health, pay or home. */
bool kith_column_is_sensitive(const char *name);

#endif
