#!/usr/bin/env bash
# One aggregator of the demo, a process of its own: NAME FOLDER CAMPAIGN. Works until the campaign is over.
# Needs a workspace in FOLDER, connected; leaves what the command answered in FOLDER/log/aggregate.json.
set -euo pipefail

name=$1
folder=$2
campaign=$3
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
mkdir -p "$folder/log"

if ! "$root/zkml" aggregate run --campaign "$campaign" --every 500 -w "$folder" --json \
  >"$folder/log/aggregate.json" 2>"$folder/log/aggregate.txt"; then
  sed "s/^/$name: /" "$folder/log/aggregate.txt" >&2
  exit 1
fi
echo "$name: done"
