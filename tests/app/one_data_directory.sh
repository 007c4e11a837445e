#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A start with the data of one that runs in another session says so and ends; by another path in the same session it
# hands over. Usage: one_data_directory.sh PROGRAM
set -euo pipefail
work=$(mktemp -d)
first=
trap '[ -z "$first" ] || kill -9 "$first" 2>/dev/null || true; rm -rf "$work"' EXIT
mkdir "$work/here" "$work/there" "$work/data"; chmod 700 "$work/here" "$work/there"
ln -s data "$work/link"
export QT_QPA_PLATFORM=offscreen QT_QUICK_BACKEND=software LC_ALL=C.UTF-8
XDG_RUNTIME_DIR=$work/here "$1" --data "$work/data" 2>"$work/first" &
first=$!
# It has the data by now, and can be called. What should end is ended in time, and told of, if it stays.
for _ in $(seq 400); do compgen -G "$work/here/tikgok-*.socket" >/dev/null && break; kill -0 "$first"; sleep 0.05; done
code=0
# Without a screen also a start by a desktop has nobody to wait for.
XDG_RUNTIME_DIR=$work/there DESKTOP_STARTUP_ID=menu-1 timeout -k 5 30 "$1" --data "$work/link" 2>"$work/said" || code=$?
if [ "$code" != 1 ] || ! grep -q 'running already with the same data' "$work/said"; then
  echo "another session: exit code $code"; cat "$work/said"; exit 1
fi
code=0
XDG_RUNTIME_DIR=$work/here timeout -k 5 30 "$1" --data "$work/link" 2>"$work/said" || code=$?
if [ "$code" != 0 ] || ! grep -q 'its window comes to the front' "$work/said"; then
  echo "another path: exit code $code"; cat "$work/said"; exit 1
fi
# One that was killed is in nobody's way.
kill -9 "$first"; wait "$first" || true; first=
XDG_RUNTIME_DIR=$work/there "$1" --data "$work/link" 2>"$work/said" &
first=$!
for _ in $(seq 400); do compgen -G "$work/there/tikgok-*.socket" >/dev/null && break; kill -0 "$first" || { cat "$work/said"; exit 1; }; sleep 0.05; done
compgen -G "$work/there/tikgok-*.socket" >/dev/null
