# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Run by CPack between installing and packing: what lies elsewhere on systems with RPM, and what only Debian reads.
foreach(component IN LISTS CPACK_COMPONENTS_ALL)
    set(share "${CPACK_TEMPORARY_INSTALL_DIRECTORY}/${component}/usr/share")
    if(NOT IS_DIRECTORY "${share}")
        message(FATAL_ERROR "${share} is not there")
    endif()
    file(RENAME "${share}/zsh/vendor-completions" "${share}/zsh/site-functions")
    file(REMOVE_RECURSE "${share}/lintian")
endforeach()
