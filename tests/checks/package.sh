#!/bin/sh
# The Debian package: lintian finds no error, and what it holds runs, with its man page and completion.
# Usage: package.sh BUILD_FOLDER
set -eu
build=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT

cd "$temp"
cpack --config "$build/CPackConfig.cmake" -B "$temp/made" >"$temp/cpack.log" 2>&1 || { cat "$temp/cpack.log"; exit 1; }
package=$(ls "$temp"/made/*.deb)
lintian --allow-root --fail-on error "$package" >"$temp/lintian.log" 2>&1 ||
  { cat "$temp/lintian.log"; exit 1; }

dpkg-deb --extract "$package" "$temp/root"
LD_LIBRARY_PATH=$temp/root/usr/lib
export LD_LIBRARY_PATH
"$temp/root/usr/bin/kith" --version
"$temp/root/usr/bin/kith" build -q "$root/datasets/cohort" -o cohort.kith || [ $? -eq 2 ] # a few rows of it are bad
"$temp/root/usr/bin/kith" report -q cohort.kith -o report >/dev/null
"$temp/root/usr/bin/kith" check -q report
man -P cat "$temp/root/usr/share/man/man1/kith-intro.1.gz" | grep -q 'kith.intro' ||
  { echo "package: the man page does not say what it is about"; exit 1; }
for library in libigraph3 libcsv3 libarchive13; do
  dpkg-deb --field "$package" Depends | grep -q "$library" || { echo "package: does not ask for $library"; exit 1; }
done
echo "package: $(basename "$package") is whole"
