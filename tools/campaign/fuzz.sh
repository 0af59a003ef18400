#!/bin/bash
# Builds every fuzzer of fuzz/ and runs each for a time; what it learns is kept in build-fuzz/corpus/.
#   tools/campaign/fuzz.sh [SECONDS each, 60 by default] [NAME…]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tools/build.sh

seconds=${1:-60}
shift || true
cmake -S . -B build-fuzz -G Ninja -DCMAKE_CXX_COMPILER=clang++-19 -DCMAKE_BUILD_TYPE=Debug \
  -DCMAKE_CXX_FLAGS_DEBUG="-O1 -g1" -DSEXTANT_FUZZ=ON -DSEXTANT_TESTS=OFF -DSEXTANT_SANITIZE=address >/dev/null
fuzzers=("$@")
((${#fuzzers[@]})) || mapfile -t fuzzers < <(basename -s .cc fuzz/*_fuzzer.cc)
cmake --build build-fuzz -j "$(compile_jobs)" --target "${fuzzers[@]}"

failed=()
for fuzzer in "${fuzzers[@]}"; do
  echo "── $fuzzer, $seconds s"
  mkdir -p "build-fuzz/corpus/$fuzzer" "build-fuzz/found/$fuzzer"
  "build-fuzz/fuzz/$fuzzer" -max_total_time="$seconds" -artifact_prefix="build-fuzz/found/$fuzzer/" \
    -print_final_stats=1 "build-fuzz/corpus/$fuzzer" 2>&1 | tail -n 12 || failed+=("$fuzzer")
done
((${#failed[@]} == 0)) || { echo "failed: ${failed[*]}; the inputs are in build-fuzz/found/"; exit 1; }
