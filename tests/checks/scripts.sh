#!/bin/sh
# Every script may be run, and shellcheck has nothing to say about scripts and command-line cases.
set -eu
cd "$(dirname "$0")/../.."

status=0
for script in scripts/*.sh tests/*.sh tests/*/*.sh .ci/run; do
  [ -x "$script" ] || { echo "scripts: $script is not executable"; status=1; }
  shellcheck "$script" || status=1
done
# A case is a fragment that run_case.sh runs: it has no first line of its own.
for case in tests/cli/*/cmd; do
  shellcheck --shell=sh --exclude=SC2148 "$case" || status=1
done
[ $status -ne 0 ] || echo "scripts: shellcheck is content"
exit $status
