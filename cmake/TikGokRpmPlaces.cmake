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
    # rpmbuild takes back what is younger than the commit, not what is older, such as a file of a checkout made before.
    if(DEFINED ENV{SOURCE_DATE_EPOCH})
        execute_process(COMMAND find "${CPACK_TEMPORARY_INSTALL_DIRECTORY}/${component}" -exec touch -hd "@$ENV{SOURCE_DATE_EPOCH}" {} +
                        COMMAND_ERROR_IS_FATAL ANY)
    endif()
endforeach()
