/* Words for why two records are taken for one person. */
#include "people/graded.h"

/** What is said of a trait by grade; NULL: nothing. */
static const struct {
    kith_trait trait;
    const char *words[KITH_GRADES];
} phrases[] = {
    {KITH_TRAIT_NUMBER, {"the same personal number", "nearly the same personal number"}},
    {KITH_TRAIT_EMAIL, {"the same Gmail box", "the same email user", "like email users"}},
    {KITH_TRAIT_PHONE, {"the same phone"}},
    {KITH_TRAIT_COMPANY, {"the same company", "like companies"}},
    {KITH_TRAIT_TITLE, {"the same title", "like titles"}},
    {KITH_TRAIT_LOCATION, {"the same place", "like places"}},
    {KITH_TRAIT_BIRTH, {"the same birth date", "nearly the same birth date"}},
    {KITH_TRAIT_ADDRESS, {"the same address", "like addresses"}},
    {KITH_TRAIT_POSTCODE, {"the same postcode"}},
};

static const char *name_words(const kith_comparison *pair)
{
    uint8_t given = pair->grade[KITH_TRAIT_GIVEN], family = pair->grade[KITH_TRAIT_FAMILY];

    if (pair->grade[KITH_TRAIT_ORDER] == 1)
        return "names exchanged";
    if (given == 0 && family == 0)
        return "the same name";
    if (given == 1 && family == 0)
        return "a short form of the name";
    return "like names";
}

void kith_comparison_tell(const kith_comparison *pair, kith_dynbuf *out)
{
    kith_dynbuf_text(out, name_words(pair));
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
        uint8_t grade = pair->grade[phrases[i].trait];
        if (grade != KITH_GRADE_UNKNOWN && phrases[i].words[grade])
            kith_dynbuf_printf(out, ", %s", phrases[i].words[grade]);
    }
    if (pair->grade[KITH_TRAIT_SUFFIX] == 1 || pair->grade[KITH_TRAIT_SUFFIX] == 2)
        kith_dynbuf_text(out, ", but Jr or Sr differs");
    if (pair->grade[KITH_TRAIT_COMPANY] == 2)
        kith_dynbuf_text(out, ", but another company");
    if (pair->grade[KITH_TRAIT_LIST] == 1)
        kith_dynbuf_text(out, ", but one list names both");
}
