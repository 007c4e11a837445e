# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Read by CPack, once for each kind of package.
if(CPACK_GENERATOR STREQUAL "RPM")
    # CPack asks this program whether packages may suggest others, without having looked for it.
    set(RPM_EXECUTABLE rpm)
    set(CPACK_PRE_BUILD_SCRIPTS "${CMAKE_CURRENT_LIST_DIR}/TikGokRpmPlaces.cmake")
endif()
