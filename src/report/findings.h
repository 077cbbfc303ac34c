/** @file
 * What matters most of an answer, in a sentence each. All append to a buffer and return false,
 * appending nothing, where there is nothing to tell.
 */
#ifndef KITH_REPORT_FINDINGS_H
#define KITH_REPORT_FINDINGS_H

#include <kith/bridges.h>
#include <kith/chains.h>
#include <kith/cohort.h>
#include <kith/intro.h>

#include "base/dynbuf.h"

/** "396 people, 1,204 ties and 51 mentorships from 14 sources, as of 2024-05-01." */
bool kith_finding_network(kith_dynbuf *text, const kith_net *net);

/** "3 people hold parts of the network together that nothing else joins; 12 ties do the same." */
bool kith_finding_cuts(kith_dynbuf *text, const kith_bridges_result *result);

/** "If Mara Lindqvist left, 61 people and all contact to 9 companies would be cut off from the rest." */
bool kith_finding_cut(kith_dynbuf *text, const kith_net *net, const kith_bridges_result *result);

/** "The longest chain of mentorships: Ann Lee → Ben Ito → Cara Poe." */
bool kith_finding_chain(kith_dynbuf *text, const kith_net *net, const kith_chains_result *result);

/** "Of 120 people who were mentored, 34 (28%) mentor in turn so far; …" */
bool kith_finding_pay_forward(kith_dynbuf *text, const kith_chains_result *result);

/** "Groups keep to themselves more than chance would have it: E-I -0.35, where …" */
bool kith_finding_apart(kith_dynbuf *text, const kith_cohort_result *result);

/** "2019 depends most on few: without Ann Lee, no more than 6 of its 12 people would still hang together." */
bool kith_finding_dependent(kith_dynbuf *text, const kith_net *net, const kith_cohort_result *result);

/** "7 people have no tie inside their group, 12 only one." */
bool kith_finding_left_out(kith_dynbuf *text, const kith_cohort_result *result);

/** "The best way found for Ann Lee (35%): Ben Ito → Dana Roe." */
bool kith_finding_route(kith_dynbuf *text, const kith_net *net, const kith_intro_result *result);

#endif
