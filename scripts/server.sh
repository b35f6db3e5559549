#!/usr/bin/env bash
# Starts the server on http://127.0.0.1:8080 in the foreground; its database is ./zkml-data. Builds it first if it was not built.
# Options are Java system properties: scripts/server.sh -Dquarkus.http.port=8090
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
application=$root/frontend-api/target/quarkus-app/quarkus-run.jar

. "$root/scripts/lib/java.sh"
JAVA_HOME=$(zkml_find_jdk)
export JAVA_HOME

if [ ! -f "$application" ]; then
  echo "zkml: building the server (once)" >&2
  (
    . "$root/scripts/env.sh"
    mvn -q -B -ntp -f "$root/pom.xml" -pl frontend-api -am package -DskipTests
  ) >&2
fi

exec "$JAVA_HOME/bin/java" --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED \
  "-Xmx${ZKML_SERVER_HEAP:-2g}" "$@" -jar "$application"
