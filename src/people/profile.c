/* What can be compared of each person so far. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/ticker.h"
#include "people/graded.h"

/** Values of one kind that are looked at, of people who have many. */
#define MOST_VALUES 12

/** A word that a text was turned into; texts come again and again. */
typedef struct known_word {
    uint32_t word;
    uint8_t kind; /**< kith_value_kind, or KITH_VALUE_KIND_COUNT: none yet */
} known_word;

/** Texts that tell a name. */
typedef struct known_name {
    uint32_t whole, given, family;
} known_name;

typedef struct profiling {
    kith_resolving *work;
    const char *region;
    kith_profiles *out;
    uint32_t *member_offset; /**< [n_mentions + 1] by root */
    uint32_t *members;       /**< places, root by root */
    known_word *known;       /**< [texts] */
    kith_intern *names;      /**< known_name as bytes: names come again and again */
    uint32_t *form_of;       /**< form by number in `names` */
    size_t form_capacity;
    kith_name_words name;
    kith_dynbuf word;
} profiling;

/** Which kind of value a field gives; names, emails and keys go their own ways. */
static kith_value_kind kind_of(kith_field field)
{
    switch (field) {
    case KITH_FIELD_COMPANY:
        return KITH_VALUE_COMPANY;
    case KITH_FIELD_TITLE:
        return KITH_VALUE_TITLE;
    case KITH_FIELD_PHONE:
        return KITH_VALUE_PHONE;
    case KITH_FIELD_LOCATION:
        return KITH_VALUE_LOCATION;
    case KITH_FIELD_INDUSTRY:
        return KITH_VALUE_INDUSTRY;
    case KITH_FIELD_BIRTH_DATE:
        return KITH_VALUE_BIRTH;
    case KITH_FIELD_ADDRESS:
        return KITH_VALUE_ADDRESS;
    case KITH_FIELD_POSTCODE:
        return KITH_VALUE_POSTCODE;
    case KITH_FIELD_PERSONAL_NUMBER:
        return KITH_VALUE_NUMBER;
    case KITH_FIELD_EMAIL:
        return KITH_VALUE_EMAIL;
    default:
        return KITH_VALUE_KIND_COUNT;
    }
}

/** Appends the words of a text, folded, with `between` them. */
static void add_words(const char *text, const char *between, kith_dynbuf *out)
{
    kith_dynbuf folded = {0};
    const char *word;
    size_t at = 0, length, begin = out->length;

    kith_text_fold(text, &folded);
    while (kith_text_next_word(kith_dynbuf_cstr(&folded), &at, &word, &length)) {
        if (out->length > begin)
            kith_dynbuf_text(out, between);
        kith_dynbuf_append(out, word, length);
    }
    if (folded.status != KITH_OK)
        out->status = folded.status;
    kith_dynbuf_free(&folded);
}

/** Appends a value in the form it is compared in; nothing where it says nothing. */
static void compose(const profiling *job, kith_value_kind kind, const char *text, kith_dynbuf *out)
{
    switch (kind) {
    case KITH_VALUE_COMPANY:
        kith_company_words(text, out);
        break;
    case KITH_VALUE_EMAIL:
        kith_email_user(text, out);
        break;
    case KITH_VALUE_HOST:
        kith_email_employer(text, out);
        break;
    case KITH_VALUE_PHONE:
        kith_phone_e164(text, job->region, out);
        break;
    case KITH_VALUE_BIRTH:
    case KITH_VALUE_POSTCODE:
    case KITH_VALUE_NUMBER:
        add_words(text, "", out);
        break;
    default:
        add_words(text, " ", out);
    }
}

/** What stands before the words of a kind. */
static char mark_of(kith_value_kind kind)
{
    return (char)('A' + kind);
}

