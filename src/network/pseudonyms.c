#include "network/pseudonyms.h"

#include <kith/redaction.h>

#include <string.h>
#include <threads.h>

#include <sodium.h>

#include "base/intern.h"
#include "base/mapfile.h"
#include "base/mem.h"
#include "base/text.h"
#include "network/netstate.h"

enum {
    KEY_BYTES = 32,
    LEAST_KEY_BYTES = 16,
    HASH_BYTES = 16, /* as few as libsodium makes */
    TOLD_BYTES = 6   /* 48 bits: of a million people, one chance in 500 that any two share a pseudonym */
};

/** How pseudonyms of a kind begin. */
static const char *const words[KITH_SECRET_COUNT] = {
    [KITH_SECRET_PERSON] = "Person ",     [KITH_SECRET_KEY] = "key-",
    [KITH_SECRET_COMPANY] = "Company ",   [KITH_SECRET_TITLE] = "Title ",
    [KITH_SECRET_CONTACT] = "Contact ",   [KITH_SECRET_GOAL] = "Goal ",
    [KITH_SECRET_LABEL] = "Label ",       [KITH_SECRET_SOURCE] = "Source ",
    [KITH_SECRET_QUESTION] = "Question ",
};

struct kith_redaction {
    unsigned char key[KEY_BYTES];
    bool kept[KITH_SECRET_COUNT];
    mtx_t lock; /* of: */
    kith_intern *told;
};

kith_secret kith_secret_of_field(kith_field field)
{
    switch (field) {
    case KITH_FIELD_NAME:
        return KITH_SECRET_PERSON;
    case KITH_FIELD_EMAIL:
    case KITH_FIELD_PHONE:
    case KITH_FIELD_URL:
        return KITH_SECRET_CONTACT;
    case KITH_FIELD_COMPANY:
        return KITH_SECRET_COMPANY;
    case KITH_FIELD_TITLE:
        return KITH_SECRET_TITLE;
    case KITH_FIELD_GOAL:
        return KITH_SECRET_GOAL;
    case KITH_FIELD_LABEL:
        return KITH_SECRET_LABEL;
    default:
        return KITH_SECRET_NONE;
    }
}

/** The key is a hash of all of the file, so that it may be of any length and form. */
static kith_code read_key(const char *path, unsigned char *key, kith_err *err)
{
    kith_mapfile file;
    kith_code rc = kith_mapfile_open(path, &file, err);

    if (rc != KITH_OK)
        return rc;
    if (file.length < LEAST_KEY_BYTES)
        rc = kith_fail_at(err, KITH_EDATA, path, 0,
                          "a key has 16 bytes or more: make one with head -c 32 /dev/urandom");
    else
        (void)crypto_generichash(key, KEY_BYTES, file.bytes, file.length, NULL, 0);
    kith_mapfile_close(&file);
    return rc;
}

static kith_code read_kept(const char *keep, bool *kept, kith_err *err)
{
    for (const char *at = keep; at && *at;) {
        const size_t length = strcspn(at, ", ");
        kith_dynbuf word = {0};

        kith_dynbuf_append(&word, at, length);
        kith_code rc = kith_dynbuf_check(&word, "fields to keep", err);
        const kith_field field = rc == KITH_OK ? kith_field_find(kith_dynbuf_cstr(&word)) : KITH_FIELD_COUNT;
        const kith_secret secret = field == KITH_FIELD_COUNT ? KITH_SECRET_NONE : kith_secret_of_field(field);
        const bool may = secret == KITH_SECRET_COMPANY || secret == KITH_SECRET_TITLE ||
                         secret == KITH_SECRET_GOAL || secret == KITH_SECRET_LABEL;
        if (rc == KITH_OK && length > 0 && !may)
            rc = kith_fail(err, KITH_EUSAGE, "what may be kept is company, title, goal and label, not \"%s\"",
                           kith_dynbuf_cstr(&word));
        kith_dynbuf_free(&word);
        if (rc != KITH_OK)
            return rc;
        kept[secret] = true;
        at += length + (at[length] != '\0');
    }
    return KITH_OK;
}

