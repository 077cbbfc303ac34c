/* Words in folded text. */
#include <string.h>

#include <utf8proc.h>

#include "base/text.h"
#include "base/utf8.h"

typedef struct range {
    int32_t first;
    int32_t last;
} range;

/** Blocks of the scripts that are written without spaces between words; ascending. */
static const range unspaced_scripts[] = {
    {0x0E00, 0x0EFF},   /* Thai, Lao */
    {0x0F00, 0x0FFF},   /* Tibetan */
    {0x1000, 0x109F},   /* Myanmar */
    {0x1780, 0x17FF},   /* Khmer */
    {0x1950, 0x19DF},   /* Tai Le, New Tai Lue */
    {0x1A20, 0x1AAF},   /* Tai Tham */
    {0x1B00, 0x1B7F},   /* Balinese */
    {0xA980, 0xA9FF},   /* Javanese, Myanmar extended */
    {0xAA60, 0xAADF},   /* Myanmar extended, Tai Viet */
    {0x2E80, 0x2FDF},   /* Han radicals */
    {0x3005, 0x3007},   /* Han iteration and closing marks, zero */
    {0x3040, 0x312F},   /* kana, Bopomofo */
    {0x31A0, 0x31FF},   /* Bopomofo and kana extended */
    {0x3400, 0x4DBF},   /* Han extension A */
    {0x4E00, 0x9FFF},   /* Han */
    {0xF900, 0xFAFF},   /* Han compatibility */
    {0x1B000, 0x1B16F}, /* kana supplements */
    {0x20000, 0x3FFFF}, /* Han extensions */
};

static bool is_unspaced(int32_t codepoint)
{
    if (codepoint < unspaced_scripts[0].first)
        return false;
    for (size_t i = 0; i < sizeof unspaced_scripts / sizeof *unspaced_scripts; i++)
        if (codepoint >= unspaced_scripts[i].first && codepoint <= unspaced_scripts[i].last)
            return true;
    return false;
}

/** A letter, a digit, or a mark upon one. */
static bool is_word_char(int32_t codepoint)
{
    if (codepoint < 0x80)
        return (codepoint >= 'a' && codepoint <= 'z') || (codepoint >= '0' && codepoint <= '9') ||
               (codepoint >= 'A' && codepoint <= 'Z');
    utf8proc_category_t category = utf8proc_category(codepoint);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
}

static bool is_spacing_char(int32_t codepoint)
{
    utf8proc_category_t category = utf8proc_category(codepoint);

    return category < UTF8PROC_CATEGORY_MN || category > UTF8PROC_CATEGORY_ME;
}

/** Whether a word may begin or end at byte `at`; always between words, and between any two letters of which
 * one belongs to a script without spaces. */
static bool is_edge(const char *text, size_t at)
{
    int32_t after;

    if (at == 0 || text[at] == '\0')
        return true;
    (void)kith_utf8_get(text + at, &after);
    int32_t before = kith_utf8_before(text, at);
    if (!is_word_char(before) || !is_word_char(after))
        return true;
    return (is_unspaced(before) || is_unspaced(after)) && is_spacing_char(after);
}

/** Where the next word begins at or after byte `at`, or the end of the text. */
static size_t word_begin(const char *text, size_t at)
{
    int32_t codepoint;

    while (text[at]) {
        size_t step = kith_utf8_get(text + at, &codepoint);
        if (is_word_char(codepoint))
            break;
        at += step;
    }
    return at;
}

bool kith_text_next_word(const char *text, size_t *at, const char **word, size_t *length)
{
    const size_t begin = word_begin(text, *at);
    size_t end;
    int32_t codepoint;
    size_t step;

    for (end = begin; text[end]; end += step) {
        step = kith_utf8_get(text + end, &codepoint);
        if (!is_word_char(codepoint))
            break;
    }
    *at = end;
    *word = text + begin;
    *length = end - begin;
    return end > begin;
}

bool kith_text_next_piece(const char *text, size_t *at, const char **piece, size_t *length)
{
    const size_t begin = word_begin(text, *at);
    size_t end = begin;
    int32_t codepoint;

    if (text[begin])
        do
            end += kith_utf8_get(text + end, &codepoint);
        while (!is_edge(text, end));
    *at = end;
    *piece = text + begin;
    *length = end - begin;
    return end > begin;
}

/** Whether the words of `needle` stand in `haystack` from byte `at` on. */
static bool words_stand_at(const char *haystack, size_t at, const char *needle)
{
    const char *word;
    size_t length;

    for (size_t next = 0; kith_text_next_word(needle, &next, &word, &length);) {
        if (!is_edge(haystack, at) || strncmp(haystack + at, word, length) != 0 ||
            !is_edge(haystack, at + length))
            return false;
        at = word_begin(haystack, at + length);
    }
    return true;
}

bool kith_text_has_words(const char *haystack, const char *needle)
{
    const char *first;
    size_t length;
    size_t next = 0;

    if (!kith_text_next_word(needle, &next, &first, &length))
        return false;
    const size_t haystack_length = strlen(haystack);
    const char *from = haystack;
    while ((from = memmem(from, haystack_length - (size_t)(from - haystack), first, length))) {
        if (words_stand_at(haystack, (size_t)(from - haystack), needle))
            return true;
        from++;
    }
    return false;
}
