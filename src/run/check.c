#include <kith/folder.h>

#include <sys/stat.h>

#include "network/netfile.h"
#include "run/manifest.h"

static kith_code check_network(const char *path, kith_check_summary *summary, kith_err *err)
{
    kith_net *net = NULL;
    struct stat facts;

    kith_code rc = kith_net_open(path, &net, err);
    if (!rc)
        rc = kith_net_verify(net, err);
    kith_net_close(net);
    if (!rc)
        *summary =
            (kith_check_summary){.files = 1, .bytes = stat(path, &facts) ? 0 : (uint64_t)facts.st_size};
    return rc;
}

kith_code kith_check(const char *path, kith_check_summary *summary, kith_err *err)
{
    struct stat facts;

    if (!stat(path, &facts) && S_ISDIR(facts.st_mode))
        return kith_manifest_verify(path, summary, err);
    return check_network(path, summary, err);
}
