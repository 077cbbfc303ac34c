/* Reading dates as the known exports write them: up to three parts, then maybe a time of day that
 * must make sense but does not count. */
#include <string.h>
#include <strings.h>

#include "base/date.h"

#define PARTS 3

/** One part of a date: a number, or the name of a month. */
typedef struct part {
    uint64_t value;
    uint32_t digits; /**< 0 for a month name */
} part;

typedef struct date_parts {
    part part[PARTS];
    char separator[PARTS]; /**< before each part: '-', '/', '.', or ' ' for spaces with at most one comma */
    uint32_t count;
} date_parts;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/** Spaces, also the no-break ones that some exports put before AM and PM. */
static const char *skip_spaces(const char *at)
{
    for (;;) {
        if (*at == ' ' || (*at >= '\t' && *at <= '\r'))
            at++;
        else if (strncmp(at, "\u00A0", 2) == 0)
            at += 2;
        else if (strncmp(at, "\u202F", 3) == 0)
            at += 3;
        else
            return at;
    }
}

/** Reads a run of digits; a run longer than any number in a date is none. */
static bool read_number(const char **at, part *out)
{
    const char *end = *at;

    *out = (part){0};
    for (; is_digit(*end) && out->digits < 18; end++, out->digits++)
        out->value = out->value * 10 + (uint64_t)(*end - '0');
    if (out->digits == 0 || is_digit(*end))
        return false;
    *at = end;
    return true;
}

/** The ASCII letter that the one at `at` is without accent and case, and how many bytes it has; 0 for none.
 */
static char plain_letter(const char *at, size_t *bytes)
{
    /* U+00C0 .. U+00DF; the small letters follow in the same order. */
    static const char latin[] = "aaaaaaaceeeeiiiidnooooo_ouuuuyts";
    unsigned char first = (unsigned char)at[0];
    unsigned char second = (unsigned char)(first ? at[1] : '\0');

    *bytes = 1;
    if (is_letter(at[0]))
        return (char)(at[0] | 0x20);
    *bytes = 2;
    return (char)(first == 0xC3 && second >= 0x80 && second < 0xC0 ? latin[(second - 0x80) % 32] : '\0');
}

/** Names of months without accents: of one month first the full ones, then the short ones. */
static const struct {
    const char *name;
    uint32_t month;
} months[] = {
    {"january", 1},    {"januar", 1},    {"janvier", 1},   {"enero", 1},     {"gennaio", 1},
    {"januari", 1},    {"janeiro", 1},   {"jan", 1},       {"janv", 1},      {"ene", 1},
    {"gen", 1},        {"janner", 1},    {"february", 2},  {"februar", 2},   {"fevrier", 2},
    {"febrero", 2},    {"febbraio", 2},  {"februari", 2},  {"fevereiro", 2}, {"feb", 2},
    {"fevr", 2},       {"fev", 2},       {"march", 3},     {"marz", 3},      {"mars", 3},
    {"marzo", 3},      {"maart", 3},     {"marco", 3},     {"mar", 3},       {"mrz", 3},
    {"mrt", 3},        {"april", 4},     {"avril", 4},     {"abril", 4},     {"aprile", 4},
    {"apr", 4},        {"avr", 4},       {"abr", 4},       {"may", 5},       {"mai", 5},
    {"mayo", 5},       {"maggio", 5},    {"mei", 5},       {"maio", 5},      {"mag", 5},
    {"june", 6},       {"juni", 6},      {"juin", 6},      {"junio", 6},     {"giugno", 6},
    {"junho", 6},      {"jun", 6},       {"giu", 6},       {"july", 7},      {"juli", 7},
    {"juillet", 7},    {"julio", 7},     {"luglio", 7},    {"julho", 7},     {"jul", 7},
    {"juil", 7},       {"lug", 7},       {"august", 8},    {"aout", 8},      {"agosto", 8},
    {"augustus", 8},   {"aug", 8},       {"ago", 8},       {"september", 9}, {"septembre", 9},
    {"septiembre", 9}, {"setiembre", 9}, {"settembre", 9}, {"setembro", 9},  {"sep", 9},
    {"sept", 9},       {"set", 9},       {"october", 10},  {"oktober", 10},  {"octobre", 10},
    {"octubre", 10},   {"ottobre", 10},  {"outubro", 10},  {"oct", 10},      {"okt", 10},
    {"ott", 10},       {"out", 10},      {"november", 11}, {"novembre", 11}, {"noviembre", 11},
    {"novembro", 11},  {"nov", 11},      {"december", 12}, {"dezember", 12}, {"decembre", 12},
    {"diciembre", 12}, {"dicembre", 12}, {"dezembro", 12}, {"dec", 12},      {"dez", 12},
    {"dic", 12},
};

static bool read_month(const char **at, part *out)
{
    char word[16];
    size_t length = 0;
    const char *end = *at;
    size_t bytes;

    for (char letter; length < sizeof word - 1 && (letter = plain_letter(end, &bytes)); end += bytes)
        word[length++] = letter;
    word[length] = '\0';
    for (size_t i = 0; i < sizeof months / sizeof *months; i++) {
        if (strcmp(word, months[i].name) == 0) {
            *out = (part){.value = months[i].month};
            *at = end;
            return true;
        }
    }
    return false;
}

