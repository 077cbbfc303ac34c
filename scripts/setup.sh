#!/bin/sh
# Installs the Debian 12 packages that kith needs, and does nothing where they are there already.
# Usage: setup.sh [build|test]   (build: enough for the program itself; test, the default: also for its tests)
# Without root it installs nothing: it prints what to run, and ends with 69.
set -eu

build_packages='
  gcc             C17 compiler
  g++             links libigraph, which is partly C++
  cmake           the build
  ninja-build     runs the build
  pkg-config      finds the libraries
  libigraph-dev   communities, layout, graph files
  liblemon-dev    assignments, as flows of least cost
  libcsv-dev      reads CSV
  zlib1g-dev      writes gzip
  libarchive-dev  reads zip, tar, gzip and xz
  libutf8proc-dev folds case and accents, knows the width of characters
  libxxhash-dev   checksums and hash tables
  libjansson-dev  writes JSON
  libinih-dev     reads kith.ini
  libsodium-dev   keyed hashes: pseudonyms
  node-d3-zoom    D3: moving the picture of a report; becomes part of the page
  node-d3-quadtree D3: who is under the pointer
'
test_packages='
  libcriterion-dev   the unit tests
  clang              second compiler: another set of warnings
  clang-tidy         the analyser
  clang-format       the form of the sources
  libomp-dev         OpenMP for clang
  binutils           nm and readelf, to look at what libkith exports
  groff-base         man pages must format without a warning
  mandoc             a second reader of man pages
  shellcheck         the scripts
  lintian            the Debian package
  man-db             reads the manual as people do
  zsh                completes what users of zsh type
  fish               and what users of fish type
  python3            datasets, oracles, include rules
  python3-jsonschema holds JSON output against its schemas
  chromium           pages are tested in a real browser
  nodejs             drives the browser
'

case ${1:-test} in
  build) wanted=$build_packages ;;
  test) wanted=$build_packages$test_packages ;;
  *) sed -n '2,4s/^# //p' "$0" >&2; exit 64 ;;
esac

is_installed() {
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

if ! command -v dpkg-query >/dev/null; then
  echo "setup: this is no Debian; kith needs what these Debian 12 packages hold:$wanted" >&2
  exit 69
fi

missing=
for package in $(echo "$wanted" | awk 'NF { print $1 }'); do
  is_installed "$package" || missing="$missing $package"
done
# npm comes with some packages of nodejs, and is one of its own in Debian.
if [ "${1:-test}" = test ] && ! command -v npm >/dev/null; then
  missing="$missing npm"
fi

# What drives the browser, as the lock file has it; once.
install_browser_tests() {
  browser=$(dirname "$0")/../tests/browser
  [ "$wanted" != "$build_packages" ] || return 0
  cmp -s "$browser/package-lock.json" "$browser/node_modules/.installed" && return 0
  (cd "$browser" && npm ci --ignore-scripts --no-audit --no-fund)
  cp "$browser/package-lock.json" "$browser/node_modules/.installed"
}

if [ -z "$missing" ]; then
  install_browser_tests
  echo "setup: everything is installed"
  exit 0
fi

install="apt-get install -y --no-install-recommends$missing"
if [ "$(id -u)" -ne 0 ]; then
  echo "setup: packages are missing; please run
  sudo apt-get update && sudo $install" >&2
  exit 69
fi
echo "setup: installing$missing"
export DEBIAN_FRONTEND=noninteractive
apt-get update -q
# shellcheck disable=SC2086  # a list of words
$install
install_browser_tests
echo "setup: done"
