#!/bin/bash
# clang-tidy over src/, with .clang-tidy. Needs a configured and built build/ (./check --only build).
#
#   tools/campaign/tidy.sh            every file: about ten seconds each
#   tools/campaign/tidy.sh --changed  files that differ from the last commit or came with it, at most 12
#
# A file that passed is not looked at again until it, a header of the project or .clang-tidy changes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

passed=build/check/tidy
mkdir -p "$passed"
headers=$(find src -name '*.h' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum .clang-tidy | sha256sum | cut -c1-16)

if [[ ${1:-} == --changed ]]; then
  mapfile -t files < <({ git diff --name-only HEAD; git diff --name-only HEAD~1 HEAD; } 2>/dev/null |
    grep -E '^src/.*\.cc$' | sort -u)
else
  mapfile -t files < <(find src -name '*.cc' | LC_ALL=C sort)
fi

todo=()
for file in "${files[@]}"; do
  [[ -f $file ]] || continue
  [[ -f $passed/$headers-$(sha256sum <"$file" | cut -c1-24) ]] || todo+=("$file")
done
if [[ ${1:-} == --changed ]] && ((${#todo[@]} > 12)); then
  echo "looking at 12 of ${#todo[@]} changed files; tools/campaign/tidy.sh looks at all"
  todo=("${todo[@]:0:12}")
fi
((${#todo[@]})) || exit 0

one() {
  clang-tidy-19 -p build --quiet "$1" 2>/dev/null && touch "$2/$3-$(sha256sum <"$1" | cut -c1-24)"
}
export -f one
printf '%s\0' "${todo[@]}" | xargs -0 -P "$(nproc)" -I{} bash -c 'one "$@"' _ {} "$passed" "$headers"
