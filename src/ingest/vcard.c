/* Contacts as vCard 2.1, 3.0 and 4.0, any number of cards a file: a card is a row. What is known of a
 * card is gathered up to its END and then put together; photos and notes are never kept. */
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "ingest/address_book.h"
#include "ingest/format.h"
#include "ingest/vcard_card.h"

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"
#define URN "urn:uuid:"

static const char no_end[] = "the card has no END:VCARD";

/** One file being read. */
typedef struct cards {
    kith_reading *reading;
    kith_address_book book;
    kith_vcard_decoder decoder;
    kith_vcard vcard;
    bool within;       /**< a card */
    uint64_t begin;    /**< its line */
    uint32_t agents;   /**< cards within it that are being passed over */
    bool agent_next;   /**< the last property was an AGENT whose card may follow */
    bool last_ignored; /**< the last property means nothing here, and so do lines that go on with it */
    bool has_nul;
    bool garbage;                     /**< what stands between two cards is told already */
    uint64_t left_out, left_out_line; /**< values, and where the first was */
} cards;

static const char *without_urn(const char *id)
{
    return strncasecmp(id, URN, strlen(URN)) == 0 ? id + strlen(URN) : id;
}

/** Notes whom a card names by the UID of another card, or by name; other addresses lead nowhere. */
static kith_code relate(cards *c, uint32_t contact, size_t entry, kith_err *err)
{
    const kith_stated_relation relation = {
        .contact = contact, .stated = c->vcard.entries[entry].stated, .line = c->begin};
    kith_dynbuf who = {0};

    (void)kith_vcard_part(kith_vcard_value(&c->vcard, entry), "", &who);
    kith_code rc = kith_dynbuf_check(&who, "a vCard", err);
    const char *text = kith_dynbuf_cstr(&who);
    if (rc == KITH_OK && without_urn(text) != text)
        rc = kith_address_book_relate_id(&c->book, relation, without_urn(text), err);
    else if (rc == KITH_OK && !strstr(text, "://") && strncasecmp(text, "mailto:", 7) != 0)
        rc = kith_address_book_relate_name(&c->book, relation, text, err);
    kith_dynbuf_free(&who);
    return rc;
}

static kith_code hand_on(cards *c, kith_err *err)
{
    kith_vcard *vcard = &c->vcard;
    kith_mention mention = {.line = c->begin, .space = KITH_NO_SPACE};
    kith_dynbuf id = {0};
    uint32_t contact = 0;

    kith_text_tidy(without_urn(kith_vcard_first(vcard, KITH_VCARD_ID)), &id);
    kith_code rc = kith_dynbuf_check(&id, "a vCard", err);
    if (rc == KITH_OK && vcard->status != KITH_OK)
        rc = kith_fail_memory(err, "a vCard");
    if (rc == KITH_OK && id.length) {
        mention.id = kith_dynbuf_cstr(&id);
        rc = kith_reading_space(c->reading, &mention.space, err);
    }
    if (rc == KITH_OK)
        rc = kith_address_book_add(&c->book, c->reading, mention, &contact, err);
    for (size_t i = 0; i < vcard->n && rc == KITH_OK; i++)
        if (vcard->entries[i].kind == KITH_VCARD_RELATED)
            rc = relate(c, contact, i, err);
    kith_dynbuf_free(&id);
    return rc;
}

static kith_code reject_card(cards *c, const char *reason, kith_err *err)
{
    kith_code rc = kith_vcard_fill(&c->vcard, &c->reading->card, err);

    c->within = false;
    return rc == KITH_OK ? kith_reading_reject_card(c->reading, c->begin, reason, err) : rc;
}

static kith_code finish_card(cards *c, kith_err *err)
{
    kith_card *card = &c->reading->card;

    if (c->has_nul)
        return reject_card(c, "it holds NUL bytes", err);
    c->within = false;
    kith_code rc = kith_vcard_fill(&c->vcard, card, err);
    if (rc != KITH_OK)
        return rc;
    if (!kith_vcard_is_person(&c->vcard) || (card->status == KITH_OK && card->n == 0)) {
        kith_reading_skip(c->reading);
        return KITH_OK;
    }
    return card->status == KITH_OK && !kith_card_has_identity(card) ? reject_card(c, "no name", err)
                                                                    : hand_on(c, err);
}

