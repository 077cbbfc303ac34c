#include "pair_world.h"

#include <criterion/criterion.h>

small_net *pair_world(void)
{
    small_net *s = small_net_new(4);

    small_net_value(s, MENTEE, KITH_FIELD_ROLE, "Mentee");
    small_net_value(s, MENTEE, KITH_FIELD_SKILL_WANTED, "Python");
    small_net_value(s, MENTEE, KITH_FIELD_SKILL_WANTED, "SQL");
    small_net_value(s, MENTOR, KITH_FIELD_ROLE, "mentor");
    small_net_value(s, MENTOR, KITH_FIELD_SKILL, "python");
    return s;
}

void add_mentor(small_net *s, uint32_t id)
{
    small_net_value(s, id, KITH_FIELD_ROLE, "mentor");
    small_net_value(s, id, KITH_FIELD_SKILL, "PYTHON");
}

kith_match_result match(small_net *s, const kith_match_opts *opts)
{
    static const kith_match_opts plain;
    kith_match_result r;
    kith_err err = KITH_ERR_NONE;

    cr_assert_eq(kith_match(small_net_open(s), opts ? opts : &plain, &r, &err), KITH_OK, "%s", err.message);
    return r;
}

uint32_t mentor_given(small_net *s, const kith_match_opts *opts)
{
    kith_match_result r = match(s, opts);
    uint32_t mentor = UINT32_MAX;

    for (uint32_t k = 0; k < r.n_pairs; k++)
        if (r.pairs[k].mentee == MENTEE)
            mentor = r.pairs[k].mentor;
    kith_match_free(&r);
    small_net_free(s);
    return mentor;
}
