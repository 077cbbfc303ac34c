#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include <kith/safe_text.h>

#include <utf8proc.h>

#include "base/text.h"
#include "each_failure.h"

typedef void convert_fn(const char *text, kith_dynbuf *out);

static void expect(convert_fn *convert, const char *text, const char *result)
{
    kith_dynbuf out = {0};

    kith_dynbuf_text(&out, "<");
    convert(text, &out);
    cr_assert_eq(out.status, KITH_OK);
    cr_assert_eq(strncmp(out.data, "<", 1), 0);
    cr_assert_str_eq(out.data + 1, result, "'%s' gave '%s'", text, out.data + 1);
    kith_dynbuf_free(&out);
}

Test(text, only_well_formed_utf8_is_valid)
{
    cr_assert(kith_text_valid("", 0));
    cr_assert(kith_text_valid("Zo\u00EB \U0001F600", 9));
    cr_assert_not(kith_text_valid("a\0b", 3));
    cr_assert_not(kith_text_valid("\xC0\x80", 2));         /* overlong */
    cr_assert_not(kith_text_valid("\xED\xA0\x80", 3));     /* half a surrogate pair */
    cr_assert_not(kith_text_valid("\xF4\x90\x80\x80", 4)); /* above U+10FFFF */
    cr_assert_not(kith_text_valid("a\xE2\x82", 3));
    cr_assert_not(kith_text_valid("\x80", 1));
}

Test(fold, case_accents_and_space_do_not_count)
{
    expect(kith_text_fold, "", "");
    expect(kith_text_fold, " \t\r\n ", "");
    expect(kith_text_fold, "Ann  LEE\n", "ann lee");
    expect(kith_text_fold, "\u00C9lo\u00EFse  STRA\u1E9EE", "eloise strasse");
    expect(kith_text_fold, "E\u0301loi\u0308se", "eloise");
    expect(kith_text_fold, "a\u00A0\u3000b\u2003", "a b");
    expect(kith_text_fold, "\uFF21\uFF4E\uFF4E \uFB01", "ann fi");
    expect(kith_text_fold, "\u039F\u0394\u03A5\u03A3\u03A3\u0395\u03A5\u03A3",
           "\u03BF\u03B4\u03C5\u03C3\u03C3\u03B5\u03C5\u03C3");
    expect(kith_text_fold, "\u0130STANBUL I\u015EIK \u0131", "istanbul isik i");
    expect(kith_text_fold, "soft\u00ADhyphen\u200B \uFEFFx", "softhyphen x");
}

Test(fold, letters_that_people_type_plain)
{
    expect(kith_text_fold, "\u00D8ystein S\u00F8rb\u00F8", "oystein sorbo");
    expect(kith_text_fold, "\u0141ukasz \u0110or\u0111e", "lukasz dorde");
    expect(kith_text_fold, "\u00C6gir \u0152uvre \u00DE\u00F3r \u00D0", "aegir oeuvre thor d");
    expect(kith_text_fold, "O\u2019Brien O'Brien Ann\u2010Marie", "o'brien o'brien ann-marie");
}

Test(fold, points_go_and_marks_that_spell_stay)
{
    expect(kith_text_fold, "\u05E9\u05C1\u05B8\u05DC\u05D5\u05B9\u05DD", "\u05E9\u05DC\u05D5\u05DD");
    expect(kith_text_fold, "\u0645\u064F\u062D\u0645\u0651\u062F", "\u0645\u062D\u0645\u062F");
    expect(kith_text_fold, "\u0915\u093F", "\u0915\u093F"); /* ki is not ka */
    expect(kith_text_fold, "\u0E01\u0E34\u0E19", "\u0E01\u0E34\u0E19");
    expect(kith_text_fold, "\u304C", "\u304B\u3099");       /* ga, taken apart, is not ka */
    expect(kith_text_fold, "\uFF76\uFF9E", "\u30AB\u3099"); /* half width */
}

