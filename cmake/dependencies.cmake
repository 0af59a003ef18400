# Imported libraries. Debian packages through pkg-config or CMake's modules; DuckDB from .deps/, where
# tools/setup.sh puts it.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json url)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc i18n)
find_package(PostgreSQL REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(CURL REQUIRED)
find_path(HNSWLIB_INCLUDE_DIR hnswlib/hnswlib.h REQUIRED)
find_package(ZLIB REQUIRED)
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(SECCOMP REQUIRED IMPORTED_TARGET libseccomp)
pkg_check_modules(UCHARDET REQUIRED IMPORTED_TARGET uchardet)
pkg_check_modules(XLSXWRITER REQUIRED IMPORTED_TARGET xlsxwriter)
pkg_check_modules(LIBZIP REQUIRED IMPORTED_TARGET libzip)
find_package(EXPAT REQUIRED)
pkg_check_modules(BROTLIENC REQUIRED IMPORTED_TARGET libbrotlienc)
find_library(STEMMER_LIBRARY stemmer REQUIRED)
find_path(STEMMER_INCLUDE_DIR libstemmer.h PATH_SUFFIXES libstemmer REQUIRED)
add_library(stemmer UNKNOWN IMPORTED)
set_target_properties(stemmer PROPERTIES IMPORTED_LOCATION ${STEMMER_LIBRARY}
  INTERFACE_INCLUDE_DIRECTORIES ${STEMMER_INCLUDE_DIR})

set(SEXTANT_DEPS ${CMAKE_SOURCE_DIR}/.deps CACHE PATH "Where tools/setup.sh keeps what comes from npm")
if(NOT EXISTS ${SEXTANT_DEPS}/duckdb/libduckdb.so)
  message(FATAL_ERROR "DuckDB is missing in ${SEXTANT_DEPS}. Run tools/setup.sh first (./run does).")
endif()
add_library(duckdb SHARED IMPORTED)
set_target_properties(duckdb PROPERTIES
  IMPORTED_LOCATION ${SEXTANT_DEPS}/duckdb/libduckdb.so
  INTERFACE_SYSTEM_INCLUDE_DIRECTORIES "" INTERFACE_INCLUDE_DIRECTORIES ${SEXTANT_DEPS}/duckdb)

if(SEXTANT_TESTS)
  find_package(GTest REQUIRED)
endif()
