#include "ingest/stated_words.h"

#include <string.h>

#include <kith/evidence.h>

#include "ingest/column.h"

/** A word, squeezed, for what b is to a; or, where it is turned, for what a is to b. */
typedef struct stated_word {
    const char *word;
    kith_stated stated;
    bool turned;
} stated_word;

/* In English; and the names of columns that Outlook has in German, French, Spanish, Italian, Dutch and
 * Portuguese. */
static const stated_word words[] = {
    {"manager", KITH_STATED_MANAGER, false},
    {"managers", KITH_STATED_MANAGER, false},
    {"managersname", KITH_STATED_MANAGER, false},
    {"managedby", KITH_STATED_MANAGER, false},
    {"linemanager", KITH_STATED_MANAGER, false},
    {"boss", KITH_STATED_MANAGER, false},
    {"supervisor", KITH_STATED_MANAGER, false},
    {"reportsto", KITH_STATED_MANAGER, false},
    {"namedesdervorgesetzten", KITH_STATED_MANAGER, false},
    {"vorgesetzter", KITH_STATED_MANAGER, false},
    {"vorgesetzte", KITH_STATED_MANAGER, false},
    {"responsable", KITH_STATED_MANAGER, false},
    {"nombredeldirector", KITH_STATED_MANAGER, false},
    {"nomemanager", KITH_STATED_MANAGER, false},
    {"naammanager", KITH_STATED_MANAGER, false},
    {"nomedogerenciador", KITH_STATED_MANAGER, false},
    {"manages", KITH_STATED_MANAGER, true},
    {"managerof", KITH_STATED_MANAGER, true},
    {"report", KITH_STATED_MANAGER, true},
    {"directreport", KITH_STATED_MANAGER, true},
    {"directreports", KITH_STATED_MANAGER, true},
    {"subordinate", KITH_STATED_MANAGER, true},
    {"assistant", KITH_STATED_ASSISTANT, false},
    {"assistants", KITH_STATED_ASSISTANT, false},
    {"assistantsname", KITH_STATED_ASSISTANT, false},
    {"assistedby", KITH_STATED_ASSISTANT, false},
    {"nameassistent", KITH_STATED_ASSISTANT, false},
    {"nomdelassistante", KITH_STATED_ASSISTANT, false},
    {"nombredelayudante", KITH_STATED_ASSISTANT, false},
    {"nomeassistente", KITH_STATED_ASSISTANT, false},
    {"naamassistent", KITH_STATED_ASSISTANT, false},
    {"nomedoassistente", KITH_STATED_ASSISTANT, false},
    {"assists", KITH_STATED_ASSISTANT, true},
    {"assistantof", KITH_STATED_ASSISTANT, true},
    {"assistantto", KITH_STATED_ASSISTANT, true},
    {"mentor", KITH_STATED_MENTOR, false},
    {"mentoredby", KITH_STATED_MENTOR, false},
    {"mentors", KITH_STATED_MENTOR, true},
    {"mentorof", KITH_STATED_MENTOR, true},
    {"mentee", KITH_STATED_MENTOR, true},
    {"referredby", KITH_STATED_REFERRER, false},
    {"referrer", KITH_STATED_REFERRER, false},
    {"empfohlenvon", KITH_STATED_REFERRER, false},
    {"recommandepar", KITH_STATED_REFERRER, false},
    {"referred", KITH_STATED_REFERRER, true},
    {"colleague", KITH_STATED_COLLEAGUE, false},
    {"coworker", KITH_STATED_COLLEAGUE, false},
    {"teammate", KITH_STATED_COLLEAGUE, false},
    {"friend", KITH_STATED_FRIEND, false},
    {"partner", KITH_STATED_PARTNER, false},
    {"domesticpartner", KITH_STATED_PARTNER, false},
    {"spouse", KITH_STATED_PARTNER, false},
    {"husband", KITH_STATED_PARTNER, false},
    {"wife", KITH_STATED_PARTNER, false},
    {"sweetheart", KITH_STATED_PARTNER, false},
    {"conjointe", KITH_STATED_PARTNER, false},
    {"coniuge", KITH_STATED_PARTNER, false},
    {"relative", KITH_STATED_RELATIVE, false},
    {"family", KITH_STATED_RELATIVE, false},
    {"kin", KITH_STATED_RELATIVE, false},
    {"parent", KITH_STATED_RELATIVE, false},
    {"mother", KITH_STATED_RELATIVE, false},
    {"father", KITH_STATED_RELATIVE, false},
    {"child", KITH_STATED_RELATIVE, false},
    {"daughter", KITH_STATED_RELATIVE, false},
    {"son", KITH_STATED_RELATIVE, false},
    {"sibling", KITH_STATED_RELATIVE, false},
    {"sister", KITH_STATED_RELATIVE, false},
    {"brother", KITH_STATED_RELATIVE, false},
};

static uint32_t mask_of(const stated_word *known)
{
    uint32_t mask = 0;

    if (!known->turned || known->stated >= KITH_STATED_COLLEAGUE)
        mask |= kith_stated_second(known->stated);
    if (known->turned || known->stated >= KITH_STATED_COLLEAGUE)
        mask |= kith_stated_first(known->stated);
    return mask;
}

static uint32_t of_word(const char *squeezed)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(squeezed, words[i].word) == 0)
            return mask_of(&words[i]);
    return 0;
}

uint32_t kith_stated_of_words(const char *text, kith_dynbuf *squeezed)
{
    kith_dynbuf word = {0};
    uint32_t mask = 0;

    kith_dynbuf_clear(squeezed);
    for (size_t length; *text && !word.status && !squeezed->status; text += length + (text[length] == ';')) {
        length = strcspn(text, ";");
        kith_dynbuf_clear(&word);
        kith_dynbuf_clear(squeezed);
        kith_dynbuf_append(&word, text, length);
        kith_column_squeeze(kith_dynbuf_cstr(&word), squeezed);
        mask |= of_word(kith_dynbuf_cstr(squeezed));
    }
    if (word.status != KITH_OK)
        squeezed->status = word.status;
    kith_dynbuf_free(&word);
    return mask;
}
