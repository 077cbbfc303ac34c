#!/bin/sh
# Nothing in the tree is left for later, and nothing names a path of somebody's machine.
set -eu
cd "$(dirname "$0")/../.."

search() {
  grep -rnIE --exclude-dir=.git --exclude-dir=build --exclude-dir=node_modules --exclude=words.sh "$@"
}

status=0
if search '\b(TODO|FIXME|XXX|HACK)\b' .; then
  echo "words: finish it, or leave it out"
  status=1
fi
if search '(^|[^A-Za-z0-9_.}-])/(home|root|Users|work)/' .; then
  echo "words: a path of one machine"
  status=1
fi
if search '(^|[^A-Za-z0-9_.}-])/tmp/' docs ./*.md datasets/README.md; then
  echo "words: readers have their own folders"
  status=1
fi
[ $status -ne 0 ] || echo "words: nothing left for later, no machine named"
exit $status
