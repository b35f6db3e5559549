#!/usr/bin/env bash
# Measures everything that docs/performance.md shows and writes its tables: an hour on two cores that nothing else uses.
#   scripts/bench-all.sh [PART ...]      parts: kernels proofs scaling peers (default: all); the tables are written in any case
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
    kernels | proofs | scaling | peers) parts+=("$part") ;;
    *) echo "bench-all.sh: unknown argument $part (see --help)" >&2; exit 2 ;;
  esac
done
[ ${#parts[@]} -gt 0 ] || parts=(kernels proofs scaling peers)

cd "$root"
. scripts/env.sh
for part in "${parts[@]}"; do
  case $part in
    kernels) scripts/bench-jmh.sh --json "$figures/kernels.json" ;;
    proofs) scripts/bench.sh --runs 3 --json "$figures/proofs.json" ;;
    scaling) scripts/bench.sh --scaling --json "$figures/scaling.json" ;;
    peers) scripts/bench-peers.sh --json "$figures/peers.json" ;;
  esac
done

commit=$(git rev-parse --short HEAD)
java=$(sed -n 's/^JAVA_RUNTIME_VERSION="\(.*\)"/\1/p' "$JAVA_HOME/release")
node --input-type=module - "$commit" "$java" >"$figures/machine.json" <<'JS'
import os from "node:os";

const [commit, java] = process.argv.slice(2);
const [{ model: processor }] = os.cpus();
const date = new Date().toISOString().slice(0, 10);
console.log(JSON.stringify({ processor, cores: os.availableParallelism(), java, commit, date }, null, 2));
JS
node scripts/performance-table.js
