#!/bin/bash
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# keychain.sh with-keyring|without-bus PROGRAM...: runs a program with a keyring daemon of its own on a bus of its
# own, or without any bus. Leaves with 77 (skipped) and words when the daemon is not installed.
set -euo pipefail
kind=$1
shift
export TIKGOK_TEST_KEYCHAIN=$kind

home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
export HOME=$home XDG_RUNTIME_DIR=$home/run XDG_DATA_HOME=$home/.local/share XDG_CONFIG_HOME=$home/.config
mkdir -p "$XDG_RUNTIME_DIR" "$XDG_DATA_HOME/keyrings"
chmod 700 "$XDG_RUNTIME_DIR"

if [ "$kind" = without-bus ]; then
    # Not even one that would be started for us.
    export DBUS_SESSION_BUS_ADDRESS=unix:path=$home/no-bus
    "$@"
    exit
fi

for tool in dbus-run-session gnome-keyring-daemon; do
    if ! command -v "$tool" > /dev/null; then
        echo "skipped: $tool is not installed, so there is no keychain to test with"
        exit 77
    fi
done
# The daemon leaves when its bus does.
dbus-run-session -- bash -c '
    eval "$(printf ci-password | gnome-keyring-daemon --unlock --components=secrets --daemonize 2> /dev/null)"
    "$@"' keychain "$@"
