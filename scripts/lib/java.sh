# Sourced. Defines zkml_find_jdk: prints the folder of a JDK 25, or says on stderr what to install and returns 1.

ZKML_JAVA_RELEASE=25

# True if the folder $1 holds a JDK (with a compiler) of that release; its file `release` tells without starting a JVM.
zkml_is_jdk() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] &&
    grep -Eq "^JAVA_VERSION=\"$ZKML_JAVA_RELEASE([.\"+-])" "$1/release"
}

zkml_find_jdk() {
  local candidate on_path=""
  if command -v javac >/dev/null 2>&1; then
    on_path=$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")
  fi
  for candidate in "${JAVA_HOME:-}" "$on_path" \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/*jdk* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.asdf/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$candidate" ] && zkml_is_jdk "$candidate"; then
      printf '%s\n' "$candidate"
      return 0
    fi
  done
  cat >&2 <<MESSAGE
zkML needs a JDK $ZKML_JAVA_RELEASE and found none: not in JAVA_HOME (${JAVA_HOME:-not set}), on the PATH or in the usual folders such as /usr/lib/jvm.
Install one (Debian: the package openjdk-$ZKML_JAVA_RELEASE-jdk or temurin-$ZKML_JAVA_RELEASE-jdk), or set JAVA_HOME to it.
MESSAGE
  return 1
}