Test(fold, ill_formed_bytes_are_marked)
{
    expect(kith_text_fold, "Zo\xEB", "zo\uFFFD");
    expect(kith_text_fold, "\xE2\x82", "\uFFFD\uFFFD");
}

/** Folding twice changes nothing, whatever the letter. */
Test(fold, is_settled_after_one_pass)
{
    for (int32_t codepoint = 1; codepoint <= 0x2FFFF; codepoint++) {
        char text[5] = "";
        if (codepoint >= 0xD800 && codepoint < 0xE000)
            continue;
        (void)utf8proc_encode_char(codepoint, (utf8proc_uint8_t *)text);
        kith_dynbuf once = {0};
        kith_dynbuf twice = {0};
        kith_text_fold(text, &once);
        kith_text_fold(kith_dynbuf_cstr(&once), &twice);
        cr_assert_str_eq(kith_dynbuf_cstr(&once), kith_dynbuf_cstr(&twice), "U+%04X", (unsigned)codepoint);
        kith_dynbuf_free(&once);
        kith_dynbuf_free(&twice);
    }
}

/** A text that needs no Unicode folds as the same text behind a letter that does. */
Test(fold, the_plain_path_equals_the_full_one)
{
    for (int c = 1; c < 0x80; c++) {
        char plain[] = {'x', (char)c, 'Y', 0};
        char full[] = {'\xC3', '\xA9', 'x', (char)c, 'Y', 0};
        kith_dynbuf a = {0};
        kith_dynbuf b = {0};
        kith_text_fold(plain, &a);
        kith_text_fold(full, &b);
        cr_assert_str_eq(kith_dynbuf_cstr(&a), kith_dynbuf_cstr(&b) + 1, "byte %d", c);
        kith_dynbuf_free(&a);
        kith_dynbuf_free(&b);
    }
}

Test(words, whole_words_one_after_another)
{
    cr_assert(kith_text_has_words("senior hiring manager", "hiring manager"));
    cr_assert(kith_text_has_words("hiring-manager (emea)", "hiring manager"));
    cr_assert(kith_text_has_words("acme corp", "acme corp"));
    cr_assert(kith_text_has_words("acmeware acme", "acme"));
    cr_assert(kith_text_has_words("c++ developer", "c++"));
    cr_assert(kith_text_has_words("o'brien", "o'brien"));
    cr_assert_not(kith_text_has_words("acmeware", "acme"));
    cr_assert_not(kith_text_has_words("megaacme", "acme"));
    cr_assert_not(kith_text_has_words("manager, hiring", "hiring manager"));
    cr_assert_not(kith_text_has_words("hiring", "hiring manager"));
    cr_assert_not(kith_text_has_words("hiring a manager", "hiring manager"));
    cr_assert_not(kith_text_has_words("anything", ""));
    cr_assert_not(kith_text_has_words("any & thing", "&"));
    cr_assert_not(kith_text_has_words("", "a"));
}

Test(words, a_part_is_enough_where_no_spaces_are_written)
{
    cr_assert(kith_text_has_words("\u6771\u4EAC\u5927\u5B66", "\u4EAC\u5927"));
    cr_assert(kith_text_has_words("\u6771\u4EAC\u5927\u5B66", "\u6771\u4EAC"));
    cr_assert(kith_text_has_words("\u682A\u5F0F\u4F1A\u793Eacme", "acme"));
    cr_assert(kith_text_has_words("\u0E01\u0E23\u0E38\u0E07\u0E40\u0E17\u0E1E", "\u0E01\u0E23\u0E38\u0E07"));
    cr_assert_not(kith_text_has_words("\u6771\u4EAC", "\u5927\u5B66"));
    /* A letter without the vowel sign upon it is another syllable. */
    cr_assert_not(kith_text_has_words("\u0E01\u0E23\u0E38\u0E07", "\u0E01\u0E23"));
    /* Korean and Hindi are written with spaces. */
    cr_assert_not(kith_text_has_words("\u1100\u1161\u1102\u1161", "\u1100\u1161"));
    cr_assert_not(kith_text_has_words("\u0915\u093F\u0924\u093E\u092C", "\u0915\u093F"));
}

