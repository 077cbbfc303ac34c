#include "ingest/tape_code.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"

/** The first and the last day that a date of four digits can be. */
#define FIRST_DAY (-719528)
#define LAST_DAY 2932896

/** Bits of a relation: what it says besides whom it relates. */
enum {
    HAS_DATE = 1,
    HAS_END = 2,
    HAS_COUNT = 4,
    HAS_STATED = 8,
    HAS_HALVES = 16,
    HAS_REALS = 32,
    ALL_BITS = 63
};

static void put_number(kith_dynbuf *to, uint64_t number)
{
    char bytes[10];
    size_t n = 0;

    for (; number >= 0x80; number >>= 7)
        bytes[n++] = (char)(number | 0x80);
    bytes[n++] = (char)number;
    kith_dynbuf_append(to, bytes, n);
}

static uint64_t get_number(kith_tape_code *code)
{
    uint64_t number = 0;

    for (unsigned shift = 0; code->at < code->end && shift < 64; shift += 7) {
        unsigned char byte = (unsigned char)*code->at++;
        number |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80)
            return number;
    }
    code->bad = true;
    return 0;
}

void kith_tape_code_number(kith_tape_code *code, uint64_t *number, uint64_t most)
{
    if (code->to) {
        put_number(code->to, *number);
        return;
    }
    *number = get_number(code);
    if (*number > most) {
        code->bad = true;
        *number = 0;
    }
}

void kith_tape_code_u32(kith_tape_code *code, uint32_t *number)
{
    uint64_t wide = *number;

    kith_tape_code_number(code, &wide, UINT32_MAX);
    *number = (uint32_t)wide;
}

void kith_tape_code_bool(kith_tape_code *code, bool *is)
{
    uint64_t wide = *is;

    kith_tape_code_number(code, &wide, 1);
    *is = wide;
}

void kith_tape_code_day(kith_tape_code *code, kith_day *day)
{
    uint64_t wide = !code->to || *day == KITH_NO_DATE ? 0 : (uint64_t)((int64_t)*day - FIRST_DAY + 1);

    kith_tape_code_number(code, &wide, LAST_DAY - FIRST_DAY + 1);
    *day = wide ? (kith_day)((int64_t)wide - 1 + FIRST_DAY) : KITH_NO_DATE;
}

void kith_tape_code_real(kith_tape_code *code, double *number, double most)
{
    if (code->to) {
        kith_dynbuf_append(code->to, number, sizeof *number);
        return;
    }
    *number = NAN;
    if ((size_t)(code->end - code->at) < sizeof *number) {
        code->bad = true;
        return;
    }
    memcpy(number, code->at, sizeof *number);
    code->at += sizeof *number;
    code->bad |= !isnan(*number) && !(*number >= 0 && *number <= most);
}

/** Whether a text is what readers hand on: UTF-8 throughout. */
static bool is_well_formed(const char *text, size_t length)
{
    size_t at = kith_utf8_ascii_run(text, length);

    while (at < length) {
        int32_t codepoint;
        size_t bytes = kith_utf8_get(text + at, &codepoint);
        if (bytes == 1 && codepoint == KITH_UTF8_REPLACEMENT)
            return false;
        at += bytes;
    }
    return true;
}

void kith_tape_code_text(kith_tape_code *code, const char **text)
{
    const char *given = code->to && *text ? *text : "";
    uint64_t length = strlen(given);

    kith_tape_code_number(code, &length, KITH_DYNBUF_LIMIT);
    if (code->to) {
        kith_dynbuf_cell(code->to, given, length);
        return;
    }
    const char *found = code->at;
    *text = "";
    if ((uint64_t)(code->end - found) <= length || found[length] || memchr(found, '\0', length) ||
        !is_well_formed(found, length)) {
        code->bad = true;
        return;
    }
    *text = found;
    code->at = found + length + 1;
}

void kith_tape_code_attrs(kith_tape_code *code, const kith_attr **attrs, size_t *n)
{
    uint64_t count = *n;

    /* Every value has at least its field, its length, a byte and the NUL. */
    kith_tape_code_number(code, &count, code->to ? 0 : (uint64_t)(code->end - code->at) / 4);
    if (!code->to && !kith_grow((void **)&code->attrs, &code->capacity, count + 1, sizeof *code->attrs)) {
        code->bad = true;
        return;
    }
    for (size_t i = 0; i < count && !code->bad; i++) {
        kith_attr attr = code->to ? (*attrs)[i] : (kith_attr){.field = KITH_FIELD_COUNT, .value = ""};
        uint64_t field = attr.field;
        kith_tape_code_number(code, &field, KITH_FIELD_COUNT - 1);
        kith_tape_code_text(code, &attr.value);
        attr.field = (kith_field)field;
        code->bad |= !*attr.value;
        if (!code->to)
            code->attrs[i] = attr;
    }
    if (!code->to) {
        *attrs = code->attrs;
        *n = (size_t)count;
    }
}

