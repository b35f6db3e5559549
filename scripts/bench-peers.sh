#!/usr/bin/env bash
# Measures other provers and ours on the same statements, in turn and on at most two cores: seconds, and ratio = the peer's / ours.
#   scripts/bench-peers.sh [--json FILE] [--runs N] [--quick] [CASE or PEER ...]
# Cases (a beginning is enough; default: all):
#   train-step-64, -256, -1024      one full-batch gradient step of logistic regression, 30 features, committed data and models:
#                                   snarkjs-groth16 (circom; 64 and 256 rows), bb-ultrahonk (Noir); ours is TRAIN in a fresh JVM,
#                                   as in scripts/bench.sh
#   msm-full-2^N, msm-16bit-2^N     sums of multiples of 2^N points, warm: ffjavascript
#   fq-vector, fq-scalar            a product in Fq by one thread, our kernels: gcc (scripts/peers/reference.c)
# Of N runs (default 1) the median counts. --quick: the smallest sizes only. Peers are installed from the npm registry into scripts/peers/, in the
# versions of its lock file; their circuits and keys are made once, in minutes, and kept in target/peers/. Witness generation,
# verification and keys are not in the seconds; those of bb are of its whole process, those of our proofs without the JVM's start.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# The folder of FILE is that of the caller.
arguments=()
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) sed -n '2,12s/^# //p' "${BASH_SOURCE[0]}"; exit 0 ;;
    --json) arguments+=(--json "$(realpath -m "${2:?--json needs a file}")"); shift 2 ;;
    *) arguments+=("$1"); shift ;;
  esac
done

cd "$root"
. scripts/env.sh
zkml_npm_ci "$root/scripts/peers"
scripts/build-cli.sh

pin=()
if [ "$(nproc)" -gt 2 ] && command -v taskset >/dev/null 2>&1; then
  pin=(taskset -c "$(taskset -cp $$ | sed 's/.*: //; s/-/,/' | cut -d, -f1,2)")
fi
exec "${pin[@]}" node scripts/peers/main.js "${arguments[@]}"
