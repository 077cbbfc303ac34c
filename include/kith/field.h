/** @file
 * What can be known of a person, one word for each thing.
 */
#ifndef KITH_FIELD_H
#define KITH_FIELD_H

#include <kith/visibility.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Every field may hold several values; the first is the preferred one. */
typedef enum kith_field {
    KITH_FIELD_NAME,         /**< full name as shown */
    KITH_FIELD_GIVEN_NAME,   /**< kept while building only */
    KITH_FIELD_FAMILY_NAME,  /**< kept while building only */
    KITH_FIELD_EMAIL,        /**< lower-cased, without mailto: */
    KITH_FIELD_URL,          /**< canonical LinkedIn slug, or any other address as written */
    KITH_FIELD_PHONE,        /**< as written */
    KITH_FIELD_COMPANY,      /**< employer or organisation */
    KITH_FIELD_TITLE,        /**< position */
    KITH_FIELD_INDUSTRY,     /**< field of business */
    KITH_FIELD_LOCATION,     /**< place */
    KITH_FIELD_SKILL,        /**< one skill a value */
    KITH_FIELD_COHORT,       /**< year or group of a programme */
    KITH_FIELD_ROLE,         /**< part played in a programme: mentor, mentee, … */
    KITH_FIELD_CAPACITY,     /**< how many mentees at a time, a whole number */
    KITH_FIELD_SKILL_WANTED, /**< one skill a value */
    KITH_FIELD_GOAL,         /**< what the person wants, free text */
    KITH_FIELD_LABEL,        /**< group or label of a contact list */
    /* Sensitive: compared while building, where a map asks for it by name, and never stored. */
    KITH_FIELD_BIRTH_DATE,
    KITH_FIELD_ADDRESS, /**< street and number */
    KITH_FIELD_POSTCODE,
    KITH_FIELD_PERSONAL_NUMBER, /**< any number that only one person has */
    KITH_FIELD_COUNT
} kith_field;

/** The word for a field in tables, queries and --map, for example "skills_wanted". Static storage. */
KITH_API const char *kith_field_name(kith_field field);

/** The field of that word ("skill" and "skills" are both fine), or KITH_FIELD_COUNT. */
KITH_API kith_field kith_field_find(const char *name);

#ifdef __cplusplus
}
#endif
#endif