static void begin_card(cards *c, uint64_t line)
{
    c->within = true;
    c->begin = line;
    c->agents = 0;
    c->agent_next = c->last_ignored = c->has_nul = c->garbage = false;
    kith_vcard_clear(&c->vcard);
}

static void leave_out(cards *c, uint64_t line)
{
    if (c->left_out++ == 0)
        c->left_out_line = line;
}

static kith_code take_property(cards *c, const kith_vcard_property *property, const kith_vcard_line *line,
                               kith_err *err)
{
    kith_vcard_kind kind = kith_vcard_kind_of(property);
    bool ok = !line->cut;
    kith_code rc = KITH_OK;

    c->last_ignored = kind == KITH_VCARD_NOTHING || kind == KITH_VCARD_LABEL;
    if (kind == KITH_VCARD_NOTHING ||
        (kind == KITH_VCARD_RELATED && kith_vcard_property_has(property, "TYPE", "me")))
        return KITH_OK;
    if (kind == KITH_VCARD_LABEL)
        return kith_vcard_take_label(&c->vcard, property, err);
    if (memchr(line->text, '\0', line->length)) {
        c->has_nul = true;
        return KITH_OK;
    }
    if (ok)
        rc = kith_vcard_add(&c->vcard, &c->decoder, kind, property, &ok, err);
    if (!ok)
        leave_out(c, line->line);
    return rc;
}

/** A BEGIN:VCARD: of the next card, or of an agent's, which stands within the card. */
static kith_code take_begin(cards *c, uint64_t line, kith_err *err)
{
    kith_code rc = KITH_OK;

    if (c->within && c->agent_next) {
        c->agents++;
        c->agent_next = false;
        return KITH_OK;
    }
    if (c->within)
        rc = reject_card(c, no_end, err);
    begin_card(c, line);
    return rc;
}

static kith_code take_end(cards *c, kith_err *err)
{
    if (c->agents == 0)
        return finish_card(c, err);
    c->agents--;
    return KITH_OK;
}

/** What stands between two cards is one row. */
static kith_code take_garbage(cards *c, const kith_vcard_line *line, kith_err *err)
{
    if (c->garbage || line->text[strspn(line->text, " \t")] == '\0')
        return KITH_OK;
    c->garbage = true;
    return kith_reading_reject_line(c->reading, line->line, "it belongs to no card", "", err);
}

static kith_code take_within(cards *c, const kith_vcard_property *property, const kith_vcard_line *line,
                             kith_err *err)
{
    bool is_agent = property && kith_vcard_property_is(property, "AGENT");

    c->agent_next = is_agent && property->value_length == 0;
    if (is_agent && kith_vcard_property_says(property, "BEGIN:VCARD"))
        c->agents++;
    else if (property && c->agents == 0)
        return take_property(c, property, line, err);
    else if (c->agents == 0 && !c->last_ignored && line->text[strspn(line->text, " \t")])
        leave_out(c, line->line);
    return KITH_OK;
}

static kith_code take_line(void *ctx, const kith_vcard_line *full, kith_err *err)
{
    cards *c = ctx;
    kith_vcard_line line = *full;
    kith_vcard_property property;

    if (strncmp(line.text, BYTE_ORDER_MARK, strlen(BYTE_ORDER_MARK)) == 0) { /* also of a file appended */
        line.text += strlen(BYTE_ORDER_MARK);
        line.length -= strlen(BYTE_ORDER_MARK);
        line.head -= line.head == SIZE_MAX ? 0 : strlen(BYTE_ORDER_MARK);
    }
    bool is_property = kith_vcard_property_split(&line, &property);
    bool is_border = is_property && kith_vcard_property_says(&property, "VCARD");
    if (is_border && kith_vcard_property_is(&property, "BEGIN"))
        return take_begin(c, line.line, err);
    if (is_border && c->within && kith_vcard_property_is(&property, "END"))
        return take_end(c, err);
    return c->within ? take_within(c, is_property ? &property : NULL, &line, err)
                     : take_garbage(c, &line, err);
}

