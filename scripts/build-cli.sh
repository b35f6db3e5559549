#!/usr/bin/env bash
# Builds the command line's jar, prover/target/zkml.jar, without running tests.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
. "$root/scripts/env.sh"
mvn -q -B -ntp -f "$root/pom.xml" -pl prover -am package -DskipTests -Dspotless.check.skip=true
