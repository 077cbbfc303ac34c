#include "base/template.h"

#include <string.h>

#include "base/text.h"

enum { MOST_SHOWN = 40 }; /* bytes of a faulty field that a message repeats */

/** Number of the field whose name has `length` bytes at `name`; n_fields where there is none. */
static size_t find_field(const char *const *fields, size_t n_fields, const char *name, size_t length)
{
    size_t i = 0;

    while (i < n_fields && (strlen(fields[i]) != length || memcmp(fields[i], name, length) != 0))
        i++;
    return i;
}

/** The line behind this one, or the end of the text. */
static const char *line_behind(const char *line)
{
    line += strcspn(line, "\n");
    return line + (*line == '\n');
}

static kith_code unknown_field(const char *file, uint64_t line, const char *name, size_t length,
                               const char *const *fields, size_t n_fields, kith_err *err)
{
    kith_dynbuf known = {0};

    for (size_t i = 0; i < n_fields; i++)
        kith_dynbuf_printf(&known, "%s%s", i > 0 ? ", " : "", fields[i]);
    kith_code rc = kith_dynbuf_check(&known, "the fields of a template", err);
    if (!rc)
        rc = kith_fail_at(err, KITH_ECONFIG, file, line, "there is no field {%.*s}; fields are %s",
                          length < MOST_SHOWN ? (int)length : MOST_SHOWN, name, kith_dynbuf_cstr(&known));
    kith_dynbuf_free(&known);
    return rc;
}

static kith_code check_line(const char *text, const char *file, uint64_t line, const char *const *fields,
                            size_t n_fields, kith_err *err)
{
    bool in_part = false;

    for (const char *at = text; *(at += strcspn(at, "\n{}[]")) && *at != '\n'; at++) {
        if (*at == '{') {
            size_t length = strcspn(at + 1, "\n{}[]");
            if (at[1 + length] != '}')
                return kith_fail_at(err, KITH_ECONFIG, file, line, "{ without } behind the name of a field");
            if (find_field(fields, n_fields, at + 1, length) == n_fields)
                return unknown_field(file, line, at + 1, length, fields, n_fields, err);
            at += 1 + length;
        } else if (*at == '}') {
            return kith_fail_at(err, KITH_ECONFIG, file, line, "} without { before it");
        } else if (in_part == (*at == '[')) {
            return kith_fail_at(err, KITH_ECONFIG, file, line,
                                in_part ? "[ within [ ]: parts do not nest" : "] without [ before it");
        } else {
            in_part = !in_part;
        }
    }
    return in_part ? kith_fail_at(err, KITH_ECONFIG, file, line, "[ without ] on the same line") : KITH_OK;
}

kith_code kith_template_check(const char *text, const char *file, const char *const *fields, size_t n_fields,
                              kith_err *err)
{
    kith_code rc = KITH_OK;

    for (uint64_t line = 1; !rc && *text; line++, text = line_behind(text))
        if (*text != '#')
            rc = check_line(text, file, line, fields, n_fields, err);
    return rc;
}

/** What a template is filled in with, and where it goes. */
typedef struct filling {
    const char *const *fields;
    const char *const *values;
    size_t n_fields;
    kith_dynbuf *out;
} filling;

/** Appends a stretch of one line without brackets; false where a field in it has no value. */
static bool fill_stretch(const filling *f, const char *text, const char *end)
{
    bool whole = true;

    while (text < end) {
        size_t plain = strcspn(text, "{}[]\n");
        kith_dynbuf_append(f->out, text, plain);
        text += plain;
        if (text >= end || *text != '{')
            break;
        size_t length = strcspn(++text, "}");
        const char *value = f->values[find_field(f->fields, f->n_fields, text, length)];
        kith_dynbuf_text(f->out, value);
        whole = whole && *value;
        text += length + 1;
    }
    return whole;
}

/** Appends a line, each part in brackets only where it is whole. */
static void fill_line(const filling *f, const char *text)
{
    while (*text && *text != '\n') {
        bool part = *text == '[';
        size_t length = strcspn(text + part, "[]\n"), before = f->out->length;
        bool whole = fill_stretch(f, text + part, text + part + length);
        if (part && !whole && !f->out->status)
            f->out->data[f->out->length = before] = '\0';
        text += part + length + part;
    }
}

void kith_template_fill(const char *text, const char *const *fields, const char *const *values,
                        size_t n_fields, kith_dynbuf *out)
{
    kith_dynbuf line = {0};
    const filling f = {fields, values, n_fields, &line};
    bool first = true;

    for (; *text; text = line_behind(text)) {
        if (*text == '#')
            continue;
        kith_dynbuf_clear(&line);
        fill_line(&f, text);
        if (line.length == 0 && *text != '\n')
            continue;
        kith_dynbuf_text(out, first ? "" : "\n");
        kith_text_safe(kith_dynbuf_cstr(&line), out);
        if (line.status && !out->status)
            out->status = line.status;
        first = false;
    }
    kith_dynbuf_free(&line);
}
