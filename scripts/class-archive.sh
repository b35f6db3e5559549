#!/usr/bin/env bash
# Runs a small proof and keeps the classes that it loaded in prover/target/zkml.jsa, from which ./zkml starts faster by half a second.
#   scripts/class-archive.sh      after a build; does nothing while the archive is newer than the jar
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/scripts/lib/java.sh"
jar=$root/prover/target/zkml.jar
archive=${jar%.jar}.jsa
[ ! "$archive" -nt "$jar" ] || exit 0

java=$(zkml_find_jdk)/bin/java
folder=$(mktemp -d)
trap 'rm -rf "$folder" "$archive.$$"' EXIT
export ZKML_PASSPHRASE=nothing-is-kept-here

# The options of ./zkml that the archive depends on.
zkml() {
  "$java" --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED -Xlog:disable "${keep[@]}" -jar "$jar" "$@" >/dev/null 2>&1
}
keep=()

head -n 61 "$root/data/wdbc.csv" >"$folder/rows.csv"
zkml setup dev --power 12 "$folder/dev.srs"
zkml inspect "$folder/rows.csv" --target malignant --limb-bits 8 --schema-out "$folder/schema.json"
zkml init -w "$folder/workspace"
zkml connect -w "$folder/workspace" --deployment "$root/scripts/lib/any-deployment.json" --setup "$folder/dev.srs"
keep=("-XX:ArchiveClassesAtExit=$archive.$$")
zkml commit "$folder/rows.csv" -w "$folder/workspace" --schema "$folder/schema.json"
mv -f "$archive.$$" "$archive"
