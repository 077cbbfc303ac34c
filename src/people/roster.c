/* Gathering what readers hand on. Texts are kept once; nothing is decided here. */
#include "people/roster.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"

static kith_code out_of_memory(kith_err *err)
{
    return kith_fail_memory(err, "the records read so far");
}

uint32_t kith_roster_first(const kith_roster *roster, const kith_kept_mention *mention, kith_field field)
{
    for (uint32_t i = 0; i < mention->n_attrs; i++) {
        const kith_kept_attr *attr = kith_roster_attr(roster, mention, i);
        if (attr->field == field)
            return attr->text;
    }
    return KITH_NO_TEXT;
}

static kith_code keep_text(kith_roster *roster, const char *text, uint32_t *number, kith_err *err)
{
    return kith_intern_add(roster->texts, text, strlen(text), number, err);
}

static kith_code keep_copy(kith_roster *roster, const char *text, const char **kept, kith_err *err)
{
    uint32_t number = 0;
    kith_code rc = keep_text(roster, text, &number, err);

    if (rc == KITH_OK)
        *kept = kith_roster_text(roster, number);
    return rc;
}

static kith_code take_space(void *ctx, const char *name, uint32_t *space, kith_err *err)
{
    kith_roster *roster = ctx;

    if (roster->n_spaces >= KITH_NO_SPACE || !kith_grow((void **)&roster->spaces, &roster->space_capacity,
                                                        roster->n_spaces + 1, sizeof *roster->spaces))
        return out_of_memory(err);
    kith_code rc = keep_copy(roster, name, &roster->spaces[roster->n_spaces], err);
    if (rc == KITH_OK)
        *space = (uint32_t)roster->n_spaces++;
    return rc;
}

static kith_code begin_source(void *ctx, const kith_source_begin *begin, uint32_t *source, kith_err *err)
{
    kith_roster *roster = ctx;

    if (roster->n_sources >= UINT32_MAX || !kith_grow((void **)&roster->sources, &roster->source_capacity,
                                                      roster->n_sources + 1, sizeof *roster->sources))
        return out_of_memory(err);
    kith_kept_source *kept = &roster->sources[roster->n_sources];
    *kept = (kith_kept_source){.end.owner = UINT32_MAX};
    kith_code rc = keep_copy(roster, begin->name, &kept->name, err);
    if (rc == KITH_OK)
        rc = keep_copy(roster, begin->format, &kept->format, err);
    if (rc == KITH_OK)
        *source = (uint32_t)roster->n_sources++;
    return rc;
}

static kith_code end_source(void *ctx, uint32_t source, const kith_source_end *end, kith_err *err)
{
    kith_roster *roster = ctx;

    roster->sources[source].end = *end;
    return end->columns ? keep_copy(roster, end->columns, &roster->sources[source].end.columns, err)
                        : KITH_OK;
}

/** Appends a value in the form it is kept in; `attr` says whether that is a key. */
static void canonical(const kith_attr *given, kith_dynbuf *values, kith_kept_attr *attr)
{
    const size_t begin = values->length;

    *attr = (kith_kept_attr){.field = (uint8_t)given->field};
    if (given->field == KITH_FIELD_URL) {
        kith_dynbuf_text(values, KITH_SLUG_ADDRESS);
        attr->is_key = kith_slug_of_url(given->value, values);
    } else if (given->field == KITH_FIELD_EMAIL) {
        attr->is_key = kith_email_of_text(given->value, values);
    }
    if (!attr->is_key && values->status == KITH_OK) {
        values->length = begin;
        kith_dynbuf_text(values, given->value);
    }
}

/** Adds what is given behind the attributes that have a number already; there is room. */
static void put_attr(kith_roster *roster, const kith_attr *given)
{
    kith_new_values *fresh = &roster->fresh;
    const size_t begin = fresh->text.length;

    canonical(given, &fresh->text, &roster->attrs[roster->n_attrs + fresh->n]);
    fresh->spans[fresh->n++] = (kith_span){(uint32_t)begin, (uint32_t)(fresh->text.length - begin)};
}

static const char *value_of(const kith_mention *mention, kith_field field)
{
    for (size_t i = 0; i < mention->n_attrs; i++)
        if (mention->attrs[i].field == field)
            return mention->attrs[i].value;
    return NULL;
}

