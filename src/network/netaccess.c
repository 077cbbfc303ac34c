/* What a network answers about people and ties. Every number read from the file is checked before use. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "network/netstate.h"

const char *kith_net_text_in(const kith_net *net, kith_section offsets, kith_section bytes, uint64_t i)
{
    const uint64_t *span = kith_net_rows(net, offsets, i, 2);

    if (!span)
        return "";
    if (span[0] >= span[1]) {
        (void)kith_net_mark_damage(net, "offset of a string");
        return "";
    }
    uint64_t length = span[1] - span[0];
    const char *text = kith_net_rows(net, bytes, span[0], length);
    if (!text)
        return "";
    if (text[length - 1] != '\0') {
        (void)kith_net_mark_damage(net, "a string without end");
        return "";
    }
    return text;
}

const char *kith_net_text(const kith_net *net, uint32_t string)
{
    return kith_net_text_in(net, KITH_SECTION_STRING_OFFSETS, KITH_SECTION_STRING_BYTES, string);
}

uint64_t kith_net_string_count(const kith_net *net)
{
    return kith_net_count(net, KITH_SECTION_STRING_OFFSETS) - 1;
}

const char *kith_net_string(const kith_net *net, uint32_t string)
{
    return string < kith_net_string_count(net) ? kith_net_text(net, string) : "";
}

bool kith_net_span(const kith_net *net, kith_section offsets, kith_section section, uint64_t id,
                   uint64_t *first, uint64_t *count)
{
    const uint64_t *span = kith_net_rows(net, offsets, id, 2);

    *first = 0;
    *count = 0;
    if (!span)
        return false;
    if (span[0] > span[1] || span[1] > kith_net_count(net, section))
        return kith_net_mark_damage(net, "offset of a person's rows");
    *first = span[0];
    *count = span[1] - span[0];
    return true;
}

static uint32_t people(const kith_net *net)
{
    return net->head.header.people;
}

void kith_net_summarise(const kith_net *net, kith_net_summary *out)
{
    const kith_net_header *h = &net->head.header;

    *out = (kith_net_summary){
        .people = h->people,
        .ties = h->ties,
        .mentorships = (uint32_t)kith_net_count(net, KITH_SECTION_MENTORSHIPS),
        .sources = (uint32_t)kith_net_count(net, KITH_SECTION_SOURCES),
        .rejects = kith_net_count(net, KITH_SECTION_REJECTS),
        .merges = (uint32_t)kith_net_count(net, KITH_SECTION_MERGES),
        .doubts = h->doubts,
        .doubts_listed = (uint32_t)kith_net_count(net, KITH_SECTION_DOUBTS),
        .owners = (uint32_t)kith_net_count(net, KITH_SECTION_OWNERS),
        .as_of = h->as_of,
        .version = h->kith_version,
        .name = net->name,
    };
    (void)snprintf(out->checksum, sizeof out->checksum, "%016" PRIx64, h->content_checksum);
}

uint32_t kith_net_attrs(const kith_net *net, uint32_t id, const uint8_t **fields, const uint32_t **strings)
{
    uint64_t first;
    uint64_t count;

    *fields = NULL;
    *strings = NULL;
    if (id >= people(net) ||
        !kith_net_span(net, KITH_SECTION_ATTR_OFFSETS, KITH_SECTION_ATTR_FIELDS, id, &first, &count))
        return 0;
    const uint8_t *field = kith_net_rows(net, KITH_SECTION_ATTR_FIELDS, first, count);
    const uint32_t *value = kith_net_rows(net, KITH_SECTION_ATTR_VALUES, first, count);
    if (!field || !value)
        return 0;
    bool fine = count <= UINT32_MAX;
    for (uint64_t i = 0; fine && i < count; i++)
        fine = field[i] < KITH_FIELD_COUNT && (i == 0 || field[i - 1] <= field[i]) &&
               value[i] < kith_net_string_count(net);
    if (!fine) {
        (void)kith_net_mark_damage(net, "what is known of a person");
        return 0;
    }
    *fields = field;
    *strings = value;
    return (uint32_t)count;
}

const char *kith_net_field_string(const kith_net *net, kith_field field, uint32_t string)
{
    return kith_net_tell(net, kith_secret_of_field(field), kith_net_string(net, string));
}

const char *kith_net_stored_value(const kith_net *net, uint32_t id, kith_field field, uint32_t nth)
{
    const uint8_t *fields;
    const uint32_t *strings;
    uint32_t count = kith_net_attrs(net, id, &fields, &strings);

    for (uint32_t i = 0; i < count && fields[i] <= (unsigned)field; i++)
        if (fields[i] == (unsigned)field && nth-- == 0)
            return kith_net_text(net, strings[i]);
    return NULL;
}

const char *kith_net_value(const kith_net *net, uint32_t id, kith_field field, uint32_t nth)
{
    const char *value = kith_net_stored_value(net, id, field, nth);

    if (!value || !net->redaction)
        return value;
    if (field == KITH_FIELD_NAME) /* other spellings would be the same pseudonym again */
        return nth == 0 ? kith_net_tell(net, KITH_SECRET_PERSON, kith_net_stored_key(net, id)) : NULL;
    return kith_net_tell(net, kith_secret_of_field(field), value);
}

