#include <criterion/criterion.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "full_net.h"

Test(netfile, gives_back_what_was_put_in)
{
    small_net *s = full_net();
    const kith_net *net = small_net_open(s);
    kith_err err = KITH_ERR_NONE;
    kith_person p;
    kith_tie tie;
    kith_reason why[KITH_EVIDENCE_COUNT];
    kith_mentorship m;
    kith_source src;
    kith_reject rej;
    kith_merge mer;
    kith_doubt dou;
    kith_parameter par;
    kith_net_summary sum;

    cr_assert_eq(kith_net_verify(net, &err), KITH_OK, "%s", err.message);
    kith_net_summarise(net, &sum);
    cr_assert_eq(sum.people, 5);
    cr_assert_eq(sum.ties, 4);
    cr_assert_eq(sum.mentorships, 2);
    cr_assert_eq(sum.owners, 2);
    cr_assert_eq(sum.as_of, small_net_day(2024, 1, 1));
    cr_assert_eq(strlen(sum.checksum), 16);

    kith_net_person(net, 0, &p);
    cr_assert_str_eq(p.name, "Éloïse Strauß");
    cr_assert_str_eq(p.key, "eloise");
    cr_assert_str_eq(p.title, "Analyst");
    cr_assert_str_eq(p.company, "Acme Corp");
    cr_assert(p.is_owner && !p.do_not_introduce);
    cr_assert_str_eq(kith_net_value(net, 0, KITH_FIELD_COMPANY, 1), "Initech");
    cr_assert_null(kith_net_value(net, 0, KITH_FIELD_COMPANY, 2));
    kith_net_person(net, 4, &p);
    cr_assert_str_eq(p.name, "p4");
    cr_assert_str_eq(p.title, "");
    kith_net_person(net, 5, &p);
    cr_assert_str_eq(p.name, "");

    cr_assert_eq(kith_net_owner(net, 0), 0);
    cr_assert_eq(kith_net_owner(net, 1), 3);
    cr_assert_eq(kith_net_owner(net, 2), UINT32_MAX);
    cr_assert_eq(kith_net_find_key(net, "eloise@example.org"), 0);
    cr_assert_eq(kith_net_find_key(net, "two-2"), 2);
    cr_assert_eq(kith_net_find_key(net, "p2"), 2);
    cr_assert_eq(kith_net_find_key(net, "p0"), UINT32_MAX);
    cr_assert_eq(kith_net_find_key(net, "zzz"), UINT32_MAX);

    cr_assert_eq(kith_net_degree(net, 1), 3);
    cr_assert_eq(kith_net_degree(net, 4), 0);
    cr_assert(kith_net_tie_at(net, 1, 2, &tie));
    cr_assert_eq(tie.b, 3);
    cr_assert_eq(tie.cost, 1609);
    cr_assert_not(kith_net_tie_at(net, 1, 3, &tie));
    cr_assert(kith_net_tie(net, 2, 0, &tie));
    cr_assert_eq(tie.cost, 65535);
    cr_assert_not(kith_net_tie(net, 0, 3, &tie));
    cr_assert_not(kith_net_tie(net, 0, 99, &tie));
    cr_assert_not(kith_net_tie(net, 99, 0, &tie));

    cr_assert_eq(kith_net_reasons(net, 1, 0, why), 2);
    cr_assert_eq(why[0].kind, KITH_EVIDENCE_MESSAGES);
    cr_assert_eq(why[0].count, 12);
    cr_assert_eq(why[0].last, small_net_day(2023, 6, 2));
    cr_assert_eq(why[0].factor, 0.5);
    cr_assert_eq(why[1].kind, KITH_EVIDENCE_LISTED_BY_BOTH);
    cr_assert_eq(kith_net_reasons(net, 0, 3, why), 0);

    cr_assert(kith_net_mentorship(net, 0, &m));
    cr_assert_eq(m.mentor, 0);
    cr_assert_str_eq(m.programme, "Spring");
    cr_assert_eq(m.meetings, 7);
    cr_assert(kith_net_mentorship(net, 1, &m));
    cr_assert_eq(m.end, KITH_NO_DATE);
    cr_assert_not(kith_net_mentorship(net, 2, &m));
    cr_assert(kith_net_source(net, 0, &src));
    cr_assert_str_eq(src.owner, "eloise");
    cr_assert_eq(strlen(src.checksum), 32);
    cr_assert(kith_net_source(net, 1, &src));
    cr_assert_str_eq(src.owner, "");
    cr_assert(kith_net_reject(net, 0, &rej));
    cr_assert_str_eq(rej.columns, "email=x");
    cr_assert_eq(sum.doubts, 2);
    cr_assert(kith_net_doubt(net, 0, &dou));
    cr_assert_eq(dou.person[0], 3);
    cr_assert_str_eq(dou.key[1], "p1");
    cr_assert_str_eq(dou.evidence, "the same name");
    cr_assert_eq(dou.probability, 0.97);
    cr_assert(kith_net_doubt(net, 1, &dou));
    cr_assert_not(kith_net_doubt(net, 2, &dou));
    cr_assert(kith_net_merge(net, 0, &mer));
    cr_assert_str_eq(mer.name, "P. Two");
    cr_assert(kith_net_parameter(net, 0, &par));
    cr_assert_str_eq(par.name, "listed_undated");
    cr_assert_eq(par.value, 0.75);
    cr_assert_eq(kith_net_status(net, &err), KITH_OK);
    small_net_free(s);
}

