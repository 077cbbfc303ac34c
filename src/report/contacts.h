/** @file
 * Keeping contacts out of what is shown.
 */
#ifndef KITH_REPORT_CONTACTS_H
#define KITH_REPORT_CONTACTS_H

#include "base/dynbuf.h"

/**
 * Appends the columns of a rejected row ("field=value; field=value") with emails, phones and URLs
 * replaced by "(hidden)": values of the fields that hold them, and any value that looks like one. A
 * text without fields is one value.
 */
void kith_contacts_hide(const char *columns, kith_dynbuf *out);

#endif
