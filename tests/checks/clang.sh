#!/bin/sh
# All of kith, its tests and its tools compile with clang with warnings as errors, and clang-tidy (.clang-tidy) finds
# nothing in src/. Nothing is linked: that clang's programs run is shown by the fuzz targets and the race tests.
# Usage: clang.sh FOLDER   The objects in FOLDER are kept, so that the next run looks at changed files only.
# KITH_ANALYSER_STEPS=225000 (clang's own default) searches three times as far along the paths of each function.
set -eu
build=$1
steps=${KITH_ANALYSER_STEPS:-75000}
cd "$(dirname "$0")/../.."

# A changed list of checks concerns every file.
sum=$(cat .clang-tidy tests/checks/analyser.h tests/checks/clang.sh | cksum)" $steps"
[ "$(cat "$build/rules" 2>/dev/null)" = "$sum" ] || rm -rf "$build"

tidy="clang-tidy-14;--quiet;--extra-arg=-include$PWD/tests/checks/analyser.h"
for word in -Xclang -analyzer-config -Xclang "max-nodes=$steps"; do tidy="$tidy;--extra-arg=$word"; done
cmake -S . -B "$build" -G Ninja --log-level=WARNING -DCMAKE_BUILD_TYPE=None -DCMAKE_COMPILE_WARNING_AS_ERROR=ON \
  -DCMAKE_C_COMPILER=clang -DCMAKE_CXX_COMPILER=clang++ -DCMAKE_C_CLANG_TIDY="$tidy"
echo "$sum" >"$build/rules"
# Names of files are unique, and what several programs are made of need not be compiled for each.
ninja -C "$build" -t targets all | sed -n 's/^\(.*\.o\): C.*_COMPILER__.*/\1/p' |
  awk -F/ '!seen[$NF]++' >"$build/objects"
xargs ninja -C "$build" --quiet -k 0 <"$build/objects"
echo "clang: $(wc -l <"$build/objects") files compile clean, and clang-tidy finds nothing"
