#!/usr/bin/env bash
# Measures whole proofs by the command line, each in a fresh JVM: time, peak memory, bytes, and the gas of the contract that verifies it.
#   scripts/bench.sh [--json FILE] [--runs N] [--scaling] [CASE ...]
# Cases, RELATION-DATA-STEPS-LIMB BITS (default: all of these; of N runs, default 1, the median counts):
#   train-wdbc-16-b16, train-wdbc-16-b12, dataset-wdbc-b16    569 rows, 30 features, logistic
#   train-randhie-8-b16                                       20190 rows, 9 features, linear
#   train-30000x23-16-b16, dataset-30000x23-b16               30000 rows, 23 features, logistic; made up
# --scaling: the series scaling-2^14 to scaling-2^21 instead, or beside the cases named. TRAIN of 2^10 to 2^17 made-up rows, 8 features, 16 steps:
#   so many row-steps; with b = 12, since the table of 2^16 activations would hide the growth of the small ones. Its exponent is fitted.
#   scaling-2^22 to scaling-2^24 can be named too: they take minutes and up to 15 GiB each.
# "seconds" counts from the committed data, out of the vault, to the written proof, self-verification included: the sum of the phases.
# "processSeconds" is the whole process: the start of the JVM and the passphrase's way to a key (Argon2id, with the powers read meanwhile) as well.
# ZKML_HEAP sets the largest heap (default 3g; 8g from 2^20 row-steps on, 15g from 2^22 on). Setups and data are made once and kept in target/bench/.
# Examples:
#   scripts/bench.sh                                                 the six cases, in a few minutes
#   scripts/bench.sh --runs 5 train-wdbc-16-b16                      one case, the median of five proofs
#   scripts/bench.sh --scaling --json docs/figures/scaling.json      the series, for docs/performance.md
#   scripts/bench.sh scaling-2^14 scaling-2^17                       two sizes of it
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

known=(train-wdbc-16-b16 train-wdbc-16-b12 train-randhie-8-b16 dataset-wdbc-b16 train-30000x23-16-b16 dataset-30000x23-b16)
scaling=("scaling-2^"{14..21})
larger=("scaling-2^"{22..24}) # not in the series: minutes and many gigabytes each
json=
runs=1
cases=()
while [ $# -gt 0 ]; do
  case $1 in
    --json) json=$(realpath -m "${2:?--json needs a file}"); shift 2 ;;
    --runs) runs=${2:?--runs needs a number}; shift 2 ;;
    --scaling) cases+=("${scaling[@]}"); shift ;;
    -h | --help) sed -n '2,18s/^# //p' "${BASH_SOURCE[0]}"; exit 0 ;;
    *)
      case " ${known[*]} ${scaling[*]} ${larger[*]} " in
        *" $1 "*) cases+=("$1"); shift ;;
        *) echo "bench.sh: unknown argument $1 (see --help)" >&2; exit 2 ;;
      esac
      ;;
  esac