/** The number of a word of one kind, KITH_NO_TEXT for an empty one. */
static kith_code number_word(profiling *job, kith_value_kind kind, const char *word, uint32_t *number,
                             kith_err *err)
{
    kith_dynbuf marked = {0};

    *number = KITH_NO_TEXT;
    if (!*word)
        return KITH_OK;
    kith_dynbuf_put(&marked, mark_of(kind));
    kith_dynbuf_text(&marked, word);
    kith_code rc = kith_dynbuf_check(&marked, "a word", err);
    if (rc == KITH_OK)
        rc = kith_intern_add(job->out->word_table, marked.data, marked.length, number, err);
    kith_dynbuf_free(&marked);
    return rc;
}

static kith_code word_of(profiling *job, kith_value_kind kind, uint32_t text, uint32_t *word, kith_err *err)
{
    known_word *known = &job->known[text];

    if (known->kind != kind) {
        kith_dynbuf_clear(&job->word);
        compose(job, kind, kith_roster_text(job->work->roster, text), &job->word);
        kith_code rc = kith_dynbuf_check(&job->word, "a value", err);
        if (rc == KITH_OK)
            rc = number_word(job, kind, kith_dynbuf_cstr(&job->word), &known->word, err);
        if (rc != KITH_OK)
            return rc;
        known->kind = (uint8_t)kind;
    }
    *word = known->word;
    return KITH_OK;
}

/** Adds a value to those from `begin` on unless it is there. */
static kith_code add_value(kith_profiles *out, size_t begin, size_t most, uint32_t value, kith_err *err)
{
    if (value == KITH_NO_TEXT || out->n_values - begin >= most)
        return KITH_OK;
    for (size_t i = begin; i < out->n_values; i++)
        if (out->values[i] == value)
            return KITH_OK;
    if (out->n_values >= UINT32_MAX ||
        !kith_grow((void **)&out->values, &out->value_capacity, out->n_values + 1, sizeof *out->values))
        return kith_fail_memory(err, "what can be compared of people");
    out->values[out->n_values++] = value;
    return KITH_OK;
}

static bool has_name(const profiling *job, uint32_t place)
{
    const kith_kept_mention *mention = kith_mention_at(job->work, place);

    return kith_roster_first(job->work->roster, mention, KITH_FIELD_NAME) != KITH_NO_TEXT;
}

static const char *text_of(const profiling *job, uint32_t text)
{
    return text == KITH_NO_TEXT ? NULL : kith_roster_text(job->work->roster, text);
}

/** Takes a name apart. @param form  out: its number, KITH_NO_TEXT where nothing is left of it. */
static kith_code split_name(profiling *job, const known_name *name, uint32_t *form, kith_err *err)
{
    kith_name_words *words = &job->name;
    kith_name_form made = {0};
    kith_code rc = kith_name_split(text_of(job, name->whole), text_of(job, name->given),
                                   text_of(job, name->family), words, err);

    if (rc == KITH_OK)
        rc = number_word(job, KITH_VALUE_NAME, kith_dynbuf_cstr(&words->given), &made.given, err);
    if (rc == KITH_OK)
        rc = number_word(job, KITH_VALUE_NAME, kith_dynbuf_cstr(&words->also), &made.also, err);
    if (rc == KITH_OK)
        rc = number_word(job, KITH_VALUE_NAME, kith_dynbuf_cstr(&words->middle), &made.middle, err);
    if (rc == KITH_OK)
        rc = number_word(job, KITH_VALUE_NAME, kith_dynbuf_cstr(&words->family), &made.family, err);
    made.suffix = words->suffix;
    *form = KITH_NO_TEXT;
    if (rc != KITH_OK || (made.given == KITH_NO_TEXT && made.family == KITH_NO_TEXT))
        return rc;
    return kith_intern_add(job->out->form_table, &made, sizeof made, form, err);
}

