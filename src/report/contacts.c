#include "report/contacts.h"

#include <string.h>

#include <kith/field.h>

const kith_field kith_contact_fields[KITH_CONTACT_KINDS] = {KITH_FIELD_EMAIL, KITH_FIELD_PHONE,
                                                            KITH_FIELD_URL};

void kith_contacts_put(kith_dynbuf *out, const kith_net *net, uint32_t id, uint32_t kind)
{
    const char *value;

    for (uint32_t nth = 0; (value = kith_net_value(net, id, kith_contact_fields[kind], nth)); nth++)
        kith_dynbuf_printf(out, "%s%s", nth > 0 ? "; " : "", value);
}

void kith_contacts_json(kith_json *json, json_t *object, const kith_net *net, uint32_t id)
{
    static const char *const names[KITH_CONTACT_KINDS] = {"emails", "phones", "urls"};

    for (uint32_t kind = 0; kind < KITH_CONTACT_KINDS; kind++) {
        json_t *values = json_array();
        const char *value;

        for (uint32_t nth = 0; (value = kith_net_value(net, id, kith_contact_fields[kind], nth)); nth++)
            kith_json_append(json, values, kith_json_text(value));
        kith_json_set(json, object, names[kind], values);
    }
}

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
    for (size_t i = 0; i < KITH_CONTACT_KINDS; i++) {
        const char *known = kith_field_name(kith_contact_fields[i]);

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
