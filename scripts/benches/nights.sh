#!/usr/bin/env bash
# scripts/bench nights [--customers N]
#   the contacts of a made-up retailer (default: 10000 customers) in ten nights and in one, with one model: whether the same
#   records are together, and how many records that nothing touched in the last night changed their customer
set -euo pipefail
home="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)"
source "$home/scripts/benches/common"

# The records of a lake, each with its customer, and with what tells whether it has changed.
customers() {
  "$clientele" sql --lake "$1" --output csv \
    "select c.contact_id, c.customer_id, g.group_id, g.fingerprint from qualified.customer_contacts c
     join qualified.contact_groups g on g.contact_id = c.contact_id order by 1"
}

nights() {
  local size="$1" world="$out/world" conf="$out/conf" jobs="collect contacts matching customers"
  local start same records changed events
  "$clientele" generate --customers "$size" --days 60 --nights 10 --out "$world" > /dev/null
  cp -r "$home/conf" "$conf"
  run() { "$clientele" run $jobs --conf "$conf" --raw "$world/raw" "$@" > /dev/null; }
  run --lake "$out/once" --date 2025-11-30
  "$clientele" sql --lake "$out/once" --output csv "select model from qualified.matching_models" |
    sed '1d; s/^"//; s/"$//; s/""/"/g' > "$conf/model.json"
  echo "model: model.json" >> "$conf/matching.yaml"
  start=$SECONDS
  run --lake "$out/nightly" --from-date 2025-11-21 --to-date 2025-11-29
  customers "$out/nightly" > "$out/before.csv"
  run --lake "$out/nightly" --date 2025-11-30
  customers "$out/nightly" > "$out/after.csv"
  customers "$out/once" > "$out/once.csv"
  same=$(cmp -s <(cut -d, -f1,3 "$out/once.csv") <(cut -d, -f1,3 "$out/after.csv") && echo true || echo false)
  records=$(($(wc -l < "$out/after.csv") - 1))
  # Of the records that are as they were, in a group all of which are: those of another customer than before.
  changed=$(awk -F, '
    FNR == 1 { next }
    FNR == NR { customer[$1] = $2; print_of[$1] = $4; size[$3]++; next }
    { now[$1] = $2; group[$1] = $3; tonight[$3]++; if ($4 != print_of[$1]) touched[$3] = 1 }
    END { for (id in now) if (!(group[id] in touched) && size[group[id]] == tonight[group[id]]) n += now[id] != customer[id]; print n + 0 }
  ' "$out/before.csv" "$out/after.csv")
  events=$("$clientele" sql --lake "$out/nightly" --output csv "select count(*) from qualified.customer_id_events" | tail -n 1)
  printf '{"data":"nights","records":%d,"nights":10,"same_partition":%s,"untouched_that_changed":%d,"merges_and_splits":%d,"seconds":%d}\n' \
    "$records" "$same" "$changed" "$events" "$((SECONDS - start))" | tee -a "$lines"
}

size=10000
[[ "${1:-}" == --customers ]] && size="${2:?--customers needs a number}"
nights "$size"
