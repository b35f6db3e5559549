#!/usr/bin/env bash
# Builds the command line's jar, prover/target/zkml.jar, without running tests, and what makes it start faster.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/scripts/env.sh"
mvn -q -B -ntp -f "$root/pom.xml" -pl prover -am package -DskipTests
"$root/scripts/class-archive.sh" || echo "build-cli.sh: no class archive was made; zkml starts without it" >&2
