#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Manual pages are free of mistakes of their language, and name no option that the program does not know.
# Usage: manual_pages.sh DIR-OF-PAGES TIKGOK TIKGOK-SIM
set -euo pipefail
pages=$1; shift
bad=0

# The help of a program and of all its subcommands.
help_of() {
  local text command
  text=$("$@" --help)
  printf '%s\n' "$text"
  for command in $(sed -n '/^Subcommands:/,$p' <<<"$text" | awk 'NR > 1 && /^  [a-z]/ { print $1 }'); do
    help_of "$@" "$command"
  done
}

for program in "$@"; do
  page=$pages/$(basename "$program").1
  said=$(groff -man -Tutf8 -ww -z "$page" 2>&1) || true
  if [ -n "$said" ]; then echo "$page: $said"; bad=1; fi
  help=$(help_of "$program")
  options=$(groff -man -Tascii "$page" 2>/dev/null | sed 's/\x1b\[[0-9;]*m//g; s/.\x08//g' | grep -oE -- '--[a-z][a-z-]+' | sort -u)
  [ -n "$options" ] || { echo "$page: names no option"; bad=1; }
  for option in $options; do
    grep -qE -- "(^|[ ,])$option([ ,=]|$)" <<<"$help" || { echo "$page: the program does not know $option"; bad=1; }
  done
done
exit $bad
