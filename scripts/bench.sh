#!/bin/sh
# Times our kernels and igraph's on the same networks, in turn, and checks first that the answers agree.
# Usage: bench.sh [--size 50k|1m|10m|50m] [--runs N] [TASK...]
# Tasks: betweenness (always of 50k ties: it is exact), biconnected, constraint, shared, routes; all if none is
# given. Prints one table and writes it to build/bench/kernels.csv. Each figure is the median of N runs (5),
# ours and the peer's alternating; a peer that takes over 20 seconds runs once, which `runs` shows.
# Ratios compare wall time and, beside it, processor time: on a busy machine the second says more, but for
# two threads only the first says anything.
set -eu
cd "$(dirname "$0")/.."

size=1m runs=5
while [ $# -gt 0 ]; do
  case $1 in
    --size) size=$2; shift 2 ;;
    --runs) runs=$2; shift 2 ;;
    -*) sed -n '2,8s/^# //p' "$0" >&2; exit 64 ;;
    *) break ;;
  esac
done
[ $# -gt 0 ] || set -- betweenness biconnected constraint shared routes

count_of() {
  echo "$1" | awk '/^[0-9]+k$/ { print $1 * 1000 "" } /^[0-9]+m$/ { printf "%d\n", $1 * 1000000 } /^[0-9]+$/'
}
[ -n "$(count_of "$size")" ] || { echo "bench: no size: $size" >&2; exit 64; }

cmake --preset bench --log-level=WARNING
cmake --build --preset bench --target bench_kernels bench_igraph bench_agree >/dev/null
bin=build/bench/tests/bench table=build/bench/kernels.csv
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT

# A target holds for one size.
only_at() {
  if [ "$size" = "$1" ]; then echo "$2"; else echo -; fi
}

# Column N of the runs in FILE: the median.
median() {
  awk -v column="$2" '{ print $column }' "$1" | sort -g |
    awk '{ value[NR] = $1 } END { print (value[int((NR + 1) / 2)] + value[int(NR / 2) + 1]) / 2 }'
}

# run PROGRAM TASK TIES THREADS FILE: adds one run to FILE.
run() {
  OMP_NUM_THREADS=$4 "$bin/$1" "$2" --ties "$3" --answer "$temp/$1" >>"$5"
}

over_20_seconds() {
  awk 'NR == 1 { exit !($4 > 20) }' "$1"
}

# row NAME SIZE THREADS RUNS OURS PEER WANTED UNIT: a line of the table from two files of runs. WANTED is the
# least ratio, or with UNIT s the most seconds, or - for none; without a peer the file is empty.
row() {
  {
    echo "$1 $2 $3 $4 $7 $8"
    for file in "$5" "$6"; do
      if [ -s "$file" ]; then
        echo "$(median "$file" 4) $(median "$file" 5) $(median "$file" 6) $(wc -l <"$file")"
      else
        echo "- - - 0"
      fi
    done
  } | awk '
    NR == 1 { name = $1; size = $2; threads = $3; wanted = $5; unit = $6 }
    NR == 2 { wall = $1; cpu = $2; rss = $3; runs = $4 }
    NR == 3 {
      ratio = $4 ? $1 / wall : 0
      cpu_ratio = $4 ? sprintf("%.2f", $2 / cpu) : "-"
      met = unit == "s" ? wall <= wanted : ratio >= wanted
      printf "%s,%s,%d,%d,%d,%.4f,%.4f,%s,%s,%s,%s,%d,%s,%s,%s\n", name, size, threads, runs, $4, wall, cpu,
        $1, $2, $4 ? sprintf("%.2f", ratio) : "-", cpu_ratio, rss / 1024, $4 ? int($3 / 1024) : "-",
        wanted == "-" ? "-" : (unit == "s" ? "<= " wanted " s" : ">= " wanted " x"),
        wanted == "-" ? "-" : (met ? "met" : "missed")
    }' >>"$table"
}

# pair TASK SIZE THREADS WANTED: ours beside the peer. Leaves the runs in $temp/TASK.THREADS.
pair() {
  ties=$(count_of "$2") ours=$temp/$1.$3 peer=$temp/peer.$1
  : >"$ours"
  : >"$peer"
  for i in $(seq "$runs"); do
    run bench_kernels "$1" "$ties" "$3" "$ours"
    if [ "$i" -eq 1 ] || ! over_20_seconds "$peer"; then
      run bench_igraph "$1" "$ties" 1 "$peer"
      "$bin/bench_agree" "$temp/bench_kernels" "$temp/bench_igraph" >"$temp/said" ||
        { echo "bench: $1: not what igraph says: $(cat "$temp/said")" >&2; exit 1; }
    fi
  done
  row "$1" "$2" "$3" "$runs" "$ours" "$peer" "$4" x
}

# threads TASK SIZE WANTED: ours on one thread and on two, alternating, as a ratio; and the answers byte by byte.
threads() {
  ties=$(count_of "$2")
  : >"$temp/one"
  : >"$temp/two"
  for i in $(seq "$runs"); do
    run bench_kernels "$1" "$ties" 1 "$temp/one"
    mv "$temp/bench_kernels" "$temp/answer"
    run bench_kernels "$1" "$ties" 2 "$temp/two"
    cmp -s "$temp/answer" "$temp/bench_kernels" ||
      { echo "bench: $1: threads can be seen in the answer" >&2; exit 1; }
  done
  row "$1:2-beside-1-thread" "$2" 2 "$runs" "$temp/two" "$temp/one" "$3" x
}

echo 'task,ties,threads,runs,peer runs,seconds,cpu seconds,peer seconds,peer cpu seconds,ratio,cpu ratio,MiB,peer MiB,target,verdict' >"$table"
for task; do
  case $task in
    betweenness)
      pair "$task" 50k 1 4
      pair "$task" 50k 2 7
      threads "$task" 50k 1.7
      ;;
    biconnected) pair "$task" "$size" 1 "$(only_at 10m 8)" ;;
    constraint)
      pair "$task" "$size" 1 "$(only_at 1m 20)"
      threads "$task" "$size" "$(only_at 1m 1.7)"
      ;;
    shared)
      threads "$task" "$size" "$(only_at 10m 1.7)"
      row "$task" "$size" 2 "$runs" "$temp/two" /dev/null "$(only_at 10m 4)" s
      ;;
    routes) pair "$task" "$size" 1 - ;;
    *) echo "bench: no such task: $task" >&2; exit 64 ;;
  esac
done
echo "$(nproc) cores, load $(cut -d ' ' -f 1-3 /proc/loadavg), $(date -u +%F), $(cc --version | head -n 1)"
if command -v column >/dev/null; then column -s, -t "$table"; else cat "$table"; fi
