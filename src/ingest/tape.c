/* Taking down what a reader hands on. */
#include "ingest/tape.h"

#include "base/mem.h"
#include "ingest/tape_code.h"

static kith_tape_code begin(kith_tape *tape, kith_tape_event event)
{
    kith_dynbuf_put(&tape->bytes, (char)event);
    return (kith_tape_code){.to = &tape->bytes};
}

static void finish(kith_tape *tape, const kith_tape_code *code)
{
    tape->gave_up |= code->bad || tape->bytes.status != KITH_OK;
}

static void is_of_source(kith_tape *tape, uint32_t source)
{
    tape->gave_up |= source != tape->reading->source;
}

/** How a person goes on the tape. */
static uint32_t number_of(kith_tape *tape, uint32_t mention)
{
    if (mention == UINT32_MAX)
        return KITH_TAPE_NOBODY;
    if (mention == tape->reading->owner)
        return KITH_TAPE_OWNER;
    if (tape->n_numbers && mention >= tape->first && mention - tape->first < tape->n_numbers)
        return KITH_TAPE_MENTIONS + tape->numbers[mention - tape->first];
    tape->gave_up = true;
    return KITH_TAPE_NOBODY;
}

/** Numbers a mention by the handle that the sink has given it: a new one follows the last, an old one keeps
 * its number. */
static void number_mention(kith_tape *tape, uint32_t handle)
{
    if (tape->n_numbers == 0)
        tape->first = handle;
    if (handle < tape->first || handle - tape->first > tape->n_numbers ||
        tape->n_mentions >= UINT32_MAX - KITH_TAPE_MENTIONS ||
        !kith_grow((void **)&tape->numbers, &tape->capacity, tape->n_numbers + 1, sizeof *tape->numbers)) {
        tape->gave_up = true;
        return;
    }
    if (handle - tape->first == tape->n_numbers)
        tape->numbers[tape->n_numbers++] = tape->n_mentions;
    tape->n_mentions++;
}

static kith_code take_space(void *ctx, const char *name, uint32_t *space, kith_err *err)
{
    const kith_tape *tape = ctx;

    return tape->sink->space(tape->sink->ctx, name, space, err);
}

static kith_code take_mention(void *ctx, const kith_mention *mention, uint32_t *handle, kith_err *err)
{
    kith_tape *tape = ctx;
    kith_mention copy = *mention;
    kith_tape_code code = begin(tape, KITH_TAPE_MENTION);
    kith_code rc = tape->sink->mention(tape->sink->ctx, mention, handle, err);

    is_of_source(tape, mention->source);
    tape->gave_up |= mention->space != (mention->id ? tape->space : KITH_NO_SPACE);
    kith_tape_code_mention(&code, &copy);
    finish(tape, &code);
    if (rc == KITH_OK)
        number_mention(tape, *handle);
    return rc;
}

static void put_relation(kith_tape *tape, kith_tape_code *code, const kith_relation *relation)
{
    kith_relation copy = *relation;

    is_of_source(tape, relation->source);
    copy.a = number_of(tape, relation->a);
    copy.b = number_of(tape, relation->b);
    kith_tape_code_relation(code, &copy);
}

static kith_code take_relation(void *ctx, const kith_relation *relation, kith_err *err)
{
    kith_tape *tape = ctx;
    kith_tape_code code = begin(tape, KITH_TAPE_RELATION);

    put_relation(tape, &code, relation);
    finish(tape, &code);
    return tape->sink->relation(tape->sink->ctx, relation, err);
}

/** Of plain ties there is no tape: it would be as long as the table. */
static kith_code take_ties(void *ctx, uint32_t source, const uint32_t *ends, size_t n, kith_err *err)
{
    kith_tape *tape = ctx;

    tape->gave_up = true;
    return tape->sink->ties(tape->sink->ctx, source, ends, n, err);
}

static kith_code take_pairing(void *ctx, const kith_pairing *pairing, kith_err *err)
{
    kith_tape *tape = ctx;
    kith_pairing copy = *pairing;
    kith_tape_code code = begin(tape, KITH_TAPE_PAIRING);

    is_of_source(tape, pairing->source);
    copy.mentor = number_of(tape, pairing->mentor);
    copy.mentee = number_of(tape, pairing->mentee);
    kith_tape_code_pairing(&code, &copy);
    finish(tape, &code);
    return tape->sink->pairing(tape->sink->ctx, pairing, err);
}

static kith_code take_tenure(void *ctx, const kith_tenure *tenure, kith_err *err)
{
    kith_tape *tape = ctx;
    kith_tenure copy = *tenure;
    kith_tape_code code = begin(tape, KITH_TAPE_TENURE);

    is_of_source(tape, tenure->source);
    copy.mention = number_of(tape, tenure->mention);
    kith_tape_code_tenure(&code, &copy);
    finish(tape, &code);
    return tape->sink->tenure(tape->sink->ctx, tenure, err);
}

