/* In which industry companies are, as the people there have it. */
#include <string.h>

#include "analysis/match_parts.h"
#include "base/mem.h"
#include "base/radix.h"
#include "base/text.h"

/** Gathers who states what: company << 32 | industry, a row for each person who tells both. */
typedef struct gathering {
    const kith_net *net;
    kith_intern *companies, *industries;
    uint64_t *rows;
    size_t n, capacity;
    kith_dynbuf folded;
} gathering;

/** The number of a text among its like. */
static kith_code number_of(gathering *g, kith_intern *texts, const char *text, uint32_t *number,
                           kith_err *err)
{
    kith_dynbuf_clear(&g->folded);
    kith_text_fold(text, &g->folded);
    kith_code rc = kith_dynbuf_check(&g->folded, "the industries of companies", err);
    return rc ? rc : kith_intern_add(texts, kith_dynbuf_cstr(&g->folded), g->folded.length, number, err);
}

static kith_code gather(gathering *g, uint32_t id, kith_err *err)
{
    const char *company = kith_net_value(g->net, id, KITH_FIELD_COMPANY, 0);
    const char *industry = kith_net_value(g->net, id, KITH_FIELD_INDUSTRY, 0);
    uint32_t at, of;
    kith_code rc;

    if (!company || !industry)
        return KITH_OK;
    if ((rc = number_of(g, g->companies, company, &at, err)) != KITH_OK ||
        (rc = number_of(g, g->industries, industry, &of, err)) != KITH_OK)
        return rc;
    if (!kith_grow((void **)&g->rows, &g->capacity, g->n + 1, sizeof *g->rows))
        return kith_fail_memory(err, "the industries of companies");
    g->rows[g->n++] = (uint64_t)at << 32 | of;
    return KITH_OK;
}

/** Gives each company the topics of what is stated most. */
static void settle(const gathering *g, const kith_topic_table *table, kith_topics *topics)
{
    size_t most = 0;

    for (size_t first = 0, end; first < g->n; first = end) {
        const uint32_t company = (uint32_t)(g->rows[first] >> 32);
        for (end = first + 1; end < g->n && g->rows[end] == g->rows[first]; end++)
            ;
        if (first == 0 || g->rows[first - 1] >> 32 != company)
            most = 0;
        if (end - first < most)
            continue;
        if (end - first > most)
            topics[company] = 0;
        most = end - first;
        topics[company] |=
            kith_topics_of(table, kith_intern_get(g->industries, (uint32_t)g->rows[first], NULL));
    }
}

kith_code kith_company_topics_find(const kith_net *net, const kith_topic_table *table,
                                   kith_company_topics *out, kith_err *err)
{
    gathering g = {.net = net};
    kith_net_summary about;
    kith_code rc;

    *out = (kith_company_topics){0};
    kith_net_summarise(net, &about);
    if ((rc = kith_intern_new(256, &g.companies, err)) == KITH_OK)
        rc = kith_intern_new(64, &g.industries, err);
    for (uint32_t id = 0; rc == KITH_OK && id < about.people; id++)
        rc = gather(&g, id, err);
    if (rc == KITH_OK &&
        ((g.n > 1 && !kith_radix_sort_numbers(g.rows, g.n)) ||
         !(out->topics = kith_calloc((size_t)kith_intern_count(g.companies) + 1, sizeof *out->topics))))
        rc = kith_fail_memory(err, "the industries of companies");
    if (rc == KITH_OK) {
        settle(&g, table, out->topics);
        out->companies = g.companies;
        g.companies = NULL;
    }
    kith_intern_free(g.companies);
    kith_intern_free(g.industries);
    kith_free(g.rows);
    kith_dynbuf_free(&g.folded);
    return rc;
}

kith_topics kith_company_topics_of(const kith_company_topics *companies, const char *company)
{
    const uint32_t number = kith_intern_find(companies->companies, company, strlen(company));

    return number == UINT32_MAX ? 0 : companies->topics[number];
}

void kith_company_topics_free(kith_company_topics *companies)
{
    kith_intern_free(companies->companies);
    kith_free(companies->topics);
    *companies = (kith_company_topics){0};
}