/** Feeds the whole file to `lines`, as UTF-8 where it is UTF-16. */
static kith_code feed_all(cards *c, kith_vcard_lines *lines, kith_charset *utf16, kith_err *err)
{
    kith_stream *stream = c->reading->entry->stream;
    kith_dynbuf decoded = {0};
    const char *bytes;
    size_t length;
    kith_code rc;

    do {
        rc = kith_stream_next(stream, &bytes, &length, err);
        if (rc == KITH_OK && utf16) {
            kith_dynbuf_clear(&decoded);
            rc = kith_charset_decode(utf16, bytes, length, length == 0, &decoded, err);
        }
        if (rc == KITH_OK)
            rc = utf16 ? kith_vcard_lines_feed(lines, kith_dynbuf_cstr(&decoded), decoded.length, err)
                       : kith_vcard_lines_feed(lines, bytes, length, err);
    } while (rc == KITH_OK && length);
    kith_dynbuf_free(&decoded);
    return rc == KITH_OK ? kith_vcard_lines_end(lines, err) : rc;
}

/** Opens a decoder where the file is UTF-16. */
static kith_code open_utf16(cards *c, kith_charset **utf16, kith_err *err)
{
    const char *head;
    size_t length;
    size_t mark;
    kith_code rc = kith_stream_peek(c->reading->entry->stream, KITH_STREAM_BUFFER, &head, &length, err);

    if (rc != KITH_OK)
        return rc;
    const char *encoding = kith_charset_guess(head, length, NULL, &mark);
    c->decoder.is_unicode = strncmp(encoding, "UTF-16", 6) == 0;
    return c->decoder.is_unicode ? kith_charset_open(encoding, utf16, err) : KITH_OK;
}

static kith_code read_all(cards *c, kith_err *err)
{
    kith_vcard_lines lines;
    kith_charset *utf16 = NULL;
    kith_code rc = open_utf16(c, &utf16, err);

    kith_vcard_lines_begin(&lines, take_line, c);
    if (rc == KITH_OK)
        rc = feed_all(c, &lines, utf16, err);
    if (rc == KITH_OK && c->within)
        rc = reject_card(c, no_end, err);
    if (utf16)
        c->decoder.replaced += kith_charset_replaced(utf16);
    kith_charset_close(utf16);
    kith_vcard_lines_free(&lines);
    return rc;
}

static void tell(const cards *c)
{
    if (c->left_out)
        kith_reading_notice(c->reading,
                            "%llu values that are too long, too many or no text were left out, the first "
                            "on line %llu",
                            (unsigned long long)c->left_out, (unsigned long long)c->left_out_line);
    if (c->decoder.replaced)
        kith_reading_notice(c->reading,
                            "%llu bytes make no sense in its encoding; is there an --encoding for it?",
                            (unsigned long long)c->decoder.replaced);
}

/** Whether it begins with a card. NULs stand between the letters of UTF-16. */
bool kith_vcard_fits(const char *head, size_t length, bool whole)
{
    static const char word[] = "BEGIN:VCARD";
    size_t matched = 0;

    (void)whole;
    for (size_t i = 0; i < length && word[matched]; i++) {
        bool passed_over =
            head[i] == '\0' || (matched == 0 && strchr(" \t\r\n\xEF\xBB\xBF\xFF\xFE", head[i]));
        if (!passed_over && strncasecmp(&head[i], &word[matched], 1) != 0)
            return false;
        matched += !passed_over;
    }
    return !word[matched];
}

kith_code kith_vcard_read(kith_reading *reading, kith_err *err)
{
    cards c = {.reading = reading, .decoder = {.fallback = reading->opts->encoding}};
    kith_code rc = read_all(&c, err);

    if (rc == KITH_OK)
        rc = kith_address_book_finish(&c.book, reading, err);
    if (rc == KITH_OK)
        tell(&c);
    kith_address_book_free(&c.book);
    kith_vcard_decoder_free(&c.decoder);
    kith_vcard_free(&c.vcard);
    return rc;
}
