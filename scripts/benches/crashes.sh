#!/usr/bin/env bash
# scripts/bench crashes [--nights N] [--seed N]
#   nights (default: 20) in which something goes wrong at a random operation of the file system: refused, cut, answer lost,
#   throttled, timed out, the process killed; then run again. Compared with a lake that nothing happened to
set -euo pipefail
home="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)"
source "$home/scripts/benches/common"

nights=20
seed=$RANDOM
while (($#)); do
  case "$1" in
    --nights) nights="${2:?--nights needs a number}" ;;
    --seed) seed="${2:?--seed needs a number}" ;;
    *) echo "crashes: unknown option $1" >&2; exit 2 ;;
  esac
  shift 2
done
cd "$home/jobs" # where tests are run from
CLIENTELE_JAVA_OPTS="${CLIENTELE_JAVA_OPTS:-} -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=256m" CLIENTELE_MEMORY="${CLIENTELE_MEMORY:-3g}" \
  bench_java Crashes "$out" "$nights" "$seed" | tee -a "$lines"
