#include "igraph_port/igraph_calls.h"

#include "base/late.h"

kith_igraph_calls kith_ig;

kith_code kith_igraph_load(kith_err *err)
{
#define X(name) "igraph_" #name,
    static const char *const names[] = {KITH_IGRAPH_CALLS(X)};
#undef X
    const kith_late igraph = {KITH_IGRAPH_LIBRARY, names, sizeof names / sizeof *names, &kith_ig};

    return kith_late_load(&igraph, err);
}
