#!/bin/sh
# libkith exports what include/kith declares with KITH_API, all of it and nothing else, and its SONAME
# carries the major version. Usage: symbols.sh LIBKITH MAJOR
set -eu
library=$1 major=$2
cd "$(dirname "$0")/../.."
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT

grep -hv '^#' include/kith/*.h | tr '\n' ' ' | grep -oE 'KITH_API [^;(]*\(' | grep -oE '[a-z0-9_]+\($' | tr -d '(' |
  sort -u >"$temp/declared"
nm -D --defined-only "$library" | awk '{ print $NF }' | sort -u >"$temp/exported"
[ -s "$temp/declared" ] || { echo "symbols: found no declaration"; exit 1; }
if ! diff "$temp/declared" "$temp/exported" >"$temp/diff"; then
  sed -n -e 's/^</symbols: declared but not exported:/p' -e 's/^>/symbols: exported but not declared:/p' "$temp/diff"
  exit 1
fi
if foreign=$(grep -v '^kith_' "$temp/exported"); then
  echo "symbols: no name of ours: $foreign"
  exit 1
fi
readelf -d "$library" | grep -qF "soname: [libkith.so.$major]" ||
  { echo "symbols: SONAME is not libkith.so.$major"; exit 1; }
echo "symbols: $(wc -l <"$temp/exported"), as declared; SONAME libkith.so.$major"
