#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Without a display, or with one that does not answer, the program says so and ends; it does not crash. The self-check
# says so too when it is sent to such a display. Usage: without_display.sh PROGRAM
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
mkdir -m 700 "$work/run"; mkdir "$work/home"
ulimit -c 0
run() { # SETTING ... -- WORD ...
  local settings=() code=0
  while [ "$1" != -- ]; do settings+=("$1"); shift; done; shift
  env -u DISPLAY -u WAYLAND_DISPLAY -u QT_QPA_PLATFORM HOME="$work/home" XDG_RUNTIME_DIR="$work/run" LC_ALL=C.UTF-8 \
    "${settings[@]}" "$program" "$@" >/dev/null 2>"$work/said" || code=$?
  [ "$code" = 1 ] || { echo "${settings[*]} $*: exit code $code"; cat "$work/said"; exit 1; }
  grep -q 'tikgok: a window cannot be opened' "$work/said" || { echo "${settings[*]} $*: does not say why"; cat "$work/said"; exit 1; }
}
program=$1
run LANG=C -- --data "$work/data"
run LANG=C -- tikgok://video/1
run DISPLAY="$work/none" -- --data "$work/data"
run DISPLAY="$work/none" -- --self-check
run WAYLAND_DISPLAY="$work/none" DISPLAY= -- --data "$work/data"
run QT_QPA_PLATFORM=nonsense -- --data "$work/data"

# What was refused anyhow stays that, also where nobody could see a window about it.
for settings in "DISPLAY=$work/none" "QT_QPA_PLATFORM=nonsense" "NO=display"; do
  code=0
  env -u DISPLAY -u WAYLAND_DISPLAY -u QT_QPA_PLATFORM "$settings" DESKTOP_STARTUP_ID=menu-1 HOME="$work/home" XDG_RUNTIME_DIR="$work/run" \
    LC_ALL=C.UTF-8 "$program" "$work" >/dev/null 2>"$work/said" || code=$?
  if [ "$code" != 2 ] || ! grep -q 'is a directory' "$work/said" || grep -q 'cannot be opened' "$work/said"; then
    echo "$settings, a directory: exit code $code"; cat "$work/said"; exit 1
  fi
done