/** Takes the preferred name, title and company, each the first of its field. */
static void take_preferred(const kith_net *net, uint32_t id, kith_person *out)
{
    const uint8_t *fields;
    const uint32_t *strings;
    const uint32_t count = kith_net_attrs(net, id, &fields, &strings);

    for (uint32_t i = 0; i < count; i++) {
        const char **value = fields[i] == KITH_FIELD_NAME      ? &out->name
                             : fields[i] == KITH_FIELD_TITLE   ? &out->title
                             : fields[i] == KITH_FIELD_COMPANY ? &out->company
                                                               : NULL;
        if (value && (i == 0 || fields[i - 1] != fields[i]))
            *value = kith_net_text(net, strings[i]);
    }
}

const char *kith_net_stored_key(const kith_net *net, uint32_t id)
{
    const uint32_t *key = id < people(net) ? kith_net_rows(net, KITH_SECTION_PERSON_KEYS, id, 1) : NULL;

    return key ? kith_net_text(net, *key) : "";
}

/** Pseudonyms for what was taken. */
static void hide(const kith_net *net, kith_person *person)
{
    if (*person->name)
        person->name = kith_net_tell(net, KITH_SECRET_PERSON, person->key);
    person->key = kith_net_tell(net, KITH_SECRET_KEY, person->key);
    person->title = kith_net_tell(net, KITH_SECRET_TITLE, person->title);
    person->company = kith_net_tell(net, KITH_SECRET_COMPANY, person->company);
}

void kith_net_person(const kith_net *net, uint32_t id, kith_person *out)
{
    *out = (kith_person){.id = id, .key = "", .name = "", .title = "", .company = ""};
    if (id >= people(net))
        return;
    const uint8_t *flags = kith_net_rows(net, KITH_SECTION_PERSON_FLAGS, id, 1);
    if (!flags)
        return;
    if (*flags & ~(KITH_PERSON_OWNER | KITH_PERSON_DO_NOT_INTRODUCE)) {
        (void)kith_net_mark_damage(net, "flags of a person");
        return;
    }
    out->key = kith_net_stored_key(net, id);
    take_preferred(net, id, out);
    if (net->redaction)
        hide(net, out);
    out->is_owner = (*flags & KITH_PERSON_OWNER) != 0;
    out->do_not_introduce = (*flags & KITH_PERSON_DO_NOT_INTRODUCE) != 0;
}

/** Whether a stored id is a person's. */
static bool is_person(const kith_net *net, uint32_t id)
{
    return id < people(net) || kith_net_mark_damage(net, "id of a person");
}

uint32_t kith_net_owner(const kith_net *net, uint32_t nth)
{
    if (nth >= kith_net_count(net, KITH_SECTION_OWNERS))
        return UINT32_MAX;
    const uint32_t *id = kith_net_rows(net, KITH_SECTION_OWNERS, nth, 1);
    return id && is_person(net, *id) ? *id : UINT32_MAX;
}

bool kith_net_alias(const kith_net *net, uint64_t i, const char **text, uint32_t *person)
{
    if (i >= kith_net_count(net, KITH_SECTION_ALIAS_TEXTS))
        return false;
    const uint32_t *string = kith_net_rows(net, KITH_SECTION_ALIAS_TEXTS, i, 1);
    const uint32_t *id = kith_net_rows(net, KITH_SECTION_ALIAS_PEOPLE, i, 1);
    if (!string || !id || !is_person(net, *id))
        return false;
    *text = kith_net_text(net, *string);
    *person = *id;
    return true;
}

