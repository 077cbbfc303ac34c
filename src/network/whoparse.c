#include "network/whoparse.h"

#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "people/people.h"

/** Columns of what was typed that a message repeats. */
#define SHOWN_COLUMNS 80

static const struct {
    const char *word;
    kith_field field;
} known[] = {
    {"company", KITH_FIELD_COMPANY},   {"title", KITH_FIELD_TITLE}, {"industry", KITH_FIELD_INDUSTRY},
    {"location", KITH_FIELD_LOCATION}, {"skill", KITH_FIELD_SKILL}, {"wants", KITH_FIELD_SKILL_WANTED},
    {"cohort", KITH_FIELD_COHORT},     {"role", KITH_FIELD_ROLE},   {"goal", KITH_FIELD_GOAL},
    {"label", KITH_FIELD_LABEL},       {"name", KITH_FIELD_NAME},   {"owner", KITH_FIELD_COUNT},
};

#define KNOWN_WORDS                                                                                          \
    "company, title, industry, location, skill, wants, cohort, role, goal, label, name, owner, id, key"

void kith_who_show(const char *text, kith_dynbuf *out)
{
    kith_dynbuf safe = {0};

    kith_text_safe(text, &safe);
    const char *shown = kith_dynbuf_cstr(&safe);
    size_t fit = kith_text_fit(shown, SHOWN_COLUMNS);
    kith_dynbuf_append(out, shown, fit);
    if (fit < safe.length)
        kith_dynbuf_text(out, "...");
    kith_dynbuf_free(&safe);
}

/** Malformed: `what` is wrong with `text`. */
static kith_code fail_usage(const char *text, const char *what, kith_err *err)
{
    kith_dynbuf shown = {0};

    kith_who_show(text, &shown);
    (void)kith_fail(err, KITH_EUSAGE, "%s: %s", kith_dynbuf_cstr(&shown), what);
    kith_dynbuf_free(&shown);
    return KITH_EUSAGE;
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_field_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/** Length of the "field" of a "field:" that `text` begins with, or 0. */
static size_t field_length(const char *text)
{
    size_t length = 0;

    while (is_field_char(text[length]))
        length++;
    return text[length] == ':' ? length : 0;
}

/** Index in `known`, or -1. */
static int find_field(const char *word, size_t length)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strlen(known[i].word) == length && strncasecmp(known[i].word, word, length) == 0)
            return (int)i;
    return -1;
}

/** Whether any word of `text` begins with "field:". */
static bool has_field(const char *text)
{
    for (size_t i = 0; text[i]; i++)
        if ((i == 0 || is_blank(text[i - 1])) && field_length(text + i) > 0)
            return true;
    return false;
}

/** Takes one alternative, quoted or bare, off the front of `*at` and appends it to `raw`; tells what is
 * wrong, or NULL. */
static const char *take_alternative(const char **at, kith_dynbuf *raw)
{
    const char *c = *at;
    bool quoted = *c == '"';

    if (!quoted)
        for (; *c && !is_blank(*c) && *c != '|' && *c != '"'; c++)
            kith_dynbuf_put(raw, *c);
    for (c += quoted; quoted && *c != '"'; c++) {
        if (*c == '\\' && (c[1] == '"' || c[1] == '\\'))
            c++;
        if (*c == '\0')
            return "a quotation mark is missing";
        kith_dynbuf_put(raw, *c);
    }
    c += quoted;
    if (*c && !is_blank(*c) && *c != '|')
        return "between two values there must be | or a space; quote the whole value";
    *at = c;
    return NULL;
}

/** Whether there is a word in it that could be found. */
static bool has_word(const char *folded)
{
    size_t at = 0;
    const char *word;
    size_t length;

    return kith_text_next_word(folded, &at, &word, &length);
}

/** owner:any, owner:no */
static const char *set_owner(kith_who *who, kith_who_term *term)
{
    const char *value = kith_dynbuf_cstr(&who->text) + term->first;

    if (term->count != 1 || (strcmp(value, "any") != 0 && strcmp(value, "no") != 0))
        return "owner is any or no";
    term->owner = strcmp(value, "any") == 0;
    return NULL;
}

/** Takes "value|value" off the front of `*at`; tells what is wrong, or NULL. */
static const char *take_values(const char **at, kith_who *who, kith_who_term *term)
{
    kith_dynbuf raw = {0};
    const char *wrong = NULL;
    bool more = true;

    while (more && !wrong) {
        kith_dynbuf_clear(&raw);
        if ((wrong = take_alternative(at, &raw)))
            break;
        size_t begin = who->text.length;
        kith_text_fold(kith_dynbuf_cstr(&raw), &who->text);
        kith_dynbuf_put(&who->text, '\0');
        if (raw.status != KITH_OK)
            who->text.status = raw.status;
        if (who->text.status != KITH_OK)
            break;
        if (!has_word(kith_dynbuf_cstr(&who->text) + begin))
            wrong = "a value has no word in it";
        term->count++;
        more = **at == '|';
        *at += more;
    }
    kith_dynbuf_free(&raw);
    if (!wrong && who->text.status == KITH_OK && term->field == KITH_FIELD_COUNT)
        wrong = set_owner(who, term);
    return wrong;
}

