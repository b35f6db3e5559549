#!/usr/bin/env bash
# One hospital of the demo, a process of its own: NAME FOLDER CSV CAMPAIGN. Commits, registers, joins, goes along with all rounds.
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
step participate participate --campaign "$campaign" --every 500 --report --yes
step claim claim --campaign "$campaign"
step status status