done
[ ${#cases[@]} -gt 0 ] || cases=("${known[@]}")

cd "$root"
. scripts/env.sh
work=$root/target/bench
mkdir -p "$work"
export ZKML_PASSPHRASE=benchmark-only # the vaults of this folder hold nothing but public data
scripts/build-cli.sh

# What a workspace needs beside its data: any addresses will do, since the verifiers do not look at them.
deployment=scripts/lib/any-deployment.json

setup() {
  local file=$work/setup-$1.srs
  [ -f "$file" ] || ./zkml setup dev --power "$1" "$file" >&2
  echo "$file"
}

# Notes the process's largest resident memory so far; false once it has ended.
resident() {
  local name value rest
  while read -r name value rest; do
    if [ "$name" = VmHWM: ]; then
      peak=$((value / 1024))
      return 0
    fi
  done 2>/dev/null <"/proc/$pid/status"
  return 1
}

# Runs a command; its wall time goes to $seconds, the largest resident memory of the process to $peak (MiB).
measure() {
  local started=$EPOCHREALTIME pid now
  "$@" &
  pid=$!
  peak=0
  while resident; do
    sleep 0.1
  done
  wait "$pid"
  seconds=$(awk -v a="$started" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.2f", b - a }')
}

# made_up ROWS FEATURES LIMB_BITS: $data.csv and $data.json, its schema
made_up() {
  data=$work/made-up-$1x$2-b$3
  [ -f "$data.json" ] || node scripts/lib/made-up-data.js "$1" "$2" "$3" "$data.csv" "$data.json"
}

# prepare CASE CSV POWER SCHEMA: a workspace with the data set committed
prepare() {
  local folder=$work/$1
  rm -rf "$folder"
  ./zkml init -w "$folder" --json >/dev/null 2>&1
  ./zkml connect -w "$folder" --deployment "$deployment" --setup "$(setup "$3")" --json >/dev/null 2>&1
  cp "$4" "$folder/bench-schema.json"
}

# commit and prove take the place of the shell that runs them, so that its memory is theirs.
commit() {
  exec ./zkml commit "$2" -w "$work/$1" --schema "$work/$1/bench-schema.json" --force --json
}

# task CASE KIND LB LK LT STEPS RATE B: the task's file
task() {
  local hash
  hash=$(sed -n 's/.*"schemaHash"[^"]*"\(0x[0-9a-f]*\)".*/\1/p' "$work/$1/commit.json")
  cat >"$work/$1/task.json" <<TASK
{"format": "zkml-task/1", "campaignId": "1", "round": 0, "schemaHash": "$hash", "kind": "$2", "b": $8,
 "lk": $4, "lb": $3, "lt": $5, "steps": $6, "rate": "$7", "decay": "0"}
TASK
}

prove() {
  exec ./zkml prove -w "$work/$1" --task "$work/$1/task.json" --out "$work/$1/proof" --force --json
}

bench_train() {
  prepare "$1" "$2" "$3" "$4"
  (commit "$1" "$2") >"$work/$1/commit.json" 2>/dev/null
  shift 4
  task "$name" "$@"
  sample prove "$name"
}

bench_dataset() {
  prepare "$1" "$2" "$3" "$4"
  sample commit "$1" "$2"
  mkdir -p "$work/$1/proof"
  cp "$work/$1"/datasets/data/{proof.bin,statement.json} "$work/$1/proof/"
}

# The median of the runs by time.
sample() {
  local i
  : >"$work/$name/runs"
  for ((i = 0; i < runs; i++)); do
    measure "$@" >"$work/$name/result-$i.json" 2>"$work/$name/log-$i"
    echo "$seconds $peak $i" >>"$work/$name/runs"
    echo "$name: $seconds s, $peak MiB" >&2
  done
  sort -n "$work/$name/runs" | sed -n "$(((runs + 1) / 2))p" >"$work/$name/median"
}

for name in "${cases[@]}"; do
  case $name in
    train-wdbc-16-b16) bench_train "$name" data/wdbc.csv 17 data/schemas/wdbc.json logistic 0 5 4 16 1/2 16 ;;
    train-wdbc-16-b12)
      sed 's/"limbBits" : 16/"limbBits" : 12/' data/schemas/wdbc.json >"$work/wdbc-b12.json"
      bench_train "$name" data/wdbc.csv 17 "$work/wdbc-b12.json" logistic 0 5 4 16 1/2 12
      ;;
    train-randhie-8-b16) bench_train "$name" data/randhie.csv 19 data/schemas/randhie.json linear 0 4 3 8 1/2 16 ;;
    dataset-wdbc-b16) bench_dataset "$name" data/wdbc.csv 17 data/schemas/wdbc.json ;;
    train-30000x23-16-b16)
      made_up 30000 23 16
      bench_train "$name" "$data.csv" 20 "$data.json" logistic 0 5 4 16 1/2 16
      ;;
    dataset-30000x23-b16)
      made_up 30000 23 16
      bench_dataset "$name" "$data.csv" 20 "$data.json"
      ;;
    scaling-*)
      log=${name#scaling-2^}
      made_up $((1 << (log - 4))) 8 12
      heap=3g
      [ "$log" -lt 20 ] || heap=8g
      [ "$log" -lt 22 ] || heap=15g
      ZKML_HEAP=${ZKML_HEAP:-$heap} bench_train "$name" "$data.csv" "$log" "$data.json" logistic 0 4 4 16 1/2 12
      ;;
  esac
done

# Every statement is verified by the deployed contract too, and the cases are put together.
ZKML_BENCH_CASES="${cases[*]}" ZKML_BENCH_FOLDER=$work ZKML_BENCH_JSON=$json \
  npx hardhat run scripts/bench-gas.js 2>"$work/hardhat.log" || { cat "$work/hardhat.log" >&2; exit 1; }
