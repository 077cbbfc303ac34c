/* Canonical forms of what tells people apart: LinkedIn profile addresses and emails. */
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "people/people.h"

/** A part of a text that is not ended by NUL. */
typedef struct piece {
    const char *at;
    size_t length;
} piece;

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static piece trimmed(const char *text)
{
    piece all = {text, strlen(text)};

    while (all.length && is_blank(all.at[0])) {
        all.at++;
        all.length--;
    }
    while (all.length && is_blank(all.at[all.length - 1]))
        all.length--;
    return all;
}

static void skip(piece *text, size_t bytes)
{
    text->at += bytes;
    text->length -= bytes;
}

/** Drops `prefix`, whatever its case. */
static bool skip_prefix(piece *text, const char *prefix)
{
    size_t length = strlen(prefix);

    if (text->length < length || strncasecmp(text->at, prefix, length) != 0)
        return false;
    skip(text, length);
    return true;
}

/** Takes what stands before the first of `ends` off the front of `text`; the end stays. */
static piece take_until(piece *text, const char *ends)
{
    piece head = {text->at, 0};

    while (head.length < text->length && !strchr(ends, text->at[head.length]))
        head.length++;
    skip(text, head.length);
    return head;
}

static bool equals(piece text, const char *word)
{
    return text.length == strlen(word) && strncasecmp(text.at, word, text.length) == 0;
}

/** linkedin.com, or a host below it: www., de., … */
static bool is_linkedin(piece host)
{
    static const char domain[] = "linkedin.com";
    size_t length = sizeof domain - 1;

    if (host.length > length && host.at[host.length - length - 1] == '.')
        skip(&host, host.length - length);
    return equals(host, domain);
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/** Appends `text` with %XX decoded; false where a percent sign means nothing, or what comes out cannot be
 * part of a slug: controls, blanks and what divides addresses. */
static bool decode(piece text, kith_dynbuf *out)
{
    while (text.length) {
        unsigned char byte = (unsigned char)text.at[0];
        size_t used = 1;
        if (byte == '%') {
            int high = text.length > 2 ? hex_value(text.at[1]) : -1;
            int low = text.length > 2 ? hex_value(text.at[2]) : -1;
            if (high < 0 || low < 0)
                return false;
            byte = (unsigned char)(high << 4 | low);
            used = 3;
        }
        if (byte <= ' ' || byte == 0x7F || strchr("/\\?#%@", byte))
            return false;
        kith_dynbuf_put(out, (char)byte);
        skip(&text, used);
    }
    return true;
}

/** Appends the canonical form of a segment that may hold anything; false where it cannot be a slug. */
static bool compose_segment(piece segment, kith_dynbuf *out)
{
    kith_dynbuf decoded = {0}, composed = {0}, lower = {0};
    bool fine = decode(segment, &decoded) && decoded.length > 0 &&
                kith_text_valid(decoded.data, decoded.length) && strcmp(decoded.data, ".") != 0 &&
                strcmp(decoded.data, "..") != 0;

    if (fine) {
        kith_text_nfc(decoded.data, &composed);
        kith_text_lower(kith_dynbuf_cstr(&composed), &lower);
        kith_text_nfc(kith_dynbuf_cstr(&lower), out); /* lower-casing may take a letter apart */
    }
    if (decoded.status == KITH_ENOMEM || composed.status == KITH_ENOMEM || lower.status == KITH_ENOMEM)
        out->status = KITH_ENOMEM;
    kith_dynbuf_free(&decoded);
    kith_dynbuf_free(&composed);
    kith_dynbuf_free(&lower);
    return fine;
}

/** Whether a segment is its own canonical form, as most are: small letters, digits and hyphens. */
static bool is_plain(piece segment)
{
    size_t plain = 0;

    while (plain < segment.length &&
           ((segment.at[plain] >= 'a' && segment.at[plain] <= 'z') ||
            (segment.at[plain] >= '0' && segment.at[plain] <= '9') || segment.at[plain] == '-'))
        plain++;
    return plain == segment.length && plain > 0;
}

/** Appends the canonical form of one segment of a path; false where it cannot be a slug. */
static bool canonical_segment(piece segment, kith_dynbuf *out)
{
    if (!is_plain(segment))
        return compose_segment(segment, out);
    kith_dynbuf_append(out, segment.at, segment.length);
    return true;
}

/** The next segment of a path that is not empty; false at its end. */
static bool next_segment(piece *path, piece *segment)
{
    while (path->length && path->at[0] == '/')
        skip(path, 1);
    *segment = take_until(path, "/");
    return segment->length > 0;
}

bool kith_slug_of_url(const char *url, kith_dynbuf *slug)
{
    piece rest = trimmed(url);

    if (!skip_prefix(&rest, "https:"))
        (void)skip_prefix(&rest, "http:");
    (void)skip_prefix(&rest, "//");
    piece host = take_until(&rest, "/?#:");
    if (!is_linkedin(host))
        return false;
    (void)take_until(&rest, "/?#"); /* a port */
    piece path = take_until(&rest, "?#");
    piece segment;
    if (!next_segment(&path, &segment) || !equals(segment, "in") || !next_segment(&path, &segment))
        return false;

    /* What follows is a locale or a page of the same profile; it must only be no way out of it. */
    kith_dynbuf unused = {0};
    const size_t begin = slug->length;
    bool fine = canonical_segment(segment, slug);
    while (fine && next_segment(&path, &segment)) {
        kith_dynbuf_clear(&unused);
        fine = canonical_segment(segment, &unused);
    }
    if (!fine && slug->length > begin) {
        slug->length = begin;
        slug->data[begin] = '\0';
    }
    if (unused.status == KITH_ENOMEM)
        slug->status = KITH_ENOMEM;
    kith_dynbuf_free(&unused);
    return fine;
}

bool kith_email_of_text(const char *text, kith_dynbuf *email)
{
    piece address = trimmed(text);

    if (skip_prefix(&address, "mailto:"))
        address = take_until(&address, "?");
    const char *at = memchr(address.at, '@', address.length);
    if (!at || at == address.at || at + 1 == address.at + address.length)
        return false;
    for (size_t i = 0; i < address.length; i++)
        if (is_blank(address.at[i]) || (address.at[i] == '@' && address.at + i != at))
            return false;

    if (address.at[address.length] == '\0') {
        kith_text_lower(address.at, email);
        return true;
    }
    kith_dynbuf whole = {0};
    kith_dynbuf_append(&whole, address.at, address.length);
    kith_text_lower(kith_dynbuf_cstr(&whole), email);
    if (whole.status == KITH_ENOMEM)
        email->status = KITH_ENOMEM;
    kith_dynbuf_free(&whole);
    return true;
}