uint32_t kith_net_find_key(const kith_net *net, const char *key)
{
    uint64_t low = 0;
    uint64_t high = kith_net_count(net, KITH_SECTION_ALIAS_TEXTS);

    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        const uint32_t *text = kith_net_rows(net, KITH_SECTION_ALIAS_TEXTS, middle, 1);
        if (!text)
            return UINT32_MAX;
        int order = strcmp(kith_net_text(net, *text), key);
        if (order == 0) {
            const uint32_t *id = kith_net_rows(net, KITH_SECTION_ALIAS_PEOPLE, middle, 1);
            return id && is_person(net, *id) ? *id : UINT32_MAX;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return UINT32_MAX;
}

/** The rows of a person's ties; none for an id out of range. */
static uint32_t ties_of(const kith_net *net, uint32_t id, uint64_t *first)
{
    uint64_t count;

    *first = 0;
    if (id >= people(net) ||
        !kith_net_span(net, KITH_SECTION_TIE_OFFSETS, KITH_SECTION_TIE_TARGETS, id, first, &count))
        return 0;
    if (count >= people(net)) {
        (void)kith_net_mark_damage(net, "number of a person's ties");
        return 0;
    }
    return (uint32_t)count;
}

uint32_t kith_net_degree(const kith_net *net, uint32_t id)
{
    uint64_t first;

    return ties_of(net, id, &first);
}

/** Reads the tie in row `row`, which is one of person `id`. */
static bool read_tie(const kith_net *net, uint32_t id, uint64_t row, kith_tie *out)
{
    const uint32_t *target = kith_net_rows(net, KITH_SECTION_TIE_TARGETS, row, 1);
    const uint16_t *cost = kith_net_rows(net, KITH_SECTION_TIE_COSTS, row, 1);
    const uint16_t *evidence = kith_net_rows(net, KITH_SECTION_TIE_EVIDENCE, row, 1);

    if (!target || !cost || !evidence || !is_person(net, *target))
        return false;
    const uint32_t leads = (uint32_t)*evidence >> KITH_MASK_LEADS;
    const uint32_t kinds = *evidence & ((UINT32_C(1) << KITH_MASK_LEADS) - 1);
    if (*target == id || *cost == 0 || kinds >> KITH_EVIDENCE_COUNT != 0)
        return kith_net_mark_damage(net, "a tie");
    *out = (kith_tie){.a = id,
                      .b = *target,
                      .cost = *cost,
                      .evidence = kinds,
                      .leads = id < *target ? leads : kith_stated_turn(leads)};
    return true;
}

bool kith_net_tie_at(const kith_net *net, uint32_t id, uint32_t nth, kith_tie *out)
{
    uint64_t first;

    *out = (kith_tie){0};
    return nth < ties_of(net, id, &first) && read_tie(net, id, first + nth, out);
}

bool kith_net_tie(const kith_net *net, uint32_t a, uint32_t b, kith_tie *out)
{
    uint64_t low;
    uint32_t degree = ties_of(net, a, &low);
    uint64_t end = low + degree;
    uint64_t high = end;

    *out = (kith_tie){0};
    if (degree == 0)
        return false;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        const uint32_t *target = kith_net_rows(net, KITH_SECTION_TIE_TARGETS, middle, 1);
        if (!target)
            return false;
        if (*target < b)
            low = middle + 1;
        else
            high = middle;
    }
    return low < end && read_tie(net, a, low, out) && out->b == b;
}

/** The rows of evidence for the tie of `low` with `high`, of which `low` is the lower id. */
static const kith_evidence_row *evidence_of(const kith_net *net, uint32_t low, uint32_t high, uint32_t *count)
{
    uint64_t first;
    uint64_t rows;

    *count = 0;
    if (!kith_net_span(net, KITH_SECTION_EVIDENCE_OFFSETS, KITH_SECTION_EVIDENCE, low, &first, &rows))
        return NULL;
    const kith_evidence_row *row = kith_net_rows(net, KITH_SECTION_EVIDENCE, first, rows);
    if (!row)
        return NULL;
    uint64_t begin = 0;
    for (uint64_t end = rows; begin < end;) {
        uint64_t middle = begin + (end - begin) / 2;
        if (row[middle].b < high)
            begin = middle + 1;
        else
            end = middle;
    }
    while (begin + *count < rows && row[begin + *count].b == high && *count <= KITH_EVIDENCE_COUNT)
        ++*count;
    return row + begin;
}

/** Whether a detail can be; of relations, what holds both ways is stated both ways. */
static bool is_detail(const kith_evidence_row *row)
{
    const uint32_t both_ways = (uint32_t)row->detail >> 2 * KITH_STATED_COLLEAGUE;

    if (row->kind == KITH_EVIDENCE_STATED_RELATION)
        return kith_stated_turn(both_ways) == both_ways;
    return row->detail <= (row->kind == KITH_EVIDENCE_MESSAGES);
}

