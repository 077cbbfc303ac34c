#include <kith/folder.h>

#include <string.h>

#include "base/outfile.h"
#include "igraph_port/igraph_port.h"
#include "network/netfile.h"
#include "run/export_tables.h"

/** Endings of files and what they stand for; the usual one of each format first. */
static const struct {
    const char *ending;
    kith_export_format format;
} endings[] = {
    {".graphml", KITH_EXPORT_GRAPHML}, {".gml", KITH_EXPORT_GML}, {".net", KITH_EXPORT_PAJEK},
    {".dot", KITH_EXPORT_DOT},         {".csv", KITH_EXPORT_CSV}, {".jsonl", KITH_EXPORT_JSONL},
};

/** Whether the first `length` bytes of `path` end in `ending` and hold more than it. */
static bool ends_in(const char *path, size_t length, const char *ending)
{
    size_t tail = strlen(ending);

    return length > tail && memcmp(path + length - tail, ending, tail) == 0;
}

static kith_export_format format_of(const kith_export_opts *opts)
{
    size_t length = strlen(opts->path);

    if (opts->format != KITH_EXPORT_AUTO)
        return opts->format;
    if (ends_in(opts->path, length, ".gz"))
        length -= 3;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (ends_in(opts->path, length, endings[i].ending))
            return endings[i].format;
    return KITH_EXPORT_AUTO;
}

static kith_code write_graph(const kith_net *net, kith_graph_format format, bool with_contacts,
                             kith_outfile *file, kith_err *err)
{
    kith_graph graph;
    kith_igraph *port = NULL;

    kith_code rc = kith_net_graph(net, &graph, err);
    if (!rc)
        rc = kith_igraph_new(&graph, &port, err);
    if (!rc)
        rc = kith_igraph_write(port, net, format, with_contacts, file, err);
    kith_igraph_free(port);
    return rc;
}

static kith_code write_content(const kith_net *net, kith_export_format format, bool with_contacts,
                               kith_outfile *file, kith_err *err)
{
    switch (format) {
    case KITH_EXPORT_GML:
        return write_graph(net, KITH_GRAPH_GML, with_contacts, file, err);
    case KITH_EXPORT_PAJEK:
        return write_graph(net, KITH_GRAPH_PAJEK, with_contacts, file, err);
    case KITH_EXPORT_DOT:
        return write_graph(net, KITH_GRAPH_DOT, with_contacts, file, err);
    case KITH_EXPORT_CSV:
        return kith_export_ties(net, file, err);
    case KITH_EXPORT_JSONL:
        return kith_export_lines(net, with_contacts, file, err);
    default:
        return write_graph(net, KITH_GRAPH_GRAPHML, with_contacts, file, err);
    }
}

kith_code kith_export(const kith_net *net, const kith_export_opts *opts, kith_err *err)
{
    kith_export_format format = format_of(opts);
    kith_outfile *file = NULL;

    if (format == KITH_EXPORT_AUTO)
        return kith_fail(
            err, KITH_EUSAGE,
            "%s: kith exports to .graphml .gml .net .dot .csv .jsonl, each also with .gz, and with "
            "--format tables to a folder",
            opts->path);
    if (format == KITH_EXPORT_TABLES)
        return kith_export_tables(net, opts->path, opts->with_contacts, err);
    kith_code rc = kith_outfile_open(opts->path, &file, err);
    if (!rc)
        rc = write_content(net, format, opts->with_contacts, file, err);
    if (!rc)
        rc = kith_net_status(net, err);
    if (rc) {
        kith_outfile_abandon(file);
        return rc;
    }
    return kith_outfile_commit(file, err);
}
