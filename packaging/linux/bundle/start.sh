#!/bin/sh
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Starts the program of the same name that lies in bin/ beside this file. Fills in what a bare system has not.
self=$(readlink -f "$0")
here=$(dirname "$self")
if ! ldconfig -p 2>/dev/null | grep -q 'libEGL\.so\.1' && ! /sbin/ldconfig -p 2>/dev/null | grep -q 'libEGL\.so\.1'; then
  LD_LIBRARY_PATH=$here/lib/gl${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
  # There are doors now, and no driver behind them.
  QT_QUICK_BACKEND=${QT_QUICK_BACKEND:-software}
  QT_XCB_GL_INTEGRATION=${QT_XCB_GL_INTEGRATION:-none}
  export LD_LIBRARY_PATH QT_QUICK_BACKEND QT_XCB_GL_INTEGRATION
fi
# The system's fonts, and those that came along.
if [ -z "${FONTCONFIG_FILE:-}" ]; then
  FONTCONFIG_FILE=$here/share/fonts/fonts.conf
  export FONTCONFIG_FILE
fi
exec "$here/bin/$(basename "$self")" "$@"
