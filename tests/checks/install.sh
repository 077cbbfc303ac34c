#!/bin/sh
# What is installed is whole: the program runs, its man pages and completion are there, and a program
# of somebody else builds against libkith with pkg-config alone. Usage: install.sh BUILD_FOLDER
set -eu
build=$1
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT

cmake --install "$build" --prefix "$temp" >/dev/null
for file in bin/kith include/kith/network.h share/man/man1/kith.1.gz share/man/man1/kith-intro.1.gz \
  share/bash-completion/completions/kith share/zsh/site-functions/_kith \
  share/fish/vendor_completions.d/kith.fish share/doc/kith/LICENSE \
  share/kith/drafts/request.txt share/kith/drafts/note.txt; do
  [ -s "$temp/$file" ] || { echo "install: $file is missing"; exit 1; }
done
pc=$(find "$temp" -name kith.pc)
LD_LIBRARY_PATH=$(dirname "$(dirname "$pc")")
export LD_LIBRARY_PATH

cat >"$temp/other.c" <<'C'
#include <kith/process.h>
#include <stdio.h>
int main(void)
{
    printf("kith %s\n", kith_version());
    return 0;
}
C
PKG_CONFIG_PATH=$(dirname "$pc")
export PKG_CONFIG_PATH
# shellcheck disable=SC2046  # options
cc -std=c17 -Wall -Wextra -Werror "$temp/other.c" -o "$temp/other" \
  $(pkg-config --define-variable=prefix="$temp" --cflags --libs kith)
said=$("$temp/bin/kith" --version)
if [ "$("$temp/other")" != "$said" ] || [ "$said" != "kith $(pkg-config --modversion kith)" ]; then
  echo "install: program, library and kith.pc name different versions"
  exit 1
fi
echo "install: $said is whole"
