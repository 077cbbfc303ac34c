#!/bin/sh
# Runs one command-line case and compares what it printed, byte for byte, and how it ended.
# Usage: run_case.sh KITH CASE   With KITH_REFRESH=1 in the environment the expectations are rewritten.
#
# CASE is a folder with
#   cmd      a shell fragment; its last command's exit code counts
#   stdout   what it prints
#   stderr   what it says on the side
#   exit     its exit code
# and whatever files it needs. The fragment runs in a new folder with kith first in PATH, $CASE the case's
# folder, and a copy of datasets/ named $DATA; it reads nothing on stdin and has no HOME, no KITH_*
# variables, no colours, 80 columns and the C.UTF-8 locale. Names of files stay relative, so that
# messages are the same on every machine.
set -eu
kith=$(realpath "$1")
case=$(realpath "$2")
here=$(cd "$(dirname "$0")" && pwd)
temp=$(mktemp -d)
trap 'chmod -R u+rwX "$temp"; rm -rf "$temp"' EXIT

mkdir "$temp/run" "$temp/got"
cp -R "$here/../../datasets" "$temp/run/datasets"
# A machine's library path and sanitizer options are none of the case's business, but it needs them to run.
code=0
(cd "$temp/run" && env -i PATH="$(dirname "$kith"):$PATH" LC_ALL=C.UTF-8 COLUMNS=80 NO_COLOR=1 TERM=dumb \
  DATA=datasets CASE="$case" LD_LIBRARY_PATH="${LD_LIBRARY_PATH-}" ASAN_OPTIONS="${ASAN_OPTIONS-}" \
  sh -u "$case/cmd" </dev/null >"$temp/got/stdout" 2>"$temp/got/stderr") || code=$?
echo "$code" >"$temp/got/exit"

if [ "${KITH_REFRESH-}" = 1 ]; then
  cp "$temp/got/stdout" "$temp/got/stderr" "$temp/got/exit" "$case/"
  exit 0
fi
status=0
for part in stdout stderr exit; do
  diff -u --label "$part, expected" --label "$part, got" "$case/$part" "$temp/got/$part" || status=1
done
exit $status
