/* Names, companies and email users as they are compared: folded words, decoration left out. */
#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "people/graded.h"

static const char *const honorifics[] = {"dr",        "mr",   "mrs",  "ms",  "miss", "mx",   "prof",
                                         "professor", "sir",  "dame", "ir",  "ing",  "drs",  "mevr",
                                         "dhr",       "herr", "frau", "sr",  "sra",  "srta", "mme",
                                         "mlle",      "dipl", "rev",  "hon", "eng",  NULL};

static const char *const degrees[] = {
    "phd",  "dphil", "md",   "mba",   "emba", "msc",  "bsc",  "ma",  "ba",   "mphil", "llm",  "llb",
    "jd",   "esq",   "cpa",  "cfa",   "acca", "pmp",  "pe",   "rn",  "dds",  "dvm",   "mph",  "mpa",
    "med",  "edd",   "psyd", "cissp", "csm",  "cspo", "shrm", "phr", "sphr", "msw",   "lcsw", "frm",
    "ccna", "itil",  "aia",  "meng",  "beng", "facs", "obe",  "mbe", "cbe",  "ret",   NULL};

/** Words that belong to the family name behind them. */
static const char *const particles[] = {"van", "von", "de",  "den", "der", "da",  "di", "del", "della", "dos",
                                        "das", "du",  "le",  "la",  "ter", "ten", "te", "bin", "ibn",   "al",
                                        "el",  "st",  "mac", "zu",  "af",  "av",  "op", "vom", NULL};

static const char *const legal_forms[] = {
    "inc",     "incorporated", "llc", "ltd", "limited", "llp", "plc", "corp", "corporation", "co",
    "company", "gmbh",         "ag",  "kg",  "bv",      "nv",  "sa",  "srl",  "spa",         "sas",
    "sarl",    "ab",           "as",  "oy",  "pty",     "pte", "kk",  "zoo",  "sp",          NULL};

static const char *const offices[] = {
    "info",    "office",  "hello",     "contact",   "sales",     "admin",    "support",
    "team",    "mail",    "hr",        "jobs",      "careers",   "service",  "help",
    "post",    "press",   "billing",   "accounts",  "noreply",   "no-reply", "marketing",
    "kontakt", "welcome", "webmaster", "enquiries", "reception", NULL};

static bool is_one_of(const char *const *list, const char *word, size_t length)
{
    for (; *list; list++)
        if (strlen(*list) == length && memcmp(*list, word, length) == 0)
            return true;
    return false;
}

static kith_suffix suffix_of(const char *word, size_t length)
{
    static const struct {
        const char *word;
        kith_suffix suffix;
    } known[] = {{"jr", KITH_SUFFIX_JUNIOR}, {"junior", KITH_SUFFIX_JUNIOR}, {"ii", KITH_SUFFIX_JUNIOR},
                 {"sr", KITH_SUFFIX_SENIOR}, {"senior", KITH_SUFFIX_SENIOR}, {"iii", KITH_SUFFIX_THIRD},
                 {"iv", KITH_SUFFIX_THIRD}};

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strlen(known[i].word) == length && memcmp(known[i].word, word, length) == 0)
            return known[i].suffix;
    return KITH_SUFFIX_NONE;
}

/** Ends a folded name where decoration begins: "lee - we are hiring", "lee | coach". */
static void cut_slogan(char *text)
{
    static const char *const marks[] = {" - ", " | ", " / ", " @ "};

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        char *at = strstr(text, marks[i]);
        if (at && at > text)
            *at = '\0';
    }
}

/** Takes what stands in parentheses out of a folded name; one word of it goes to `also`, if wanted. */
static void take_parentheses(char *text, kith_dynbuf *also)
{
    char *open = strpbrk(text, "([\""), *close = open ? strpbrk(open + 1, ")]\"") : NULL;

    if (!open)
        return;
    if (close && also && also->length == 0) {
        size_t letters = 0;
        while (open + 1 + letters < close &&
               (isalpha((unsigned char)open[1 + letters]) || open[1 + letters] & 0x80))
            letters++;
        if (letters > 1 && open + 1 + letters == close)
            kith_dynbuf_append(also, open + 1, letters);
    }
    for (char *at = open; at < (close ? close + 1 : at + strlen(at)) && *at; at++)
        *at = ' ';
}

