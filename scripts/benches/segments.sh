#!/usr/bin/env bash
# scripts/bench segments [--customers N]
#   two nights of 200 rules, the life cycle and shares of turnover over made-up customers (default: 2000000): seconds, and how
#   often the table of customers is read
set -euo pipefail
home="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)"
source "$home/scripts/benches/common"

customers=2000000
[[ "${1:-}" == --customers ]] && customers="${2:?--customers needs a number}"
bench_java SegmentsBench "$customers" "$out" | grep '^{' | tee -a "$lines"
