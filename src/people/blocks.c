/* Who is compared with whom: people who share something that the records of one person would share. */
#include <string.h>

#include <xxhash.h>

#include "base/mem.h"
#include "base/radix.h"
#include "people/graded.h"

/** Pairs that a block may cost for each of its people. */
#define PAIRS_PER_PERSON 4

/** What a block is about. */
typedef enum block_kind {
    BLOCK_NAMES,    /**< two words of a name, whichever way round */
    BLOCK_INITIAL,  /**< family name and first letter */
    BLOCK_NICKNAME, /**< family name and a group of given names */
    BLOCK_SOUND,    /**< given name and the consonants of the family name */
    BLOCK_COMPANY,  /**< a word of the name and a company */
    BLOCK_WORD,     /**< a value that few share: email user, phone, address, … */
    BLOCK_ALIKE,    /**< of a large block of names: those who sound alike; nothing else tells them apart */
    BLOCK_PART,     /**< of any large block: those who share something more */
    BLOCK_KIND_COUNT
} block_kind;

/** People in blocks; two blocks of one hash count as one, which costs some pairs. */
typedef struct blocking {
    const kith_profiles *profiles;
    kith_keyed *entries; /**< hash of the block, with its kind; person */
    size_t n, capacity;
    bool failed;
} blocking;

static block_kind kind_of(const kith_keyed *entry)
{
    return (block_kind)(entry->key % BLOCK_KIND_COUNT);
}

static void enter(blocking *job, uint32_t person, block_kind kind, uint64_t a, uint64_t b)
{
    const uint64_t bytes[] = {a, b};

    if (!kith_grow((void **)&job->entries, &job->capacity, job->n + 1, sizeof *job->entries)) {
        job->failed = true;
        return;
    }
    uint32_t hash = (uint32_t)XXH3_64bits(bytes, sizeof bytes);
    job->entries[job->n++] = (kith_keyed){hash / BLOCK_KIND_COUNT * BLOCK_KIND_COUNT + kind, person};
}

/** The consonants of a word, each run once: what spelling mistakes often leave. */
static uint64_t hash_consonants(const char *word)
{
    char kept[64];
    size_t n = 0;

    for (; *word && n < sizeof kept; word++)
        if (!strchr("aeiouyhw ", *word) && (n == 0 || kept[n - 1] != *word))
            kept[n++] = *word;
    return XXH3_64bits(kept, n);
}

/** The first character of a word. */
static uint64_t first_letter(const char *word)
{
    uint64_t letter = (unsigned char)*word;

    while (((unsigned char)*++word & 0xC0) == 0x80)
        letter = letter << 8 | (unsigned char)*word;
    return letter;
}

static void enter_names(blocking *job, uint32_t person, uint32_t given, uint32_t family)
{
    const kith_word *a = &job->profiles->words[given], *b = &job->profiles->words[family];

    enter(job, person, BLOCK_NAMES, given < family ? given : family, given < family ? family : given);
    enter(job, person, BLOCK_INITIAL, family, first_letter(a->text));
    enter(job, person, BLOCK_INITIAL, given,
          first_letter(b->text)); /* "Ann L.", and names written the other way round */
    enter(job, person, BLOCK_SOUND, given, hash_consonants(b->text));
    for (size_t i = 0; i < a->n_groups; i++)
        enter(job, person, BLOCK_NICKNAME, family, a->groups[i]);
}

static void enter_form(blocking *job, uint32_t person, const kith_name_form *form)
{
    kith_values companies = kith_profile_values(job->profiles, person, KITH_VALUE_COMPANY);

    if (form->given != KITH_NO_TEXT && form->family != KITH_NO_TEXT)
        enter_names(job, person, form->given, form->family);
    if (form->also != KITH_NO_TEXT && form->family != KITH_NO_TEXT)
        enter_names(job, person, form->also, form->family);
    for (size_t i = 0; i < companies.n; i++) {
        if (form->given != KITH_NO_TEXT)
            enter(job, person, BLOCK_COMPANY, form->given, companies.at[i]);
        if (form->family != KITH_NO_TEXT)
            enter(job, person, BLOCK_COMPANY, form->family, companies.at[i]);
    }
}

