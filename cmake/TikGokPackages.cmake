# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Packages, made by ./package with CPack: tikgok (the client with its simulator inside) and tikgok-sim (the simulator
# alone). Each carries its own copy of the demo media (15 MB), so that either can be installed from its one file.

set(CPACK_PACKAGE_NAME tikgok)
set(CPACK_PACKAGE_VENDOR "The TikGok authors")
set(CPACK_PACKAGE_CONTACT "The TikGok authors <packages@tikgok.invalid>")
set(CPACK_PACKAGE_HOMEPAGE_URL "https://tikgok.invalid/")
set(CPACK_PACKAGE_VERSION "${PROJECT_VERSION}")
set(CPACK_RESOURCE_FILE_LICENSE "${CMAKE_SOURCE_DIR}/LICENSE")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL tikgok tikgok-sim)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_THREADS 2)

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_TIKGOK_PACKAGE_NAME tikgok)
set(CPACK_DEBIAN_TIKGOK_PACKAGE_SECTION video)
# Plugins and QML modules that no binary names.
set(CPACK_DEBIAN_TIKGOK_PACKAGE_DEPENDS
    "qml6-module-qtquick, qml6-module-qtquick-window, qml6-module-qtquick-controls, qml6-module-qtquick-templates, qml6-module-qtquick-layouts, qml6-module-qtquick-dialogs, qml6-module-qt-labs-folderlistmodel, qml6-module-qtcore, qml6-module-qtqml, qml6-module-qtqml-workerscript, libqt6svg6, fonts-dejavu-core"
)
# ffmpeg: to record with a camera; all else works without it.
set(CPACK_DEBIAN_TIKGOK_PACKAGE_RECOMMENDS "fonts-inter, fonts-noto-cjk, fonts-noto-color-emoji, qt6-wayland, gnome-keyring | kwalletmanager, ffmpeg")
# Each is of use without the other.
set(CPACK_DEBIAN_TIKGOK_PACKAGE_SUGGESTS tikgok-sim)
set(CPACK_DEBIAN_TIKGOK-SIM_PACKAGE_SUGGESTS tikgok)
# One line, then the text. (CPack would put the description of the whole project first.)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "")
set(summary_tikgok "Watch, like and comment on short videos")
set(description_tikgok
    "TikGok plays short videos, one per swipe, and speaks the contract of the
simplified Douyin. It carries a complete server of its own with a small
world of people and videos, so it works at once and without a network.")
set(CPACK_DEBIAN_TIKGOK_DESCRIPTION "${summary_tikgok}\n${description_tikgok}")
set(CPACK_DEBIAN_TIKGOK-SIM_PACKAGE_NAME tikgok-sim)
set(CPACK_DEBIAN_TIKGOK-SIM_PACKAGE_SECTION net)
set(summary_tikgok_sim "Backend simulator for clients of short videos")
set(description_tikgok_sim
    "tikgok-sim is a complete server of the simplified Douyin contract in one
process: users, videos, likes, comments, follows, chat, uploads and media,
durable and fast, for those who develop or test clients.")
set(CPACK_DEBIAN_TIKGOK-SIM_DESCRIPTION "${summary_tikgok_sim}\n${description_tikgok_sim}")

set(CPACK_RPM_COMPONENT_INSTALL ON)
set(CPACK_RPM_FILE_NAME RPM-DEFAULT)
set(CPACK_RPM_PACKAGE_LICENSE "GPL-3.0-or-later AND CC0-1.0")
set(CPACK_RPM_TIKGOK_PACKAGE_NAME tikgok)
set(CPACK_RPM_TIKGOK_PACKAGE_SUMMARY "${summary_tikgok}")
set(CPACK_RPM_TIKGOK_PACKAGE_DESCRIPTION "${description_tikgok}")
# Names of Fedora: plugins and QML modules that no binary names.
set(CPACK_RPM_TIKGOK_PACKAGE_REQUIRES "qt6-qtdeclarative, qt6-qtsvg")
# A program, whichever package has it (ffmpeg, ffmpeg-free): to record with a camera.
set(CPACK_RPM_TIKGOK_PACKAGE_SUGGESTS "/usr/bin/ffmpeg")
set(CPACK_RPM_TIKGOK-SIM_PACKAGE_NAME tikgok-sim)
set(CPACK_RPM_TIKGOK-SIM_PACKAGE_SUMMARY "${summary_tikgok_sim}")
set(CPACK_RPM_TIKGOK-SIM_PACKAGE_DESCRIPTION "${description_tikgok_sim}")
# The unit names its program with its path.
set(CPACK_PACKAGE_RELOCATABLE OFF)
set(CPACK_PROJECT_CONFIG_FILE "${CMAKE_CURRENT_LIST_DIR}/TikGokPackagesEach.cmake")
# Nothing of this moment or machine in the packages.
set(CPACK_RPM_SPEC_MORE_DEFINE
    "%define _buildhost localhost
%define packager The TikGok authors <packages@tikgok.invalid>
%define use_source_date_epoch_as_buildtime 1
%define clamp_mtime_to_source_date_epoch 1
%define _build_id_links none")
# Directories that belong to the system.
set(CPACK_RPM_EXCLUDE_FROM_AUTO_FILELIST_ADDITION
    /usr/lib/systemd /usr/lib/systemd/user /usr/share/applications /usr/share/metainfo /usr/share/man
    /usr/share/man/man1 /usr/share/doc /usr/share/icons /usr/share/icons/hicolor
    /usr/share/bash-completion /usr/share/bash-completion/completions /usr/share/fish /usr/share/fish/vendor_completions.d
    /usr/share/zsh /usr/share/zsh/site-functions)
foreach(size 16x16 22x22 24x24 32x32 48x48 64x64 96x96 128x128 256x256 512x512 scalable symbolic)
    list(APPEND CPACK_RPM_EXCLUDE_FROM_AUTO_FILELIST_ADDITION /usr/share/icons/hicolor/${size}
         /usr/share/icons/hicolor/${size}/apps)
endforeach()

include(CPack)
