#!/bin/sh
# The man pages format without a warning, and bash takes the completion and completes with it.
# Usage: manual.sh FOLDER   (where the build put *.1.gz and the completion)
set -eu
cd "$1"

count=0
for page in *.1.gz; do
  gzip -dc "$page" | LC_ALL=C.UTF-8 groff -Kutf8 -man -Tutf8 -ww -z 2>warnings
  if [ -s warnings ]; then
    echo "manual: $page"
    cat warnings
    exit 1
  fi
  count=$((count + 1))
done
rm -f warnings

# Single quotes: the inner bash expands.
# shellcheck disable=SC2016
bash -euc '
  . ./kith
  complete_line() {
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
    _kith
    echo "${COMPREPLY[*]}"
  }
  [ "$(complete_line kith bri)" = bridges ]
  [[ " $(complete_line kith intro --) " == *" --max-hops "* ]]
  [ "$(complete_line kith intro --cost ho)" = hops ]
' || { echo "manual: bash completion is broken"; exit 1; }
echo "manual: $count pages and bash completion"