static void enter_person(blocking *job, uint32_t person)
{
    static const kith_value_kind telling[] = {KITH_VALUE_EMAIL, KITH_VALUE_PHONE, KITH_VALUE_BIRTH,
                                              KITH_VALUE_ADDRESS, KITH_VALUE_NUMBER};
    kith_values forms = kith_profile_values(job->profiles, person, KITH_VALUE_NAME);

    for (size_t i = 0; i < forms.n; i++)
        enter_form(job, person, &job->profiles->forms[forms.at[i]]);
    for (size_t k = 0; k < sizeof telling / sizeof *telling; k++) {
        kith_values words = kith_profile_values(job->profiles, person, telling[k]);
        for (size_t i = 0; i < words.n; i++)
            enter(job, person, BLOCK_WORD, words.at[i], 0);
    }
}

/** Drops those that stand there twice, one after the other. @return how many are left. */
static size_t drop_doubles(kith_keyed *sorted, size_t n)
{
    size_t kept = 0;

    for (size_t i = 0; i < n; i++)
        if (kept == 0 || sorted[i].key != sorted[kept - 1].key || sorted[i].value != sorted[kept - 1].value)
            sorted[kept++] = sorted[i];
    return kept;
}

/** Sorts entries by block; people were entered in order. */
static void sort_entries(blocking *job)
{
    job->failed |= !kith_radix_sort(job->entries, job->n);
    job->n = drop_doubles(job->entries, job->n);
}

static size_t end_of_block(const blocking *job, size_t begin)
{
    size_t end = begin + 1;

    while (end < job->n && job->entries[end].key == job->entries[begin].key)
        end++;
    return end;
}

/** Pairs that a block costs: those of whom at least one has no LinkedIn address. */
static uint64_t count_pairs(const blocking *job, size_t begin, size_t end)
{
    uint64_t open = 0, n = end - begin;

    for (size_t i = begin; i < end; i++)
        open += !job->profiles->has_slug[job->entries[i].value];
    return open * (n - open) + open * (open - 1) / 2;
}

/** Enters a person by how their names sound. */
static void enter_sounds(blocking *parts, uint32_t person, block_kind kind, uint64_t block)
{
    const kith_profiles *profiles = parts->profiles;
    kith_values forms = kith_profile_values(profiles, person, KITH_VALUE_NAME);

    for (size_t i = 0; i < forms.n; i++) {
        kith_name_form form = profiles->forms[forms.at[i]];
        uint64_t sound = 0;
        if (form.given != KITH_NO_TEXT)
            sound += hash_consonants(profiles->words[form.given].text);
        if (form.family != KITH_NO_TEXT)
            sound += hash_consonants(profiles->words[form.family].text);
        enter(parts, person, kind, block, sound);
    }
}

/** Enters a person by the first words of companies, and what email hosts call them. */
static void enter_company_words(blocking *parts, uint32_t person, uint64_t block)
{
    static const kith_value_kind kinds[] = {KITH_VALUE_COMPANY, KITH_VALUE_HOST};

    for (size_t k = 0; k < 2; k++) {
        kith_values values = kith_profile_values(parts->profiles, person, kinds[k]);
        for (size_t i = 0; i < values.n; i++) {
            const char *text = parts->profiles->words[values.at[i]].text;
            enter(parts, person, BLOCK_PART, block, XXH3_64bits(text, strcspn(text, " ")));
        }
    }
}

/** Enters the people of a large block again, by what else they may share. Names that are the same are worth
 * so little where many bear them that something else has to agree. */