/** Adds the name of a mention as a form. */
static kith_code add_name(profiling *job, size_t begin, const kith_kept_mention *mention, kith_err *err)
{
    const kith_roster *roster = job->work->roster;
    const known_name name = {kith_roster_first(roster, mention, KITH_FIELD_NAME),
                             kith_roster_first(roster, mention, KITH_FIELD_GIVEN_NAME),
                             kith_roster_first(roster, mention, KITH_FIELD_FAMILY_NAME)};
    const uint32_t known = kith_intern_count(job->names);
    uint32_t number;
    kith_code rc = kith_intern_add(job->names, &name, sizeof name, &number, err);

    if (rc == KITH_OK && (!job->form_of || number == known)) {
        if (!kith_grow((void **)&job->form_of, &job->form_capacity, (size_t)number + 1, sizeof *job->form_of))
            return kith_fail_memory(err, "names");
        rc = split_name(job, &name, &job->form_of[number], err);
    }
    return rc == KITH_OK ? add_value(job->out, begin, MOST_VALUES, job->form_of[number], err) : rc;
}

static bool is_gmail(const char *email)
{
    const char *host = strchr(email, '@');

    return host && (strcmp(host, "@gmail.com") == 0 || strcmp(host, "@googlemail.com") == 0);
}

/** Adds what a mention tells of one kind. */
static kith_code add_told(profiling *job, kith_value_kind kind, size_t begin,
                          const kith_kept_mention *mention, kith_err *err)
{
    const kith_roster *roster = job->work->roster;
    kith_value_kind told = kind == KITH_VALUE_GMAIL || kind == KITH_VALUE_HOST ? KITH_VALUE_EMAIL : kind;
    kith_code rc = KITH_OK;

    for (uint32_t i = 0; rc == KITH_OK && i < mention->n_attrs; i++) {
        const kith_kept_attr *attr = kith_roster_attr(roster, mention, i);
        uint32_t word;
        if (kind_of((kith_field)attr->field) != told || (told == KITH_VALUE_EMAIL && !attr->is_key) ||
            (kind == KITH_VALUE_GMAIL && !is_gmail(kith_roster_text(roster, attr->text))))
            continue;
        rc = word_of(job, kind == KITH_VALUE_HOST ? kind : told, attr->text, &word, err);
        if (rc == KITH_OK)
            rc = add_value(job->out, begin, MOST_VALUES, word, err);
    }
    return rc;
}

/** Adds the values of one kind that the mention at `place` gives. */
static kith_code add_values(profiling *job, kith_value_kind kind, size_t begin, uint32_t place, kith_err *err)
{
    const kith_kept_mention *mention = kith_mention_at(job->work, place);

    switch (kind) {
    case KITH_VALUE_NAME:
        return has_name(job, place) ? add_name(job, begin, mention, err) : KITH_OK;
    case KITH_VALUE_LIST:
        return add_value(job->out, job->out->n_values > begin ? job->out->n_values - 1 : begin, SIZE_MAX,
                         mention->reference ? KITH_NO_TEXT : kith_rank_at(job->work, place), err);
    case KITH_VALUE_SPACE:
        return add_value(job->out, begin, SIZE_MAX,
                         mention->id == KITH_NO_TEXT ? KITH_NO_TEXT : job->work->space_rank[mention->space],
                         err);
    default:
        return add_told(job, kind, begin, mention, err);
    }
}

static int compare_numbers(const void *left, const void *right)
{
    const uint32_t *a = left, *b = right;

    return kith_order_u64(*a, *b);
}

/** Members that are asked for from memory before they are looked at. */
#define AHEAD ((size_t)8)

/** Asks for what the members after the one numbered `at` tell: first the mentions, then their attributes. */
static void ask_ahead(const profiling *job, size_t at)
{
    const kith_resolving *work = job->work;

    if (at + 2 * AHEAD >= work->n_mentions)
        return;
    __builtin_prefetch(kith_mention_at(work, job->members[at + 2 * AHEAD]));
    const kith_kept_mention *mention = kith_mention_at(work, job->members[at + AHEAD]);
    __builtin_prefetch(kith_roster_attr(work->roster, mention, 0));
}