static kith_code take_reject(void *ctx, uint32_t source, uint64_t line, const char *reason,
                             const char *columns, kith_err *err)
{
    kith_tape *tape = ctx;
    kith_tape_code code = begin(tape, KITH_TAPE_REJECT);
    uint64_t at = line;
    const char *why = reason, *what = columns;

    is_of_source(tape, source);
    kith_tape_code_number(&code, &at, UINT64_MAX);
    kith_tape_code_text(&code, &why);
    kith_tape_code_text(&code, &what);
    finish(tape, &code);
    return tape->sink->reject(tape->sink->ctx, source, line, reason, columns, err);
}

static void hear_notice(void *ctx, const char *text)
{
    kith_tape *tape = ctx;
    kith_tape_code code = begin(tape, KITH_TAPE_NOTICE);
    const char *said = text;

    kith_tape_code_text(&code, &said);
    finish(tape, &code);
    if (tape->opts->notice)
        tape->opts->notice(tape->opts->notice_ctx, text);
}

void kith_tape_begin(kith_tape *tape, kith_reading *reading)
{
    *tape = (kith_tape){.reading = reading,
                        .sink = reading->sink,
                        .opts = reading->opts,
                        .through = {.ctx = tape,
                                    .space = take_space,
                                    .mention = take_mention,
                                    .relation = take_relation,
                                    .ties = take_ties,
                                    .pairing = take_pairing,
                                    .tenure = take_tenure,
                                    .reject = take_reject},
                        .heard = *reading->opts,
                        .space = KITH_NO_SPACE};
    tape->heard.notice = hear_notice;
    tape->heard.notice_ctx = tape;
    reading->tape = tape;
    reading->sink = &tape->through;
    reading->opts = &tape->heard;
}

bool kith_tape_end(kith_tape *tape)
{
    kith_reading *reading = tape->reading;
    kith_source_end end = reading->end;
    kith_tape_code code = begin(tape, KITH_TAPE_END);

    end.columns = kith_dynbuf_cstr(&reading->fields);
    kith_tape_code_end(&code, &end);
    finish(tape, &code);
    reading->tape = NULL;
    reading->sink = tape->sink;
    reading->opts = tape->opts;
    return !tape->gave_up;
}

void kith_tape_free(kith_tape *tape)
{
    kith_dynbuf_free(&tape->bytes);
    kith_free(tape->numbers);
    *tape = (kith_tape){0};
}

void kith_tape_space(kith_tape *tape, uint32_t space)
{
    if (tape->space == space)
        return;
    tape->gave_up |= tape->space != KITH_NO_SPACE;
    (void)begin(tape, KITH_TAPE_SPACE);
    tape->space = space;
}

void kith_tape_contact(kith_tape *tape, const char *name, uint32_t mention)
{
    kith_tape_code code = begin(tape, KITH_TAPE_CONTACT);
    uint32_t number = number_of(tape, mention);

    kith_tape_code_text(&code, &name);
    kith_tape_code_u32(&code, &number);
    finish(tape, &code);
}

static void put_card(kith_tape_code *code, kith_card *card)
{
    const kith_attr *attrs = NULL;
    size_t n = 0;

    code->bad |= kith_card_attrs(card, &attrs, &n, NULL) != KITH_OK;
    kith_tape_code_attrs(code, &attrs, &n);
}

void kith_tape_member(kith_tape *tape, kith_card *card)
{
    kith_tape_code code = begin(tape, KITH_TAPE_MEMBER);

    put_card(&code, card);
    finish(tape, &code);
}

void kith_tape_listed(kith_tape *tape, kith_card *card, const kith_relation *relation)
{
    kith_tape_code code = begin(tape, KITH_TAPE_LISTED);

    put_relation(tape, &code, relation);
    put_card(&code, card);
    finish(tape, &code);
}

void kith_tape_said(kith_tape *tape, kith_card *card, const kith_relation *relation, bool to_contacts)
{
    kith_tape_code code = begin(tape, KITH_TAPE_SAID);

    kith_tape_code_bool(&code, &to_contacts);
    put_relation(tape, &code, relation);
    put_card(&code, card);
    finish(tape, &code);
}

void kith_tape_writer(kith_tape *tape, const char *name, const char *url)
{
    kith_tape_code code = begin(tape, KITH_TAPE_WRITER);

    kith_tape_code_text(&code, &name);
    kith_tape_code_text(&code, &url);
    finish(tape, &code);
}

void kith_tape_dates(kith_tape *tape, const kith_date_column *column)
{
    kith_tape_code code = begin(tape, KITH_TAPE_DATES);
    uint64_t at = column->at, order = column->order;

    kith_tape_code_number(&code, &at, UINT64_MAX);
    kith_tape_code_number(&code, &order, UINT64_MAX);
    finish(tape, &code);
}
