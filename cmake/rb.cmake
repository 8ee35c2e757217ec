# rb_library(name SOURCES a.cpp… [DEPS rb_base fmt::fmt…] [PRIVATE_DEPS …] [TESTS a_test.cpp…] [TEST_DEPS …])
# A static library rb_<name> whose headers are included as "<folder>/<header>.hpp", and its unit tests.
function(rb_library name)
  cmake_parse_arguments(A "" "" "SOURCES;DEPS;PRIVATE_DEPS;TESTS;TEST_DEPS" ${ARGN})
  add_library(rb_${name} STATIC ${A_SOURCES})
  target_include_directories(rb_${name} PUBLIC ${CMAKE_SOURCE_DIR}/libs)
  target_link_libraries(rb_${name} PUBLIC ${A_DEPS} PRIVATE ${A_PRIVATE_DEPS})
  if(A_TESTS)
    rb_test(${name}_test SOURCES ${A_TESTS} DEPS rb_${name} ${A_TEST_DEPS})
  endif()
endfunction()

# `programs`: all that script/build makes by default. `generated_sources`: what clang-tidy needs before it can read the code.
add_custom_target(programs)
add_custom_target(generated_sources)

# For a program whose sources are watched by a sanitizer (RB_SANITIZE).
function(rb_watched name)
  if(RB_SANITIZE)
    target_sources(${name} PRIVATE ${CMAKE_SOURCE_DIR}/cmake/sanitizers.cpp)
  endif()
endfunction()

# rb_program(name SOURCES main.cpp… DEPS rb_…): build/<preset>/bin/<name>.
function(rb_program name)
  cmake_parse_arguments(A "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${A_SOURCES})
  rb_watched(${name})
  target_link_libraries(${name} PRIVATE ${A_DEPS})
  add_dependencies(programs ${name})
endfunction()

# Every ctest entry NAME leaves its single results in results/NAME.{json,xml,tap}: tools/test_summary adds them up and
# takes an entry without such a file for a failure.
function(rb_test_properties name timeout)
  if(NOT timeout)
    set(timeout 120)
  endif()
  set_tests_properties(${name} PROPERTIES TIMEOUT ${timeout} ENVIRONMENT "RB_BIN=${CMAKE_BINARY_DIR}/bin")
endfunction()

# rb_test(name SOURCES … DEPS … [TIMEOUT seconds]): one GoogleTest program, one ctest entry. Its sources are compiled one
# by one: fixtures of several files may have one name, and a test that is being written is compiled alone.
function(rb_test name)
  cmake_parse_arguments(A "" "TIMEOUT" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${A_SOURCES})
  rb_watched(${name})
  target_link_libraries(${name} PRIVATE ${A_DEPS} GTest::gmock GTest::gtest GTest::gtest_main)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests UNITY_BUILD OFF)
  add_test(NAME ${name} COMMAND ${name} --gtest_output=json:${CMAKE_BINARY_DIR}/results/${name}.json
           WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  rb_test_properties(${name} "${A_TIMEOUT}")
endfunction()

# rb_pytest(name DIR tests [TIMEOUT seconds]): the pytest suite of a folder, by Debian's Python.
function(rb_pytest name)
  cmake_parse_arguments(A "" "DIR;TIMEOUT" "" ${ARGN})
  add_test(NAME ${name} COMMAND /usr/bin/python3 -m pytest -q -p no:cacheprovider ${A_DIR}
                                --junitxml=${CMAKE_BINARY_DIR}/results/${name}.xml
           WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
  rb_test_properties(${name} "${A_TIMEOUT}")
endfunction()

# rb_node_test(name FILES a.test.mjs… [TIMEOUT seconds]): tests of node's own runner.
function(rb_node_test name)
  cmake_parse_arguments(A "" "TIMEOUT" "FILES" ${ARGN})
  add_test(NAME ${name} COMMAND node --test --test-reporter=tap
                                --test-reporter-destination=${CMAKE_BINARY_DIR}/results/${name}.tap
                                --test-reporter=spec --test-reporter-destination=stdout ${A_FILES}
           WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
  rb_test_properties(${name} "${A_TIMEOUT}")
endfunction()

# rb_embed(target NAMESPACE ns ROOT dir FILES f…): files become `ns::file(path)` and `ns::files()`; see tools/embed_files.
function(rb_embed target)
  cmake_parse_arguments(A "" "NAMESPACE;ROOT" "FILES" ${ARGN})
  string(REPLACE "::" "_" stem ${A_NAMESPACE})
  set(out ${CMAKE_CURRENT_BINARY_DIR}/${stem}_embedded.cpp)
  add_custom_command(OUTPUT ${out} DEPENDS ${A_FILES} ${CMAKE_SOURCE_DIR}/tools/embed_files
    COMMAND ${CMAKE_SOURCE_DIR}/tools/embed_files --namespace ${A_NAMESPACE} --root ${A_ROOT} --out ${out} ${A_FILES}
    VERBATIM)
  set_source_files_properties(${out} PROPERTIES COMPILE_OPTIONS -Wno-overlength-strings)
  target_sources(${target} PRIVATE ${out})
  add_custom_target(${target}_${stem}_embedded DEPENDS ${out})
  add_dependencies(generated_sources ${target}_${stem}_embedded)
endfunction()

# rb_npm_package(folder name): ${folder} is where the npm package lies. script/bootstrap installs them all; a bare
# configure in a fresh clone gets them here.
function(rb_npm_package folder name)
  set(${folder} ${CMAKE_SOURCE_DIR}/node_modules/${name} PARENT_SCOPE)
  if(NOT EXISTS ${CMAKE_SOURCE_DIR}/node_modules/${name})
    execute_process(COMMAND npm ci --no-audit --no-fund WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
                    OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
  endif()
endfunction()

# rb_queries(target NAMESPACE ns FILES x.sql…): named statements become `inline constexpr db::Query` objects in
# "<ns with slashes>/<file>.sql.hpp"; see tools/embed_sql for the dialect rules.
function(rb_queries target)
  cmake_parse_arguments(A "" "NAMESPACE" "FILES" ${ARGN})
  string(REPLACE "::" "/" folder ${A_NAMESPACE})
  set(root ${CMAKE_CURRENT_BINARY_DIR}/sql)
  foreach(file ${A_FILES})
    get_filename_component(stem ${file} NAME)
    get_filename_component(path ${file} ABSOLUTE)
    set(out ${root}/${folder}/${stem}.hpp)
    add_custom_command(OUTPUT ${out} DEPENDS ${path} ${CMAKE_SOURCE_DIR}/tools/embed_sql
      COMMAND ${CMAKE_SOURCE_DIR}/tools/embed_sql --namespace ${A_NAMESPACE} --out ${out} ${path} VERBATIM)
    target_sources(${target} PRIVATE ${out})
    list(APPEND headers ${out})
  endforeach()
  add_custom_target(${target}_queries DEPENDS ${headers})
  add_dependencies(generated_sources ${target}_queries)
  target_include_directories(${target} PUBLIC ${root})
endfunction()
