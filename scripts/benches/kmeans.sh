#!/usr/bin/env bash
# scripts/bench kmeans [--sizes NxD,NxD…] [--starts N]
#   K-means by way of a coreset beside Spark ML's own fit in the same run, with as many starts (default: 1), on generated points
#   (default: 2000000x3,20000000x3,2000000x12): seconds, and the ratio of their costs on all points. Then the costs on Online
#   Retail beside those of scikit-learn, the best of 20 starts
set -euo pipefail
home="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)"
source "$home/scripts/benches/common"

sizes=2000000x3,20000000x3,2000000x12
starts=1
while [[ $# -gt 0 ]]; do
  case "$1" in
    --sizes) sizes="${2:?--sizes needs sizes}" ;;
    --starts) starts="${2:?--starts needs a number}" ;;
    *) echo "bench: unknown option $1" >&2; exit 2 ;;
  esac
  shift 2
done

online_retail() {
  local archive="$data/retail/online-retail-by-day.tar.gz" conf="$home/conf/examples/online_retail" k known cost ratio
  if [[ ! -f "$archive" ]]; then
    echo "bench: skipped online_retail: no $archive" >&2
    return
  fi
  tar -xzf "$archive" -C "$out"
  "$clientele" run nightly --date 2011-12-10 --conf "$conf" --raw "$out/by-day" --lake "$out/retail" > /dev/null
  "$clientele" sql --lake "$out/retail" --output csv "select k, cost from mart.cluster_choices order by k" > "$out/costs.csv"
  printf '\n   k        cost  scikit-learn\n'
  while read -r k known; do
    cost="$(awk -F, -v k="$k" '$1 == k { print $2 }' "$out/costs.csv")"
    ratio="$(awk -v cost="$cost" -v known="$known" 'BEGIN { printf "%.5f", cost / known }')"
    printf '%4d  %10.2f  %12.2f\n' "$k" "$cost" "$known"
    printf '{"data":"online_retail","k":%d,"cost":%.2f,"scikit_learn_cost":%.2f,"cost_ratio":%s}\n' \
      "$k" "$cost" "$known" "$ratio" >> "$out/retail.jsonl"
  done <<< $'2 6474.15\n3 4856.48\n4 3924.46\n5 3268.21'
  tee -a "$lines" < "$out/retail.jsonl"
}

bench_java KMeansBench "$starts" ${sizes//,/ } > "$out/kmeans.txt"
cat "$out/kmeans.txt"
sed -n '/^{/p' "$out/kmeans.txt" >> "$lines"
online_retail
