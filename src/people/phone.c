/* Phone numbers as the whole world dials them. */
#include <string.h>

#include "people/match.h"

/** How a country dials: its calling code, and what stands before a number inside the country. */
typedef struct dialling {
    char region[3];
    const char *code, *trunk, *abroad;
} dialling;

static const dialling countries[] = {
    {"AE", "971", "0", "00"}, {"AR", "54", "0", "00"},   {"AT", "43", "0", "00"},   {"AU", "61", "0", "0011"},
    {"BE", "32", "0", "00"},  {"BG", "359", "0", "00"},  {"BR", "55", "0", "00"},   {"CA", "1", "1", "011"},
    {"CH", "41", "0", "00"},  {"CL", "56", "", "00"},    {"CN", "86", "0", "00"},   {"CO", "57", "0", "00"},
    {"CZ", "420", "", "00"},  {"DE", "49", "0", "00"},   {"DK", "45", "", "00"},    {"EE", "372", "", "00"},
    {"EG", "20", "0", "00"},  {"ES", "34", "", "00"},    {"FI", "358", "0", "00"},  {"FR", "33", "0", "00"},
    {"GB", "44", "0", "00"},  {"GH", "233", "0", "00"},  {"GR", "30", "", "00"},    {"HK", "852", "", "001"},
    {"HR", "385", "0", "00"}, {"HU", "36", "06", "00"},  {"ID", "62", "0", "001"},  {"IE", "353", "0", "00"},
    {"IL", "972", "0", "00"}, {"IN", "91", "0", "00"},   {"IS", "354", "", "00"},   {"IT", "39", "", "00"},
    {"JP", "81", "0", "010"}, {"KE", "254", "0", "000"}, {"KR", "82", "0", "001"},  {"LT", "370", "0", "00"},
    {"LU", "352", "", "00"},  {"LV", "371", "", "00"},   {"MA", "212", "0", "00"},  {"MT", "356", "", "00"},
    {"MX", "52", "", "00"},   {"MY", "60", "0", "00"},   {"NG", "234", "0", "009"}, {"NL", "31", "0", "00"},
    {"NO", "47", "", "00"},   {"NZ", "64", "0", "00"},   {"PE", "51", "0", "00"},   {"PH", "63", "0", "00"},
    {"PK", "92", "0", "00"},  {"PL", "48", "", "00"},    {"PT", "351", "", "00"},   {"RO", "40", "0", "00"},
    {"RS", "381", "0", "00"}, {"RU", "7", "8", "810"},   {"SA", "966", "0", "00"},  {"SE", "46", "0", "00"},
    {"SG", "65", "", "000"},  {"SI", "386", "0", "00"},  {"SK", "421", "0", "00"},  {"TH", "66", "0", "001"},
    {"TR", "90", "0", "00"},  {"TW", "886", "0", "002"}, {"UA", "380", "0", "00"},  {"US", "1", "1", "011"},
    {"VN", "84", "0", "00"},  {"WS", "685", "", "0"},    {"ZA", "27", "0", "00"},
};

/** Digits of the shortest and longest number that is told apart, calling code included. */
enum { SHORTEST = 8, LONGEST = 15 };

static const dialling *find_country(const char *region)
{
    for (size_t i = 0; region && i < sizeof countries / sizeof *countries; i++)
        if ((countries[i].region[0] | 0x20) == (region[0] | 0x20) && region[0] &&
            (countries[i].region[1] | 0x20) == (region[1] | 0x20) && !region[2])
            return &countries[i];
    return NULL;
}

bool kith_region_known(const char *region)
{
    return find_country(region) != NULL;
}

/** Copies the digits up to an extension ("x12", "ext. 12"), without the "(0)" that nobody dials from abroad.
 */
static size_t copy_digits(const char *text, char digits[LONGEST + 9])
{
    size_t n = 0;

    for (; *text && (*text | 0x20) != 'x' && (*text | 0x20) != 'e' && *text != ';' && *text != '#'; text++) {
        if (strncmp(text, "(0)", 3) == 0 && n > 0)
            text += 2;
        else if (*text >= '0' && *text <= '9' && n < LONGEST + 8)
            digits[n++] = *text;
    }
    digits[n] = '\0';
    return n;
}

static const char *without(const char *digits, const char *prefix)
{
    size_t length = strlen(prefix);

    return length && strncmp(digits, prefix, length) == 0 ? digits + length : NULL;
}

bool kith_phone_e164(const char *text, const char *region, kith_dynbuf *out)
{
    const dialling *country = find_country(region);
    char digits[LONGEST + 9] = "";
    const char *number, *rest = NULL, *code = "";

    text += strspn(text, " \t(");
    if (strncmp(text, "tel:", 4) == 0)
        text += 4;
    copy_digits(text, digits);
    if (*text == '+') {
        number = digits;
    } else if ((rest = without(digits, country ? country->abroad : "00")) || (rest = without(digits, "00"))) {
        number = rest;
    } else if (country) {
        rest = without(digits, country->trunk);
        number = rest ? rest : digits;
        code = country->code;
    } else {
        return false;
    }
    size_t length = strlen(code) + strlen(number);
    if (length < SHORTEST || length > LONGEST || (!*code && *number == '0'))
        return false;
    kith_dynbuf_printf(out, "+%s%s", code, number);
    return true;
}
