#!/bin/sh
# All of kith compiles with clang with warnings as errors, and clang-tidy (.clang-tidy) finds nothing in src/.
# Usage: clang.sh FOLDER   The build in FOLDER is kept, so that the next run looks at changed files only.
set -eu
build=$1
cd "$(dirname "$0")/../.."

# A changed list of checks concerns every file.
sum=$(cat .clang-tidy tests/checks/analyser.h | cksum)
[ "$(cat "$build/rules" 2>/dev/null)" = "$sum" ] || rm -rf "$build"

cmake -S . -B "$build" -G Ninja --log-level=WARNING -DCMAKE_BUILD_TYPE=Debug -DCMAKE_COMPILE_WARNING_AS_ERROR=ON \
  -DCMAKE_C_COMPILER=clang -DCMAKE_CXX_COMPILER=clang++ \
  -DCMAKE_C_CLANG_TIDY="clang-tidy-14;--quiet;--extra-arg=-include$PWD/tests/checks/analyser.h"
echo "$sum" >"$build/rules"
cmake --build "$build" -- -k 0
echo "clang: compiles clean, and clang-tidy finds nothing"