Test(netfile, may_be_empty)
{
    small_net *s = small_net_new(0);
    const kith_net *net = small_net_open(s);
    kith_net_summary sum;
    kith_graph graph;

    cr_assert_eq(kith_net_verify(net, NULL), KITH_OK);
    kith_net_summarise(net, &sum);
    cr_assert_eq(sum.people, 0);
    cr_assert_eq(kith_net_graph(net, &graph, NULL), KITH_OK);
    cr_assert_eq(graph.n, 0);
    cr_assert_eq(kith_net_find_key(net, "p0"), UINT32_MAX);
    small_net_free(s);
}

/** Parses, and demands an error or the very answers of `expected`; whole files alone pass a full check. */
static void must_refuse_or_equal(const unsigned char *bytes, size_t length, const char *expected,
                                 const char *what, size_t where)
{
    kith_err err = KITH_ERR_NONE;
    kith_net *net;
    kith_code rc = kith_net_parse(bytes, length, "x.kith", &net, &err);

    if (rc != KITH_OK) {
        cr_assert_eq(rc, KITH_EDATA);
        cr_assert(strstr(err.message, "x.kith"), "%s", err.message);
        cr_assert_null(net);
        return;
    }
    char *dump = full_net_dump(net);
    rc = kith_net_status(net, &err);
    cr_assert(rc == KITH_EDATA || (rc == KITH_OK && strcmp(dump, expected) == 0), "%s %zu: another answer",
              what, where);
    cr_assert_eq(kith_net_verify(net, NULL), KITH_EDATA, "%s %zu passes the full check", what, where);
    free(dump);
    kith_net_close(net);
}

Test(netfile, every_prefix_is_refused)
{
    small_net *s = full_net();
    size_t length;
    const unsigned char *bytes = small_net_bytes(s, &length);

    for (size_t cut = 0; cut < length; cut++) {
        unsigned char *copy = full_net_copy(bytes, cut);
        kith_net *net;
        cr_assert_eq(kith_net_parse(copy, cut, "x.kith", &net, NULL), KITH_EDATA, "prefix of %zu", cut);
        free(copy);
    }
    unsigned char *longer = calloc(1, length + 1);
    kith_net *net;
    memcpy(longer, bytes, length);
    cr_assert_eq(kith_net_parse(longer, length + 1, "x.kith", &net, NULL), KITH_EDATA);
    free(longer);
    small_net_free(s);
}

