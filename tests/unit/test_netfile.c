#include <criterion/criterion.h>

#include "small_net.h"

Test(netfile, smoke)
{
    small_net *s = small_net_from_ties(4, (const uint32_t[][2]){{0, 1}, {2, 1}, {2, 3}, {0, 3}}, 4, NULL);
    small_net_mentorship(s, 3, 1, 100, 200);
    const kith_net *net = small_net_open(s);
    kith_err err = KITH_ERR_NONE;
    cr_assert_eq(kith_net_verify(net, &err), KITH_OK, "%s", err.message);
    kith_tie t;
    cr_assert(kith_net_tie(net, 1, 2, &t));
    small_net_free(s);
}
