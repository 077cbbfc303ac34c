#!/bin/sh
# All C sources have the form that .clang-format gives them (with the clang-format of Debian 12).
set -eu
cd "$(dirname "$0")/../.."

find src include tests \( -name '*.c' -o -name '*.cpp' -o -name '*.h' \) -print0 | xargs -0 clang-format-14 --dry-run -Werror
echo "format: as .clang-format says"