Test(netfile, every_flipped_bit_is_refused_or_harmless)
{
    small_net *s = full_net();
    size_t length;
    const unsigned char *bytes = small_net_bytes(s, &length);
    char *expected = full_net_dump(small_net_open(s));
    unsigned char *copy = full_net_copy(bytes, length);

    for (size_t bit = 0; bit < 8 * length; bit++) {
        copy[bit / 8] ^= (unsigned char)(1U << bit % 8);
        must_refuse_or_equal(copy, length, expected, "bit", bit);
        copy[bit / 8] = bytes[bit / 8];
    }
    free(copy);
    free(expected);
    small_net_free(s);
}

/** A ring of people with long names: several blocks. */
static small_net *ring_net(uint32_t n)
{
    small_net *s = small_net_new(n);
    char text[200];

    for (uint32_t i = 0; i < n; i++) {
        (void)snprintf(text, sizeof text, "%0*u", (int)sizeof text - 1, i);
        small_net_value(s, i, KITH_FIELD_GOAL, text);
        small_net_tie(s, i, (i + 1) % n, SMALL_NET_COST);
    }
    return s;
}

Test(netfile, flipped_bits_in_any_block_are_refused_or_harmless)
{
    small_net *s = ring_net(1000);
    size_t length;
    const unsigned char *bytes = small_net_bytes(s, &length);
    char *expected = full_net_dump(small_net_open(s));
    unsigned char *copy = full_net_copy(bytes, length);

    cr_assert_gt(length, 4 * 65536);
    for (size_t i = 0; i < 30; i++) {
        size_t at = i * (length / 30) + i;
        copy[at] ^= (unsigned char)(1U << i % 8);
        must_refuse_or_equal(copy, length, expected, "byte", at);
        copy[at] = bytes[at];
    }
    free(copy);
    free(expected);
    small_net_free(s);
}

Test(netfile, damage_elsewhere_does_not_matter_until_it_is_touched)
{
    small_net *s = ring_net(1000);
    size_t length;
    const void *bytes = small_net_bytes(s, &length);
    unsigned char *copy = full_net_copy(bytes, length);
    kith_err err = KITH_ERR_NONE;
    kith_net *net;
    kith_tie tie;

    copy[2 * 65536] ^= 1; /* among the strings */
    cr_assert_eq(kith_net_parse(copy, length, "x.kith", &net, &err), KITH_OK);
    cr_assert(kith_net_tie(net, 0, 1, &tie));
    cr_assert_eq(kith_net_status(net, &err), KITH_OK);
    cr_assert_eq(kith_net_verify(net, &err), KITH_EDATA);
    cr_assert(strstr(err.message, "x.kith is damaged"), "%s", err.message);
    err = (kith_err)KITH_ERR_NONE;
    cr_assert_eq(kith_net_status(net, &err), KITH_EDATA);
    kith_net_close(net);
    free(copy);
    small_net_free(s);
}

/** The message of a parse that must fail with bad data. */
static const char *refusal(const void *bytes, size_t length, kith_err *err)
{
    kith_net *net;

    *err = (kith_err)KITH_ERR_NONE;
    cr_assert_eq(kith_net_parse(bytes, length, "x.kith", &net, err), KITH_EDATA);
    return err->message;
}

Test(netfile, says_what_is_wrong_with_a_file)
{
    static const _Alignas(8) char foreign[] = "First Name,Last Name,URL\n";
    small_net *s = full_net();
    size_t length;
    const void *bytes = small_net_bytes(s, &length);
    unsigned char *copy = full_net_copy(bytes, length);
    kith_err err;

    cr_assert_str_eq(refusal(foreign, sizeof foreign, &err), "x.kith is no kith network file");
    cr_assert_str_eq(refusal(foreign, 0, &err), "x.kith is no kith network file");
    copy[8] = 4;
    cr_assert(strstr(refusal(copy, length, &err), "newer kith"), "%s", err.message);
    copy[8] = 1;
    cr_assert(strstr(refusal(copy, length, &err), "older kith: build it again"), "%s", err.message);
    memcpy(copy + 8, (const unsigned char[]){0, 0, 0, 1, 1, 2, 3, 4}, 8);
    cr_assert(strstr(refusal(copy, length, &err), "another byte order"), "%s", err.message);
    memcpy(copy, bytes, length);
    copy[0] &= 0x7F;
    cr_assert(strstr(refusal(copy, length, &err), "as if it were text"), "%s", err.message);
    cr_assert_not(kith_net_recognise(copy, length));
    cr_assert(kith_net_recognise(bytes, length));
    cr_assert(strstr(refusal(bytes, length - 1, &err), "should have"), "%s", err.message);

    kith_net *net;
    unsigned char *odd = malloc(length + 1);
    memcpy(odd + 1, bytes, length);
    cr_assert_eq(kith_net_parse(odd + 1, length, "x.kith", &net, NULL), KITH_EUSAGE);
    free(odd);
    free(copy);
    small_net_free(s);
}

