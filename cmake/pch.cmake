# The foreign headers that most files include are parsed once: half of the time of a build. A precompiled header hides a
# forgotten #include, so the dev preset does without it, and with it script/lint.
option(RB_PCH "Precompile the foreign headers that most files include" ON)
set(RB_PCH_HEADERS
  <algorithm> <array> <charconv> <chrono> <cmath> <coroutine> <cstdint> <cstdlib> <cstring> <deque> <expected> <filesystem>
  <fstream> <functional> <limits> <map> <memory> <mutex> <optional> <random> <set> <span> <sstream> <stdexcept> <string>
  <string_view> <thread> <tuple> <unordered_map> <utility> <variant> <vector>
  <boost/asio/as_tuple.hpp> <boost/asio/awaitable.hpp> <boost/asio/co_spawn.hpp> <boost/asio/io_context.hpp>
  <boost/asio/ip/tcp.hpp> <boost/asio/post.hpp> <boost/asio/steady_timer.hpp> <boost/asio/use_awaitable.hpp>
  <boost/container/small_vector.hpp> <boost/describe.hpp> <boost/json.hpp> <boost/mp11/algorithm.hpp> <fmt/format.h>)

# All targets of this folder and of those under it.
function(rb_use_pch folder)
  get_property(targets DIRECTORY ${folder} PROPERTY BUILDSYSTEM_TARGETS)
  foreach(target ${targets})
    get_target_property(type ${target} TYPE)
    if(type MATCHES "STATIC_LIBRARY|EXECUTABLE")
      target_precompile_headers(${target} REUSE_FROM rb_pch)
    endif()
    if(type STREQUAL EXECUTABLE)
      target_link_libraries(${target} PRIVATE rb_asio)  # whoever has seen Asio's headers refers to its error categories
    endif()
  endforeach()
  get_property(folders DIRECTORY ${folder} PROPERTY SUBDIRECTORIES)
  foreach(folder ${folders})
    rb_use_pch(${folder})
  endforeach()
endfunction()

if(RB_PCH)
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/pch.cpp CONTENT "")
  add_library(rb_pch OBJECT ${CMAKE_BINARY_DIR}/pch.cpp)
  target_precompile_headers(rb_pch PRIVATE ${RB_PCH_HEADERS})
  target_link_libraries(rb_pch PRIVATE fmt::fmt Boost::json)
  # For ccache, by its manual. The precompiled header has the path of its folder in it: it is not cached itself, and what
  # it stands for in the cache is the .sum file beside it. CMake's own option would name that path once more.
  set_target_properties(rb_pch PROPERTIES CXX_COMPILER_LAUNCHER "")
  target_compile_options(rb_pch PRIVATE "SHELL:-Xclang -fno-pch-timestamp")
  set(CMAKE_CXX_COMPILE_OPTIONS_USE_PCH -Xclang -include-pch -Xclang <PCH_FILE>)
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/CMakeFiles/rb_pch.dir/cmake_pch.hxx.pch.sum
    CONTENT "${RB_PCH_HEADERS} clang ${CMAKE_CXX_COMPILER_VERSION} boost ${Boost_VERSION} fmt ${fmt_VERSION}\n")
  cmake_language(DEFER CALL rb_use_pch ${CMAKE_SOURCE_DIR})
endif()
