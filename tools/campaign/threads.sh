#!/bin/bash
# Every unit test under ThreadSanitizer.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tools/build.sh

configure tsan build-tsan ON
cmake --build build-tsan -j "$(compile_jobs)"
TSAN_OPTIONS="halt_on_error=0:second_deadlock_stack=1" \
  ctest --test-dir build-tsan --output-on-failure --no-tests=error -j "$(nproc)" --timeout 900 "$@"
