#!/usr/bin/env bash
# Measures what proofs and their verification are made of by JMH, each benchmark in a JVM of its own: fields, sums of points, sum-checks, pairings,
# the verifier alone and in batches, the trainer, setups. Builds first; takes a quarter of an hour in all.
#   scripts/bench-jmh.sh [--json FILE] [--list] [PATTERN] [OPTION of JMH ...]
# PATTERN is a regular expression that is looked for in CLASS.METHOD (default: everything). Options of JMH follow it: -f forks, -wi and -i
# iterations, -p parameters. ZKML_HEAP sets the largest heap (default 3g).
# Examples:
#   scripts/bench-jmh.sh FieldBenchmark                        a product in the fields, a fold, an inverse
#   scripts/bench-jmh.sh MsmBenchmark.small -p log=20          one size of one benchmark
#   scripts/bench-jmh.sh --json target/jmh.json                everything, with the figures for docs/performance.md
#   scripts/bench-jmh.sh SumcheckBenchmark -wi 1 -i 1          a glance
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

json=
arguments=()
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) sed -n '2,11s/^# //p' "${BASH_SOURCE[0]}"; exit 0 ;;
    --json) json=$(realpath -m "${2:?--json needs a file}"); shift 2 ;;
    --list) arguments+=(-l); shift ;;
    *) arguments+=("$1"); shift ;;
  esac
done

cd "$root"
. scripts/env.sh
scripts/build-cli.sh

# JMH and the libraries of the tests, which the jar of the command line lacks.
classpath=prover/target/test-classpath
if [ ! "$classpath" -nt prover/pom.xml ] || [ ! "$classpath" -nt pom.xml ]; then
  mvn -q -B -ntp -pl prover dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile="$root/$classpath" >&2
fi

mkdir -p target
log=$(mktemp "$root/target/jmh.XXXXXX")
trap 'rm -f "$log" "$log.json"' EXIT

# The benchmarks read fixtures by paths relative to their module, as the tests do.
cd prover
java --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED "-Xmx${ZKML_HEAP:-3g}" -Xlog:disable \
  -cp "target/test-classes:target/classes:$(cat "$root/$classpath")" \
  org.openjdk.jmh.Main "${arguments[@]}" -rf json -rff "$log.json" | tee "$log" >&2
[[ " ${arguments[*]-} " != *" -l "* ]] || exit 0
node "$root/scripts/bench-jmh.js" "$log.json" ${json:+"$json"}