Test(words, come_one_by_one)
{
    static const char *const expected[] = {"o", "brien", "42", "\u0915\u093F\u0924\u093E\u092C"};
    const char *text = " o'brien, 42 \u2014 \u0915\u093F\u0924\u093E\u092C!";
    size_t at = 0;
    const char *word;
    size_t length;

    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        cr_assert(kith_text_next_word(text, &at, &word, &length));
        cr_assert_eq(length, strlen(expected[i]));
        cr_assert_eq(strncmp(word, expected[i], length), 0);
    }
    cr_assert_not(kith_text_next_word(text, &at, &word, &length));
    cr_assert_not(kith_text_next_word(text, &at, &word, &length));
}

Test(words, are_cut_into_pieces_where_a_part_is_enough)
{
    static const struct {
        const char *text, *pieces;
    } cases[] = {
        {"o'brien, 42 c++", "o|brien|42|c|"},
        {"\u6771\u4EAC\u5927", "\u6771|\u4EAC|\u5927|"},
        {"\u682Aacme9 b", "\u682A|acme9|b|"},
        {"a\u6771b", "a|\u6771|b|"},
        {"\u0E01\u0E23\u0E38\u0E07", "\u0E01|\u0E23\u0E38|\u0E07|"},
        {"\u0915\u093F\u0924\u093E\u092C", "\u0915\u093F\u0924\u093E\u092C|"},
        {" ... ", ""},
        {"", ""},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char pieces[64] = "";
        const char *piece;
        size_t length;
        for (size_t at = 0; kith_text_next_piece(cases[i].text, &at, &piece, &length);)
            (void)strcat(strncat(pieces, piece, length), "|");
        cr_expect_str_eq(pieces, cases[i].pieces);
    }
}

/** Some letters, marks and gaps in a row. */
static void put_random_text(unsigned *state, char *text)
{
    static const char *const parts[] = {"a",      "b",      "1",      " ",      "-",     "\u6771",
                                        "\u4EAC", "\u0E01", "\u0E38", "\u0915", "\u093F"};

    text[0] = '\0';
    for (int left = rand_r(state) % 8; left > 0; left--)
        (void)strcat(text, parts[(size_t)rand_r(state) % (sizeof parts / sizeof *parts)]);
}

static bool has_piece(const char *text, const char *sought, size_t sought_length)
{
    const char *piece;
    size_t length;

    for (size_t at = 0; kith_text_next_piece(text, &at, &piece, &length);)
        if (length == sought_length && memcmp(piece, sought, length) == 0)
            return true;
    return false;
}

Test(words, whoever_has_the_words_has_all_their_pieces)
{
    unsigned state = 1;
    unsigned found = 0;
    char hay[64], needle[64];
    const char *piece;
    size_t length;

    for (int round = 0; round < 200000; round++) {
        put_random_text(&state, hay);
        put_random_text(&state, needle);
        if (!kith_text_has_words(hay, needle))
            continue;
        found++;
        for (size_t at = 0; kith_text_next_piece(needle, &at, &piece, &length);)
            cr_assert(has_piece(hay, piece, length), "\"%s\" in \"%s\"", needle, hay);
    }
    cr_assert_gt(found, 1000);
}

Test(width, columns_of_a_terminal)
{
    cr_assert_eq(kith_text_width(""), 0);
    cr_assert_eq(kith_text_width("Ann"), 3);
    cr_assert_eq(kith_text_width("Zoe\u0308"), 3);
    cr_assert_eq(kith_text_width("\u6771\u4EAC"), 4);
    cr_assert_eq(kith_text_width("\U0001F600"), 2);
    cr_assert_eq(kith_text_width("\U0001F1E9\U0001F1EA"), 2);       /* a flag */
    cr_assert_eq(kith_text_width("\U0001F469\u200D\U0001F4BB"), 2); /* a woman at a computer */
    cr_assert_eq(kith_text_width("\u2764\uFE0F"), 2);               /* a red heart */
    cr_assert_eq(kith_text_width("\xFF"), 1);
}

