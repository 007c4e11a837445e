# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
complete -c tikgok -l server -x -d 'Talk to the server at this address'
complete -c tikgok -l data -x -a '(__fish_complete_directories)' -d 'Keep everything in this directory'
complete -c tikgok -l self-check -f -d 'Play, like and comment, print one JSON object, and leave'
complete -c tikgok -s h -l help -f -d 'Print the options'
complete -c tikgok -s v -l version -f -d 'Print the version'
