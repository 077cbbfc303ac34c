#!/bin/sh
# The man pages format without a warning, and mandoc finds no fault with them but that they bear no date, so that
# the same program makes the same pages. Usage: manual.sh FOLDER   (where the build put *.1.gz)
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
  if gzip -dc "$page" | mandoc -T lint -W warning | grep -v 'missing date'; then
    echo "manual: $page"
    exit 1
  fi
  count=$((count + 1))
done
rm -f warnings

echo "manual: $count pages"
