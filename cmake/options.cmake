# Compiler flags for every target of the project.
set(SEXTANT_SANITIZE "" CACHE STRING "address or thread: build with that sanitizer")

add_library(sextant_options INTERFACE)
target_compile_options(sextant_options INTERFACE
  -Wall -Wextra -Wpedantic -Werror -Wshadow=local -Wnon-virtual-dtor -Woverloaded-virtual
  -Wno-missing-field-initializers
  -fno-omit-frame-pointer)
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  # Boost.Describe's macros end in a semicolon at namespace scope; -Wshadow=local is g++'s spelling.
  target_compile_options(sextant_options INTERFACE -Wno-unknown-warning-option -Wno-extra-semi)
endif()
target_compile_definitions(sextant_options INTERFACE
  SEXTANT_VERSION="${PROJECT_VERSION}" SPDLOG_COMPILED_LIB SPDLOG_FMT_EXTERNAL)

if(SEXTANT_SANITIZE STREQUAL "address")
  target_compile_options(sextant_options INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=undefined)
  target_link_options(sextant_options INTERFACE -fsanitize=address,undefined)
  target_compile_definitions(sextant_options INTERFACE SEXTANT_SANITIZED)
elseif(SEXTANT_SANITIZE STREQUAL "thread")
  target_compile_options(sextant_options INTERFACE -fsanitize=thread)
  target_link_options(sextant_options INTERFACE -fsanitize=thread)
  target_compile_definitions(sextant_options INTERFACE SEXTANT_SANITIZED)
elseif(NOT SEXTANT_SANITIZE STREQUAL "")
  message(FATAL_ERROR "SEXTANT_SANITIZE is '${SEXTANT_SANITIZE}'; it must be empty, address or thread")
endif()

if(SEXTANT_FUZZ)
  target_compile_options(sextant_options INTERFACE -fsanitize=fuzzer-no-link)
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
    CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
    CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE_PROGRAM})
endif()
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  # Lets ccache hit although the precompiled header was made again.
  add_compile_options("$<$<COMPILE_LANGUAGE:CXX>:SHELL:-Xclang -fno-pch-timestamp>")
  add_link_options(-fuse-ld=lld)
endif()
