#!/usr/bin/env bash
# scripts/bench rfm [--lines N,N…]
#   made-up order lines (default: 1000000, 20000000), as Parquet, summed up, cut and scored on 2 cores, by the job rfm and by
#   DuckDB on the same files in the same run: seconds of the first and of a second run, and whether both found the same
set -euo pipefail
home="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)"
source "$home/scripts/benches/common"

cd "$home/jobs" # where tests are run from
sizes=1000000,20000000
[[ "${1:-}" == --lines ]] && sizes="${2:?--lines needs numbers}"
for size in ${sizes//,/ }; do
  folder="$out/$size"
  mkdir "$folder"
  bench_java OrderLinesFiles "$folder/lines" "$size" 1
  # A process for each, so that the first run of both is a cold one.
  CLIENTELE_JAVA_OPTS="${CLIENTELE_JAVA_OPTS:-} -XX:ActiveProcessorCount=2 -Xlog:gc*:file=$folder/gc" \
    bench_java RfmBench clientele "$folder"
  CLIENTELE_MEMORY=512m bench_java RfmBench duckdb "$folder" "${CLIENTELE_MEMORY:-6g}"
  bench_java RfmBench compare "$folder" "$(peak_heap "$folder/gc")" | tee "$folder/table" | grep -v '^{' || true
  grep '^{' "$folder/table" | tee -a "$lines"
  rm -r "$folder"
done
