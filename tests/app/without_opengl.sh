#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# On a display without OpenGL (no driver is found) the program starts anew, draws without it, and is the one that later
# starts find; it does not crash. Usage: without_opengl.sh PROGRAM
set -euo pipefail
program=$1
work=$(mktemp -d)
started=()
end() {
  for process in "${started[@]}"; do kill "$process" 2>/dev/null || true; wait "$process" 2>/dev/null || true; done
  rm -rf "$work"
}
trap end EXIT
wait_for() { until eval "$1"; do kill -0 "${started[-1]}" 2>/dev/null || { echo "ended before: $2"; cat "$work/said"; exit 1; }; read -rt 0.05 <> <(:) || true; done; }
mkdir -m 700 "$work/run"; mkdir "$work/home" "$work/none"; touch "$work/display" "$work/said"
ulimit -c 0
Xvfb -displayfd 3 -nolisten tcp -extension GLX -screen 0 800x600x24 3>"$work/display" >/dev/null 2>&1 &
started+=($!)
# shellcheck disable=SC2016
wait_for '[ -s "$work/display" ]' "a display"
# Mesa 25 has its drivers in its library and does not look where the second of these says.
settings=(HOME="$work/home" XDG_RUNTIME_DIR="$work/run" DISPLAY=":$(cat "$work/display")" LC_ALL=C.UTF-8
  __EGL_VENDOR_LIBRARY_DIRS="$work/none" LIBGL_DRIVERS_PATH="$work/none")
begin=(env -u WAYLAND_DISPLAY -u QT_QPA_PLATFORM -u QT_QUICK_BACKEND -u QT_XCB_GL_INTEGRATION "${settings[@]}" "$program" --data "$work/data")
"${begin[@]}" 2>"$work/said" &
started+=($!)
# shellcheck disable=SC2016
wait_for 'grep -q "there is no OpenGL here" "$work/said"' "it says that there is no OpenGL"
# The new start: what is in the window is there, and with it the settings.
# shellcheck disable=SC2016
wait_for '[ -e "$work/data/settings.json" ]' "the settings are written"
"${begin[@]}" tikgok://video/1 2>"$work/second" || { echo "the second start: exit code $?"; cat "$work/second" "$work/said"; exit 1; }
grep -q 'it is running already; its window comes to the front' "$work/second" || { echo "the second start is not the second"; cat "$work/second"; exit 1; }
"${begin[@]}" --server http://127.0.0.1:9 2>"$work/second"
grep -q 'stays with the server that it has' "$work/second" || { echo "does not say that --server does nothing then"; cat "$work/second"; exit 1; }
[ "$(grep -c 'there is no OpenGL here' "$work/said")" = 1 ] || { echo "says it more than once"; cat "$work/said"; exit 1; }
kill "${started[-1]}"
code=0; wait "${started[-1]}" || code=$?
[ "$code" = 0 ] || { echo "leaves with exit code $code"; cat "$work/said"; exit 1; }