/** Passes over "de" and "del", as in 7 de octubre de 2023. */
static const char *skip_of(const char *at)
{
    size_t letters = strncasecmp(at, "del", 3) == 0 ? 3 : strncasecmp(at, "de", 2) == 0 ? 2 : 0;

    return letters && skip_spaces(at + letters) > at + letters ? skip_spaces(at + letters) : at;
}

/** Reads what stands between two parts. @return one of the separators, or 0 where there is none. */
static char read_separator(const char **at)
{
    const char *from = *at;

    /* A dot before a space ends an ordinal or a shortened month: 7. Oktober, 7 oct. 2023. */
    bool dot = *from == '.' && skip_spaces(from + 1) > from + 1;

    if (!dot && (*from == '-' || *from == '/' || *from == '.')) {
        *at = from + 1;
        return *from;
    }
    const char *end = skip_spaces(from + dot);
    if (*end == ',')
        end = skip_spaces(end + 1);
    *at = end > from ? skip_of(end) : end;
    return end > from ? ' ' : 0;
}

/** Reads as many parts as there are; what follows the last one is left unread. */
static date_parts read_parts(const char **at)
{
    date_parts date = {0};
    const char *ahead = *at;

    while (date.count < PARTS && date.part[0].digits != 8) { /* 20231007 is whole */
        part *next = &date.part[date.count];
        date.separator[date.count] = date.count ? read_separator(&ahead) : ' ';
        if (!date.separator[date.count] || !(read_number(&ahead, next) || read_month(&ahead, next)))
            break;
        date.count++;
        *at = ahead;
    }
    return date;
}

/** Reads two digits at `*at` that make a number up to `most`. */
static bool read_pair(const char **at, uint32_t most)
{
    const char *from = *at;

    if (!is_digit(from[0]) || !is_digit(from[1]) || (uint32_t)((from[0] - '0') * 10 + from[1] - '0') > most)
        return false;
    *at += 2;
    return true;
}

/** H:MM, HH:MM:SS, HH:MM:SS.fff, HHMM or HHMMSS. */
static bool read_clock(const char **at)
{
    const char *from = *at;
    bool one_digit = is_digit(from[0]) && from[1] == ':';

    if (one_digit)
        (*at)++;
    else if (!read_pair(at, 23))
        return false;
    bool colons = **at == ':';
    *at += colons;
    if (!read_pair(at, 59))
        return false;
    if (colons ? **at != ':' : !is_digit(**at))
        return true;
    *at += colons;
    if (!read_pair(at, 60)) /* 60: a leap second */
        return false;
    if (**at == '.' || **at == ',') {
        (*at)++;
        if (!is_digit(**at))
            return false;
        while (is_digit(**at))
            (*at)++;
    }
    return true;
}

/** A zone: letters such as Z, UTC or CEST, or an offset such as +02, -0730, +02:00, or both. */
static bool read_zone(const char **at)
{
    size_t letters = 0;

    for (; is_letter(**at); (*at)++)
        letters++;
    if (letters > 5)
        return false;
    if (**at != '+' && **at != '-')
        return true;
    (*at)++;
    if (!read_pair(at, 23))
        return false;
    bool colon = **at == ':';
    *at += colon;
    return !(colon || is_digit(**at)) || read_pair(at, 59);
}

/** Whether `at` holds nothing, or a time of day with its AM or PM and its zone, and then nothing. */
static bool is_time_or_nothing(const char *at)
{
    const char *from = at;

    at = skip_spaces(at);
    if (*at == '\0')
        return true;
    if (at == from && (*at == 'T' || *at == 't')) {
        at++;
    } else {
        at = skip_spaces(*at == ',' ? at + 1 : at);
        if (at == from)
            return false;
    }
    if (!read_clock(&at))
        return false;
    at = skip_spaces(at);
    if (strncasecmp(at, "am", 2) == 0 || strncasecmp(at, "pm", 2) == 0)
        at = skip_spaces(at + 2);
    return read_zone(&at) && *skip_spaces(at) == '\0';
}

static bool is_year(part p)
{
    return p.digits == 4;
}

static bool is_day_or_month(part p)
{
    return p.digits == 1 || p.digits == 2;
}

/** A year of four digits as it is, of two in 1969..2068; anything else gives no date. */
static kith_day make_day(part year, uint64_t month, uint64_t day)
{
    if (year.digits == 2)
        year.value += year.value < 69 ? 2000 : 1900;
    else if (!is_year(year))
        return KITH_NO_DATE;
    return kith_day_from_civil((int32_t)year.value, (uint32_t)month, (uint32_t)day);
}