/** A mention with given and family name alone gets a full name of them. */
static kith_code put_full_name(kith_roster *roster, const kith_mention *mention, kith_err *err)
{
    const char *given = value_of(mention, KITH_FIELD_GIVEN_NAME);
    const char *family = value_of(mention, KITH_FIELD_FAMILY_NAME);
    kith_dynbuf name = {0};

    if (value_of(mention, KITH_FIELD_NAME) || (!given && !family))
        return KITH_OK;
    kith_dynbuf_printf(&name, "%s%s%s", given ? given : "", given && family ? " " : "", family ? family : "");
    kith_code rc = kith_dynbuf_check(&name, "a name", err);
    if (rc == KITH_OK)
        put_attr(roster, &(kith_attr){KITH_FIELD_NAME, kith_dynbuf_cstr(&name)});
    kith_dynbuf_free(&name);
    return rc;
}

/** Makes room for a mention's attributes, and for a full name. */
static bool begin_attrs(kith_roster *roster, size_t n_attrs)
{
    kith_new_values *fresh = &roster->fresh;

    fresh->n = 0;
    kith_dynbuf_clear(&fresh->text);
    return kith_grow((void **)&roster->attrs, &roster->attr_capacity, roster->n_attrs + n_attrs + 1,
                     sizeof *roster->attrs) &&
           kith_grow((void **)&fresh->spans, &fresh->span_capacity, n_attrs + 1, sizeof *fresh->spans) &&
           kith_grow((void **)&fresh->numbers, &fresh->number_capacity, n_attrs + 1, sizeof *fresh->numbers);
}

static kith_code add_attrs(kith_roster *roster, const kith_mention *mention, kith_err *err)
{
    kith_new_values *fresh = &roster->fresh;

    if (mention->n_attrs == 0)
        return KITH_OK;
    if (!begin_attrs(roster, mention->n_attrs))
        return out_of_memory(err);
    for (size_t i = 0; i < mention->n_attrs; i++)
        put_attr(roster, &mention->attrs[i]);
    kith_code rc = put_full_name(roster, mention, err);
    if (rc == KITH_OK)
        rc = kith_dynbuf_check(&fresh->text, "a value", err);
    if (rc == KITH_OK)
        rc = kith_intern_add_all(roster->texts, kith_dynbuf_cstr(&fresh->text), fresh->spans, fresh->n,
                                 fresh->numbers, err);
    for (size_t i = 0; rc == KITH_OK && i < fresh->n; i++)
        roster->attrs[roster->n_attrs++].text = fresh->numbers[i];
    return rc;
}

/** Whether a mention tells nothing of a person but by which keys they go. */
static bool is_reference(const kith_roster *roster, const kith_kept_mention *mention)
{
    if (mention->owner || mention->do_not_introduce)
        return false;
    for (uint32_t i = 0; i < mention->n_attrs; i++)
        if (!kith_roster_attr(roster, mention, i)->is_key)
            return false;
    return mention->n_attrs > 0 || mention->id != KITH_NO_TEXT;
}

/** The number of this reference among all different ones of its source. */
static kith_code number_reference(kith_roster *roster, const kith_kept_mention *mention, uint32_t *number,
                                  kith_err *err)
{
    const uint32_t head[] = {mention->source, mention->space, mention->id};
    kith_dynbuf bytes = {0};

    kith_dynbuf_append(&bytes, head, sizeof head);
    for (uint32_t i = 0; i < mention->n_attrs; i++) {
        uint32_t text = kith_roster_attr(roster, mention, i)->text;
        kith_dynbuf_append(&bytes, &text, sizeof text);
    }
    kith_code rc = kith_dynbuf_check(&bytes, "a reference", err);
    if (rc == KITH_OK)
        rc = kith_intern_add(roster->references, bytes.data, bytes.length, number, err);
    kith_dynbuf_free(&bytes);
    return rc;
}

/** Finds an equal reference met before, so that a large ties table keeps each person once. */
static kith_code find_reference(kith_roster *roster, const kith_kept_mention *mention, uint32_t *handle,
                                kith_err *err)
{
    uint32_t known = kith_intern_count(roster->references), number = 0;

    if (!kith_grow((void **)&roster->reference_mention, &roster->reference_capacity, (size_t)known + 1,
                   sizeof *roster->reference_mention))
        return out_of_memory(err);
    kith_code rc = number_reference(roster, mention, &number, err);
    if (rc != KITH_OK)
        return rc;
    if (number == known)
        roster->reference_mention[number] = (uint32_t)roster->n_mentions;
    *handle = roster->reference_mention[number];
    return KITH_OK;
}

