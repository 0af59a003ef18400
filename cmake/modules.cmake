# sextant_module(NAME [WHOLE_TEST] [LINK target…])
#   One static library from the *.cc of this folder. Files that end in _test.cc become the test
#   program NAME_test (run by ctest, one test case each; with WHOLE_TEST as one test, since its
#   cases share a server that is costly to start). Files that end in _main.cc are left out.
include(GoogleTest)

# Builds what ctest runs, and no more.
add_custom_target(unit_tests)

function(sextant_module NAME)
  cmake_parse_arguments(ARG "WHOLE_TEST" "" "LINK" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cc ${CMAKE_CURRENT_SOURCE_DIR}/*/*.cc
    ${CMAKE_CURRENT_SOURCE_DIR}/*/*/*.cc)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_(test|main)\\.cc$")
  list(FILTER tests INCLUDE REGEX "_test\\.cc$")
  if(NOT sources)
    message(WARNING "${CMAKE_CURRENT_SOURCE_DIR} has no sources; ${NAME} is left out")
    return()
  endif()

  add_library(${NAME} STATIC ${sources})
  target_include_directories(${NAME} PUBLIC ${CMAKE_SOURCE_DIR}/src)
  target_link_libraries(${NAME} PUBLIC sextant_options ${ARG_LINK})
  if(NOT NAME STREQUAL "sextant_base")
    target_precompile_headers(${NAME} REUSE_FROM sextant_base)
  endif()

  if(SEXTANT_TESTS AND tests)
    add_executable(${NAME}_test ${tests})
    target_link_libraries(${NAME}_test PRIVATE ${NAME} GTest::gmock GTest::gtest_main)
    target_precompile_headers(${NAME}_test REUSE_FROM sextant_base)
    add_dependencies(unit_tests ${NAME}_test)
    if(ARG_WHOLE_TEST)
      add_test(NAME ${NAME}_test COMMAND ${NAME}_test WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
      set_tests_properties(${NAME}_test PROPERTIES TIMEOUT 300)
    else()
      gtest_discover_tests(${NAME}_test WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
        DISCOVERY_TIMEOUT 60 DISCOVERY_MODE PRE_TEST PROPERTIES TIMEOUT 300)
    endif()
  endif()
endfunction()