Test(width, what_fits_is_cut_between_characters)
{
    cr_assert_eq(kith_text_fit("Ann", 2), 2);
    cr_assert_eq(kith_text_fit("Ann", 3), 3);
    cr_assert_eq(kith_text_fit("Ann", 99), 3);
    cr_assert_eq(kith_text_fit("Ann", 0), 0);
    cr_assert_eq(kith_text_fit("\u6771\u4EAC", 3), 3);
    cr_assert_eq(kith_text_fit("e\u0308x", 1), 3);
    cr_assert_eq(kith_text_fit("\U0001F469\u200D\U0001F4BB", 1), 0);
    cr_assert_eq(kith_text_fit("\U0001F469\u200D\U0001F4BB", 2), 11);
}

Test(safe, what_a_terminal_would_obey_is_shown)
{
    expect(kith_text_safe, "", "");
    expect(kith_text_safe, "Ann Lee ~", "Ann Lee ~");
    expect(kith_text_safe, "\x1B[2J\a", "\\u{001B}[2J\\u{0007}");
    expect(kith_text_safe, "a\tb\nc\x7F", "a\\u{0009}b\\u{000A}c\\u{007F}");
    expect(kith_text_safe, "\xC2\x9Bm", "\\u{009B}m");
    expect(kith_text_safe, "a\u2028b\u2029", "a\\u{2028}b\\u{2029}");
    expect(kith_text_safe, "a\u00ADb\uFEFF\u3164", "a\\u{00AD}b\\u{FEFF}\\u{3164}");
    expect(kith_text_safe, "\U000E0041", "\\u{E0041}");
    expect(kith_text_safe, "Zo\xEB!", "Zo\uFFFD!");
}

Test(safe, no_bidirectional_control_passes)
{
    static const int32_t controls[] = {0x061C, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C,
                                       0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069};

    for (size_t i = 0; i < sizeof controls / sizeof *controls; i++) {
        char text[5] = "";
        char shown[16];
        (void)utf8proc_encode_char(controls[i], (utf8proc_uint8_t *)text);
        (void)snprintf(shown, sizeof shown, "\\u{%04X}", (unsigned)controls[i]);
        expect(kith_text_safe, text, shown);
    }
}

Test(safe, writing_that_needs_joiners_keeps_them)
{
    expect(kith_text_safe, "\U0001F469\U0001F3FD\u200D\U0001F4BB", "\U0001F469\U0001F3FD\u200D\U0001F4BB");
    expect(kith_text_safe, "\u2764\uFE0F\u200D\U0001F525", "\u2764\uFE0F\u200D\U0001F525");
    expect(kith_text_safe, "\u0645\u06CC\u200C\u062E", "\u0645\u06CC\u200C\u062E");
    expect(kith_text_safe, "\u0915\u094D\u200D\u0937", "\u0915\u094D\u200D\u0937");
    expect(kith_text_safe, "pay\u200Dpal", "pay\\u{200D}pal");
    expect(kith_text_safe, "\u200C", "\\u{200C}");
}

/** Whatever the bytes, what comes out is well-formed and holds no control character. */
Test(safe, any_bytes_become_safe)
{
    uint32_t state = 1;

    for (int round = 0; round < 20000; round++) {
        char text[9] = "";
        kith_dynbuf out = {0};
        for (size_t i = 0; i < 8; i++) {
            state = state * 1664525 + 1013904223;
            text[i] = (char)(state >> 24);
        }
        kith_text_safe(text, &out);
        cr_assert(kith_text_valid(kith_dynbuf_cstr(&out), out.length));
        for (size_t i = 0; i < out.length; i++)
            cr_assert((unsigned char)out.data[i] >= ' ' && out.data[i] != 0x7F);
        cr_assert_eq(kith_text_fit(kith_dynbuf_cstr(&out), SIZE_MAX), out.length);
        kith_dynbuf_free(&out);
    }
}