/** The kinds of values that somebody's mentions tell, a bit each. */
static uint32_t kinds_told(const profiling *job, uint32_t root)
{
    uint32_t told = 1U << KITH_VALUE_LIST;

    for (uint32_t at = job->member_offset[root]; at < job->member_offset[root + 1]; at++) {
        const kith_kept_mention *mention = kith_mention_at(job->work, job->members[at]);
        ask_ahead(job, at);
        told |= (uint32_t)(mention->id != KITH_NO_TEXT) << KITH_VALUE_SPACE;
        for (uint32_t i = 0; i < mention->n_attrs; i++) {
            const kith_field field = (kith_field)kith_roster_attr(job->work->roster, mention, i)->field;
            told |= field == KITH_FIELD_NAME ? 1U << KITH_VALUE_NAME : 1U << kind_of(field);
        }
    }
    if (told & 1U << KITH_VALUE_EMAIL)
        told |= 1U << KITH_VALUE_GMAIL | 1U << KITH_VALUE_HOST;
    return told;
}

static kith_code profile_person(profiling *job, uint32_t root, kith_err *err)
{
    kith_profiles *out = job->out;
    uint32_t person = out->n++;
    const uint32_t told = kinds_told(job, root);
    kith_code rc = KITH_OK;

    uint32_t first = job->member_offset[root];
    while (!has_name(job, job->members[first]))
        first++;
    out->place[person] = job->members[first];
    out->has_slug[person] = job->work->has_slug[root];
    for (int kind = 0; rc == KITH_OK && kind < KITH_VALUE_KIND_COUNT; kind++) {
        size_t begin = out->n_values;
        out->offset[(size_t)person * KITH_VALUE_KIND_COUNT + (size_t)kind] = (uint32_t)begin;
        if (!(told & 1U << kind))
            continue;
        for (uint32_t i = job->member_offset[root]; rc == KITH_OK && i < job->member_offset[root + 1]; i++)
            rc = add_values(job, (kith_value_kind)kind, begin, job->members[i], err);
        if (kind == KITH_VALUE_SPACE && out->n_values > begin)
            qsort(out->values + begin, out->n_values - begin, sizeof *out->values, compare_numbers);
    }
    out->offset[(size_t)out->n * KITH_VALUE_KIND_COUNT] = (uint32_t)out->n_values;
    return rc;
}

/** Deals the places out by their roots. @return how many roots have a name. */
static uint32_t list_members(profiling *job, bool *named)
{
    kith_resolving *work = job->work;
    uint32_t *offset = job->member_offset, n_named = 0;

    for (uint32_t place = 0; place < work->n_mentions; place++) {
        uint32_t root = kith_resolve_find(work, place);
        offset[root]++;
        if (!named[root] && has_name(job, place)) {
            named[root] = true;
            n_named++;
        }
    }
    for (uint32_t place = 0, sum = 0; place <= work->n_mentions; place++)
        sum = offset[place] += sum;
    for (uint32_t place = work->n_mentions; place-- > 0;)
        job->members[--offset[kith_resolve_find(work, place)]] = place;
    return n_named;
}

static bool is_first_use(const kith_profiles *out, kith_values forms, size_t i, bool family)
{
    const kith_name_form form = out->forms[forms.at[i]];

    for (size_t k = 0; k < i; k++) {
        const kith_name_form before = out->forms[forms.at[k]];
        if (family ? before.family == form.family : before.given == form.given)
            return false;
    }
    return true;
}

/** Counts who holds which word. */
static void count_holders(kith_profiles *out)
{
    for (uint32_t person = 0; person < out->n; person++) {
        kith_values forms = kith_profile_values(out, person, KITH_VALUE_NAME);
        for (size_t i = 0; i < forms.n; i++) {
            const kith_name_form form = out->forms[forms.at[i]];
            if (form.given != KITH_NO_TEXT && is_first_use(out, forms, i, false))
                out->words[form.given].held++;
            if (form.family != KITH_NO_TEXT && is_first_use(out, forms, i, true))
                out->words[form.family].held_as_family++;
        }
        for (int kind = KITH_VALUE_COMPANY; kind < KITH_VALUE_LIST; kind++) {
            kith_values words = kith_profile_values(out, person, (kith_value_kind)kind);
            for (size_t i = 0; kind != KITH_VALUE_GMAIL && i < words.n; i++)
                out->words[words.at[i]].held++;
        }
    }
}

