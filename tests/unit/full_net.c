#include "full_net.h"

#include <stdlib.h>
#include <string.h>

small_net *full_net(void)
{
    small_net *s = small_net_from_ties(5, (const uint32_t[][2]){{0, 1}, {1, 2}, {2, 0}, {3, 1}}, 4,
                                       (const uint16_t[]){700, 1, 65535, 1609});

    small_net_evidence(s, 1, 0,
                       &(kith_reason){KITH_EVIDENCE_MESSAGES, 12, small_net_day(2021, 5, 1),
                                      small_net_day(2023, 6, 2), 0.6, 0.5, 11.5});
    small_net_evidence(
        s, 0, 1, &(kith_reason){KITH_EVIDENCE_LISTED_BY_BOTH, 2, KITH_NO_DATE, KITH_NO_DATE, 0.15, 1, 0});
    small_net_value(s, 0, KITH_FIELD_NAME, "Éloïse Strauß");
    small_net_value(s, 0, KITH_FIELD_COMPANY, "Acme Corp");
    small_net_value(s, 0, KITH_FIELD_COMPANY, "Initech");
    small_net_value(s, 0, KITH_FIELD_TITLE, "Analyst");
    small_net_value(s, 3, KITH_FIELD_COMPANY, "Acme Corp");
    small_net_value(s, 0, KITH_FIELD_EMAIL, "eloise@example.org");
    small_net_key(s, 0, "eloise");
    small_net_alias(s, 0, "eloise@example.org");
    small_net_alias(s, 2, "two-2");
    small_net_flags(s, 0, KITH_PERSON_OWNER);
    small_net_flags(s, 3, KITH_PERSON_OWNER | KITH_PERSON_DO_NOT_INTRODUCE);
    small_net_mentorship(s, 2, 1, small_net_day(2019, 1, 1), KITH_NO_DATE);
    small_net_mentorship_full(s, &(kith_mentorship){.mentor = 0,
                                                    .mentee = 4,
                                                    .start = small_net_day(2020, 1, 1),
                                                    .end = small_net_day(2021, 1, 1),
                                                    .status = KITH_MENTORSHIP_ENDED,
                                                    .programme = "Spring",
                                                    .cohort = "2020",
                                                    .meetings = 7,
                                                    .gaps = {6, 28, 0.75},
                                                    .agreed_gap_days = 30,
                                                    .last_meeting = small_net_day(2020, 6, 1)});
    small_net_tenure(s, 0,
                     &(kith_tenure_view){.kind = KITH_TENURE_WORK,
                                         .place = "Initech",
                                         .title = "Clerk",
                                         .start = small_net_day(2011, 2, 1),
                                         .end = small_net_day(2014, 5, 1)});
    small_net_tenure(s, 0,
                     &(kith_tenure_view){.kind = KITH_TENURE_STUDY,
                                         .place = "Delft",
                                         .title = "",
                                         .start = KITH_NO_DATE,
                                         .end = small_net_day(2010, 1, 1)});
    small_net_tenure(s, 3,
                     &(kith_tenure_view){.kind = KITH_TENURE_WORK,
                                         .place = "Acme Corp",
                                         .title = "",
                                         .start = small_net_day(2020, 1, 1),
                                         .end = KITH_NO_DATE,
                                         .current = true});
    small_net_source(s, "eloise/Connections.csv", "LinkedIn connections", 0, (const uint64_t[]){9, 6, 1, 2});
    small_net_source(s, "ties.csv", "ties table", UINT32_MAX, (const uint64_t[]){1, 1, 0, 0});
    small_net_reject(s, &(kith_reject){.source = 0, .line = 7, .reason = "no name", .columns = "email=x"});
    small_net_merge(s, &(kith_merge){.person = 2,
                                     .source = 1,
                                     .line = 3,
                                     .evidence = "same email",
                                     .name = "P. Two",
                                     .probability = 1});
    small_net_doubt(s, &(kith_doubt){.person = {3, 1}, .evidence = "the same name", .probability = 0.97});
    small_net_doubt(
        s, &(kith_doubt){.person = {2, 4}, .evidence = "like names, the same company", .probability = 0.6});
    small_net_parameter(s, "listed_undated", 0.75);
    return s;
}

unsigned char *full_net_copy(const void *bytes, size_t length)
{
    unsigned char *copy = malloc(length ? length : 1);

    if (!copy)
        abort();
    if (length)
        memcpy(copy, bytes, length);
    return copy;
}

char *full_net_dump(const kith_net *net)
{
    kith_dynbuf out = {0};

    net_dump(net, &out);
    char *text = strdup(kith_dynbuf_cstr(&out));
    kith_dynbuf_free(&out);
    return text;
}
