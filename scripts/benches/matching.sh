#!/usr/bin/env bash
# scripts/bench matching [--sizes N,N…]
#   pairwise precision, recall and F1, pairs compared, seconds and peak heap: on reference data sets, and on contact records of
#   the generator (default: about 100000), clean and with one phone and e-mail in a twentieth of the records
set -euo pipefail
home="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)"
source "$home/scripts/benches/common"

# name, configuration, input, truth
match() {
  local name="$1" config="$2" input="$3" truth="$4"
  CLIENTELE_JAVA_OPTS="${CLIENTELE_JAVA_OPTS:-} -Xlog:gc*:file=$out/$name.gc" \
    "$clientele" match --config "$home/conf/examples/matching/$config.yaml" \
    --input "$input" --out "$out/$name" --truth "$truth" > "$out/$name.txt"
  sed -n "s/^{/{\"data\":\"$name\",\"peak_heap_mb\":$(peak_heap "$out/$name.gc"),/p" "$out/$name.txt" | tee -a "$lines"
}

reference() {
  if [[ -f "$data/er/$3" ]]; then
    match "$1" "$2" "$data/er/$3" "$4"
  else
    echo "bench: skipped $1: no $data/er/$3" >&2
  fi
}

# About so many contact records: a person has two or three.
french() {
  local size="$1" world="$out/world-$1"
  "$clientele" generate --customers $((size * 10 / 23)) --days 1 --nights 1 --out "$world" > /dev/null
  "$clientele" run collect contacts --date 2025-11-30 --raw "$world/raw" --lake "$world/lake" > /dev/null
  CLIENTELE_MEMORY="${CLIENTELE_MEMORY:-6g}" \
    match "french_$size" french_contacts "$world/lake/qualified/contacts" "$world/truth/contacts.csv"
}

# The same records, but in a twentieth of them one phone and one e-mail, as CSV both.
shared_values() {
  local size="$1" world="$out/world-$1" columns
  columns="contact_id, source, contact_ref, first_name, last_name, birth_date, address, postcode, town"
  "$clientele" sql --lake "$world/lake" --output csv \
    "select $columns, phone, mobile, email from qualified.contacts" > "$out/clean.csv"
  "$clientele" sql --lake "$world/lake" --output csv \
    "select $columns, phone, if(pmod(xxhash64(contact_id), 20) = 0, '+33000000000', mobile) as mobile,
     if(pmod(xxhash64(contact_id), 20) = 0, 'contact@boutique.example', email) as email from qualified.contacts" > "$out/shared.csv"
  match "french_${size}_csv" french_contacts "$out/clean.csv" "$world/truth/contacts.csv"
  match "french_${size}_csv_shared_values" french_contacts "$out/shared.csv" "$world/truth/contacts.csv"
}

sizes=100000
[[ "${1:-}" == --sizes ]] && sizes="${2:?--sizes needs numbers}"
numbered="regexp_extract(rec_id, 'rec-([0-9]+)', 1)"
for i in 1 2 3; do reference "febrl$i" febrl "dataset$i.csv" "$numbered"; done
reference fake_1000 fake_1000 fake_1000.csv cluster
reference census census census.csv "$data/er/census_groundtruth.csv"
for size in ${sizes//,/ }; do french "$size"; done
shared_values "${sizes%%,*}"
