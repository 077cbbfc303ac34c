#!/bin/sh
# Every JSON answer about the cohort, and every JSON table of its report folder, is as its schema says.
# Usage: schemas.sh KITH
set -eu
kith=$(realpath "$1")
root=$(cd "$(dirname "$0")/../.." && pwd)
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT
cd "$temp"
mkdir kith

# 2 is done, with rejected rows.
"$kith" build -q "$root/datasets/cohort" -o net.kith || [ $? -eq 2 ]
asked='company:"Acme Robotics"'
"$kith" info net.kith -o info.json
"$kith" info net.kith --rejects --merges -o info-all.json
"$kith" find net.kith "$asked" -o find.json
"$kith" intro net.kith --from 'Noor Haddad' --to "$asked" -o intro.json
"$kith" intro net.kith --from 'Ben Ito' --to "$asked" --draft -o intro-draft.json
"$kith" intro net.kith --from 'Sefa Lemalu' --to "$asked" -o intro-none.json || [ $? -eq 1 ]
"$kith" why net.kith 'Noor Haddad' 'Ben Ito' --with-contacts -o why.json
"$kith" why net.kith 'Noor Haddad' 'Ingrid Solheim' -o why-strangers.json || [ $? -eq 1 ]
"$kith" why net.kith 'Ben Ito' --top 0 -o why-person.json
"$kith" intro net.kith --from 'Noor Haddad' --from 'Sefa Lemalu' --to "$asked" -o intro-many.json
"$kith" intro net.kith --from 'Noor Haddad' --from 'Sefa Lemalu' --to "$asked" --coverage -o intro-coverage.json
"$kith" intro net.kith --from cohort:2026 --to "$asked" --load 1 -o intro-load.json
"$kith" bridges net.kith --top 0 -o bridges.json
"$kith" bridges net.kith --top 0 --group community --weighted -o bridges-group.json
"$kith" bridges net.kith --without 'Marisol Tanaka' -o bridges-without.json
"$kith" bridges net.kith --suggest 30 -o bridges-suggest.json
"$kith" cohort net.kith --group cohort --target "$asked" --target 'Noor Haddad' -o cohort.json
"$kith" cohort net.kith --group company --top 0 -o cohort-company.json
"$kith" cohort net.kith --group community -o cohort-community.json
"$kith" chains net.kith --top 0 -o chains.json
"$kith" chains net.kith --of 'Lena Hoffmeister' -o chains-of.json
"$kith" build -q "$root/datasets/seeker" --owner 'Noor Haddad' -o seeker.kith
"$kith" diff seeker.kith net.kith --top 0 --group company --from 'Noor Haddad' --to "$asked" -o diff.json
"$kith" diff net.kith seeker.kith --brokers 0 --with-contacts -o diff-back.json
"$kith" match net.kith --all-pairs -o match.json
"$kith" match net.kith --stable --reach "$asked" --mentees cohort:2026 -o match-stable.json
"$kith" config --format json >config.json
printf '[options]\nquiet = yes\n[strength]\nhandover = 1\n[intro]\nowner = Ann Lee\n' >kith/kith.ini
XDG_CONFIG_HOME=. "$kith" config --format json >config-set.json
"$kith" report -q net.kith --from 'Noor Haddad' --to "$asked" -o report >/dev/null
echo torn >torn.kith
"$kith" check net.kith report torn.kith none.kith --format json >check.json || [ $? -eq 65 ]
mv report/positions.json.gz . # no answer: it has a schema by its own name
printf '[nightly]\ninputs = %s/*\noutput = nights\n' "$root/datasets/cohort" >night.ini
"$kith" nightly -q night.ini --date 2026-07-01 || [ $? -eq 2 ]
cp nights/latest/summary.json nightly-first.json
"$kith" nightly -q night.ini --date 2026-07-02 || [ $? -eq 2 ]
cp nights/latest/summary.json nightly-unchanged.json
for schema in "$root"/share/kith/schemas/*.schema.json; do
  command=$(basename "$schema" .schema.json)
  ls "$command"* >/dev/null || { echo "schemas: nothing was held against $schema"; exit 1; }
done
"$root/tests/check_schemas.py" "$root/share/kith/schemas" ./*.json report/*.json.gz report/manifest.json
"$root/tests/check_schemas.py" "$root/share/kith/schemas/positions.schema.json" positions.json.gz
echo "schemas: $(find . -name '*.json*' | wc -l) answers are as their schemas say"
