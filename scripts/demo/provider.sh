#!/usr/bin/env bash
# One hospital of the demo, a process of its own: NAME FOLDER CSV CAMPAIGN. Commits, registers, joins, trains, proves, submits.
# Needs a workspace in FOLDER, connected; leaves what the commands answered in FOLDER/log/*.json.
set -euo pipefail

name=$1
folder=$2
csv=$3
campaign=$4
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
mkdir -p "$folder/log"

step() {
  local what=$1
  shift
  if ! "$root/zkml" "$@" -w "$folder" --json >"$folder/log/$what.json" 2>"$folder/log/$what.txt"; then
    sed "s/^/$name: $what: /" "$folder/log/$what.txt" >&2
    return 1
  fi
  echo "$name: $what done"
}

step commit commit "$csv" --schema "$root/data/schemas/wdbc.json"
step register register --yes
step join join --campaign "$campaign" --yes
echo "$name: waiting for the round"
until "$root/zkml" campaign status "$campaign" -w "$folder" --json 2>/dev/null | grep -q '"running"'; do
  sleep 1
done
step train train --campaign "$campaign" --test "$root/data/wdbc.csv" --split "$root/data/splits/split_wdbc.txt"
step prove prove --campaign "$campaign" --out "$folder/proof"
step submit submit --campaign "$campaign" --from "$folder/proof" --report --yes
step status status
