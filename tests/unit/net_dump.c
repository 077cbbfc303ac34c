#include "net_dump.h"

#include <inttypes.h>

#include "network/netfile.h"

static void dump_summary(const kith_net *net, kith_dynbuf *out)
{
    kith_net_summary s;

    kith_net_summarise(net, &s);
    kith_dynbuf_printf(out,
                       "people %" PRIu32 " ties %" PRIu64 " mentorships %" PRIu32 " sources %" PRIu32
                       " rejects %" PRIu64 " merges %" PRIu32 " doubts %" PRIu32 " owners %" PRIu32
                       " as of %d by %s sum %s\n",
                       s.people, s.ties, s.mentorships, s.sources, s.rejects, s.merges, s.doubts, s.owners,
                       s.as_of, s.version, s.checksum);
}

static void dump_person(const kith_net *net, uint32_t id, kith_dynbuf *out)
{
    kith_person p;
    const char *value;

    kith_net_person(net, id, &p);
    kith_dynbuf_printf(out, "person %" PRIu32 " %s|%s|%s|%s|%d%d found %" PRIu32 "\n", id, p.key, p.name,
                       p.title, p.company, p.is_owner, p.do_not_introduce, kith_net_find_key(net, p.key));
    for (int field = 0; field < KITH_FIELD_COUNT; field++)
        for (uint32_t nth = 0; (value = kith_net_value(net, id, (kith_field)field, nth)); nth++) {
            kith_dynbuf_printf(out, " %d=%s", field, value);
            if (field == KITH_FIELD_EMAIL)
                kith_dynbuf_printf(out, "->%" PRIu32, kith_net_find_key(net, value));
        }
    kith_dynbuf_put(out, '\n');
}

static void dump_ties(const kith_net *net, uint32_t id, kith_dynbuf *out)
{
    kith_reason reasons[KITH_EVIDENCE_COUNT];
    kith_tie tie;
    kith_tie same;

    kith_dynbuf_printf(out, " %" PRIu32 " ties\n", kith_net_degree(net, id));
    for (uint32_t nth = 0; kith_net_tie_at(net, id, nth, &tie); nth++) {
        bool found = kith_net_tie(net, id, tie.b, &same) && same.cost == tie.cost;
        kith_dynbuf_printf(out, "  %" PRIu32 "-%" PRIu32 " %" PRIu32 " %" PRIx32 " %d\n", tie.a, tie.b,
                           tie.cost, tie.evidence, found);
        uint32_t n = kith_net_reasons(net, tie.a, tie.b, reasons);
        for (uint32_t i = 0; i < n; i++)
            kith_dynbuf_printf(out, "   %s %" PRIu32 " %d %d %.9g %.9g %.9g\n",
                               kith_evidence_name(reasons[i].kind), reasons[i].count, reasons[i].first,
                               reasons[i].last, reasons[i].weight, reasons[i].factor,
                               reasons[i].interactions);
    }
}

static void dump_tenures(const kith_net *net, uint32_t id, kith_dynbuf *out)
{
    kith_tenure_view t;

    for (uint32_t nth = 0; kith_net_tenure(net, id, nth, &t); nth++)
        kith_dynbuf_printf(out, " %d at %s as %s %d %d %d\n", (int)t.kind, t.place, t.title, t.start, t.end,
                           t.current);
}

static void dump_logs(const kith_net *net, kith_dynbuf *out)
{
    kith_mentorship m;
    kith_source s;
    kith_reject r;
    kith_merge g;
    kith_doubt d;
    kith_parameter p;

    for (uint32_t i = 0; kith_net_mentorship(net, i, &m); i++)
        kith_dynbuf_printf(out,
                           "%" PRIu32 "=>%" PRIu32 " %d %d %d %s %s %" PRIu32 " %d %d %" PRIu32 " %" PRIu32
                           " %" PRIu32 " %g\n",
                           m.mentor, m.mentee, m.start, m.end, (int)m.status, m.programme, m.cohort,
                           m.meetings, m.last_meeting, m.requested, m.agreed_gap_days, m.gaps.count,
                           m.gaps.median_days, m.gaps.regularity);
    for (uint32_t i = 0; kith_net_source(net, i, &s); i++)
        kith_dynbuf_printf(
            out, "source %s|%s|%s %s %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 "\n", s.name,
            s.format, s.owner, s.checksum, s.bytes, s.rows, s.used, s.skipped, s.rejected);
    for (uint64_t i = 0; kith_net_reject(net, i, &r); i++)
        kith_dynbuf_printf(out, "reject %" PRIu32 " %" PRIu64 " %s|%s\n", r.source, r.line, r.reason,
                           r.columns);
    for (uint32_t i = 0; kith_net_merge(net, i, &g); i++)
        kith_dynbuf_printf(out, "merge %" PRIu32 " %" PRIu32 " %" PRIu64 " %s|%s %.9g\n", g.person, g.source,
                           g.line, g.evidence, g.name, g.probability);
    for (uint32_t i = 0; kith_net_doubt(net, i, &d); i++)
        kith_dynbuf_printf(out, "doubt %" PRIu32 " %" PRIu32 " %s %s %s %.9g\n", d.person[0], d.person[1],
                           d.key[0], d.key[1], d.evidence, d.probability);
    for (uint32_t i = 0; kith_net_parameter(net, i, &p); i++)
        kith_dynbuf_printf(out, "parameter %s %.9g\n", p.name, p.value);
}

static void dump_graph(const kith_net *net, kith_dynbuf *out)
{
    kith_graph graph;

    if (kith_net_graph(net, &graph, NULL) != KITH_OK)
        return;
    for (uint32_t a = 0; a < graph.n; a++)
        for (uint64_t row = graph.offset[a]; row < graph.offset[a + 1]; row++)
            kith_dynbuf_printf(out, "row %" PRIu32 " %" PRIu32 " %u\n", a, graph.target[row],
                               graph.cost[row]);
}

void net_dump(const kith_net *net, kith_dynbuf *out)
{
    kith_net_summary s;

    kith_net_summarise(net, &s);
    dump_summary(net, out);
    for (uint32_t id = 0; id < s.people; id++) {
        dump_person(net, id, out);
        dump_ties(net, id, out);
        dump_tenures(net, id, out);
    }
    dump_person(net, s.people, out);
    dump_ties(net, s.people, out);
    dump_tenures(net, s.people, out);
    for (uint32_t nth = 0; nth <= s.owners; nth++)
        kith_dynbuf_printf(out, "owner %" PRIu32 "\n", kith_net_owner(net, nth));
    dump_logs(net, out);
    dump_graph(net, out);
}