static kith_code parse_query(const char *text, kith_who *who, kith_err *err)
{
    const char *at = text;

    who->kind = KITH_WHO_QUERY;
    for (;;) {
        while (is_blank(*at))
            at++;
        if (*at == '\0')
            return KITH_OK;
        size_t length = field_length(at);
        if (length == 0)
            return fail_usage(at, "what is sought needs a field before it, for example name:\"Ann Lee\"",
                              err);
        int field = find_field(at, length);
        if (field < 0)
            return fail_usage(at, "there is no such field; fields are " KNOWN_WORDS, err);
        at += length + 1;
        if (!kith_grow((void **)&who->terms, &who->capacity, who->n_terms + 1, sizeof *who->terms))
            return kith_fail_memory(err, "a query");
        kith_who_term *term = &who->terms[who->n_terms++];
        *term = (kith_who_term){.field = known[field].field, .first = who->text.length};
        const char *wrong = take_values(&at, who, term);
        if (who->text.status != KITH_OK)
            return kith_dynbuf_check(&who->text, "a query", err);
        if (wrong)
            return fail_usage(text, wrong, err);
    }
}

/** Digits only, below UINT32_MAX. */
static kith_code parse_id(const char *text, const char *digits, kith_who *who, kith_err *err)
{
    uint64_t id = 0;
    const char *c = digits;

    who->kind = KITH_WHO_ID;
    for (; *c >= '0' && *c <= '9' && id < UINT32_MAX; c++)
        id = 10 * id + (uint64_t)(*c - '0');
    if (c == digits || *c != '\0' || id >= UINT32_MAX)
        return fail_usage(text, "an id is a number, for example id:17", err);
    who->id = (uint32_t)id;
    return KITH_OK;
}

static kith_code parse_slug(const char *text, kith_who *who, kith_err *err)
{
    who->kind = KITH_WHO_SLUG;
    if (!kith_slug_of_url(text, &who->text) && who->text.status == KITH_OK)
        return fail_usage(text, "this is no LinkedIn profile address", err);
    return KITH_OK;
}

static kith_code parse_email(const char *text, kith_who *who, kith_err *err)
{
    who->kind = KITH_WHO_EMAIL;
    if (!kith_email_of_text(text, &who->text) && who->text.status == KITH_OK)
        return fail_usage(text, "this is no email address", err);
    return KITH_OK;
}

static kith_code parse_name(const char *text, kith_who *who, kith_err *err)
{
    who->kind = KITH_WHO_NAME;
    kith_text_fold(text, &who->text);
    if (who->text.status == KITH_OK && !has_word(kith_dynbuf_cstr(&who->text)))
        return fail_usage(text, "who is meant? Give a name, an email, id:17 or company:\"Acme Corp\"", err);
    return KITH_OK;
}

/** Finds out what kind of WHO this is; `text` has no blanks around it. */
static kith_code parse_trimmed(const char *text, kith_who *who, kith_err *err)
{
    size_t field = field_length(text);

    if (strcmp(text, "me") == 0) {
        who->kind = KITH_WHO_ME;
        return KITH_OK;
    }
    if (strncmp(text, "id:", 3) == 0)
        return parse_id(text, text + 3, who, err);
    if (strncmp(text, "key:", 4) == 0) {
        who->kind = KITH_WHO_KEY;
        kith_dynbuf_text(&who->text, text + 4);
        return KITH_OK;
    }
    if (field > 0 && find_field(text, field) >= 0)
        return parse_query(text, who, err);
    if (strcasestr(text, "linkedin.com/in/"))
        return parse_slug(text, who, err);
    if (strchr(text, '@') && !strpbrk(text, " \t\""))
        return parse_email(text, who, err);
    if (has_field(text))
        return parse_query(text, who, err);
    return parse_name(text, who, err);
}

kith_code kith_who_parse(const char *text, kith_who *who, kith_err *err)
{
    size_t length = strlen(text);
    kith_code rc;

    *who = (kith_who){0};
    while (length > 0 && is_blank(text[length - 1]))
        length--;
    for (; length > 0 && is_blank(*text); length--)
        text++;
    char *trimmed = kith_malloc(length + 1);
    if (!trimmed)
        return kith_fail_memory(err, "a query");
    memcpy(trimmed, text, length);
    trimmed[length] = '\0';
    if ((rc = parse_trimmed(trimmed, who, err)) == KITH_OK)
        rc = kith_dynbuf_check(&who->text, "a query", err);
    kith_free(trimmed);
    return rc;
}

void kith_who_free(kith_who *who)
{
    kith_dynbuf_free(&who->text);
    kith_free(who->terms);
    *who = (kith_who){0};
}
