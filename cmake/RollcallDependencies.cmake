# Every third-party library is found here, once, and given one target name.
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(spdlog REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(prometheus-cpp REQUIRED)

pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(crypto REQUIRED IMPORTED_TARGET libcrypto)
pkg_check_modules(hwy REQUIRED IMPORTED_TARGET libhwy)
pkg_check_modules(sqlite3 REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(curl REQUIRED IMPORTED_TARGET libcurl)
pkg_check_modules(jpeg REQUIRED IMPORTED_TARGET libjpeg)
pkg_check_modules(png REQUIRED IMPORTED_TARGET libpng)
pkg_check_modules(webp REQUIRED IMPORTED_TARGET libwebp)

find_path(SOCI_INCLUDE soci/soci.h REQUIRED)
find_library(SOCI_CORE soci_core REQUIRED)
find_library(SOCI_SQLITE3 soci_sqlite3 REQUIRED)
add_library(rollcall_soci INTERFACE)
target_include_directories(rollcall_soci SYSTEM INTERFACE ${SOCI_INCLUDE})
target_link_libraries(rollcall_soci INTERFACE ${SOCI_SQLITE3} ${SOCI_CORE} PkgConfig::sqlite3)

# Debian puts OpenCV's CMake files into libopencv-dev, which pulls in every module; these are enough.
# Without imgcodecs, which loads a hundred libraries more: docs/decisions/0002-image-codecs.md.
find_path(OPENCV_INCLUDE opencv2/dnn.hpp PATH_SUFFIXES opencv4 REQUIRED)
add_library(rollcall_opencv INTERFACE)
target_include_directories(rollcall_opencv SYSTEM INTERFACE ${OPENCV_INCLUDE})
foreach(module core imgproc dnn objdetect)
  find_library(OPENCV_${module} opencv_${module} REQUIRED)
  target_link_libraries(rollcall_opencv INTERFACE ${OPENCV_${module}})
endforeach()

# Debian 12 offers Boost 1.81 beside 1.74; only headers are used.
find_path(ROLLCALL_BOOST_INCLUDE boost/describe.hpp REQUIRED)
add_library(rollcall_boost INTERFACE)
target_include_directories(rollcall_boost SYSTEM INTERFACE ${ROLLCALL_BOOST_INCLUDE})
target_link_libraries(rollcall_boost INTERFACE Threads::Threads)

if(ROLLCALL_TESTS)
  find_package(GTest REQUIRED)
  include(GoogleTest)
  enable_testing()
endif()
if(ROLLCALL_BENCH)
  find_package(benchmark REQUIRED)
endif()
