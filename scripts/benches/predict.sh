#!/usr/bin/env bash
# scripts/bench predict [--customers N]
#   purchase propensity and churn: both algorithms beside recency alone, on later time; on customers of a known process
#   (default: 100000), beside the best that is possible, and on the order lines of UCI Online Retail
set -euo pipefail
home="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)"
source "$home/scripts/benches/common"

propensities() {
  bench_java Propensities "$@" "$out/lake-$1" | tee >(grep '^{' >> "$lines")
}

customers=100000
[[ "${1:-}" == --customers ]] && customers="${2:?--customers needs a number}"
propensities known "$customers"
if [[ -f "$data/retail/online-retail-by-day.tar.gz" ]]; then
  tar -xzf "$data/retail/online-retail-by-day.tar.gz" -C "$out"
  propensities retail "$out/by-day"
else
  echo "bench: skipped online_retail: no $data/retail/online-retail-by-day.tar.gz" >&2
fi
