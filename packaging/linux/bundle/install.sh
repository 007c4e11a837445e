#!/bin/sh
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs out of the self-extracting installer. For one user, without root:
#   sh tikgok-VERSION-ARCH.run [-- --to DIR]      default DIR: ~/.local/opt/tikgok
set -eu
umask 022  # the installer's own is 077: nobody else could use what root puts into /opt
fail() { printf 'install: %s\n' "$1" >&2; exit "${2:-1}"; }
usage() {
  echo "Usage: sh tikgok-VERSION-ARCH.run [-- [--to DIR] [--older]]"
  echo "  --to DIR   put TikGok there (else ~/.local/opt/tikgok)"
  echo "  --older    also over a newer TikGok"
}
here=$(cd "$(dirname "$0")" && pwd)
to='' older=no
while [ $# -gt 0 ]; do
  case "$1" in
    --to) [ -n "${2:-}" ] || fail "--to needs a directory" 2; to=$2; shift 2 ;;
    --older) older=yes; shift ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; fail "unknown word '$1'" 2 ;;
  esac
done
case "${HOME:-}" in /*) ;; *) fail "HOME does not say where your home is" ;; esac
if [ ! -d "$HOME" ] || [ ! -w "$HOME" ]; then fail "your home, $HOME, cannot be written to"; fi
data=${XDG_DATA_HOME:-}
case "$data" in /*) ;; *) data=$HOME/.local/share ;; esac
to=${to:-$HOME/.local/opt/tikgok}
# From where it was called: the archive is unpacked, and this started, somewhere else.
case "$to" in /*) ;; *) to=${USER_PWD:-$PWD}/$to ;; esac
while [ "$to" != "${to%/}" ]; do to=${to%/}; done
case "$to" in
  '') fail "that is the root of everything; choose another place with: -- --to DIR" ;;
  *'
'*) fail "a line break in the name of a directory is more than menus can take" ;;
  # Desktops with GLib look for the program under the name with both of the two marks that stand for one, and show no entry.
  *%*) fail "menus do not find a program below a directory with a % in its name; choose another place with: -- --to DIR" ;;
esac
if [ -e "$to" ] && [ ! -e "$to/bin/tikgok" ] && { [ ! -d "$to" ] || [ -n "$(ls -A "$to")" ]; }; then
  fail "$to exists and is not a TikGok; choose another place with: -- --to DIR"
fi
mine=$(cat "$here/VERSION"); there=$(cat "$to/VERSION" 2>/dev/null || true)
if [ -n "$there" ] && [ "$there" != "$mine" ] && [ "$older" = no ] &&
  [ "$(printf '%s\n%s\n' "$there" "$mine" | sort -V | tail -n 1)" = "$there" ]; then
  fail "TikGok $there in $to is newer than this one ($mine), which may not be able to read its data. All the same: -- --older"
fi

mkdir -p "$(dirname "$to")"
to=$(cd "$(dirname "$to")" && pwd)/$(basename "$to")
# An installer that was ended in the middle leaves one of these. PLACE is in it before anything else, and is where it was to
# be; a TikGok that somebody put there has its own place in it. Only those of early versions have none.
left() {
  if [ -e "$1/PLACE" ]; then [ "$(cat "$1/PLACE")" = "$to" ]; else [ -e "$1/bin/tikgok" ]; fi
}
for beside in "$to.new" "$to.old"; do
  if [ -e "$beside" ] && ! left "$beside"; then
    fail "$beside is in the way, and no installer has left it there; choose another place with: -- --to DIR"
  fi
done
[ -w "$(dirname "$to")" ] || fail "$(dirname "$to") cannot be written to; choose another place with: -- --to DIR"
# The new one is whole before the old one goes.
need=$(du -sk "$here" | cut -f1)
room=$(df -Pk "$(dirname "$to")" | awk 'NR == 2 { print $4 }')
[ "$room" -gt "$need" ] || fail "$(dirname "$to") has room for $((room / 1024)) MB; $((need / 1024)) MB are needed"
trap 'rm -rf "$to.new"' EXIT
trap 'exit 1' HUP INT TERM
rm -rf "$to.new"
mkdir "$to.new"
# What leads here is found by this name also after the directory was moved.
printf '%s\n' "$to" >"$to.new/PLACE"
cp -a "$here/." "$to.new/" || fail "$to could not be written; the lines above say why"
# Once more: where this runs out of another place, that came along.
printf '%s\n' "$to" >"$to.new/PLACE" || fail "$to could not be written; the lines above say why"
chmod 755 "$to.new"
rm -rf "$to.old"; if [ -e "$to" ]; then mv "$to" "$to.old"; fi
mv "$to.new" "$to"; rm -rf "$to.old"

start=$HOME/.local/bin/tikgok
mkdir -p "$HOME/.local/bin"
for program in tikgok tikgok-sim; do
  link=$HOME/.local/bin/$program
  # A link that leads nowhere or to a TikGok is ours to turn; anything else is somebody's own.
  if [ ! -e "$link" ] || { [ -L "$link" ] && [ -e "$(dirname "$(readlink -f "$link")")/bin/tikgok" ]; }; then
    ln -sf "$to/$program" "$link"
  else
    printf 'install: %s is something else and stays as it is; ours is %s\n' "$link" "$to/$program" >&2
    start=$to/tikgok
  fi
done

# Files that others look for below the user's data: as links, so that they are those of the version that is there.
share() {
  mkdir -p "$data/$(dirname "$2")"
  ln -sf "$to/share/$1" "$data/$2"
}
for file in man/man1/tikgok.1.gz man/man1/tikgok-sim.1.gz bash-completion/completions/tikgok bash-completion/completions/tikgok-sim \
  fish/vendor_completions.d/tikgok.fish fish/vendor_completions.d/tikgok-sim.fish \
  icons/hicolor/scalable/apps/org.tikgok.TikGok.svg icons/hicolor/symbolic/apps/org.tikgok.TikGok-symbolic.svg; do
  share "$file" "$file"
done
share systemd/user/tikgok-sim.service systemd/user/tikgok-sim.service
for function in _tikgok _tikgok-sim; do
  share "zsh/vendor-completions/$function" "zsh/site-functions/$function"
done
# The entry names the program with its path, in the marks that such files want: one kind for words, then one for values.
value() { printf '%s' "$1" | sed 's/\\/\\\\/g'; }
word() { value "$(printf '%s' "$1" | sed 's/[\\"`$]/\\&/g')"; }
entry=$data/applications/org.tikgok.TikGok.desktop
mkdir -p "$data/applications"
while IFS= read -r line; do
  case "$line" in
    Exec=tikgok*) printf 'Exec="%s"%s\n' "$(word "$to/tikgok")" "${line#Exec=tikgok}" ;;
    TryExec=*) printf 'TryExec=%s\n' "$(value "$to/tikgok")" ;;
    *) printf '%s\n' "$line" ;;
  esac
done <"$to/share/applications/org.tikgok.TikGok.desktop" >"$entry.part"
mv "$entry.part" "$entry"
# So that links and videos find it; where this program is missing, nobody looks into its file either.
update-desktop-database -q "$data/applications" 2>/dev/null || true
printf 'TikGok is in %s. Start it from the menu, or with %s.\n' "$to" "$start"
if [ "$(id -u)" = 0 ]; then
  printf 'Menu, links, manual pages and completions are those of root alone. Others start %s/tikgok.\n' "$to"
fi
printf 'To remove it: %s/uninstall.sh (your settings and data stay).\n' "$to"
