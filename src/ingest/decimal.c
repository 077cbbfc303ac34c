#include "ingest/decimal.h"

#include <math.h>
#include <string.h>

/** Digits that a mantissa holds without loss. */
#define MOST_DIGITS 18

/** Exponents beyond it give 0 or infinity whatever the digits. */
#define MOST_EXPONENT 400

typedef struct scan {
    const char *at, *end;
    uint64_t mantissa;
    int digits; /**< that count: leading zeros do not */
    int exponent;
    bool any;
} scan;

/** Reads a run of digits; what no longer fits the mantissa only moves the point. */
static void read_digits(scan *s, bool behind_point)
{
    for (; s->at < s->end && *s->at >= '0' && *s->at <= '9'; s->at++) {
        s->any = true;
        if (s->digits < MOST_DIGITS) {
            s->mantissa = s->mantissa * 10 + (uint64_t)(*s->at - '0');
            s->digits += s->mantissa > 0;
            s->exponent -= behind_point;
        } else {
            s->exponent += !behind_point;
        }
    }
}

static bool read_exponent(scan *s)
{
    int value = 0;
    bool negative = false;

    s->at++;
    if (s->at < s->end && (*s->at == '-' || *s->at == '+'))
        negative = *s->at++ == '-';
    if (s->at == s->end)
        return false;
    for (; s->at < s->end; s->at++) {
        if (*s->at < '0' || *s->at > '9')
            return false;
        if (value <= MOST_EXPONENT)
            value = value * 10 + (*s->at - '0');
    }
    s->exponent += negative ? -value : value;
    return true;
}

static double scale(double value, int exponent)
{
    static const double power[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                   1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

    for (; exponent > 22 && isfinite(value) && value > 0; exponent -= 22)
        value *= 1e22;
    for (; exponent < -22 && value > 0; exponent += 22)
        value /= 1e22;
    if (value <= 0 || !isfinite(value))
        return value;
    return exponent >= 0 ? value * power[exponent] : value / power[-exponent];
}

bool kith_decimal_parse(const char *text, size_t length, double *out)
{
    scan s = {.at = text, .end = text + length};
    bool negative = false;

    if (s.at < s.end && (*s.at == '-' || *s.at == '+'))
        negative = *s.at++ == '-';
    read_digits(&s, false);
    if (s.at < s.end && *s.at == '.') {
        s.at++;
        read_digits(&s, true);
    }
    if (!s.any || (s.at < s.end && ((*s.at != 'e' && *s.at != 'E') || !read_exponent(&s))))
        return false;
    double value = scale((double)s.mantissa, s.exponent);
    *out = negative ? -value : value;
    return isfinite(value);
}

bool kith_whole_parse(const char *text, uint32_t *out)
{
    double value;

    if (!kith_decimal_parse(text, strlen(text), &value) || value < 0 || value >= UINT32_MAX ||
        value != floor(value))
        return false;
    *out = (uint32_t)value;
    return true;
}
