# Several tests share the cores, where threads that wait by spinning would keep each other from working.
set(KITH_TEST_ENVIRONMENT "OMP_WAIT_POLICY=passive")

# kith_unit(NAME): one Criterion program, tests/unit/test_NAME.c, as one ctest case.
# Criterion ends with 0 when LeakSanitizer reports, so what sanitizers print fails the test.
function(kith_unit name)
  add_executable(test_${name} "${CMAKE_SOURCE_DIR}/tests/unit/test_${name}.c" ${ARGN})
  target_link_libraries(test_${name} PRIVATE kith_rooms kith_flags PkgConfig::CRITERION)
  target_include_directories(test_${name} PRIVATE "${CMAKE_SOURCE_DIR}/tests/unit")
  target_compile_definitions(test_${name} PRIVATE KITH_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  set_target_properties(test_${name} PROPERTIES LINKER_LANGUAGE CXX)
  add_test(NAME unit_${name} COMMAND test_${name} --jobs 1)
  set_tests_properties(unit_${name} PROPERTIES
    FAIL_REGULAR_EXPRESSION "Sanitizer:|runtime error:" TIMEOUT 300 LABELS unit
    ENVIRONMENT "${KITH_TEST_ENVIRONMENT}")
endfunction()

# kith_cli_case(NAME): one folder tests/cli/NAME with cmd, stdout, stderr and exit.
function(kith_cli_case name)
  add_test(NAME cli_${name}
    COMMAND "${CMAKE_SOURCE_DIR}/tests/cli/run_case.sh" "$<TARGET_FILE:kith_cli>" "${CMAKE_SOURCE_DIR}/tests/cli/${name}")
  set_tests_properties(cli_${name} PROPERTIES
    FAIL_REGULAR_EXPRESSION "Sanitizer:|runtime error:" TIMEOUT 300 LABELS cli
    ENVIRONMENT "${KITH_TEST_ENVIRONMENT}")
endfunction()
