# kith_late_library(NAME OUT SOURCE): tells a source of kith_rooms, as OUT, the name by which programs ask the
# loader for libNAME, such as libz.so.1.
function(kith_late_library name out source)
  find_library(KITH_FOUND_${name} ${name} REQUIRED)
  execute_process(COMMAND "${CMAKE_OBJDUMP}" -p "${KITH_FOUND_${name}}" OUTPUT_VARIABLE told COMMAND_ERROR_IS_FATAL ANY)
  if(NOT told MATCHES "SONAME +([^ \n]+)")
    message(FATAL_ERROR "${KITH_FOUND_${name}} is no shared library")
  endif()
  set(${out} "${CMAKE_MATCH_1}" CACHE INTERNAL "what the loader is asked for")
  set_property(SOURCE ${source} TARGET_DIRECTORY kith_rooms APPEND
    PROPERTY COMPILE_DEFINITIONS "${out}=\"${CMAKE_MATCH_1}\"")
endfunction()
