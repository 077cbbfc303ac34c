/* What a graph file says of itself, looked at before igraph believes it. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>

#include "igraph_port/foreign.h"

/** Bytes of XML in which its declaration stands. */
#define DECLARATION_BYTES 200

/** A text being looked at; not NUL-terminated. */
typedef struct text {
    const char *at, *end;
} text;

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (unsigned char)c >= 0x80;
}

static void skip_blanks(text *t)
{
    while (t->at < t->end && is_blank(*t->at))
        t->at++;
}

static void skip_line(text *t)
{
    while (t->at < t->end && *t->at != '\n')
        t->at++;
}

/** Whether `word`, in letters of either case, stands here. */
static bool begins(const text *t, const char *word)
{
    size_t length = strlen(word);

    return (size_t)(t->end - t->at) >= length && strncasecmp(t->at, word, length) == 0;
}

/** Passes what no format counts: a byte order mark, blanks, comments that `mark` begins. */
static void skip_comments(text *t, char mark)
{
    if (begins(t, "\xEF\xBB\xBF"))
        t->at += 3;
    for (skip_blanks(t); t->at < t->end && *t->at == mark; skip_blanks(t))
        skip_line(t);
}

static bool is_graphml(text t)
{
    skip_comments(&t, '\0');
    return t.at < t.end && *t.at == '<' && memmem(t.at, (size_t)(t.end - t.at), "<graphml", 8);
}

static bool is_pajek(text t)
{
    skip_comments(&t, '%');
    return begins(&t, "*network") || begins(&t, "*vertices");
}

/** "dl", then "n = 5" before all else, or a format. */
static bool is_dl(text t)
{
    skip_comments(&t, '\0');
    if (!begins(&t, "dl"))
        return false;
    t.at += 2;
    if (t.at == t.end || !is_blank(*t.at))
        return false;
    skip_blanks(&t);
    t.at += begins(&t, "format") ? 6 : begins(&t, "n") ? 1 : 0;
    skip_blanks(&t);
    return t.at < t.end && *t.at == '=';
}

/** "graph [" behind nothing but the keys and values of GML: other languages bring braces or brackets. */
static bool is_gml(text t)
{
    const char *before = NULL;

    for (skip_comments(&t, '#'); t.at < t.end && *t.at != '{' && *t.at != '[' && *t.at != '<'; t.at++) {
        bool starts = !before || is_blank(*before);
        before = t.at;
        if (!starts || !begins(&t, "graph"))
            continue;
        text behind = {t.at + 5, t.end};
        skip_blanks(&behind);
        if (behind.at < behind.end && *behind.at == '[')
            return true;
    }
    return false;
}

kith_foreign_format kith_foreign_recognise(const char *head, size_t length)
{
    const text t = {head, head + length};

    if (is_graphml(t))
        return KITH_FOREIGN_GRAPHML;
    if (is_pajek(t))
        return KITH_FOREIGN_PAJEK;
    if (is_dl(t))
        return KITH_FOREIGN_DL;
    return is_gml(t) ? KITH_FOREIGN_GML : KITH_FOREIGN_NONE;
}

/** The number that stands here, whatever its size and form; 0 where there is none. */
static double number_here(text t)
{
    char digits[64];
    size_t length = 0;

    skip_blanks(&t);
    while (t.at < t.end && length < sizeof digits - 1 && !is_blank(*t.at))
        digits[length++] = *t.at++;
    digits[length] = '\0';
    return strtod(digits, NULL);
}

static kith_code hold_count(const kith_foreign_file *file, double count, kith_err *err)
{
    if (count <= (double)file->bytes)
        return KITH_OK;
    return kith_fail_at(err, KITH_EDATA, file->path, 0, "says that it has %.0f vertices, in %llu bytes",
                        count, (unsigned long long)file->bytes);
}

static kith_code check_pajek(const kith_foreign_file *file, text t, kith_err *err)
{
    for (; t.at < t.end; t.at++)
        if (*t.at == '*' && begins(&t, "*vertices")) {
            kith_code rc = hold_count(file, number_here((text){t.at + 9, t.end}), err);
            if (rc)
                return rc;
        }
    return KITH_OK;
}

static kith_code check_dl(const kith_foreign_file *file, text t, kith_err *err)
{
    bool within_word = false;

    for (; t.at < t.end && !begins(&t, "data:"); within_word = is_word(*t.at), t.at++) {
        if (within_word || !begins(&t, "n"))
            continue;
        text behind = {t.at + 1, t.end};
        skip_blanks(&behind);
        if (behind.at < behind.end && *behind.at == '=') {
            behind.at++;
            kith_code rc = hold_count(file, number_here(behind), err);
            if (rc)
                return rc;
        }
    }
    return KITH_OK;
}

/** Whether an encoding writes ASCII as ASCII, so that marks cannot hide from who looks at bytes. */
static bool is_plain_encoding(text t)
{
    static const char *const plain[] = {"utf-8", "us-ascii", "ascii", "iso-8859-", "latin1", "windows-125"};

    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (begins(&t, plain[i]))
            return true;
    return false;
}

static kith_code check_graphml(const kith_foreign_file *file, text t, kith_err *err)
{
    static const char *const refused[] = {"<!DOCTYPE", "<!ENTITY"};
    const size_t length = (size_t)(t.end - t.at);
    text declaration = {t.at, t.at + (length < DECLARATION_BYTES ? length : DECLARATION_BYTES)};

    if (memchr(declaration.at, '\0', (size_t)(declaration.end - declaration.at)))
        return kith_fail_at(err, KITH_EDATA, file->path, 0,
                            "is XML in an encoding that is not read: save it as UTF-8");
    const char *end = memmem(declaration.at, (size_t)(declaration.end - declaration.at), "?>", 2);
    const char *encoding = end ? memmem(declaration.at, (size_t)(end - declaration.at), "encoding", 8) : NULL;
    if (encoding) {
        text value = {encoding + 8, end};
        while (value.at < value.end && (is_blank(*value.at) || strchr("=\"'", *value.at)))
            value.at++;
        if (!is_plain_encoding(value))
            return kith_fail_at(err, KITH_EDATA, file->path, 1,
                                "is XML in an encoding that is not read: save it as UTF-8");
    }
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        if (memmem(t.at, length, refused[i], strlen(refused[i])))
            return kith_fail_at(err, KITH_EDATA, file->path, 0,
                                "is XML with a %s, which is refused: it could bring in other files or grow "
                                "without end",
                                refused[i] + 2);
    return KITH_OK;
}

kith_code kith_foreign_check(const kith_foreign_file *file, kith_err *err)
{
    kith_code rc = KITH_OK;

    if (file->bytes == 0)
        return kith_fail_at(err, KITH_EDATA, file->path, 0, "is empty");
    char *bytes = mmap(NULL, (size_t)file->bytes, PROT_READ, MAP_PRIVATE, file->fd, 0);
    if (bytes == MAP_FAILED)
        return kith_fail_system(err, KITH_EIO, "read", file->path, errno);
    const text t = {bytes, bytes + file->bytes};
    if (file->format == KITH_FOREIGN_GRAPHML)
        rc = check_graphml(file, t, err);
    else if (file->format == KITH_FOREIGN_PAJEK)
        rc = check_pajek(file, t, err);
    else if (file->format == KITH_FOREIGN_DL)
        rc = check_dl(file, t, err);
    (void)munmap(bytes, (size_t)file->bytes);
    return rc;
}