/** The file that stands in the corpus, in memory of libc. */
static unsigned char *version_2(size_t *length)
{
    FILE *file = fopen(KITH_SOURCE_DIR "/tests/corpus/good-network-2.kith", "rb");
    unsigned char *bytes = malloc(8192);

    cr_assert(file && bytes);
    *length = fread(bytes, 1, 8192, file);
    (void)fclose(file);
    return bytes;
}

Test(netfile, opens_what_version_2_wrote)
{
    size_t length;
    unsigned char *bytes = version_2(&length);
    kith_err err = KITH_ERR_NONE;
    kith_net_summary sum;
    kith_doubt doubt;
    kith_net *net;

    cr_assert_eq(kith_net_parse(bytes, length, "x.kith", &net, &err), KITH_OK, "%s", err.message);
    cr_expect_eq(kith_net_verify(net, &err), KITH_OK, "%s", err.message);
    kith_net_summarise(net, &sum);
    cr_expect_eq(sum.people, 6);
    cr_expect_eq(sum.ties, 4);
    cr_expect_eq(sum.mentorships, 4);
    cr_expect_eq(sum.doubts, 0);
    cr_expect_not(kith_net_doubt(net, 0, &doubt));
    kith_net_close(net);
    for (size_t prefix = 0; prefix < length; prefix++)
        cr_assert_eq(kith_net_parse(bytes, prefix, "x.kith", &net, NULL), KITH_EDATA);
    for (size_t bit = 0; bit < (size_t)8 * 1024; bit++) { /* header and section table, and what follows */
        bytes[bit / 8] ^= (unsigned char)(1U << bit % 8);
        kith_code rc = kith_net_parse(bytes, length, "x.kith", &net, NULL);
        cr_assert(rc == KITH_EDATA || (rc == KITH_OK && kith_net_verify(net, NULL) == KITH_EDATA), "bit %zu",
                  bit);
        kith_net_close(net);
        bytes[bit / 8] ^= (unsigned char)(1U << bit % 8);
    }
    free(bytes);
}

/** Takes so many bytes and no more. */
static bool take_some(void *ctx, const void *bytes, size_t length)
{
    size_t *room = ctx;

    (void)bytes;
    if (length > *room)
        return false;
    *room -= length;
    return true;
}

Test(netfile, a_failing_sink_fails_the_writing)
{
    small_net *s = full_net();
    size_t length;

    (void)small_net_bytes(s, &length);
    for (size_t room = 0; room <= length; room += room + 17 < length ? 17 : 1) {
        size_t left = room;
        cr_assert_eq(kith_netdata_write(small_net_data(s), NULL, take_some, &left, NULL),
                     room < length ? KITH_EIO : KITH_OK);
    }
    small_net_free(s);
}

Test(netfile, every_failed_allocation_is_told)
{
    small_net *s = full_net();
    size_t length;
    const void *bytes = small_net_bytes(s, &length);
    uint64_t live = kith_mem_live();
    kith_code rc = KITH_ENOMEM;

    for (uint64_t n = 0; rc != KITH_OK; n++) {
        kith_net *net;
        kith_mem_fail_after(n);
        rc = kith_net_parse(bytes, length, "x.kith", &net, NULL);
        kith_mem_fail_after(UINT64_MAX);
        cr_assert(rc == KITH_OK || rc == KITH_ENOMEM);
        kith_net_close(net);
        cr_assert_eq(kith_mem_live(), live);
    }
    rc = KITH_ENOMEM;
    for (uint64_t n = 0; rc != KITH_OK; n++) {
        size_t room = length;
        kith_mem_fail_after(n);
        rc = kith_netdata_write(small_net_data(s), NULL, take_some, &room, NULL);
        kith_mem_fail_after(UINT64_MAX);
        cr_assert(rc == KITH_OK || rc == KITH_ENOMEM);
        cr_assert_eq(kith_mem_live(), live);
    }
    small_net_free(s);
}

