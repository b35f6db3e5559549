#!/usr/bin/env bash
# A seller's instance under load, with a real server on a real chain: queries of one row for a receipt, then the proofs of a random sample
# of them, each checked by "zkml verify-prediction".
#   scripts/bench-inference.sh [--rate QUERIES_A_SECOND] [--seconds N] [--passes N] [--sample N] [--json]
# Defaults: 50 queries a second for 20 seconds over 50 passes, a sample of 5. The time of a query counts from when it was due, not from when
# it was sent. Everything lies in target/bench-inference/.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
rate=50 seconds=20 passes=50 sample=5 json=
while [ $# -gt 0 ]; do
  case $1 in
    --rate | --seconds | --passes | --sample)
      [[ ${2:-} =~ ^[1-9][0-9]*$ ]] || { echo "bench-inference.sh: $1 needs a number above 0" >&2; exit 2; }
      declare "${1#--}=$2"
      shift
      ;;
    --json) json=1 ;;
    -h | --help) sed -n '2,6s/^# //p' "${BASH_SOURCE[0]}"; exit 0 ;;
    *) echo "bench-inference.sh: unknown argument $1 (see --help)" >&2; exit 2 ;;
  esac
  shift
done

. scripts/env.sh
work=$root/target/bench-inference
rm -rf "$work"
mkdir -p "$work"
pids=()
stop() {
  local i
  for ((i = ${#pids[@]} - 1; i >= 0; i--)); do
    kill "${pids[i]}" 2>/dev/null || true
    wait "${pids[i]}" 2>/dev/null || true
  done
}
trap stop EXIT
trap 'exit 130' INT TERM

say() { echo "$*" >&2; }
ZKML_PASSPHRASE=$(node -p 'require("crypto").randomBytes(16).toString("hex")')
ZKML_SELLER_PASSPHRASE=$(node -p 'require("crypto").randomBytes(16).toString("hex")')
export ZKML_PASSPHRASE ZKML_SELLER_PASSPHRASE
zkml() { ./zkml "$@" --json 2>>"$work/zkml.log"; }
field() { node -e 'console.log(JSON.parse(require("fs").readFileSync(0, "utf8"))[process.argv[1]])' "$1"; }
free_port() { node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'; }
load() { node scripts/lib/inference-load.js "$@"; }

say "Building"
mvn -q -B -ntp package -DskipTests >"$work/build.log" 2>&1 || { cat "$work/build.log" >&2; exit 1; }

say "A chain, the contracts, the server"
rpc=http://127.0.0.1:$(free_port)
node node_modules/hardhat/dist/src/cli.js node --hostname 127.0.0.1 --port "${rpc##*:}" >"$work/chain.log" 2>&1 &
pids+=($!)
node scripts/demo/chain.js wait "$rpc"
members=(owner registry a b c)
declare -A account
for name in "${members[@]}"; do
  account[$name]=$(zkml init -w "$work/$name" | field account)
done
node scripts/demo/chain.js fund "$rpc" "${account[@]}"
zkml setup dev --power 17 "$work/setup.srs" >/dev/null
zkml deploy -w "$work/owner" --setup "$work/setup.srs" --rpc "$rpc" --out "$work/deployment.json" >/dev/null
server=http://127.0.0.1:$(free_port)
(
  cd "$work"
  exec "$root/scripts/server.sh" "-Dquarkus.http.port=${server##*:}" "-Dzkml.chain.rpc-url=$rpc" \
    "-Dzkml.chain.deployment-file=$work/deployment.json" "-Dzkml.seller.vault=$work/seller/seller.zkml" "-Dzkml.seller.setup=$work/setup.srs"
) >"$work/server.log" 2>&1 &
pids+=($!)
node scripts/demo/chain.js ready "$server/q/health/ready"
for name in "${members[@]}"; do
  zkml connect -w "$work/$name" --rpc "$rpc" --setup "$work/setup.srs" --deployment "$work/deployment.json" --server "$server" >/dev/null
done

say "A model: one round of three providers"
load terms "$work" "${account[a]}" "${account[b]}" "${account[c]}"
zkml campaign grant --owner "${account[owner]}" --tokens 600 -w "$work/owner" >/dev/null
zkml campaign consent --owner "${account[owner]}" --schema data/schemas/wdbc.json --out "$work/consent.json" -w "$work/registry" >/dev/null
campaign=$(zkml campaign open "$work/campaign.json" --consent "$work/consent.json" --yes -w "$work/owner" | field id)
for name in a b c; do
  zkml commit "$work/$name.csv" --schema data/schemas/wdbc.json -w "$work/$name" >/dev/null
  zkml register --direct --yes -w "$work/$name" >/dev/null
  zkml join --campaign "$campaign" --direct --yes -w "$work/$name" >/dev/null
done
each() { for name in a b c; do zkml participate --campaign "$campaign" --once --direct --yes -w "$work/$name" >/dev/null; done; }
both() { for name in owner registry; do zkml aggregate run --campaign "$campaign" --once -w "$work/$name" >/dev/null; done; }
each
both
each
load pass "$rpc" 3600 # contributions
load pass "$rpc" 3600 # shares
both
both
seller=$(zkml model export --campaign "$campaign" --out "$work/seller/seller.zkml" --schema data/schemas/wdbc.json -w "$work/owner" | field seller)
zkml model list --campaign "$campaign" --seller "$seller" --endpoint "$server" --tier 100000:30d:0 -w "$work/owner" >/dev/null

say "Load: $rate queries a second for $seconds seconds"
load run "$rpc" "$server" "$work" "$campaign" "$rate" "$seconds" "$passes" "$sample" >"$work/result.json"
say "Checking the sample"
for answer in "$work"/sample/*.json; do
  zkml verify-prediction "$answer" --schema data/schemas/wdbc.json --rpc "$rpc" --deployment "$work/deployment.json" --setup "$work/setup.srs" >>"$work/verified.jsonl"
done
verified=$(wc -l <"$work/verified.jsonl")
load report "$work/result.json" "$verified" ${json:+json}
