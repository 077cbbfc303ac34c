/** @file
 * What exports tell of people and ties, the same in every one of them.
 */
#ifndef KITH_NETWORK_EXPORT_FIELDS_H
#define KITH_NETWORK_EXPORT_FIELDS_H

#include <kith/network.h>

/** A field of people in exports. */
typedef struct kith_export_field {
    const char *name;
    kith_field field;
    bool list;    /**< readers split it: all values stand in one cell */
    bool contact; /**< left out unless it is asked for */
} kith_export_field;

#define KITH_EXPORT_FIELDS 15
extern const kith_export_field kith_export_fields[KITH_EXPORT_FIELDS];

/** The newest day of what is known of a tie, none after the day that counts as today. */
kith_day kith_export_tie_day(const kith_net *net, const kith_tie *tie, kith_day as_of);

#endif
