# Compiler flags of every target. clang 19 with libstdc++ 12: see docs/decisions.md.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_SCAN_FOR_MODULES OFF)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1")
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1")

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Werror
                    -fno-omit-frame-pointer -pthread)
add_link_options(-fuse-ld=lld)

# Separate compilation keeps the templates of Asio and Beast in one translation unit each (libs/net, libs/http).
add_compile_definitions(BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION
                        BOOST_ASIO_NO_DEPRECATED RB_VERSION="${PROJECT_VERSION}")

set(RB_SANITIZE "" CACHE STRING "address,undefined or thread")
if(RB_SANITIZE)
  # -fno-sanitize=function: clang cannot represent its prologue data in coroutines.
  add_compile_options(-fsanitize=${RB_SANITIZE} -fno-sanitize=function -O1)
  add_link_options(-fsanitize=${RB_SANITIZE})
endif()
option(RB_FUZZ "Instrument for libFuzzer and build tests/fuzz" OFF)
if(RB_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link -fno-sanitize-recover=undefined)
endif()

# Cached objects are shared by all clones: no absolute source path gets into them.
add_compile_options(-ffile-prefix-map=${CMAKE_SOURCE_DIR}=.)
# A precompiled header has its own path in it: ccache takes the .sum file beside it (pch.cmake) in its place.
set(CMAKE_CXX_COMPILER_LAUNCHER
    ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 CCACHE_PCH_EXTSUM=1
    CCACHE_SLOPPINESS=pch_defines,time_macros ccache)
set(CMAKE_C_COMPILER_LAUNCHER ${CMAKE_CXX_COMPILER_LAUNCHER})
