# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Settings that every target of this repository shares, and the functions that make targets.

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")

option(TIKGOK_WERROR "Warnings are errors" ON)
set(TIKGOK_SANITIZE "" CACHE STRING "Sanitizers, as for -fsanitize= (address,undefined or thread)")
option(TIKGOK_COVERAGE "Build for coverage" OFF)

find_program(TIKGOK_CCACHE ccache)
if(TIKGOK_CCACHE)
    # Relative paths, so that two checkouts share what they compiled.
    set(launcher "${CMAKE_COMMAND}" -E env "CCACHE_BASEDIR=${CMAKE_SOURCE_DIR}" CCACHE_NOHASHDIR=1
        "CCACHE_SLOPPINESS=time_macros,include_file_mtime,include_file_ctime" "${TIKGOK_CCACHE}")
    set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
    set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
endif()

find_package(Qt6 6.4 REQUIRED COMPONENTS Core Gui Network Sql Qml Quick QuickControls2 Multimedia Svg LinguistTools
                                         Test QuickTest WebSockets)
find_package(Qt6 6.4 QUIET OPTIONAL_COMPONENTS DBus)
# Qt gives every test the path of its build folder (for QFINDTESTDATA, which we do not use). Without it the compiler's
# cache serves every checkout.
set_property(TARGET Qt6::Test PROPERTY INTERFACE_COMPILE_DEFINITIONS QT_TESTLIB_LIB)
find_package(QCoro6 REQUIRED COMPONENTS Core Network)
find_package(Qt6Keychain REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json)
find_package(spdlog REQUIRED)
find_package(CLI11 REQUIRED)
find_package(SQLiteCpp REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(CURL 7.85 REQUIRED)
# Only its core is used. The package's own CMake file wants all that its other parts need.
find_path(TIKGOK_PROMETHEUS_INCLUDE prometheus/text_serializer.h REQUIRED)
find_library(TIKGOK_PROMETHEUS_CORE prometheus-cpp-core REQUIRED)
add_library(tikgok_prometheus INTERFACE)
target_include_directories(tikgok_prometheus SYSTEM INTERFACE "${TIKGOK_PROMETHEUS_INCLUDE}")
target_link_libraries(tikgok_prometheus INTERFACE "${TIKGOK_PROMETHEUS_CORE}")
# Its headers alone: one file of ours is compiled with them, and the program needs no library more at its start.
find_path(TIKGOK_TOML_INCLUDE toml++/toml.h REQUIRED)
add_library(tikgok_toml INTERFACE)
target_include_directories(tikgok_toml SYSTEM INTERFACE "${TIKGOK_TOML_INCLUDE}")
find_package(PkgConfig REQUIRED)
pkg_check_modules(Sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(FFmpeg REQUIRED IMPORTED_TARGET libavformat libavcodec libavutil libswscale libswresample)

qt_standard_project_setup()

add_library(tikgok_options INTERFACE)
target_compile_options(tikgok_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
                                                -Wimplicit-fallthrough -Wswitch)
if(TIKGOK_WERROR)
    target_compile_options(tikgok_options INTERFACE -Werror)
endif()
target_compile_definitions(
    tikgok_options INTERFACE QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING QT_NO_KEYWORDS
                             QT_STRICT_ITERATORS "TIKGOK_VERSION=\"${PROJECT_VERSION}\"")
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # gcc 12 reports these inside the standard library and Boost when it inlines; they are false there.
    target_compile_options(tikgok_options INTERFACE -Wno-maybe-uninitialized -Wno-restrict -Wno-dangling-pointer)
    # In unity builds a coroutine's frame that holds a lambda or a type of an anonymous namespace is taken for a
    # type in a header.
    target_compile_options(tikgok_options INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-Wno-subobject-linkage>)
endif()
if(TIKGOK_SANITIZE)
    add_compile_options(-fsanitize=${TIKGOK_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    add_link_options(-fsanitize=${TIKGOK_SANITIZE})
endif()
if(TIKGOK_COVERAGE)
    add_compile_options(--coverage)
    add_link_options(--coverage)
endif()

# tikgok_library(NAME SOURCES ... [LINK ...]): a static library with the house's warnings. Headers are
# included from the top of the repository: #include "core/contract/types.h".
function(tikgok_library name)
    cmake_parse_arguments(arg "" "" "SOURCES;LINK;PRIVATE_LINK" ${ARGN})
    add_library(${name} STATIC ${arg_SOURCES})
    target_include_directories(${name} PUBLIC "${CMAKE_SOURCE_DIR}")
    target_link_libraries(${name} PUBLIC ${arg_LINK} PRIVATE tikgok_options ${arg_PRIVATE_LINK})
endfunction()

# tikgok_test(NAME SOURCES ... [LINK ...] [ARGS ...] [ENV A=B ...] [LABELS ...] [TIMEOUT seconds]): a program and its ctest entry.
function(tikgok_test name)
    cmake_parse_arguments(arg "" "TIMEOUT" "SOURCES;LINK;ARGS;ENV;LABELS" ${ARGN})
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 60)
    endif()
    if(TIKGOK_SANITIZE)
        # Limits in seconds or milliseconds that are not what a test is about. Tests read TIKGOK_PATIENCE too.
        math(EXPR arg_TIMEOUT "4 * ${arg_TIMEOUT}")
        list(APPEND arg_ENV TIKGOK_PATIENCE=4)
    endif()
    add_executable(${name} ${arg_SOURCES})
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
    target_link_libraries(${name} PRIVATE tikgok_options Qt6::Test ${arg_LINK})
    add_test(NAME ${name} COMMAND ${name} ${arg_ARGS})
    set_tests_properties(
        ${name} PROPERTIES TIMEOUT ${arg_TIMEOUT} LABELS "${arg_LABELS}"
                           ENVIRONMENT "QT_QPA_PLATFORM=offscreen;QT_QUICK_BACKEND=software;LC_ALL=C.UTF-8;${arg_ENV}")
endfunction()
