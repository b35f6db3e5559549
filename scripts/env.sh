# To be sourced (bash): a JDK 25 in JAVA_HOME, a Node.js that Hardhat accepts, both first on the PATH, and the npm packages.
# Every script of this folder starts with it; for a shell of your own: . scripts/env.sh

zkml_env() {
  local root
  root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
  . "$root/scripts/lib/java.sh"
  . "$root/scripts/lib/node.sh"

  JAVA_HOME=$(zkml_find_jdk) || return 1
  PATH=$JAVA_HOME/bin:$PATH
  # Maven's own libraries use methods that this JDK warns of at every start.
  MAVEN_OPTS=${MAVEN_OPTS:---sun-misc-unsafe-memory-access=allow}
  export JAVA_HOME PATH MAVEN_OPTS

  if ! command -v mvn >/dev/null 2>&1; then
    echo "zkML needs Maven 3.8.7 or newer and found no mvn on the PATH: install it (Debian: apt-get install maven)." >&2
    return 1
  fi
  zkml_use_node "$root" || return 1
  if [ -f "$root/package-lock.json" ]; then
    zkml_npm_ci "$root" || return 1
  fi
}

zkml_env
