#!/usr/bin/env bash
# scripts/bench value [--customers N,N…]
#   the models of customer value: parameters and log-likelihood on the CDNOW sample beside those that are published; then on
#   customers made up by a known process (default: 1000000) beside those of that process, with standard errors; seconds that the
#   count of their histories and averages takes, and the fits (BG/NBD, Gamma-Gamma, Pareto/NBD); a table too
set -euo pipefail
home="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)"
source "$home/scripts/benches/common"

customers=1000000
[[ "${1:-}" == --customers ]] && customers="${2:?--customers needs numbers}"
CLIENTELE_DATA="$data" bench_java ValueBench "$customers" | tee -a "$lines"