static void split_block(blocking *parts, const blocking *whole, size_t begin, size_t end)
{
    const block_kind kind = kind_of(&whole->entries[begin]);
    const uint64_t block = whole->entries[begin].key;
    const bool of_names = kind < BLOCK_COMPANY;

    for (size_t i = begin; i < end; i++) {
        uint32_t person = (uint32_t)whole->entries[i].value;
        if (kind == BLOCK_NAMES)
            enter_company_words(parts, person, block);
        else
            enter_sounds(parts, person, of_names ? BLOCK_ALIKE : BLOCK_PART, block);
        for (int more = KITH_VALUE_LOCATION; of_names && more <= KITH_VALUE_POSTCODE; more++) {
            kith_values words = kith_profile_values(parts->profiles, person, (kith_value_kind)more);
            for (size_t k = 0; more != KITH_VALUE_INDUSTRY && k < words.n; k++)
                enter(parts, person, BLOCK_PART, block, words.at[k]);
        }
    }
}

/** Adds the pairs of a block. */
static bool propose_block(const blocking *job, size_t begin, size_t end, uint64_t count, kith_pairs *pairs)
{
    const bool *has_slug = job->profiles->has_slug;

    if (!kith_grow((void **)&pairs->at, &pairs->capacity, pairs->n + count, sizeof *pairs->at))
        return false;
    for (size_t i = begin; i < end; i++)
        for (size_t k = i + 1; k < end; k++) {
            uint32_t a = (uint32_t)job->entries[i].value, b = (uint32_t)job->entries[k].value;
            if (!has_slug[a] || !has_slug[b])
                pairs->at[pairs->n++] = (kith_keyed){b, a};
        }
    return true;
}

/** Adds the pairs of the blocks that are worth their cost; the large ones go to `parts`, if there is such, or
 * are counted. */
static void propose_blocks(blocking *job, blocking *parts, kith_pairs *pairs)
{
    size_t end;

    for (size_t begin = 0; begin < job->n; begin = end) {
        end = end_of_block(job, begin);
        uint64_t count = count_pairs(job, begin, end);
        if (count <= PAIRS_PER_PERSON * (uint64_t)(end - begin))
            job->failed |= !propose_block(job, begin, end, count, pairs);
        else if (parts)
            split_block(parts, job, begin, end);
        else
            pairs->n_skipped += kind_of(&job->entries[begin]) != BLOCK_ALIKE;
    }
}

/** Sorts pairs, which came with the higher one as key, and drops those that cannot be one person. */
static bool tidy_pairs(const kith_profiles *profiles, kith_pairs *pairs)
{
    size_t kept = 0;

    if (!kith_radix_sort(pairs->at, pairs->n))
        return false;
    for (size_t i = 0; i < pairs->n; i++)
        pairs->at[i] = (kith_keyed){pairs->at[i].value, pairs->at[i].key};
    if (!kith_radix_sort(pairs->at, pairs->n))
        return false;
    pairs->n = drop_doubles(pairs->at, pairs->n);
    for (size_t i = 0; i < pairs->n; i++)
        if (!kith_profiles_contradict(profiles, (uint32_t)pairs->at[i].key, (uint32_t)pairs->at[i].value))
            pairs->at[kept++] = pairs->at[i];
    pairs->n = kept;
    return true;
}

kith_code kith_pairs_propose(const kith_profiles *profiles, kith_pairs *pairs, kith_err *err)
{
    blocking job = {.profiles = profiles}, parts = {.profiles = profiles};

    for (uint32_t person = 0; !job.failed && person < profiles->n; person++)
        enter_person(&job, person);
    sort_entries(&job);
    propose_blocks(&job, &parts, pairs);
    sort_entries(&parts);
    propose_blocks(&parts, NULL, pairs);
    bool failed = job.failed || parts.failed;
    kith_free(job.entries);
    kith_free(parts.entries);
    return !failed && tidy_pairs(profiles, pairs) ? KITH_OK
                                                  : kith_fail_memory(err, "who is compared with whom");
}