kith_code kith_redaction_new(const char *key_file, const char *keep, kith_redaction **out, kith_err *err)
{
    kith_redaction *r = kith_calloc(1, sizeof *r);
    kith_code rc;

    *out = NULL;
    if (!r || mtx_init(&r->lock, mtx_plain) != thrd_success) {
        kith_free(r);
        return kith_fail_memory(err, "pseudonyms");
    }
    if (sodium_init() < 0)
        rc = kith_fail(err, KITH_EIO, "no random numbers from this system: libsodium does not start");
    else if ((rc = read_key(key_file, r->key, err)) == KITH_OK &&
             (rc = read_kept(keep, r->kept, err)) == KITH_OK)
        rc = kith_intern_new(0, &r->told, err);
    r->kept[KITH_SECRET_NONE] = true;
    if (rc == KITH_OK)
        *out = r;
    else
        kith_redaction_free(r);
    return rc;
}

void kith_redaction_free(kith_redaction *r)
{
    if (!r)
        return;
    sodium_memzero(r->key, sizeof r->key);
    mtx_destroy(&r->lock);
    kith_intern_free(r->told);
    kith_free(r);
}

/** Kith's own words, with what stands between the first and the last quotation mark hidden. */
static void put_remark(kith_dynbuf *out, const char *text)
{
    const char *first = strchr(text, '"'), *last = strrchr(text, '"');

    kith_dynbuf_append(out, text, first ? (size_t)(first - text) : strlen(text));
    if (first) {
        kith_dynbuf_text(out, "(hidden)");
        kith_dynbuf_text(out, last + 1);
    }
}

/** A word and the digits of a keyed hash over the kind of secret and the text. A person and their key count
 * as one kind, so that both show the same digits; two spellings of a company do too. */
static void put_pseudonym(kith_dynbuf *out, const kith_redaction *r, kith_secret secret, const char *text)
{
    const bool is_key = secret == KITH_SECRET_KEY || secret == KITH_SECRET_PERSON;
    unsigned char hash[HASH_BYTES];
    char digits[2 * TOLD_BYTES + 1];
    kith_dynbuf hashed = {0};

    kith_dynbuf_put(&hashed, (char)(is_key ? KITH_SECRET_PERSON : secret));
    if (is_key)
        kith_dynbuf_text(&hashed, text);
    else
        kith_text_fold(text, &hashed);
    out->status = hashed.status;
    if (hashed.status == KITH_OK) {
        (void)crypto_generichash(hash, sizeof hash, (const unsigned char *)hashed.data, hashed.length, r->key,
                                 sizeof r->key);
        (void)sodium_bin2hex(digits, sizeof digits, hash, TOLD_BYTES);
        kith_dynbuf_text(out, words[secret]);
        kith_dynbuf_text(out, digits);
    }
    kith_dynbuf_free(&hashed);
}

/** The one copy of a text that lives as long as the redaction; NULL when out of memory. */
static const char *keep_text(kith_redaction *r, const kith_dynbuf *text)
{
    const char *kept = NULL;
    kith_err ignored;
    uint32_t id;

    (void)mtx_lock(&r->lock);
    if (text->status == KITH_OK &&
        kith_intern_add(r->told, kith_dynbuf_cstr(text), text->length, &id, &ignored) == KITH_OK)
        kept = kith_intern_get(r->told, id, NULL);
    (void)mtx_unlock(&r->lock);
    return kept;
}

const char *kith_redaction_tell(kith_redaction *r, kith_secret secret, const char *text)
{
    kith_dynbuf told = {0};

    if (!*text || r->kept[secret])
        return text;
    if (secret == KITH_SECRET_REMARK)
        put_remark(&told, text);
    else
        put_pseudonym(&told, r, secret, text);
    const char *kept = keep_text(r, &told);
    kith_dynbuf_free(&told);
    return kept ? kept : "(hidden)";
}

kith_code kith_net_redact(kith_net *net, const char *key_file, const char *keep, kith_err *err)
{
    kith_redaction_free(net->redaction);
    return kith_redaction_new(key_file, keep, &net->redaction, err);
}

bool kith_net_is_redacted(const kith_net *net)
{
    return net->redaction != NULL;
}

const char *kith_net_tell(const kith_net *net, kith_secret secret, const char *text)
{
    return net->redaction ? kith_redaction_tell(net->redaction, secret, text) : text;
}

const char *kith_net_wording(const kith_net *net, const char *text)
{
    return kith_net_tell(net, KITH_SECRET_QUESTION, text);
}
