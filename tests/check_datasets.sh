#!/bin/sh
# The committed datasets are what the generator writes, and hold what their README and the facts beside
# this script say. Usage: check_datasets.sh [--update]   (--update rewrites the datasets and the facts)
set -eu
export PYTHONDONTWRITEBYTECODE=1 PYTHONUTF8=1
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
python=/usr/bin/python3
seeker=seeker=https://www.linkedin.com/in/noor-haddad-4404
oracle() { (cd "$root/datasets" && "$python" "$here/oracle_datasets.py" "$@"); }

if [ "${1:-}" = --update ]; then
  "$python" "$root/scripts/make_datasets.py"
  oracle cohort >"$here/facts_cohort.json"
  oracle --owner "$seeker" cohort seeker >"$here/facts_cohort_seeker.json"
fi

temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
"$python" "$root/scripts/make_datasets.py" "$temp/datasets"
diff -r --exclude=README.md "$root/datasets" "$temp/datasets"

oracle cohort | diff "$here/facts_cohort.json" -
oracle --owner "$seeker" cohort seeker | diff "$here/facts_cohort_seeker.json" -

oracle --markdown cohort >"$temp/facts.md"
while IFS= read -r line; do
  grep -qxF -e "$line" "$root/datasets/README.md" || { echo "datasets/README.md lacks: $line"; exit 1; }
done <"$temp/facts.md"

bytes=$(find "$root/datasets" -type f -exec cat {} + | wc -c)
[ "$bytes" -lt 400000 ] || { echo "datasets/ holds $bytes bytes, more than 400000"; exit 1; }
echo "datasets: as generated, $(wc -l <"$temp/facts.md") facts hold, $bytes bytes"
