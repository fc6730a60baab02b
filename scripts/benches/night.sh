#!/usr/bin/env bash
# scripts/bench night [--sizes N,N…]
#   nights of a made-up retailer of about so many order lines (default: 100000,1000000) on 2 cores: all of a year, then 1 % more,
#   then the same night again; seconds of each job, what its tasks took, read and shuffled, rows per second, the peak of the
#   heap, bytes stored; in the same run DuckDB on the same Parquet for what it can do of it, and how fast files can be read;
#   of two sizes or more, how nights grow, and what that makes of a thousand million lines
set -euo pipefail
home="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)"
source "$home/scripts/benches/common"

sizes=100000,1000000
[[ "${1:-}" == --sizes ]] && sizes="${2:?--sizes needs numbers}"

# Runs a night of a world and prints its record.
night() {
  local name="$1" folder="$2"
  shift 2
  mkdir -p "$folder/events"
  cat > "$folder/conf/lake.yaml" << END
lake: $folder/lake
raw: $folder/world/raw
jobsAtOnce: 2
spark: {spark.eventLog.enabled: true, spark.eventLog.compress: false, spark.eventLog.dir: $folder/events}
END
  CLIENTELE_JAVA_OPTS="${CLIENTELE_JAVA_OPTS:-} -XX:ActiveProcessorCount=2 -Xlog:gc*:file=$folder/gc.$name" \
    "$clientele" run nightly --conf "$folder/conf" --output json "$@" > "$folder/$name.json"
  mv "$folder/events" "$folder/$name.events"
  du -sb "$folder/lake" | cut -f1 > "$folder/$name.stored"
  peak_heap "$folder/gc.$name" > "$folder/$name.heap"
}

for size in ${sizes//,/ }; do
  folder="$out/$size"
  mkdir "$folder"
  cp -r "$home/conf" "$folder/conf"
  # A customer has about 9.5 lines a year; 4 of 365 days are 1 %.
  "$clientele" generate --customers $((size * 2 / 19)) --days 365 --nights 5 --until 2025-11-30 --out "$folder/world" > /dev/null
  night full "$folder" --date 2025-11-26
  night more "$folder" --date 2025-11-30
  night again "$folder" --date 2025-11-30
  (cd "$home/jobs" && CLIENTELE_MEMORY=1g bench_java NightBench "$folder" "${CLIENTELE_MEMORY:-6g}") | tee "$folder/table"
  grep '^{' "$folder/table" | tee -a "$lines" >> "$out/figures"
  rm -r "$folder"
done
if [[ "$sizes" == *,* ]]; then
  bench_java NightGrowth "$out/figures" | tee "$out/growth"
  grep '^{' "$out/growth" >> "$lines"
fi