static bool is_reason(const kith_evidence_row *row)
{
    const bool counts = row->kind == KITH_EVIDENCE_MESSAGES || row->kind == KITH_EVIDENCE_STATED_TIE;

    return row->kind < KITH_EVIDENCE_COUNT && is_detail(row) && row->in_halves <= counts &&
           kith_net_is_day(row->first) && kith_net_is_day(row->last) && row->factor >= 0 && row->factor <= 1;
}

static double adds(const kith_reason *reason)
{
    return reason->weight * reason->factor;
}

/** What a row counts. */
static void set_count(const kith_evidence_row *row, kith_reason *reason)
{
    reason->count = row->in_halves ? row->count / 2 + row->count % 2 : row->count;
    if (row->in_halves)
        reason->interactions = row->count / 2.0;
    else if (row->kind == KITH_EVIDENCE_MESSAGES)
        reason->interactions = row->count;
}

/** Puts a reason among the `count` there are: what adds most first, then by kind. */
static void insert_reason(kith_reason *reasons, uint32_t count, kith_reason reason)
{
    uint32_t at = count;

    for (; at > 0; at--) {
        const kith_reason *before = &reasons[at - 1];
        if (adds(before) > adds(&reason) || (adds(before) == adds(&reason) && before->kind < reason.kind))
            break;
        reasons[at] = *before;
    }
    reasons[at] = reason;
}

/** The reasons that `rows` tell, and those that a tie has no row for: they are plain. @return how many. */
static uint32_t list_reasons(const kith_net *net, const kith_evidence_row *rows, uint32_t n_rows,
                             uint32_t mask, kith_reason *out)
{
    kith_coefficients coefficients;
    uint32_t count = 0;

    kith_net_coefficients(net, &coefficients);
    for (uint32_t kind = 0; kind < KITH_EVIDENCE_COUNT; kind++) {
        uint32_t row = 0;
        kith_reason reason = {.kind = (kith_evidence)kind,
                              .count = 1,
                              .first = KITH_NO_DATE,
                              .last = KITH_NO_DATE,
                              .weight = kind == KITH_EVIDENCE_STATED_STRENGTH ? 1 : coefficients.weight[kind],
                              .factor = 1,
                              .interactions = kind == KITH_EVIDENCE_MESSAGES};
        if (!(mask >> kind & 1))
            continue;
        while (row < n_rows && rows[row].kind != kind)
            row++;
        if (row < n_rows) {
            set_count(&rows[row], &reason);
            reason.first = rows[row].first;
            reason.last = rows[row].last;
            reason.factor = (double)rows[row].factor;
        }
        insert_reason(out, count++, reason);
    }
    return count;
}

uint32_t kith_net_reasons(const kith_net *net, uint32_t a, uint32_t b, kith_reason *out)
{
    kith_tie tie;
    uint32_t n_rows;
    uint32_t seen = 0;

    if (!kith_net_tie(net, a, b, &tie))
        return 0;
    const kith_evidence_row *row = evidence_of(net, a < b ? a : b, a < b ? b : a, &n_rows);
    bool fine = n_rows <= KITH_EVIDENCE_COUNT;
    for (uint32_t i = 0; fine && i < n_rows; i++) {
        fine = is_reason(&row[i]) && (tie.evidence & ~seen) >> row[i].kind & 1;
        seen |= 1U << (row[i].kind % KITH_EVIDENCE_COUNT);
    }
    if (!fine) {
        (void)kith_net_mark_damage(net, "evidence of a tie");
        return 0;
    }
    return list_reasons(net, row, n_rows, tie.evidence, out);
}

/** What the row of this kind says of two people beyond counts and dates; 0 where there is none. */
static uint32_t detail_of(const kith_net *net, uint32_t a, uint32_t b, kith_evidence kind)
{
    uint32_t n_rows = 0;
    const kith_evidence_row *row = evidence_of(net, a < b ? a : b, a < b ? b : a, &n_rows);

    for (uint32_t i = 0; i < n_rows; i++)
        if (row[i].kind == (unsigned)kind && is_detail(&row[i]))
            return row[i].detail;
    return 0;
}

bool kith_net_both_wrote(const kith_net *net, uint32_t a, uint32_t b)
{
    return detail_of(net, a, b, KITH_EVIDENCE_MESSAGES) != 0;
}

uint32_t kith_net_stated(const kith_net *net, uint32_t a, uint32_t b)
{
    const uint32_t stated = detail_of(net, a, b, KITH_EVIDENCE_STATED_RELATION);

    return a < b ? stated : kith_stated_turn(stated);
}

const uint8_t *kith_net_flags(const kith_net *net)
{
    return kith_net_rows(net, KITH_SECTION_PERSON_FLAGS, 0, people(net));
}