static kith_code take_mention(void *ctx, const kith_mention *mention, uint32_t *handle, kith_err *err)
{
    kith_roster *roster = ctx;
    kith_kept_mention kept = {.line = mention->line,
                              .first_attr = roster->n_attrs,
                              .source = mention->source,
                              .space = mention->space,
                              .id = KITH_NO_TEXT,
                              .owner = mention->owner,
                              .do_not_introduce = mention->do_not_introduce};

    if (roster->n_mentions >= UINT32_MAX || !kith_grow((void **)&roster->mentions, &roster->mention_capacity,
                                                       roster->n_mentions + 1, sizeof *roster->mentions))
        return out_of_memory(err);
    kith_code rc = KITH_OK;
    if (mention->id && mention->space != KITH_NO_SPACE)
        rc = keep_text(roster, mention->id, &kept.id, err);
    if (rc == KITH_OK)
        rc = add_attrs(roster, mention, err);
    kept.n_attrs = (uint32_t)(roster->n_attrs - kept.first_attr);
    *handle = (uint32_t)roster->n_mentions;
    kept.reference = rc == KITH_OK && is_reference(roster, &kept);
    if (kept.reference && !mention->only)
        rc = find_reference(roster, &kept, handle, err);
    if (rc == KITH_OK && *handle == roster->n_mentions)
        roster->mentions[roster->n_mentions++] = kept;
    else
        roster->n_attrs = kept.first_attr;
    return rc;
}

/** Whether a relation says nothing but that two people are tied: most rows of large inputs. */
static bool is_plain(const kith_relation *relation)
{
    return relation->kind == KITH_EVIDENCE_STATED_TIE && relation->date == KITH_NO_DATE &&
           relation->end == KITH_NO_DATE && relation->count == 1 && relation->halves == 0 &&
           relation->stated == 0 && isnan(relation->strength) && isnan(relation->weight);
}

static kith_code take_ties(void *ctx, uint32_t source, const uint32_t *ends, size_t n, kith_err *err)
{
    kith_roster *roster = ctx;
    bool same_run = roster->n_tie_runs && roster->tie_runs[roster->n_tie_runs - 1].source == source;

    if (!kith_grow((void **)&roster->ties, &roster->tie_capacity, roster->n_ties + n, sizeof *roster->ties) ||
        !kith_grow((void **)&roster->tie_runs, &roster->tie_run_capacity, roster->n_tie_runs + !same_run,
                   sizeof *roster->tie_runs))
        return out_of_memory(err);
    memcpy(roster->ties + roster->n_ties, ends, n * sizeof *roster->ties);
    roster->n_ties += n;
    roster->n_tie_runs += !same_run;
    roster->tie_runs[roster->n_tie_runs - 1] = (kith_tie_run){source, roster->n_ties};
    return KITH_OK;
}

static kith_code take_relation(void *ctx, const kith_relation *relation, kith_err *err)
{
    kith_roster *roster = ctx;

    if (is_plain(relation))
        return take_ties(roster, relation->source, (const uint32_t[]){relation->a, relation->b}, 1, err);
    if (!kith_grow((void **)&roster->relations, &roster->relation_capacity, roster->n_relations + 1,
                   sizeof *roster->relations))
        return out_of_memory(err);
    roster->relations[roster->n_relations++] = *relation;
    return KITH_OK;
}

static kith_code take_pairing(void *ctx, const kith_pairing *pairing, kith_err *err)
{
    kith_roster *roster = ctx;

    if (!kith_grow((void **)&roster->pairings, &roster->pairing_capacity, roster->n_pairings + 1,
                   sizeof *roster->pairings))
        return out_of_memory(err);
    kith_pairing *kept = &roster->pairings[roster->n_pairings];
    *kept = *pairing;
    kith_code rc = keep_copy(roster, pairing->programme, &kept->programme, err);
    if (rc == KITH_OK)
        rc = keep_copy(roster, pairing->cohort, &kept->cohort, err);
    if (rc == KITH_OK)
        roster->n_pairings++;
    return rc;
}

static kith_code take_tenure(void *ctx, const kith_tenure *tenure, kith_err *err)
{
    kith_roster *roster = ctx;

    if (!kith_grow((void **)&roster->tenures, &roster->tenure_capacity, roster->n_tenures + 1,
                   sizeof *roster->tenures))
        return out_of_memory(err);
    kith_tenure *kept = &roster->tenures[roster->n_tenures];
    *kept = *tenure;
    kith_code rc = keep_copy(roster, tenure->place, &kept->place, err);
    if (rc == KITH_OK)
        rc = keep_copy(roster, tenure->title, &kept->title, err);
    if (rc == KITH_OK)
        roster->n_tenures++;
    return rc;
}

