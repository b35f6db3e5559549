#!/usr/bin/env bash
# Three hospitals train one model on parts of a real data set over three rounds, two aggregators average it; a local chain verifies and pays.
# Then the owner sells the model's answers, one hospital buys ten, and all are paid.
#   scripts/demo.sh [--keep]
# --keep leaves chain and server up, prints their addresses, and says how to end them. Everything lies in target/demo/.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
keep=
case ${1:-} in
  "") ;;
  --keep) keep=1 ;;
  -h | --help) sed -n '2,5s/^# //p' "${BASH_SOURCE[0]}"; exit 0 ;;
  *) echo "demo.sh: unknown argument $1 (see --help)" >&2; exit 2 ;;
esac

. scripts/env.sh
demo=$root/target/demo
hospitals=(hospital-a hospital-b hospital-c)
pids=()

# What the caller has open beside its terminal, such as a lock, is not for what runs here.
exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-

# Runs a command beside the demo, in a process group of its own, so that it ends with all that it started.
start() {
  set -m
  "$@" </dev/null &
  set +m
  pids+=($!)
}

# What was started last ends first: the others talk to the chain until then.
stop() {
  local i
  for ((i = ${#pids[@]} - 1; i >= 0; i--)); do
    kill -- "-${pids[i]}" 2>/dev/null || true
    wait "${pids[i]}" 2>/dev/null || true
  done
}
trap stop EXIT
trap 'exit 130' INT TERM HUP

say() { printf '\n== %s\n' "$*"; }

say "Building"
mkdir -p target
mvn -q -B -ntp package -DskipTests >target/maven-build.log 2>&1 || { cat target/maven-build.log >&2; exit 1; }
npx hardhat build --quiet >"$root/target/hardhat-build.log" 2>&1 || { cat "$root/target/hardhat-build.log" >&2; exit 1; }
scripts/class-archive.sh || true
rm -rf "$demo"
mkdir -p "$demo"

say "A local chain"
free_port() { node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'; }
port=$(free_port)
rpc=http://127.0.0.1:$port
start npx hardhat node --hostname 127.0.0.1 --port "$port" >"$demo/chain.log" 2>&1
node scripts/demo/chain.js wait "$rpc"
echo "chain 31337 at $rpc"

# The vaults of the demo hold nothing but public data, under a passphrase of this run.
ZKML_PASSPHRASE=$(node -p 'require("crypto").randomBytes(16).toString("hex")')
export ZKML_PASSPHRASE

zkml() { ./zkml "$@" 2>>"$demo/zkml.log"; }
# As a user sees it, but for what Java says of every command.
shown() { ./zkml "$@" 2> >(grep -v "Using incubator modules" >&2); }
field() { node -e 'console.log(JSON.parse(require("fs").readFileSync(0, "utf8"))[process.argv[1]])' "$1"; }

say "Accounts: the campaign's owner, a second aggregator, three hospitals, each with a folder and a vault of its own"
declare -A account
for name in owner aggregator "${hospitals[@]}"; do
  account[$name]=$(zkml init -w "$demo/$name" --json | field account)
  echo "$name ${account[$name]}"
done
# Only the aggregators have ether: what the hospitals sign is relayed by the server, which pays the gas.
node scripts/demo/chain.js fund "$rpc" "${account[owner]}" "${account[aggregator]}"

say "A setup made on the spot (unsafe: only chain 31337 takes it), and the contracts"
zkml setup dev --power 17 "$demo/setup.srs" --json >/dev/null
zkml connect -w "$demo/owner" --rpc "$rpc" --setup "$demo/setup.srs" --json >/dev/null
zkml deploy -w "$demo/owner" --setup "$demo/setup.srs" --out "$demo/deployment.json" --json >/dev/null

say "The server"
server=http://127.0.0.1:$(free_port)
# In the folder $1, where its database goes.
serve() {
  cd "$1"
  exec "$root/scripts/server.sh" "-Dzkml.chain.rpc-url=$rpc" "-Dzkml.chain.deployment-file=$demo/deployment.json" "${@:2}"
}
start serve "$demo" "-Dquarkus.http.port=${server##*:}" >"$demo/server.log" 2>&1
node scripts/demo/chain.js ready "$server/q/health/ready"
echo "REST at $server/api/v1, its description at $server/q/swagger-ui"
for name in owner aggregator "${hospitals[@]}"; do
  zkml connect -w "$demo/$name" --rpc "$rpc" --setup "$demo/setup.srs" --deployment "$demo/deployment.json" --server "$server" --json >/dev/null
done
start node scripts/demo/chain.js events "$rpc" "$demo/deployment.json"
events=${pids[-1]}

say "The owner opens a campaign: 3 rounds of 16 full-batch steps of logistic regression at rate 2, one token a row"
node scripts/demo/terms.js "$demo" <<JSON
{$(for name in "${hospitals[@]}"; do printf '"%s":"%s",' "$name" "${account[$name]}"; done | sed 's/,$//')}
JSON
zkml campaign grant --owner "${account[owner]}" --tokens 3000 -w "$demo/owner" --json >/dev/null
zkml campaign consent --owner "${account[owner]}" --schema data/schemas/wdbc.json --out "$demo/consent.json" -w "$demo/aggregator" --json >/dev/null
zkml campaign open "$demo/campaign.json" --consent "$demo/consent.json" --yes -w "$demo/owner" --json >"$demo/opened.json"
campaign=$(field id <"$demo/opened.json")

say "Three hospitals and two aggregators, each in a process of its own"
before=${#pids[@]}
for name in "${hospitals[@]}"; do
  start scripts/demo/provider.sh "$name" "$demo/$name" "$demo/$name.csv" "$campaign"
done
for name in owner aggregator; do
  start scripts/demo/aggregator.sh "$name" "$demo/$name" "$campaign"
done
start node scripts/demo/chain.js pass "$rpc" "$server" "$campaign" "$demo" "${hospitals[@]}"
workers=("${pids[@]:before}")
# Whoever fails first ends the demo: the others would wait for it.
running=" ${workers[*]} "
while [ -n "${running// /}" ]; do
  # shellcheck disable=SC2086 # a list of process numbers
  wait -n -p ended $running || { echo "A participant failed; what it said is under $demo/*/log/" >&2; exit 1; }
  running=${running/ $ended / }
done
pids=("${pids[@]:0:before}")

say "For comparison, round by round: as many steps on the pooled rows, and on each hospital's own, without averaging"
held_out=(data/wdbc.csv --split data/splits/split_wdbc.txt)
zkml init -w "$demo/pooled" --json >/dev/null
zkml connect -w "$demo/pooled" --rpc "$rpc" --setup "$demo/setup.srs" --deployment "$demo/deployment.json" --json >/dev/null
zkml commit "$demo/pooled.csv" --schema data/schemas/wdbc.json -w "$demo/pooled" --json >/dev/null
for name in pooled "${hospitals[@]}"; do
  for steps in 16 32 48; do
    zkml train --task "$demo/task-$steps.json" --test "${held_out[@]}" -w "$demo/$name" --json >"$demo/$name.$steps.json"
  done
done
for round in 1 2 3; do
  zkml evaluate "${held_out[@]}" --campaign "$campaign" --round "$round" -w "$demo/owner" --json >"$demo/round-$round.json"
done

say "What training came to, read back through REST"
node scripts/demo/table.js "$server" "$campaign" "$demo" "${hospitals[@]}"
echo "Proofs and statements: $demo/<hospital>/campaigns/*/$campaign/round-*/ and $demo/owner/campaigns/*/$campaign/round-*/average/"

say "The owner sells the model, on an instance of its own that alone has it"
ZKML_SELLER_PASSPHRASE=$(node -p 'require("crypto").randomBytes(16).toString("hex")')
export ZKML_SELLER_PASSPHRASE
seller=$(zkml model export --campaign "$campaign" --out "$demo/seller/seller.zkml" --schema data/schemas/wdbc.json -w "$demo/owner" --json | field seller)
shop=http://127.0.0.1:$(free_port)
start serve "$demo/seller" "-Dquarkus.http.port=${shop##*:}" -Dzkml.chain.relayer.every=0s \
  -Dzkml.seller.vault=seller.zkml "-Dzkml.seller.setup=$demo/setup.srs" >"$demo/seller.log" 2>&1
node scripts/demo/chain.js ready "$shop/q/health/live"
# 100 rows within 30 days for 10.000000000000000001 tokens: a price that does not divide evenly.
zkml model list --campaign "$campaign" --seller "$seller" --endpoint "$shop" --tier 100:30d:10.000000000000000001 -w "$demo/owner" --json >/dev/null
shown models -w "$demo/owner"

say "hospital-a buys a pass with tokens that it earned, asks about ten rows that nobody trained on, and verifies the answers"
# From here on the hospitals send transactions of their own, and need ether.
for name in "${hospitals[@]}"; do node scripts/demo/chain.js fund "$rpc" "${account[$name]}"; done
pass=$(zkml pass buy --model "$campaign" --tier 0 --yes -w "$demo/hospital-a" --json | field passId)
node -e '
  const fs = require("fs");
  const [header, ...rows] = fs.readFileSync("data/wdbc.csv", "utf8").trimEnd().split("\n");
  const heldOut = fs.readFileSync("data/splits/split_wdbc.txt", "utf8");
  console.log([header, ...rows.filter((_, i) => heldOut[i] === "1").slice(0, 10)].join("\n"));
' >"$demo/patients.csv"
zkml ask "$demo/patients.csv" --pass "$pass" --batch 5 --out "$demo/answers.csv" --yes -w "$demo/hospital-a" --json >"$demo/ask.jsonl"
echo "prediction: how likely the tumour of that row is malignant, a multiple of 2^-14; tableValue: that multiple, which is what is proved; count: the query's"
cat "$demo/answers.csv"
mapfile -t answers < <(printf '%s\n' "$demo"/hospital-a/passes/*/"$pass"/[0-9]*.json | sort -V)
shown verify-prediction "${answers[@]}" --schema data/schemas/wdbc.json --rpc "$rpc" --deployment "$demo/deployment.json" --setup "$demo/setup.srs"

say "The price of ten rows is released, and claimed"
shown redeem --endpoint "$shop" -w "$demo/owner"
for name in owner "${hospitals[@]}"; do
  zkml claim --campaign "$campaign" --direct -w "$demo/$name" --json >/dev/null
done
node scripts/demo/sale.js "$rpc" "$demo/deployment.json" "$campaign" "$demo" "$pass" "${account[owner]}" "${hospitals[@]}"

say "Every transaction, in the order of the chain"
named=()
for name in "${!account[@]}"; do named+=("$name=${account[$name]}"); done
node scripts/demo/gas.js "$rpc" "$demo/deployment.json" "${named[@]}"

if [ -n "$keep" ]; then
  kill -- "-$events"
  trap - EXIT
  echo "Chain $rpc, server $server and the seller's $shop stay up; end them with: kill -- -${pids[0]} -${pids[1]} -${pids[-1]}"
fi
