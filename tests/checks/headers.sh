#!/bin/sh
# Every public header compiles alone, without a warning, as C17 and as C++17, with gcc and clang.
set -eu
cd "$(dirname "$0")/../.."

count=0
for header in include/kith/*.h; do
  for compiler in 'gcc -std=c17 -xc' 'g++ -std=c++17 -xc++' 'clang -std=c17 -xc' 'clang++ -std=c++17 -xc++'; do
    # shellcheck disable=SC2086  # a command and its options
    printf '#include <kith/%s>\nextern int nothing_else;\n' "${header##*/}" |
      $compiler -Iinclude -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror -fsyntax-only - ||
      { echo "headers: $header fails alone with: $compiler"; exit 1; }
  done
  count=$((count + 1))
done
echo "headers: $count compile alone"
