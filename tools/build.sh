# Building, for ./run and ./check; to be sourced, in the folder of the project. Does nothing when
# nothing changed.

# As many compilers as there are cores and 1.5 GB of memory for each.
compile_jobs() {
  local cores memory
  cores=$(nproc)
  memory=$(awk '/^MemAvailable:/ { print int($2 / 1500000) }' /proc/meminfo)
  ((memory > 0)) || memory=1
  echo $((cores < memory ? cores : memory))
}

# configure PRESET FOLDER TESTS   TESTS is ON, OFF, or KEEP: as the folder has it, else OFF
configure() {
  local preset=$1 folder=$2 tests=$3 stamp
  if [[ $tests == KEEP ]]; then
    tests=OFF
    [[ -f $folder/CMakeCache.txt ]] && grep -q '^SEXTANT_TESTS:BOOL=ON' "$folder/CMakeCache.txt" && tests=ON
  fi
  stamp="$preset tests=$tests source=$PWD $(sha256sum <CMakePresets.json)"
  [[ -f $folder/build.ninja && -f $folder/.configured && $(<"$folder/.configured") == "$stamp" ]] && return 0
  # A build folder of a project that has been moved is of no use to CMake.
  if [[ -f $folder/CMakeCache.txt ]] &&
    ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$PWD" "$folder/CMakeCache.txt"; then
    rm -rf "$folder"
  fi
  cmake --preset "$preset" -DSEXTANT_TESTS="$tests" || return 1
  printf '%s\n' "$stamp" >"$folder/.configured"
}

# build_program: build/sextant, optimised.
build_program() {
  configure release build KEEP >/dev/null || configure release build KEEP || return 1
  cmake --build build -j "$(compile_jobs)" --target sextant
}

# build_page: web/dist, unless it is made of just these sources.
build_page() {
  local sources
  sources=$(find web \( -path web/node_modules -o -path web/dist -o -path web/.vite \) -prune \
    -o -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum)
  [[ -f web/dist/index.html && -f build/.page && $(<build/.page) == "$sources" ]] && return 0
  (cd web && npm run --silent build) || return 1
  mkdir -p build
  printf '%s\n' "$sources" >build/.page
}
