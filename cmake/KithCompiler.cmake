# How every file of ours is compiled.
set(CMAKE_C_STANDARD 17)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_CXX_STANDARD 17)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

add_library(kith_flags INTERFACE)
target_compile_definitions(kith_flags INTERFACE _GNU_SOURCE _FILE_OFFSET_BITS=64)
# No fused multiply-add: the same bytes whatever the processor.
target_compile_options(kith_flags INTERFACE
  $<$<COMPILE_LANGUAGE:C,CXX>:-Wall -Wextra -Wpedantic -Wconversion -Wshadow -ffp-contract=off>)

set(KITH_SANITIZE "" CACHE STRING "sanitizers to build with, for example address,undefined")
if(KITH_SANITIZE)
  target_compile_options(kith_flags INTERFACE
    -fsanitize=${KITH_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(kith_flags INTERFACE -fsanitize=${KITH_SANITIZE})
endif()
