#!/bin/sh
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Starts the program of the same name that lies in bin/ beside this file. Fills in what a bare system has not.
here=$(dirname "$(readlink -f "$0")")
program=$(basename "$(readlink -f "$0")")
if ! ldconfig -p 2>/dev/null | grep -q 'libEGL\.so\.1' && ! /sbin/ldconfig -p 2>/dev/null | grep -q 'libEGL\.so\.1'; then
  LD_LIBRARY_PATH=$here/lib/gl${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
  export LD_LIBRARY_PATH
fi
if [ ! -e /etc/fonts/fonts.conf ] && [ -z "${FONTCONFIG_FILE:-}" ]; then
  FONTCONFIG_FILE=$here/share/fonts/fonts.conf
  export FONTCONFIG_FILE
  # The directory of fonts is where this lies, wherever that is.
  cache=${XDG_CACHE_HOME:-$HOME/.cache}/tikgok
  mkdir -p "$cache" && printf '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>%s</dir><dir>/usr/share/fonts</dir><cachedir>%s</cachedir></fontconfig>\n' \
    "$here/share/fonts" "$cache/fontconfig" >"$cache/fonts.conf" && FONTCONFIG_FILE=$cache/fonts.conf
fi
exec "$here/bin/$program" "$@"
