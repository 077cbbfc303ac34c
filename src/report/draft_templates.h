/** @file
 * The texts of drafts, and the fields they have.
 */
#ifndef KITH_REPORT_DRAFT_TEMPLATES_H
#define KITH_REPORT_DRAFT_TEMPLATES_H

#include <kith/draft.h>

/** What a template may ask for; docs/drafts.md explains each. */
typedef enum draft_field {
    DRAFT_ASKER,
    DRAFT_ASKER_POSITION,
    DRAFT_INTRODUCER,
    DRAFT_NEXT,
    DRAFT_TARGET,
    DRAFT_TARGET_TITLE,
    DRAFT_TARGET_COMPANY,
    DRAFT_SHARED_COMPANY,
    DRAFT_SHARED_YEARS,
    DRAFT_SHARED_SCHOOL,
    DRAFT_MENTORSHIP_SINCE,
    DRAFT_LAST_CONTACT,
    DRAFT_FIELDS
} draft_field;

extern const char *const kith_draft_fields[DRAFT_FIELDS];

/** Checked texts, NUL-terminated. */
struct kith_draft_templates {
    char *request;
    char *note;
};

#endif
