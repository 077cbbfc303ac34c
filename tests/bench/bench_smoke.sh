#!/bin/sh
# Every task of ours and of its peer once on a small network, made and read: their answers must agree.
# Usage: bench_smoke.sh FOLDER   (where the programs are)
set -eu
bin=$1
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT

"$bin/make_edges" 4000 7 >"$temp/edges.csv"
for input in '--ties 4000' "--file $temp/edges.csv"; do
  for task in betweenness biconnected constraint routes; do
    # shellcheck disable=SC2086  # an option and its value
    "$bin/bench_kernels" $task $input --answer "$temp/ours"
    # shellcheck disable=SC2086
    "$bin/bench_igraph" $task $input --answer "$temp/peer"
    "$bin/bench_agree" "$temp/ours" "$temp/peer"
  done
done
"$bin/bench_kernels" shared --ties 4000
