#include "base/dynbuf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

/** Makes room for `length` more bytes and a NUL. @return where they go, or NULL (the status is then set). */
static char *room_for(kith_dynbuf *buf, size_t length)
{
    size_t limit = buf->limit ? buf->limit : KITH_DYNBUF_LIMIT;

    if (buf->status != KITH_OK)
        return NULL;
    if (buf->length > limit || length > limit - buf->length) {
        buf->status = KITH_EDATA;
        return NULL;
    }
    if (buf->length + length >= buf->capacity &&
        !kith_grow((void **)&buf->data, &buf->capacity, buf->length + length + 1, 1)) {
        buf->status = KITH_ENOMEM;
        return NULL;
    }
    return buf->data + buf->length;
}

void kith_dynbuf_append(kith_dynbuf *buf, const void *bytes, size_t length)
{
    char *end = room_for(buf, length);

    if (!end)
        return;
    if (length)
        memcpy(end, bytes, length);
    end[length] = '\0';
    buf->length += length;
}

void kith_dynbuf_cell(kith_dynbuf *buf, const void *bytes, size_t length)
{
    char *end = length < SIZE_MAX ? room_for(buf, length + 1) : NULL;

    if (!end)
        return;
    if (length)
        memcpy(end, bytes, length);
    end[length] = end[length + 1] = '\0';
    buf->length += length + 1;
}

void kith_dynbuf_put(kith_dynbuf *buf, char byte)
{
    kith_dynbuf_append(buf, &byte, 1);
}

void kith_dynbuf_text(kith_dynbuf *buf, const char *text)
{
    kith_dynbuf_append(buf, text, strlen(text));
}

void kith_dynbuf_decimal(kith_dynbuf *buf, uint64_t number)
{
    char digits[20];
    size_t at = sizeof digits;

    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    kith_dynbuf_append(buf, digits + at, sizeof digits - at);
}

void kith_dynbuf_printf(kith_dynbuf *buf, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);

    char *end = length < 0 ? NULL : room_for(buf, (size_t)length);
    if (!end)
        return;
    va_start(args, format);
    (void)vsnprintf(end, (size_t)length + 1, format, args);
    va_end(args);
    buf->length += (size_t)length;
}

const char *kith_dynbuf_cstr(const kith_dynbuf *buf)
{
    return buf->data ? buf->data : "";
}

void kith_dynbuf_clear(kith_dynbuf *buf)
{
    buf->length = 0;
    buf->status = KITH_OK;
    if (buf->data)
        buf->data[0] = '\0';
}

void kith_dynbuf_free(kith_dynbuf *buf)
{
    kith_free(buf->data);
    *buf = (kith_dynbuf){.limit = buf->limit};
}

kith_code kith_dynbuf_check(const kith_dynbuf *buf, const char *what, kith_err *err)
{
    if (buf->status == KITH_ENOMEM)
        return kith_fail_memory(err, what);
    if (buf->status != KITH_OK)
        return kith_fail(err, buf->status, "%s is longer than %zu bytes", what,
                         buf->limit ? buf->limit : KITH_DYNBUF_LIMIT);
    return KITH_OK;
}

kith_code kith_dynbuf_path(kith_dynbuf *buf, const char *folder, const char *name, kith_err *err)
{
    kith_dynbuf_clear(buf);
    kith_dynbuf_printf(buf, "%s/%s", folder, name);
    return kith_dynbuf_check(buf, "a path", err);
}
