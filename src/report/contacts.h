/** @file
 * Emails, phones and URLs: shown where they are asked for, else kept out.
 */
#ifndef KITH_REPORT_CONTACTS_H
#define KITH_REPORT_CONTACTS_H

#include <kith/network.h>

#include "base/dynbuf.h"
#include "report/write_json.h"

enum { KITH_CONTACT_KINDS = 3 };

/** The fields that hold contacts. */
extern const kith_field kith_contact_fields[KITH_CONTACT_KINDS];

/** All contacts of a kind that somebody has, with "; " between. */
void kith_contacts_put(kith_dynbuf *out, const kith_net *net, uint32_t id, uint32_t kind);

/** Lists of all contacts of a person: "emails", "phones", "urls". */
void kith_contacts_json(kith_json *json, json_t *object, const kith_net *net, uint32_t id);

/**
 * Appends the columns of a rejected row ("field=value; field=value") with emails, phones and URLs
 * replaced by "(hidden)": values of the fields that hold them, and any value that looks like one. A
 * text without fields is one value.
 */
void kith_contacts_hide(const char *columns, kith_dynbuf *out);

#endif
