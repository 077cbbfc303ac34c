#include <kith/folder.h>

#include <sys/stat.h>

#include "network/netfile.h"
#include "run/manifest.h"
#include "run/night.h"
#include "run/nightly_folder.h"

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

/** A published night, or a report. */
static kith_code check_folder(const char *path, kith_check_summary *summary, kith_err *err)
{
    json_t *night = NULL;

    kith_code rc = kith_manifest_load(path, KITH_NIGHT_SUMMARY, &night, NULL);
    if (rc == KITH_ENOINPUT)
        return kith_manifest_verify(path, summary, err);
    rc = night ? kith_night_verify(path, night, summary, err)
               : kith_manifest_load(path, KITH_NIGHT_SUMMARY, &night, err); /* fails again, and says how */
    json_decref(night);
    return rc;
}

kith_code kith_check(const char *path, kith_check_summary *summary, kith_err *err)
{
    struct stat facts;

    if (!stat(path, &facts) && S_ISDIR(facts.st_mode))
        return check_folder(path, summary, err);
    return check_network(path, summary, err);
}
