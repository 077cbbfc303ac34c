#!/bin/sh
# Times kith and its peers on the same inputs and prints what tests/bench/bench.py says; --help tells more.
# Usage: bench.sh [--size 50k|1m|10m|50m|100m] [--runs N] [TASK...]
# Builds as for release. Inputs are kept in build/bench/bench-inputs, the table in build/bench/bench.csv.
set -eu
cd "$(dirname "$0")/.."

cmake --preset bench --log-level=WARNING
cmake --build --preset bench >/dev/null
echo "$(nproc) cores, load $(cut -d ' ' -f 1-3 /proc/loadavg), $(date -u +%F), $(cc --version | head -n 1)"
exec /usr/bin/python3 -B tests/bench/bench.py --build build/bench "$@"