/** Passes the words of one part of a name on, those that are no part of it left out. */
typedef struct name_reader {
    kith_name_words *out;
    const char *text;
    size_t at;
    bool any;
} name_reader;

static bool next_word(name_reader *reader, const char **word, size_t *length)
{
    while (kith_text_next_word(reader->text, &reader->at, word, length)) {
        bool after_comma = memchr(reader->text, ',', (size_t)(*word - reader->text)) != NULL;
        kith_suffix suffix = suffix_of(*word, *length);
        if (reader->any && suffix != KITH_SUFFIX_NONE) {
            reader->out->suffix = suffix;
            continue;
        }
        if (after_comma || (!reader->any && is_one_of(honorifics, *word, *length)) ||
            (reader->any && is_one_of(degrees, *word, *length)))
            continue;
        reader->any = true;
        return true;
    }
    return false;
}

static void add_word(kith_dynbuf *to, const char *word, size_t length)
{
    if (to->length)
        kith_dynbuf_put(to, ' ');
    kith_dynbuf_append(to, word, length);
}

/** Folds a part of a name and drops what decorates it. */
static void prepare(const char *part, kith_dynbuf *folded, kith_dynbuf *also)
{
    kith_dynbuf_clear(folded);
    kith_text_fold(part, folded);
    if (!folded->data || folded->status != KITH_OK)
        return;
    cut_slogan(folded->data);
    take_parentheses(folded->data, also);
}

static bool is_degree_list(const char *text)
{
    const char *word;
    size_t at = 0, length;

    while (kith_text_next_word(text, &at, &word, &length))
        if (!is_one_of(degrees, word, length) && suffix_of(word, length) == KITH_SUFFIX_NONE)
            return false;
    return true;
}

/** Whether a whole name is written "Lee, Ann": two short parts, and none of capitals alone, as degrees are.
 */
static bool is_family_first(const char *whole, const char *folded)
{
    const char *comma = strchr(whole, ','), *folded_comma = strchr(folded, ',');
    bool small = false;
    size_t words = 0, length, at = 0;
    const char *word;

    if (!comma || !folded_comma || strchr(comma + 1, ',') || is_degree_list(folded_comma + 1))
        return false;
    for (const char *c = comma + 1; *c; c++)
        small |= islower((unsigned char)*c) || (*c & 0x80);
    while (kith_text_next_word(folded_comma + 1, &at, &word, &length))
        words++;
    return small && words <= 2 && memchr(whole, '(', (size_t)(comma - whole)) == NULL;
}

/** First word given, the rest between, for a part that holds given names. */
static void take_given(kith_name_words *out, const char *text)
{
    name_reader reader = {.out = out, .text = text};
    const char *word;
    size_t length;

    while (next_word(&reader, &word, &length))
        add_word(out->given.length ? &out->middle : &out->given, word, length);
}

static void take_family(kith_name_words *out, const char *text)
{
    name_reader reader = {.out = out, .text = text};
    const char *word;
    size_t length;

    while (next_word(&reader, &word, &length))
        add_word(&out->family, word, length);
}

/** First word given, last word with its particles family, the rest between. */
static void take_whole(kith_name_words *out, const char *text)
{
    name_reader reader = {.out = out, .text = text};
    const char *word;
    size_t length;
    bool in_family = false;

    while (next_word(&reader, &word, &length)) {
        if (!out->given.length) {
            add_word(&out->given, word, length);
            continue;
        }
        if (!in_family && out->family.length) { /* the last word so far was not the last of all */
            add_word(&out->middle, out->family.data, out->family.length);
            kith_dynbuf_clear(&out->family);
        }
        in_family |= is_one_of(particles, word, length);
        add_word(&out->family, word, length);
    }
}

static kith_code check(const kith_name_words *out, kith_err *err)
{
    const kith_dynbuf *parts[] = {&out->given, &out->also, &out->middle, &out->family};
    kith_code rc = KITH_OK;

    for (size_t i = 0; rc == KITH_OK && i < sizeof parts / sizeof *parts; i++)
        rc = kith_dynbuf_check(parts[i], "a name", err);
    return rc;
}

