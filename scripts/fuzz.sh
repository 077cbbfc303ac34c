#!/bin/sh
# Fuzzes the readers of what comes from outside under the address and undefined-behaviour sanitizers: each
# target in turn, from tests/corpus on. What it finds is left in build/fuzz/found/TARGET; make it a file
# tests/corpus/bad-fuzz-* and ctest replays it from then on.
# Usage: fuzz.sh [SECONDS [TARGET...]]    60 seconds of computing each and all targets where nothing else is
# said; on a busy machine that takes longer.
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

times_file=$(mktemp)
trap 'rm -f "$times_file"' EXIT

# Sets `computed` to the seconds that all programs started so far have computed.
count_computed() {
  times >"$times_file" # its second line is of children, "1m2.30s 0m4.50s"; a subshell has none
  computed=$(awk 'NR == 2 { gsub("s", ""); split($1, user, "m"); split($2, sys, "m")
                            printf "%d", 60 * (user[1] + sys[1]) + user[2] + sys[2] }' "$times_file")
}

# Fuzzes until the time is used up: libFuzzer looks at the clock on the wall alone.
fuzz() {
  count_computed
  end=$((computed + seconds))
  while [ "$computed" -lt "$end" ]; do
    round=$((end - computed))
    [ "$round" -ge 10 ] || round=10
    build/fuzz/tests/fuzz/fuzz_"$1" -max_total_time="$round" -max_len=65536 -timeout=25 -rss_limit_mb=2048 \
      -close_fd_mask=1 -print_final_stats=1 -artifact_prefix="build/fuzz/found/$1/" \
      "build/fuzz/grown/$1" tests/corpus || return 1
    count_computed
  done
}

say 'build: fuzz'
cmake --preset fuzz
for target in "$@"; do
  cmake --build --preset fuzz --target "fuzz_$target"
done

broken=''
for target in "$@"; do
  say "fuzz: $target, $seconds seconds of computing"
  mkdir -p "build/fuzz/grown/$target" "build/fuzz/found/$target"
  fuzz "$target" || broken="$broken $target"
done

if [ "$broken" ]; then
  say "found something:$broken"
  exit 1
fi
say "nothing found: $*"
