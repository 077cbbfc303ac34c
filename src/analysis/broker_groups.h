/** @file
 * Which groups brokers join, in what roles, and how the groups would reach each other without them.
 */
#ifndef KITH_ANALYSIS_BROKER_GROUPS_H
#define KITH_ANALYSIS_BROKER_GROUPS_H

#include <kith/bridges.h>

#include "network/netfile.h"

/**
 * Fills in all that `result` says of groups, for the people who are in it.
 * @return KITH_ENOMEM, KITH_EINTERRUPT; what was filled in is freed with the result.
 */
kith_code kith_bridges_group(const kith_net *net, const kith_graph *graph, const kith_bridges_opts *opts,
                             kith_bridges_result *result, kith_err *err);

#endif
