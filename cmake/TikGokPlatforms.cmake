# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What the program needs on systems other than Linux. Written with care and not built here: README.md says so.
#
#   Android  qt-cmake --preset android   (Qt for Android, with QT_HOST_PATH and the NDK in the environment)
#   Windows  cmake --preset windows, then cpack -G NSIS
#   macOS    cmake --preset macos, then cpack -G DragNDrop

function(tikgok_platform program)
    if(ANDROID)
        math(EXPR code "${PROJECT_VERSION_MAJOR} * 10000 + ${PROJECT_VERSION_MINOR} * 100 + ${PROJECT_VERSION_PATCH}")
        set_target_properties(
            ${program}
            PROPERTIES QT_ANDROID_PACKAGE_SOURCE_DIR "${CMAKE_SOURCE_DIR}/packaging/android"
                       QT_ANDROID_PACKAGE_NAME org.tikgok.TikGok
                       QT_ANDROID_MIN_SDK_VERSION 26
                       QT_ANDROID_VERSION_NAME "${PROJECT_VERSION}"
                       QT_ANDROID_VERSION_CODE ${code})
    elseif(APPLE)
        configure_file("${CMAKE_SOURCE_DIR}/packaging/macos/Info.plist.in" "${CMAKE_BINARY_DIR}/Info.plist" @ONLY)
        tikgok_icon(icns)
        target_sources(${program} PRIVATE "${TIKGOK_ICNS}")
        set_source_files_properties("${TIKGOK_ICNS}" PROPERTIES MACOSX_PACKAGE_LOCATION Resources)
        set_target_properties(
            ${program}
            PROPERTIES MACOSX_BUNDLE ON
                       MACOSX_BUNDLE_INFO_PLIST "${CMAKE_BINARY_DIR}/Info.plist"
                       OUTPUT_NAME TikGok)
    elseif(WIN32)
        tikgok_icon(ico)
        configure_file("${CMAKE_SOURCE_DIR}/packaging/windows/tikgok.rc.in" "${CMAKE_BINARY_DIR}/tikgok.rc" @ONLY)
        target_sources(${program} PRIVATE "${CMAKE_BINARY_DIR}/tikgok.rc")
        set_target_properties(${program} PROPERTIES WIN32_EXECUTABLE ON)
    endif()
endfunction()

# Draws the icon as .ico or .icns and says where it is in TIKGOK_ICO or TIKGOK_ICNS. ImageMagick knows both.
function(tikgok_icon kind)
    string(TOUPPER ${kind} upper)
    set(file "${CMAKE_BINARY_DIR}/tikgok.${kind}")
    find_program(TIKGOK_MAGICK NAMES magick convert REQUIRED)
    execute_process(
        COMMAND "${TIKGOK_MAGICK}" -background none "${CMAKE_SOURCE_DIR}/resources/icons/tikgok.svg" -resize 256x256
                "${file}" COMMAND_ERROR_IS_FATAL ANY)
    set(TIKGOK_${upper} "${file}" PARENT_SCOPE)
endfunction()

# CPack's side. Qt's own script copies Qt's libraries, plugins and QML modules beside the program; it works with the
# Qt of the Qt Project on Windows and macOS, not with Debian's, which is why Linux has packaging/linux/bundle.
if(WIN32 OR APPLE)
    qt_generate_deploy_qml_app_script(TARGET tikgok OUTPUT_SCRIPT deploy NO_UNSUPPORTED_PLATFORM_ERROR)
    install(SCRIPT "${deploy}" COMPONENT tikgok)
endif()
if(WIN32)
    set(CPACK_GENERATOR NSIS)
    set(CPACK_PACKAGE_INSTALL_DIRECTORY TikGok)
    set(CPACK_PACKAGE_EXECUTABLES tikgok TikGok)
    set(CPACK_NSIS_DISPLAY_NAME TikGok)
    set(CPACK_NSIS_INSTALLED_ICON_NAME "bin/tikgok.exe")
    set(CPACK_NSIS_ENABLE_UNINSTALL_BEFORE_INSTALL ON)
    # The link scheme; removed again by the uninstaller. Data of the person stays.
    set(CPACK_NSIS_EXTRA_INSTALL_COMMANDS
        "WriteRegStr SHCTX 'Software\\\\Classes\\\\tikgok' '' 'URL:TikGok'
         WriteRegStr SHCTX 'Software\\\\Classes\\\\tikgok' 'URL Protocol' ''
         WriteRegStr SHCTX 'Software\\\\Classes\\\\tikgok\\\\shell\\\\open\\\\command' '' '\\\"$INSTDIR\\\\bin\\\\tikgok.exe\\\" \\\"%1\\\"'")
    set(CPACK_NSIS_EXTRA_UNINSTALL_COMMANDS "DeleteRegKey SHCTX 'Software\\\\Classes\\\\tikgok'")
elseif(APPLE)
    set(CPACK_GENERATOR DragNDrop)
    set(CPACK_DMG_VOLUME_NAME TikGok)
endif()
