# rollcall_library(NAME SOURCES ... [PUBLIC ...] [PRIVATE ...] [PCH header ...])
#   PCH gives the library a precompiled header of its own instead of the shared one of the standard library.
#   libs/NAME with its own include root libs/NAME/include. PUBLIC and PRIVATE name what it may see:
#   a library that is not listed is not on the include path, so an upward include does not compile.
function(rollcall_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE;PCH" ${ARGN})
  set(target rollcall_${name})
  add_library(${target} STATIC ${ARG_SOURCES})
  add_library(rollcall::${name} ALIAS ${target})
  target_include_directories(${target}
    PUBLIC "${CMAKE_CURRENT_SOURCE_DIR}/include"
    PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}/src")
  target_link_libraries(${target} PUBLIC ${ARG_PUBLIC} PRIVATE rollcall_options ${ARG_PRIVATE})
  if(ARG_PCH)
    target_precompile_headers(${target} PRIVATE ${ARG_PCH})
  else()
    target_precompile_headers(${target} REUSE_FROM rollcall_pch)
  endif()
endfunction()

# rollcall_test(NAME SOURCES ... [LIBS ...] [LABELS ...] [TIMEOUT s])
#   A GoogleTest binary; each test becomes one ctest entry.
function(rollcall_test name)
  if(NOT ROLLCALL_TESTS)
    return()
  endif()
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;LIBS;LABELS" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE rollcall_options GTest::gtest GTest::gtest_main ${ARG_LIBS})
  target_precompile_headers(${name} REUSE_FROM rollcall_pch)
  gtest_discover_tests(${name}
    NO_PRETTY_VALUES
    DISCOVERY_TIMEOUT 60
    PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}")
endfunction()