Test(tidy, inner_space_is_one_space)
{
    expect(kith_text_tidy, "  Ann \t Lee\r\n", "Ann Lee");
    expect(kith_text_tidy, "12 High St\nLeeds\u2028UK", "12 High St Leeds UK");
    expect(kith_text_tidy, "\u00A0\u3000", "");
    expect(kith_text_tidy, "Zo\xEB  x", "Zo\xEB x");
}

Test(nfc, letters_are_composed)
{
    expect(kith_text_nfc, "Ann", "Ann");
    expect(kith_text_nfc, "Zoe\u0308", "Zo\u00EB");
    expect(kith_text_nfc, "q\u0307\u0323", "q\u0323\u0307"); /* marks in canonical order */
    expect(kith_text_nfc, "\u1100\u1161", "\uAC00");
    expect(kith_text_nfc, "\uFB01", "\uFB01"); /* compatibility forms stay */
    expect(kith_text_nfc, "Zo\xEB", "Zo\xEB");
}

Test(lower, only_the_case_changes)
{
    expect(kith_text_lower, "ANN  Lee\n", "ann  lee\n");
    expect(kith_text_lower, "\u00C9\u00DF\u0416", "\u00E9\u00DF\u0436");
    expect(kith_text_lower, "A\xFF", "a\xFF");
}

Test(pictograph, decorates_but_does_not_spell)
{
    static const int32_t decoration[] = {0x1F600, 0x1F680, 0x2764, 0x2705, 0x2713,  0x2B50,  0x1F1E9,
                                         0x1F3FD, 0xFE0F,  0x200D, 0x20E3, 0x1F9D1, 0x1F54A, 0x2605};
    static const int32_t spelling[] = {'a', '#', '7', '\'', '-', '.', 0x00EB, 0x6771, 0x0301, 0xAC00, 0x2019};

    for (size_t i = 0; i < sizeof decoration / sizeof *decoration; i++)
        cr_assert(kith_text_is_pictograph(decoration[i]), "U+%04X", (unsigned)decoration[i]);
    for (size_t i = 0; i < sizeof spelling / sizeof *spelling; i++)
        cr_assert_not(kith_text_is_pictograph(spelling[i]), "U+%04X", (unsigned)spelling[i]);
}

static kith_code convert_all(void *ctx, kith_err *err)
{
    static convert_fn *const converters[] = {kith_text_fold, kith_text_safe, kith_text_tidy, kith_text_nfc,
                                             kith_text_lower};
    kith_code rc = KITH_OK;

    for (size_t i = 0; i < sizeof converters / sizeof *converters && rc == KITH_OK; i++) {
        kith_dynbuf out = {0};
        converters[i](ctx, &out);
        rc = kith_dynbuf_check(&out, "text", err);
        kith_dynbuf_free(&out);
    }
    return rc;
}

Test(text, every_failed_allocation)
{
    cr_assert_gt(each_failure(convert_all, "Ann Lee"), 4);
    cr_assert_gt(each_failure(convert_all, "\u00C9lo\u00EFse Stra\u00DFe \U0001F600"), 6);
    cr_assert_gt(each_failure(convert_all, "\u00C9lo\u00EFse \xFF"), 6);
}

Test(text, safe_copies_end_between_characters)
{
    char out[16];

    cr_assert_eq(kith_safe_text("a\x1b[1mé", out, sizeof out), 14);
    cr_assert_str_eq(out, "a\\u{001B}[1mé");
    cr_assert_eq(kith_safe_text("\x1b\u202e", out, sizeof out), 8);
    cr_assert_str_eq(out, "\\u{001B}");
    cr_assert_eq(kith_safe_text("ab\xff", out, 5), 2);
    cr_assert_str_eq(out, "ab");
    cr_assert_eq(kith_safe_text("ab\xff", out, 6), 5);
    cr_assert_eq(kith_safe_text("ab", out, 1), 0);
    cr_assert_str_eq(out, "");
}
