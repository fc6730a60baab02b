#!/usr/bin/env bash
# scripts/bench rfm [--lines N,N…]
#   made-up order lines (default: 1000000, 20000000), as Parquet, summed up, cut and scored on 2 cores, by the job rfm and by
#   DuckDB on the same files in the same run: seconds of the first and of a second run, and whether both found the same; then
#   in a lake, a night of all but the last seven days (1 %) and one that goes on from it, each in a new process
set -euo pipefail
home="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)"
source "$home/scripts/benches/common"

cd "$home/jobs" # where tests are run from
# Runs the job for a date, in the lake.
rfm() {
  CLIENTELE_JAVA_OPTS="${CLIENTELE_JAVA_OPTS:-} -XX:ActiveProcessorCount=2" \
    "$clientele" run rfm --date "$1" --conf "$folder/conf" --lake "$folder/lake" --raw "$folder/raw" --output json
}

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
  mkdir "$folder/conf"
  cp "$home"/conf/{lake,quality}.yaml "$folder/conf"
  sed 's/^windows: .*/windows: {last_12_months: 365}/; s/^dimensions: .*/dimensions: []/' "$home/conf/rfm.yaml" \
    > "$folder/conf/rfm.yaml"
  bench_java RfmLake "$folder" 2025-11-23 until
  rfm 2025-11-23 > "$folder/all.json"
  bench_java RfmLake "$folder" 2025-11-23 after
  rfm 2025-11-30 > "$folder/more.json"
  bench_java RfmLake "$folder" 2025-11-30 marks
  bench_java RfmBench compare "$folder" "$(peak_heap "$folder/gc")" | tee "$folder/table" | grep -v '^{' || true
  grep '^{' "$folder/table" | tee -a "$lines"
  rm -r "$folder"
done
