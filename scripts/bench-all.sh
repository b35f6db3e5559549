#!/usr/bin/env bash
# Measures everything that docs/performance.md shows and writes its tables: half an hour on two cores that nothing else uses.
#   scripts/bench-all.sh [PART ...]      parts: kernels proofs scaling peers inference (default: all); the tables are written in any case
# The figures are kept in docs/figures/, with the machine and the commit; they are to be committed with the page.
# Examples:
#   scripts/bench-all.sh                  everything
#   scripts/bench-all.sh proofs scaling   whole proofs anew, the rest as it is
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
figures=$root/docs/figures

parts=()
for part in "$@"; do
  case $part in
    -h | --help) sed -n '2,7s/^# //p' "${BASH_SOURCE[0]}"; exit 0 ;;
    kernels | proofs | scaling | peers | inference) parts+=("$part") ;;
    *) echo "bench-all.sh: unknown argument $part (see --help)" >&2; exit 2 ;;
  esac
done
[ ${#parts[@]} -gt 0 ] || parts=(kernels proofs scaling peers inference)

cd "$root"
. scripts/env.sh
for part in "${parts[@]}"; do
  case $part in
    kernels) scripts/bench-jmh.sh --json "$figures/kernels.json" ;;
    proofs) scripts/bench.sh --runs 3 --json "$figures/proofs.json" ;;
    scaling) scripts/bench.sh --scaling --json "$figures/scaling.json" ;;
    peers) scripts/bench-peers.sh --json "$figures/peers.json" ;;
    inference) scripts/bench-inference.sh --json >"$figures/inference.json" ;;
  esac
done

# What each part was measured on.
commit=$(git rev-parse --short HEAD)
java=$(sed -n 's/^JAVA_RUNTIME_VERSION="\(.*\)"/\1/p' "$JAVA_HOME/release")
node --input-type=module - "$figures/machine.json" "$commit" "$java" "${parts[@]}" <<'JS'
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import os from "node:os";

const [file, commit, java, ...parts] = process.argv.slice(2);
const machines = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
const [{ model: processor }] = os.cpus();
const date = new Date().toISOString().slice(0, 10);
const now = { processor, cores: os.availableParallelism(), java, commit, date };
parts.forEach((part) => (machines[part] = now));
writeFileSync(file, JSON.stringify(machines, null, 2) + "\n");
JS
node scripts/performance-table.js