static void *dump_in_thread(void *net)
{
    return full_net_dump(net);
}

Test(netfile, threads_may_ask_at_once)
{
    small_net *s = ring_net(600);
    size_t length;
    const void *bytes = small_net_bytes(s, &length);
    char *expected = full_net_dump(small_net_open(s));
    kith_net *net;
    pthread_t thread[2];

    cr_assert_eq(kith_net_parse(bytes, length, "x.kith", &net, NULL), KITH_OK);
    for (int i = 0; i < 2; i++)
        cr_assert_eq(pthread_create(&thread[i], NULL, dump_in_thread, net), 0);
    for (int i = 0; i < 2; i++) {
        void *dump;
        cr_assert_eq(pthread_join(thread[i], &dump), 0);
        cr_assert_str_eq(dump, expected);
        free(dump);
    }
    kith_net_close(net);
    free(expected);
    small_net_free(s);
}

Test(netfile, opens_files)
{
    char path[] = "/tmp/kith-netfile-XXXXXX";
    small_net *s = full_net();
    size_t length;
    const void *bytes = small_net_bytes(s, &length);
    char *expected = full_net_dump(small_net_open(s));
    kith_err err = KITH_ERR_NONE;
    kith_net *net;
    kith_net_summary sum;
    int fd = mkstemp(path);

    cr_assert_geq(fd, 0);
    cr_assert_eq(kith_net_open(path, &net, &err), KITH_EDATA);
    cr_assert(strstr(err.message, "no kith network file"), "%s", err.message);
    cr_assert_eq(write(fd, bytes, length), (ssize_t)length);
    cr_assert_eq(kith_net_open(path, &net, NULL), KITH_OK);
    kith_net_summarise(net, &sum);
    cr_assert_str_eq(sum.name, path);
    char *dump = full_net_dump(net);
    cr_assert_str_eq(dump, expected);
    kith_net_close(net);
    cr_assert_eq(unlink(path), 0);
    cr_assert_eq(close(fd), 0);
    cr_assert_eq(kith_net_open(path, &net, NULL), KITH_ENOINPUT);
    cr_assert_null(net);
    free(dump);
    free(expected);
    small_net_free(s);
}

Test(netfile, the_checksum_of_a_network_follows_its_content)
{
    small_net *a = full_net();
    small_net *b = full_net();
    small_net *c = full_net();
    kith_net_summary x, y, z;

    small_net_value(c, 1, KITH_FIELD_COMPANY, "Globex");
    kith_net_summarise(small_net_open(a), &x);
    kith_net_summarise(small_net_open(b), &y);
    kith_net_summarise(small_net_open(c), &z);
    cr_assert_str_eq(x.checksum, y.checksum);
    cr_assert_str_neq(x.checksum, z.checksum);
    small_net_free(a);
    small_net_free(b);
    small_net_free(c);
}

Test(netfile, strength_and_tier_of_a_cost)
{
    cr_assert_float_eq(kith_strength_of_cost(693), 0.5, 1e-3);
    cr_assert_str_eq(kith_tier_of_strength(0.5), "strong");
    cr_assert_str_eq(kith_tier_of_strength(0.49), "medium");
    cr_assert_str_eq(kith_tier_of_strength(0.2), "medium");
    cr_assert_str_eq(kith_tier_of_strength(0.19), "weak");
    for (int kind = 0; kind < KITH_EVIDENCE_COUNT; kind++)
        cr_assert(kith_evidence_name((kith_evidence)kind)[0]);
}