static kith_code take_reject(void *ctx, uint32_t source, uint64_t line, const char *reason,
                             const char *columns, kith_err *err)
{
    kith_roster *roster = ctx;

    if (roster->strict)
        return kith_fail_at(err, KITH_EDATA, roster->sources[source].name, line, "%s", reason);
    if (!kith_grow((void **)&roster->rejects, &roster->reject_capacity, roster->n_rejects + 1,
                   sizeof *roster->rejects))
        return out_of_memory(err);
    kith_people_reject *kept = &roster->rejects[roster->n_rejects];
    *kept = (kith_people_reject){.source = source, .line = line};
    kith_code rc = keep_copy(roster, reason, &kept->reason, err);
    if (rc == KITH_OK)
        rc = keep_copy(roster, columns, &kept->columns, err);
    if (rc == KITH_OK)
        roster->n_rejects++;
    return rc;
}

kith_code kith_roster_new(bool strict, kith_roster **roster, kith_err *err)
{
    kith_roster *fresh = kith_calloc(1, sizeof *fresh);

    *roster = NULL;
    if (!fresh)
        return out_of_memory(err);
    fresh->strict = strict;
    kith_code rc = kith_intern_new(0, &fresh->texts, err);
    if (rc == KITH_OK)
        rc = kith_intern_new(0, &fresh->references, err);
    if (rc == KITH_OK)
        rc = kith_intern_new(0, &fresh->evidences, err);
    if (rc == KITH_OK)
        *roster = fresh;
    else
        kith_roster_free(fresh);
    return rc;
}

kith_sink kith_roster_sink(kith_roster *roster)
{
    return (kith_sink){.ctx = roster,
                       .space = take_space,
                       .source_begin = begin_source,
                       .source_end = end_source,
                       .mention = take_mention,
                       .relation = take_relation,
                       .ties = take_ties,
                       .pairing = take_pairing,
                       .tenure = take_tenure,
                       .reject = take_reject};
}

/* Measured on networks of a million and of ten million ties. */
enum { HELD_PER_MENTION = 200, HELD_PER_ATTR = 16, HELD_PER_TIE = 8, HELD_PER_RELATION = 56 };
enum { BYTES_PER_MENTION = 150, BYTES_PER_ATTR = 40, BYTES_PER_TIE = 20, BYTES_PER_RELATION = 124 };
/** What a shared contact's row of evidence, its count and the rows sorted by degree take. */
enum { BYTES_PER_SHARED = 80 };

kith_roster_bytes kith_roster_count_bytes(const kith_roster *roster, bool shared)
{
    const uint64_t mentions = roster->n_mentions, attrs = roster->n_attrs;
    const uint64_t ties = roster->n_ties, relations = roster->n_relations;
    const uint64_t beside = shared ? BYTES_PER_SHARED : 0;
    const uint64_t held = ties * HELD_PER_TIE + relations * HELD_PER_RELATION;
    const uint64_t ahead = ties * (BYTES_PER_TIE + beside) + relations * (BYTES_PER_RELATION + beside);
    const uint64_t for_people = mentions * BYTES_PER_MENTION + attrs * BYTES_PER_ATTR;

    /* What people took is given back before relations are put together. */
    return (kith_roster_bytes){mentions * HELD_PER_MENTION + attrs * HELD_PER_ATTR + held,
                               ahead > for_people ? ahead : for_people, held + ahead};
}

void kith_roster_free(kith_roster *roster)
{
    if (!roster)
        return;
    kith_intern_free(roster->texts);
    kith_intern_free(roster->references);
    kith_intern_free(roster->evidences);
    kith_free(roster->reference_mention);
    kith_dynbuf_free(&roster->fresh.text);
    kith_free(roster->fresh.spans);
    kith_free(roster->fresh.numbers);
    kith_free(roster->attrs);
    kith_free(roster->mentions);
    kith_free(roster->spaces);
    kith_free(roster->sources);
    kith_free(roster->relations);
    kith_free(roster->ties);
    kith_free(roster->tie_runs);
    kith_free(roster->pairings);
    kith_free(roster->tenures);
    kith_free(roster->rejects);
    kith_arena_free(&roster->answer);
    kith_free(roster);
}