/** Year, 20231007, or an epoch in seconds or milliseconds. */
static kith_day day_of_one(part p)
{
    const uint64_t day_seconds = 86400;

    switch (p.digits) {
    case 4:
        return make_day(p, 1, 1);
    case 8:
        return make_day((part){.value = p.value / 10000, .digits = 4}, p.value / 100 % 100, p.value % 100);
    case 10:
        return (kith_day)(p.value / day_seconds);
    case 13:
        return (kith_day)(p.value / 1000 / day_seconds);
    default:
        return KITH_NO_DATE;
    }
}

/** A month: Oct 2023, Oct-23, 2023-10, 10/2023. */
static kith_day day_of_two(const date_parts *date)
{
    part first = date->part[0];
    part second = date->part[1];

    if (first.digits == 0) {
        bool is_whole = is_year(second) || (second.digits == 2 && date->separator[1] == '-');
        return is_whole ? make_day(second, first.value, 1) : KITH_NO_DATE;
    }
    if (second.digits == 0 || date->separator[1] == ' ')
        return KITH_NO_DATE;
    if (is_year(first) && is_day_or_month(second))
        return make_day(first, second.value, 1);
    return is_year(second) && is_day_or_month(first) ? make_day(second, first.value, 1) : KITH_NO_DATE;
}

/** Three numbers read in just this order, a year of four digits not first. */
static kith_day day_in_order(const date_parts *date, kith_date_order order)
{
    part first = date->part[0];
    part second = date->part[1];
    part third = date->part[2];

    switch (order) {
    case KITH_DATE_YMD:
        return is_day_or_month(third) ? make_day(first, second.value, third.value) : KITH_NO_DATE;
    case KITH_DATE_MDY:
        return make_day(third, first.value, second.value);
    case KITH_DATE_DMY:
        break;
    }
    return make_day(third, second.value, first.value);
}

/** Three numbers that do not begin with a year of four digits. */
static kith_day day_of_three_numbers(const date_parts *date, kith_date_order order)
{
    uint64_t first = date->part[0].value;
    uint64_t second = date->part[1].value;

    if (order == KITH_DATE_YMD && !is_year(date->part[2]))
        return day_in_order(date, KITH_DATE_YMD);
    if (order == KITH_DATE_YMD && first <= 12 && second <= 12)
        return KITH_NO_DATE; /* the year stands last after all, so nothing tells day from month */
    bool month_first = second > 12 || (order == KITH_DATE_MDY && first <= 12);
    return day_in_order(date, month_first ? KITH_DATE_MDY : KITH_DATE_DMY);
}

/** Whether these are three numbers with one mark between them. */
static bool is_three_numbers(const date_parts *date)
{
    return date->count == PARTS && date->part[0].digits && date->part[1].digits && date->part[2].digits &&
           date->separator[1] != ' ' && date->separator[2] == date->separator[1] &&
           is_day_or_month(date->part[1]);
}

static kith_day day_of_three(const date_parts *date, kith_date_order order)
{
    part first = date->part[0];
    part second = date->part[1];
    part third = date->part[2];

    if (first.digits == 0) /* Oct 7, 2023 */
        return is_day_or_month(second) ? make_day(third, first.value, second.value) : KITH_NO_DATE;
    if (second.digits == 0) /* 7 Oct 2023 */
        return is_day_or_month(first) ? make_day(third, second.value, first.value) : KITH_NO_DATE;
    if (!is_three_numbers(date))
        return KITH_NO_DATE;
    if (is_year(first))
        return is_day_or_month(third) ? make_day(first, second.value, third.value) : KITH_NO_DATE;
    return is_day_or_month(first) ? day_of_three_numbers(date, order) : KITH_NO_DATE;
}

/** Reads a text that is a date and nothing else; false where it is none. */
static bool read_date(const char *text, date_parts *date)
{
    const char *at = skip_spaces(text);

    *date = read_parts(&at);
    bool names_a_day = date->count == 3 || (date->count == 1 && date->part[0].digits == 8);
    return names_a_day ? is_time_or_nothing(at) : *skip_spaces(at) == '\0';
}

kith_day kith_date_parse(const char *text, kith_date_order order)
{
    date_parts date;

    if (!read_date(text, &date))
        return KITH_NO_DATE;
    switch (date.count) {
    case 1:
        return day_of_one(date.part[0]);
    case 2:
        return day_of_two(&date);
    case 3:
        return day_of_three(&date, order);
    default:
        return KITH_NO_DATE;
    }
}

uint32_t kith_date_orders(const char *text)
{
    static const kith_date_order orders[] = {KITH_DATE_YMD, KITH_DATE_DMY, KITH_DATE_MDY};
    date_parts date;
    kith_day only = KITH_NO_DATE;
    uint32_t fitting = 0;
    bool differ = false;

    if (!read_date(text, &date) || !is_three_numbers(&date) || !is_day_or_month(date.part[0]))
        return 0;
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        kith_day day = day_in_order(&date, orders[i]);
        if (day == KITH_NO_DATE)
            continue;
        differ |= fitting && day != only;
        only = day;
        fitting |= UINT32_C(1) << orders[i];
    }
    return differ || (fitting & (fitting - 1)) == 0 ? fitting : 0;
}
