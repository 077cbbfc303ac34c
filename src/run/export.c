#include <kith/folder.h>

#include <string.h>

#include "base/outfile.h"
#include "igraph_port/igraph_port.h"
#include "network/netfile.h"

static bool ends_in(const char *path, const char *ending)
{
    size_t length = strlen(path), tail = strlen(ending);

    return length > tail && !strcmp(path + length - tail, ending);
}

kith_code kith_export(const kith_net *net, const char *path, bool with_contacts, kith_err *err)
{
    kith_graph graph;
    kith_igraph *port = NULL;
    kith_outfile *file = NULL;

    if (!ends_in(path, ".graphml") && !ends_in(path, ".graphml.gz"))
        return kith_fail(err, KITH_EUSAGE, "%s: kith exports to .graphml and .graphml.gz", path);
    kith_code rc = kith_net_graph(net, &graph, err);
    if (!rc)
        rc = kith_igraph_new(&graph, &port, err);
    if (!rc)
        rc = kith_outfile_open(path, &file, err);
    if (!rc)
        rc = kith_igraph_write_graphml(port, net, with_contacts, file, err);
    if (!rc)
        rc = kith_net_status(net, err);
    kith_igraph_free(port);
    if (rc) {
        kith_outfile_abandon(file);
        return rc;
    }
    return kith_outfile_commit(file, err);
}
