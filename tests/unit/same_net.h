/** @file
 * Holds two networks against each other by the keys of their people.
 */
#ifndef KITH_TESTS_SAME_NET_H
#define KITH_TESTS_SAME_NET_H

#include <kith/network.h>

/** What has to be the same beyond the people themselves and who is tied to whom. */
typedef struct same_parts {
    bool fields;      /**< every value of every field, contacts excepted */
    bool lists_apart; /**< of fields that hold one thing, the preferred value alone */
    bool contacts;    /**< emails, phones and URLs */
    bool costs;
    bool relations; /**< which are stated */
    bool mentorships;
} same_parts;

/** Fails the test with what differs. */
void same_net(const kith_net *a, const kith_net *b, const same_parts *parts);

#endif
