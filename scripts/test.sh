#!/bin/sh
# Everything that must hold: packages, a build with warnings as errors, all tests, and the tests once
# more under the address and undefined-behaviour sanitizers. A second run rebuilds only what changed.
# Usage: test.sh
set -eu
cd "$(dirname "$0")/.."

say() { printf '\n=== %s\n' "$*"; }

say 'packages'
scripts/setup.sh test

for preset in dev asan; do
  say "build: $preset"
  cmake --preset "$preset"
  cmake --build --preset "$preset"
  say "tests: $preset"
  ctest --preset "$preset" -j "$(nproc)"
done

say 'all tests passed, with and without sanitizers'
