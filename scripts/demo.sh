#!/usr/bin/env bash
# Three hospitals prove a training contribution on parts of a real data set; a local chain verifies and pays.
#   scripts/demo.sh [--keep]
# --keep leaves chain and server up, prints their addresses, and says how to end them. Everything lies in target/demo/.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
keep=
case ${1:-} in
  "") ;;
  --keep) keep=1 ;;
  -h | --help) sed -n '2,4s/^# //p' "${BASH_SOURCE[0]}"; exit 0 ;;
  *) echo "demo.sh: unknown argument $1 (see --help)" >&2; exit 2 ;;
esac

. scripts/env.sh
demo=$root/target/demo
hospitals=(hospital-a hospital-b hospital-c)
pids=()

# What was started last ends first: the others talk to the chain until then.
stop() {
  local i
  for ((i = ${#pids[@]} - 1; i >= 0; i--)); do
    kill "${pids[i]}" 2>/dev/null || true
    wait "${pids[i]}" 2>/dev/null || true
  done
}
trap stop EXIT
trap 'exit 130' INT TERM

say() { printf '\n== %s\n' "$*"; }

say "Building"
mkdir -p target
mvn -q -B -ntp package -DskipTests -Dspotless.check.skip=true >target/maven-build.log 2>&1 || { cat target/maven-build.log >&2; exit 1; }
npx hardhat build --quiet >"$root/target/hardhat-build.log" 2>&1 || { cat "$root/target/hardhat-build.log" >&2; exit 1; }
scripts/class-archive.sh || true
rm -rf "$demo"
mkdir -p "$demo"

say "A local chain"
free_port() { node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'; }
port=$(free_port)
rpc=http://127.0.0.1:$port
# Not by npx: killing that would leave the node running.
node node_modules/hardhat/dist/src/cli.js node --hostname 127.0.0.1 --port "$port" >"$demo/chain.log" 2>&1 &
pids+=($!)
node scripts/demo/chain.js wait "$rpc"
echo "chain 31337 at $rpc"

# The vaults of the demo hold nothing but public data, under a passphrase of this run.
ZKML_PASSPHRASE=$(node -p 'require("crypto").randomBytes(16).toString("hex")')
export ZKML_PASSPHRASE

zkml() { ./zkml "$@" 2>>"$demo/zkml.log"; }
field() { node -e 'console.log(JSON.parse(require("fs").readFileSync(0, "utf8"))[process.argv[1]])' "$1"; }

say "Accounts: the campaign's owner, a second aggregator, three hospitals, each with a folder and a vault of its own"
declare -A account
for name in owner aggregator "${hospitals[@]}"; do
  account[$name]=$(zkml init -w "$demo/$name" --json | field account)
  echo "$name ${account[$name]}"
done
# Only the owner has ether: what the hospitals sign is relayed by the server, which pays the gas.
node scripts/demo/chain.js fund "$rpc" "${account[owner]}"

say "A setup made on the spot (unsafe: only chain 31337 takes it), and the contracts"
zkml setup dev --power 17 "$demo/setup.srs" --json >/dev/null
zkml connect -w "$demo/owner" --rpc "$rpc" --setup "$demo/setup.srs" --json >/dev/null
zkml deploy -w "$demo/owner" --setup "$demo/setup.srs" --out "$demo/deployment.json" --json >/dev/null

say "The server"
server=http://127.0.0.1:$(free_port)
(
  cd "$demo"
  exec "$root/scripts/server.sh" "-Dquarkus.http.port=${server##*:}" "-Dzkml.chain.rpc-url=$rpc" \
    "-Dzkml.chain.deployment-file=$demo/deployment.json"
) >"$demo/server.log" 2>&1 &
pids+=($!)
node scripts/demo/chain.js ready "$server/q/health/ready"
echo "REST at $server/api/v1, its description at $server/q/swagger-ui"
for name in owner aggregator "${hospitals[@]}"; do
  zkml connect -w "$demo/$name" --rpc "$rpc" --setup "$demo/setup.srs" --deployment "$demo/deployment.json" --server "$server" --json >/dev/null
done
node scripts/demo/chain.js events "$rpc" "$demo/deployment.json" &
events=$!
pids+=("$events")

say "The owner opens a campaign: 16 full-batch steps of logistic regression, one token a row"
node scripts/demo/terms.js "$demo" <<JSON
{$(for name in "${hospitals[@]}"; do printf '"%s":"%s",' "$name" "${account[$name]}"; done | sed 's/,$//')}
JSON
zkml campaign grant --owner "${account[owner]}" --tokens 3000 -w "$demo/owner" --json >/dev/null
zkml campaign consent --owner "${account[owner]}" --schema data/schemas/wdbc.json --out "$demo/consent.json" -w "$demo/aggregator" --json >/dev/null
zkml campaign open "$demo/campaign.json" --consent "$demo/consent.json" -w "$demo/owner" --json >"$demo/opened.json"
campaign=$(field id <"$demo/opened.json")

say "Three hospitals, each in a process of its own"
providers=()
for name in "${hospitals[@]}"; do
  scripts/demo/provider.sh "$name" "$demo/$name" "$demo/$name.csv" "$campaign" &
  providers+=($!)
  pids+=($!)
done
for pid in "${providers[@]}"; do
  wait "$pid" || { echo "A hospital failed; its answers are under $demo/hospital-*/log/" >&2; exit 1; }
done
pids=("${pids[@]:0:${#pids[@]}-${#providers[@]}}")

say "The round's windows pass; anybody may end it, which releases the rewards"
node scripts/demo/chain.js advance "$rpc" 86400
zkml campaign end "$campaign" -w "$demo/owner" --json >/dev/null
for name in "${hospitals[@]}"; do
  zkml claim --campaign "$campaign" -w "$demo/$name" --json >/dev/null
done
sleep 1 # for the last events

say "What it came to, read back through REST"
node scripts/demo/table.js "$server" "$campaign" "$demo" "${hospitals[@]}"
echo "Proofs and statements: $demo/<hospital>/proof/ and $demo/<hospital>/datasets/data/"

if [ -n "$keep" ]; then
  kill "$events"
  trap - EXIT
  echo "Chain $rpc and server $server stay up; end them with: kill ${pids[0]} ${pids[1]}"
fi
