# Each folder becomes a target on one of the shelves of docs/architecture.md. A target is made of
# every .cpp beside its CMakeLists.txt (tests apart), so adding a file needs no list to be edited.
#
#   ys_engine(routing)                          decides; links ys::base and ys::facts, nothing else
#   ys_edge(media LINKS PkgConfig::SRTP ...)    does I/O
#
# <name>_test.cpp files beside the code become the test program ys_<name>_test.

function(ys_sources_ out tests_out)
  file(GLOB all CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  set(tests ${all})
  list(FILTER all EXCLUDE REGEX "(_(test|fuzz)|/main)\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  set(${out} ${all} PARENT_SCOPE)
  set(${tests_out} ${tests} PARENT_SCOPE)
endfunction()

function(ys_test_ name tests links)
  if(NOT tests OR YS_FUZZ)
    return()
  endif()
  add_executable(ys_${name}_test ${tests})
  target_link_libraries(ys_${name}_test PRIVATE ${links} GTest::gtest GTest::gtest_main)
  add_test(NAME ${name} COMMAND ys_${name}_test --gtest_brief=1)
  # A path made of __FILE__ may be relative to the folder the compiler ran in.
  set_tests_properties(${name} PROPERTIES LABELS unit TIMEOUT 900
    WORKING_DIRECTORY ${CMAKE_BINARY_DIR})
endfunction()

function(ys_target_ name)
  ys_sources_(sources tests)
  cmake_parse_arguments(A "" "" "LINKS;TEST_LINKS" ${ARGN})
  if(sources)
    add_library(ys_${name} STATIC ${sources})
    target_include_directories(ys_${name} PUBLIC ${PROJECT_SOURCE_DIR}/src)
    target_link_libraries(ys_${name} PUBLIC ${A_LINKS})
  else()
    add_library(ys_${name} INTERFACE)
    target_include_directories(ys_${name} INTERFACE ${PROJECT_SOURCE_DIR}/src)
    target_link_libraries(ys_${name} INTERFACE ${A_LINKS})
  endif()
  add_library(ys::${name} ALIAS ys_${name})
  ys_test_(${name} "${tests}" "ys_${name};${A_TEST_LINKS}")
endfunction()

# An engine is also linked alone, with every object of its archive, so that a forgotten dependency
# on an edge or a sibling fails the build.
function(ys_engine name)
  ys_target_(${name} LINKS ys::base ys::facts ${ARGN})
  get_target_property(kind ys_${name} TYPE)
  if(kind STREQUAL "STATIC_LIBRARY" AND NOT YS_FUZZ)
    add_executable(ys_${name}_alone ${PROJECT_SOURCE_DIR}/cmake/alone.cpp)
    target_link_libraries(ys_${name}_alone PRIVATE -Wl,--whole-archive ys_${name} -Wl,--no-whole-archive)
  endif()
endfunction()

function(ys_edge name)
  cmake_parse_arguments(E "" "" "LINKS;TEST_LINKS" ${ARGN})
  ys_target_(${name} LINKS ys::base ys::facts ${E_LINKS} TEST_LINKS ${E_TEST_LINKS})
endfunction()
