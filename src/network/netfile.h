/** @file
 * What other rooms may see of an open network beyond the public accessors.
 */
#ifndef KITH_NETWORK_NETFILE_H
#define KITH_NETWORK_NETFILE_H

#include <kith/network.h>
#include <kith/who.h>

#include "graph/graph.h"
#include "network/netdata.h"

/**
 * The ties as a graph, checked in full: offsets rise, targets are people, sorted and symmetric.
 *
 * @param graph  out, borrowed from the network.
 * @return KITH_EDATA where the file is damaged.
 * @cost  O(n + m), once per network.
 */
kith_code kith_net_graph(const kith_net *net, kith_graph *graph, kith_err *err);

/**
 * The ties as a graph whose rows are checked one by one, when kith_graph_row first asks for them: for
 * questions that touch few of them. Damage met on the way gives empty rows, and sticks to the network.
 * That both ends of a tie say the same is not checked.
 *
 * @return borrowed from the network.
 * @cost  O(1).
 */
kith_graph kith_net_graph_lazy(const kith_net *net);

/**
 * Which way ties are stated to lead.
 *
 * @param leads  out, caller-owned, shape [2 m] as the targets of kith_net_graph: KITH_LEADS_* of the row's
 *               person; 0 where that is not stated.
 * @return how many ties have a direction; damage sticks to the network.
 * @cost  O(n + m).
 */
uint64_t kith_net_leads(const kith_net *net, const kith_graph *graph, uint8_t *leads);

/** The flags of all people [people], KITH_PERSON_*, their blocks verified; NULL where damaged. */
const uint8_t *kith_net_flags(const kith_net *net);

/** Makes `net` own the bytes it was parsed from: closing it frees them with kith_free. */
void kith_net_adopt(kith_net *net, void *bytes);

/** The coefficients in force, as stored with the network. */
void kith_net_coefficients(const kith_net *net, kith_coefficients *out);

/** Alias `i`, in byte order of their texts: a key, email, slug or id, and whom it leads to. False past the
 * last, or where the file is damaged. */
bool kith_net_alias(const kith_net *net, uint64_t i, const char **text, uint32_t *person);

/** A string by number, as it is stored, "" where out of range or damaged: to compare, never to show. */
const char *kith_net_string(const kith_net *net, uint32_t string);

/** The same as readers are told it, who know it as a value of `field`. */
const char *kith_net_field_string(const kith_net *net, kith_field field, uint32_t string);

/** As kith_net_value, kith_net_tenure and the key of kith_net_person, but as they are stored: to compare,
 * never to show. */
const char *kith_net_stored_value(const kith_net *net, uint32_t id, kith_field field, uint32_t nth);
bool kith_net_stored_tenure(const kith_net *net, uint32_t id, uint32_t nth, kith_tenure_view *out);
const char *kith_net_stored_key(const kith_net *net, uint32_t id);

/** How many distinct strings there are. */
uint64_t kith_net_string_count(const kith_net *net);

/** Fields and strings of the values of person `id`, preferred first within a field; their number is returned.
 */
uint32_t kith_net_attrs(const kith_net *net, uint32_t id, const uint8_t **fields, const uint32_t **strings);

/**
 * People in whose values of `field` every word of the folded text `sought` stands, ascending: all whom it
 * fits, and some whom it does not.
 * @param ids  out, caller-owned: kith_ids_free, also on failure.
 */
kith_code kith_net_candidates(const kith_net *net, kith_field field, const char *sought, kith_ids *ids,
                              kith_err *err);

#endif
