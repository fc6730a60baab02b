#!/usr/bin/env bash
# scripts/bench recommend [--customers N]
#   recommendations judged by held-out last baskets, hit rate and mean reciprocal rank beside what is popular, and the seconds
#   of the job: on the order lines of Online Retail, with and without products that are bought again, and on baskets with
#   planted associations (default: of 100000 customers)
set -euo pipefail
home="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)"
source "$home/scripts/benches/common"

customers=100000
[[ "${1:-}" == --customers ]] && customers="${2:?--customers needs a number}"
archive="$data/retail/online-retail-by-day.tar.gz"
conf="$home/conf/examples/online_retail"
lake=-
if [[ -f "$archive" ]]; then
  lake="$out/lake"
  tar -xzf "$archive" -C "$out"
  "$clientele" run nightly --date 2011-12-10 --conf "$conf" --raw "$out/by-day" --lake "$lake" > /dev/null
  rm -r "$lake/ops/models" # the bench judges itself
else
  echo "bench: skipped online_retail: no $archive" >&2
fi
bench_java RecommendBench "$lines" "$out" "$conf/recommendations.yaml" "$lake" "$home/conf/recommendations.yaml" "$customers"