kith_code kith_name_split(const char *whole, const char *given, const char *family, kith_name_words *out,
                          kith_err *err)
{
    kith_dynbuf folded = {0};

    kith_dynbuf_clear(&out->given);
    kith_dynbuf_clear(&out->also);
    kith_dynbuf_clear(&out->middle);
    kith_dynbuf_clear(&out->family);
    out->suffix = KITH_SUFFIX_NONE;
    if (given && family) {
        prepare(given, &folded, &out->also);
        take_given(out, kith_dynbuf_cstr(&folded));
        prepare(family, &folded, NULL);
        take_family(out, kith_dynbuf_cstr(&folded));
    } else {
        prepare(whole ? whole : given ? given : family ? family : "", &folded, &out->also);
        if (whole && is_family_first(whole, kith_dynbuf_cstr(&folded))) {
            char *comma = strchr(folded.data, ',');
            *comma = '\0';
            take_given(out, comma + 1);
            take_family(out, folded.data);
        } else {
            take_whole(out, kith_dynbuf_cstr(&folded));
        }
    }
    kith_code rc = kith_dynbuf_check(&folded, "a name", err);
    if (rc == KITH_OK)
        rc = check(out, err);
    kith_dynbuf_free(&folded);
    return rc;
}

void kith_name_words_free(kith_name_words *words)
{
    kith_dynbuf_free(&words->given);
    kith_dynbuf_free(&words->also);
    kith_dynbuf_free(&words->middle);
    kith_dynbuf_free(&words->family);
}

void kith_company_words(const char *company, kith_dynbuf *out)
{
    kith_dynbuf folded = {0};
    const char *word;
    size_t at = 0, length, begin = out->length;

    kith_text_fold(company, &folded);
    while (kith_text_next_word(kith_dynbuf_cstr(&folded), &at, &word, &length)) {
        bool first = out->length == begin;
        if ((first && length == 3 && memcmp(word, "the", 3) == 0) ||
            (!first && is_one_of(legal_forms, word, length)))
            continue;
        if (!first)
            kith_dynbuf_put(out, ' ');
        kith_dynbuf_append(out, word, length);
    }
    if (folded.status != KITH_OK)
        out->status = folded.status;
    kith_dynbuf_free(&folded);
}

bool kith_email_user(const char *email, kith_dynbuf *user)
{
    const char *at = strchr(email, '@');
    size_t length = at ? (size_t)(at - email) : 0;

    if (length < 3 || is_one_of(offices, email, length))
        return false;
    bool gmail = strcmp(at, "@gmail.com") == 0 || strcmp(at, "@googlemail.com") == 0;
    for (size_t i = 0; i < length && email[i] != '+'; i++)
        if (!gmail || email[i] != '.')
            kith_dynbuf_put(user, email[i]);
    return true;
}

/** The label of a host that tells whose it is: the one before "com", or before "co.uk". */
static const char *telling_label(const char *host, size_t *length)
{
    static const char *const general[] = {"co", "com", "org", "net", "ac", "edu", "gov", NULL};
    const char *end = strrchr(host, '.'), *begin = end;

    for (int again = 0; end && again < 2; again++) {
        for (begin = end; begin > host && begin[-1] != '.';)
            begin--;
        if (again || begin == host || !is_one_of(general, begin, (size_t)(end - begin)))
            break;
        end = begin - 1;
    }
    *length = end ? (size_t)(end - begin) : 0;
    return begin;
}

void kith_email_employer(const char *email, kith_dynbuf *out)
{
    static const char *const providers[] = {
        "gmail",      "googlemail", "hotmail", "outlook", "live",     "msn",     "yahoo",      "ymail",
        "icloud",     "me",         "mac",     "aol",     "gmx",      "web",     "mail",       "proton",
        "protonmail", "pm",         "zoho",    "yandex",  "qq",       "163",     "126",        "naver",
        "orange",     "free",       "wanadoo", "laposte", "t-online", "libero",  "ziggo",      "kpnmail",
        "xs4all",     "planet",     "home",    "telenet", "comcast",  "verizon", "btinternet", "sky",
        "fastmail",   "hey",        "example", NULL};
    const char *host = strchr(email, '@');
    size_t length = 0;
    const char *label = host ? telling_label(host + 1, &length) : NULL;

    if (length > 2 && !is_one_of(providers, label, length))
        kith_dynbuf_append(out, label, length);
}
