#!/bin/sh
# Hold graded matching to the truth of generated data.
# Usage: match_bench.sh DRIVER contacts|records [N]     N records or people; the contacts go to 1000000.
set -eu
driver=$1 kind=$2 count=${3:-}
here=$(dirname "$0")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export PYTHONDONTWRITEBYTECODE=1

case $kind in
contacts)
    /usr/bin/python3 "$here/make_contacts.py" --records "${count:-10000}" "$folder"
    "$driver" "$folder/exports" > "$folder/found.csv"
    /usr/bin/python3 "$here/score_contacts.py" "$folder/truth.csv" "$folder/found.csv" --precision 0.995 --recall 0.93
    ;;
records)
    /usr/bin/python3 "$here/make_records.py" --people "${count:-1500}" "$folder"
    "$driver" --map address=address_1 --map postcode=postcode --map birth_date=date_of_birth --map location=suburb \
        --map personal_number=soc_sec_id "$folder/records.csv" > "$folder/found.csv"
    /usr/bin/python3 "$here/score_contacts.py" "$folder/truth.csv" "$folder/found.csv" --f1 0.97
    ;;
esac
