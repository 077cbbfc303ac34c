#!/bin/sh
# Fuzzes the readers of what comes from outside under the address and undefined-behaviour sanitizers: each
# target in turn, from tests/corpus on. What it finds is left in build/fuzz/found/TARGET; make it a file
# tests/corpus/bad-fuzz-* and ctest replays it from then on.
# Usage: fuzz.sh [SECONDS [TARGET...]]    60 seconds each and all targets where nothing else is said.
set -eu
cd "$(dirname "$0")/.."

seconds=${1:-60}
case $seconds in
*[!0-9]* | '') echo "fuzz.sh: \"$seconds\" is no number of seconds" >&2; exit 64 ;;
esac
[ $# -gt 0 ] && shift
if [ $# -eq 0 ]; then
  for source in tests/fuzz/fuzz_*.c; do
    target=${source##*/fuzz_}
    set -- "$@" "${target%.c}"
  done
fi

say() { printf '\n=== %s\n' "$*"; }

say 'build: fuzz'
cmake --preset fuzz
for target in "$@"; do
  cmake --build --preset fuzz --target "fuzz_$target"
done

broken=''
for target in "$@"; do
  say "fuzz: $target, $seconds seconds"
  mkdir -p "build/fuzz/grown/$target" "build/fuzz/found/$target"
  build/fuzz/tests/fuzz/fuzz_"$target" -max_total_time="$seconds" -max_len=65536 -timeout=25 -rss_limit_mb=2048 \
    -close_fd_mask=1 -print_final_stats=1 -artifact_prefix="build/fuzz/found/$target/" \
    "build/fuzz/grown/$target" tests/corpus || broken="$broken $target"
done

if [ "$broken" ]; then
  say "found something:$broken"
  exit 1
fi
say "nothing found: $*"
