#!/usr/bin/env bash
# Checks everything: formats, lint, every Java and Solidity test, and that none of it changes a committed file.
# Runs every step even if one fails, and ends with exit code 1 if any did. Whole logs: target/logs/
set -uo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root" || exit 1
. scripts/env.sh || exit 1

logs=$root/target/logs
mkdir -p "$logs"
results=()
failed=0

step() {
  local name=$1 started=$SECONDS result=ok
  shift
  printf '\n== %s\n' "$name"
  "$@" || { result=FAILED; failed=1; }
  results+=("$(printf '%-7s %4d s  %s' "$result" $((SECONDS - started)) "$name")")
}

# All modules, though one fails. The log is long: what was tested, warnings of our compiler and errors are shown as they come.
java_tests() {
  mvn -B -ntp --fail-at-end verify 2>&1 | tee "$logs/maven.log" |
    grep --line-buffered -E '^\[ERROR\]|^\[WARNING\] .*\.java|Tests run:|BUILD |Reactor Summary|(SUCCESS|FAILURE|SKIPPED) *(\[|$)'
  return "${PIPESTATUS[0]}"
}

committed_files() {
  git status --porcelain 2>/dev/null
}

unchanged() {
  local after
  after=$(committed_files)
  if [ "$before" != "$after" ]; then
    echo "The tests changed files of the repository (before <, after >):"
    diff <(printf '%s\n' "$before") <(printf '%s\n' "$after")
    return 1
  fi
}

before=$(committed_files)

step "format of the Java modules" mvn -q -B -ntp --fail-at-end spotless:check
step "format of the contracts" npm run --silent format:check
step "lint of the contracts" npm run --silent lint
step "build of the contracts" npx hardhat build
# They take one core for as long as the Java modules take the other: in a process group of their own, which ends with this script.
set -m
(step "tests of the contracts" npx hardhat test; printf '%s\n' "${results[-1]}" >"$logs/contracts.result"; exit "$failed") </dev/null >"$logs/contracts.log" 2>&1 &
contracts=$!
set +m
trap 'kill -- "-$contracts" 2>/dev/null' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
step "tests of the Java modules" java_tests
wait "$contracts" || failed=1
trap - EXIT
cat "$logs/contracts.log"
results+=("$(cat "$logs/contracts.result")")
step "no committed file changed" unchanged

printf '\n== Summary\n'
grep -E '^\[(INFO|WARNING|ERROR)\] (Building zkML|Tests run: [0-9]+, Failures: [0-9]+, Errors: [0-9]+, Skipped: [0-9]+$)' "$logs/maven.log"
printf '%s\n' "${results[@]}"
exit "$failed"
