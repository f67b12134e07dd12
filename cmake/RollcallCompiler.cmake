# Language level, warnings, sanitizers, hardening and the compiler cache: one interface target for all code.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
# Executables take -fPIC instead of -fPIE, so that they can share the precompiled header.
set(CMAKE_CXX_COMPILE_OPTIONS_PIE ${CMAKE_CXX_COMPILE_OPTIONS_PIC})

find_program(CCACHE ccache)
if(CCACHE)
  # The sloppiness is what ccache's manual asks for with precompiled headers.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      ${CCACHE})
endif()

# Lines and functions are what a sanitizer's report needs; the whole of -g takes a third of the time to compile.
set(CMAKE_CXX_FLAGS_DEBUG "-g1")
# -O3 buys nothing here: the hot loops are in OpenCV and in gallery's own kernels.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")

add_library(rollcall_options INTERFACE)
target_compile_options(rollcall_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Woverloaded-virtual
  -Wcast-qual -Wformat=2 -Wimplicit-fallthrough -Wno-missing-field-initializers -fpch-preprocess
  "-ffile-prefix-map=${CMAKE_SOURCE_DIR}/=")
target_compile_definitions(rollcall_options INTERFACE _GLIBCXX_ASSERTIONS)

if(NOT ROLLCALL_WERROR)
  # g++ 12 sees overflows in its own std::string that are not there (GCC bugs 105329 and 105651).
  target_compile_options(rollcall_options INTERFACE -Wno-restrict -Wno-stringop-overflow -Wno-array-bounds)
endif()

find_program(MOLD mold)
if(MOLD)
  target_link_options(rollcall_options INTERFACE -fuse-ld=mold)
endif()
if(ROLLCALL_WERROR)
  target_compile_options(rollcall_options INTERFACE -Werror)
endif()
if(ROLLCALL_SANITIZE)
  # Without the vptr check: it needs type information that Debian's SOCI does not export, and it opens a pipe to look
  # at an object, which aborts the program where a test has used up the file descriptors.
  target_compile_options(rollcall_options INTERFACE
    -fsanitize=${ROLLCALL_SANITIZE} -fno-sanitize=vptr -fno-omit-frame-pointer -fno-sanitize-recover=all -O1)
  target_link_options(rollcall_options INTERFACE -fsanitize=${ROLLCALL_SANITIZE})
endif()
if(ROLLCALL_COVERAGE)
  target_compile_options(rollcall_options INTERFACE --coverage -O0)
  target_link_options(rollcall_options INTERFACE --coverage)
endif()
if(ROLLCALL_HARDEN)
  target_compile_options(rollcall_options INTERFACE
    -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection)
  if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
    target_compile_options(rollcall_options INTERFACE -fcf-protection)
  endif()
  target_link_options(rollcall_options INTERFACE -pie -Wl,-z,relro,-z,now)
endif()

# One precompiled header of the standard library, shared by every target.
file(WRITE "${CMAKE_BINARY_DIR}/rollcall_pch.cpp" "// Owner of the shared precompiled header.\n")
add_library(rollcall_pch OBJECT "${CMAKE_BINARY_DIR}/rollcall_pch.cpp")
target_link_libraries(rollcall_pch PRIVATE rollcall_options)
target_precompile_headers(rollcall_pch PRIVATE
  <algorithm> <array> <chrono> <cstdint> <functional> <map> <memory> <mutex> <optional> <span> <string>
  <string_view> <unordered_map> <utility> <variant> <vector>)