void kith_tape_code_mention(kith_tape_code *code, kith_mention *mention)
{
    bool has_id = mention->id != NULL;

    kith_tape_code_number(code, &mention->line, UINT64_MAX);
    kith_tape_code_bool(code, &has_id);
    kith_tape_code_bool(code, &mention->owner);
    kith_tape_code_bool(code, &mention->do_not_introduce);
    kith_tape_code_bool(code, &mention->only);
    mention->space = has_id ? 0 : KITH_NO_SPACE;
    if (has_id)
        kith_tape_code_text(code, &mention->id);
    kith_tape_code_attrs(code, &mention->attrs, &mention->n_attrs);
}

static uint64_t bits_of(const kith_relation *relation)
{
    return (relation->date != KITH_NO_DATE ? HAS_DATE : 0U) | (relation->end != KITH_NO_DATE ? HAS_END : 0U) |
           (relation->count != 1 ? HAS_COUNT : 0U) | (relation->stated ? HAS_STATED : 0U) |
           (relation->halves ? HAS_HALVES : 0U) |
           (!isnan(relation->strength) || !isnan(relation->weight) ? HAS_REALS : 0U);
}

void kith_tape_code_relation(kith_tape_code *code, kith_relation *relation)
{
    uint64_t kind = relation->kind, bits = code->to ? bits_of(relation) : 0, stated = relation->stated;

    if (!code->to)
        *relation = (kith_relation){
            .date = KITH_NO_DATE, .end = KITH_NO_DATE, .count = 1, .strength = NAN, .weight = NAN};
    kith_tape_code_u32(code, &relation->a);
    kith_tape_code_u32(code, &relation->b);
    kith_tape_code_number(code, &kind, KITH_EVIDENCE_COUNT - 1);
    kith_tape_code_number(code, &relation->line, UINT64_MAX);
    kith_tape_code_number(code, &bits, ALL_BITS);
    if (bits & HAS_DATE)
        kith_tape_code_day(code, &relation->date);
    if (bits & HAS_END)
        kith_tape_code_day(code, &relation->end);
    if (bits & HAS_COUNT)
        kith_tape_code_u32(code, &relation->count);
    if (bits & HAS_STATED) {
        kith_tape_code_number(code, &stated, (UINT64_C(4) << KITH_STATED_LEADS) - 1);
        relation->stated = (uint32_t)stated;
    }
    if (bits & HAS_HALVES)
        kith_tape_code_u32(code, &relation->halves);
    if (bits & HAS_REALS) {
        kith_tape_code_real(code, &relation->strength, 1);
        kith_tape_code_real(code, &relation->weight, DBL_MAX);
        code->bad |= relation->weight == 0;
    }
    relation->kind = (kith_evidence)kind;
}

void kith_tape_code_pairing(kith_tape_code *code, kith_pairing *pairing)
{
    uint64_t status = pairing->status;

    kith_tape_code_u32(code, &pairing->mentor);
    kith_tape_code_u32(code, &pairing->mentee);
    kith_tape_code_number(code, &pairing->line, UINT64_MAX);
    kith_tape_code_day(code, &pairing->start);
    kith_tape_code_day(code, &pairing->end);
    kith_tape_code_day(code, &pairing->last_meeting);
    kith_tape_code_day(code, &pairing->requested);
    kith_tape_code_number(code, &status, KITH_MENTORSHIP_ENDED);
    kith_tape_code_text(code, &pairing->programme);
    kith_tape_code_text(code, &pairing->cohort);
    kith_tape_code_u32(code, &pairing->meetings);
    kith_tape_code_bool(code, &pairing->only_meetings);
    kith_tape_code_u32(code, &pairing->gaps.count);
    kith_tape_code_u32(code, &pairing->gaps.median_days);
    kith_tape_code_real(code, &pairing->gaps.regularity, 1);
    kith_tape_code_u32(code, &pairing->agreed_gap_days);
    pairing->status = (kith_mentorship_status)status;
}

void kith_tape_code_tenure(kith_tape_code *code, kith_tenure *tenure)
{
    uint64_t kind = tenure->kind;

    kith_tape_code_u32(code, &tenure->mention);
    kith_tape_code_number(code, &kind, KITH_TENURE_STUDY);
    kith_tape_code_number(code, &tenure->line, UINT64_MAX);
    kith_tape_code_text(code, &tenure->place);
    kith_tape_code_text(code, &tenure->title);
    kith_tape_code_day(code, &tenure->start);
    kith_tape_code_day(code, &tenure->end);
    kith_tape_code_bool(code, &tenure->current);
    tenure->kind = (kith_tenure_kind)kind;
}

void kith_tape_code_end(kith_tape_code *code, kith_source_end *end)
{
    for (size_t i = 0; i < 2; i++)
        kith_tape_code_number(code, &end->checksum[i], UINT64_MAX);
    kith_tape_code_number(code, &end->bytes, UINT64_MAX);
    kith_tape_code_number(code, &end->used, UINT64_MAX / 4);
    kith_tape_code_number(code, &end->skipped, UINT64_MAX / 4);
    kith_tape_code_number(code, &end->rejected, UINT64_MAX / 4);
    end->rows = end->used + end->skipped + end->rejected;
    kith_tape_code_text(code, &end->columns);
}