/** Lays words and forms out for those who compare. */
static kith_code list_words(kith_profiles *out, kith_err *err)
{
    const uint32_t n_words = kith_intern_count(out->word_table), n_forms = kith_intern_count(out->form_table);

    out->words = kith_calloc(n_words, sizeof *out->words);
    out->forms = kith_alloc_array(n_forms, sizeof *out->forms);
    if (!out->words || !out->forms)
        return kith_fail_memory(err, "how common words are");
    for (uint32_t i = 0; i < n_words; i++) {
        const char *marked = kith_intern_get(out->word_table, i, NULL);
        kith_word *word = &out->words[i];
        size_t n_groups = 0;
        word->text = marked + 1;
        if (*marked == mark_of(KITH_VALUE_NAME))
            word->groups = kith_nickname_groups(word->text, &n_groups);
        word->n_groups = (uint32_t)n_groups;
    }
    for (uint32_t i = 0; i < n_forms; i++)
        memcpy(&out->forms[i], kith_intern_get(out->form_table, i, NULL), sizeof *out->forms);
    count_holders(out);
    return KITH_OK;
}

static kith_code make_room(profiling *job, bool **named, kith_err *err)
{
    const size_t mentions = job->work->n_mentions, texts = kith_intern_count(job->work->roster->texts);
    kith_code rc = kith_intern_new(0, &job->out->word_table, err);

    if (rc == KITH_OK)
        rc = kith_intern_new(0, &job->out->form_table, err);
    if (rc == KITH_OK)
        rc = kith_intern_new(0, &job->names, err);
    job->member_offset = kith_calloc(mentions + 1, sizeof *job->member_offset);
    job->members = kith_alloc_array(mentions, sizeof *job->members);
    job->known = kith_alloc_array(texts, sizeof *job->known);
    *named = kith_calloc(mentions, sizeof **named);
    if (!job->member_offset || !job->members || !job->known || !*named)
        return kith_fail_memory(err, "what can be compared of people");
    for (size_t i = 0; i < texts; i++)
        job->known[i] = (known_word){0, KITH_VALUE_KIND_COUNT};
    return rc;
}

static kith_code make_profiles(profiling *job, const bool *named, uint32_t n, kith_err *err)
{
    kith_profiles *out = job->out;
    kith_code rc = KITH_OK;

    out->place = kith_alloc_array(n, sizeof *out->place);
    out->has_slug = kith_alloc_array(n, sizeof *out->has_slug);
    out->offset = kith_calloc((size_t)n * KITH_VALUE_KIND_COUNT + 1, sizeof *out->offset);
    if (!out->place || !out->has_slug || !out->offset)
        return kith_fail_memory(err, "what can be compared of people");
    for (uint32_t root = 0; rc == KITH_OK && root < job->work->n_mentions; root++)
        if ((rc = kith_tick_step(job->work->progress, "profiling people", root, job->work->n_mentions,
                                 err)) == KITH_OK &&
            named[root])
            rc = profile_person(job, root, err);
    return rc == KITH_OK ? list_words(out, err) : rc;
}

kith_code kith_profiles_make(kith_resolving *work, const char *region, kith_profiles *profiles, kith_err *err)
{
    profiling job = {.work = work, .region = region, .out = profiles};
    bool *named = NULL;
    kith_code rc = make_room(&job, &named, err);

    if (rc == KITH_OK)
        rc = make_profiles(&job, named, list_members(&job, named), err);
    kith_free(named);
    kith_free(job.member_offset);
    kith_free(job.members);
    kith_free(job.known);
    kith_free(job.form_of);
    kith_intern_free(job.names);
    kith_name_words_free(&job.name);
    kith_dynbuf_free(&job.word);
    return rc;
}

void kith_profiles_free(kith_profiles *profiles)
{
    kith_free(profiles->place);
    kith_free(profiles->has_slug);
    kith_free(profiles->offset);
    kith_free(profiles->values);
    kith_free(profiles->words);
    kith_free(profiles->forms);
    kith_intern_free(profiles->word_table);
    kith_intern_free(profiles->form_table);
    *profiles = (kith_profiles){0};
}
