#!/bin/sh
# Every file of tests/corpus has its line in the README there, and every line its file.
set -eu
cd "$(dirname "$0")/../corpus"

status=0
told=$(sed -n 's/^| \([^ |]*\) |.*/\1/p' README.md | grep -v '^file$')
for file in *; do
  [ "$file" = README.md ] || echo "$told" | grep -qx -e "$file" -e "$file/" ||
    { echo "corpus: README.md does not tell of $file"; status=1; }
done
for name in $told; do
  [ -e "$name" ] || { echo "corpus: README.md tells of $name, which is not there"; status=1; }
done
[ $status -ne 0 ] || echo "corpus: $(echo "$told" | wc -l) inputs, each explained"
exit $status
