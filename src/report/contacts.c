#include "report/contacts.h"

#include <string.h>

#include <kith/field.h>

static bool holds(const char *text, size_t length, const char *part)
{
    return memmem(text, length, part, strlen(part)) != NULL;
}

/** Whether the value is an address of some kind, in whatever column it stands. */
static bool looks_like_contact(const char *value, size_t length)
{
    return holds(value, length, "@") || holds(value, length, "://") || holds(value, length, "/in/") ||
           holds(value, length, "www.");
}

/** Whether a field is one that holds contacts: "email", "url", "phone". */
static bool is_contact_field(const char *name, size_t length)
{
    static const kith_field fields[] = {KITH_FIELD_EMAIL, KITH_FIELD_URL, KITH_FIELD_PHONE};

    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        const char *known = kith_field_name(fields[i]);

        if (strlen(known) == length && memcmp(known, name, length) == 0)
            return true;
    }
    return false;
}

void kith_contacts_hide(const char *columns, kith_dynbuf *out)
{
    bool hiding = false; /* what follows a hidden value without a name of its own belongs to it */

    while (*columns) {
        const char *end = strstr(columns, "; ");
        size_t length = end ? (size_t)(end - columns) : strlen(columns);
        const char *equals = memchr(columns, '=', length);
        size_t name = equals ? (size_t)(equals - columns) : 0, value = equals ? name + 1 : 0;

        if (equals)
            hiding = is_contact_field(columns, name);
        hiding = hiding || looks_like_contact(columns + value, length - value);
        kith_dynbuf_append(out, columns, hiding ? value : length);
        if (hiding && length > value)
            kith_dynbuf_text(out, "(hidden)");
        columns += length;
        if (end) {
            kith_dynbuf_text(out, "; ");
            columns += 2;
        }
    }
}
