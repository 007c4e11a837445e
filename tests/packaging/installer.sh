#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What the self-extracting installer does with what it has unpacked, and its uninstaller, with stand-ins for programs: odd
# places, no room, somebody's own files, an older one over a newer one, two side by side, and that nothing stays behind.
# Usage: installer.sh PACKAGING-LINUX
set -euo pipefail
linux=$(realpath "$1")
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
bad=0
wrong() { echo "installer: $1" >&2; bad=1; }

# A bundle like that of make.sh, in a temporary directory that nobody else may enter, as the archive has it.
bundle=$work/unpacked; mkdir -m 700 "$bundle"
mkdir -p "$bundle"/bin "$bundle"/share/{applications,man/man1,bash-completion/completions,fish/vendor_completions.d,zsh/vendor-completions,systemd/user} \
  "$bundle"/share/icons/hicolor/{scalable,symbolic}/apps
for program in tikgok tikgok-sim; do
  printf '#!/bin/sh\nprintf "%s: %%s\\n" "$*"\n' "$program" >"$bundle/bin/$program"; chmod +x "$bundle/bin/$program"
  cp "$linux/bundle/start.sh" "$bundle/$program"
  touch "$bundle/share/man/man1/$program.1.gz" "$bundle/share/bash-completion/completions/$program" \
    "$bundle/share/fish/vendor_completions.d/$program.fish" "$bundle/share/zsh/vendor-completions/_$program"
done
touch "$bundle/share/icons/hicolor/scalable/apps/org.tikgok.TikGok.svg" \
  "$bundle/share/icons/hicolor/symbolic/apps/org.tikgok.TikGok-symbolic.svg"
cp "$linux/org.tikgok.TikGok.desktop" "$bundle/share/applications/"
cp "$linux/tikgok-sim.service" "$bundle/share/systemd/user/"
cp "$linux/bundle/install.sh" "$linux/bundle/uninstall.sh" "$bundle/"
echo 0.2.0 >"$bundle/VERSION"

# Stand-ins come first in the path.
mkdir "$work/first"
install() { (cd "$bundle" && umask 077 && env -u XDG_DATA_HOME PATH="$work/first:$PATH" HOME="$home" USER_PWD="$home" ./install.sh "$@" >"$work/said" 2>&1); }
uninstall() { env -u XDG_DATA_HOME HOME="$home" "$1/uninstall.sh" >"$work/said" 2>&1; }
refused() { # WORDS ...: installing is refused with these words
  local words=$1; shift
  if install "$@"; then wrong "should have been refused ($words): $*"; fi
  grep -qF -- "$words" "$work/said" || { wrong "said something else than: $words"; cat "$work/said" >&2; }
}
fresh() { rm -rf "$work/home"*; home="$work/home ü & b"; mkdir "$home"; }
starts() { # DIR: the link and the menu lead there
  local exec
  [ "$("$home/.local/bin/tikgok" a 'b c')" = "tikgok: a b c" ] || wrong "$1: the link does not start it"
  [ "$(readlink -f "$home/.local/bin/tikgok-sim")" = "$1/tikgok-sim" ] || wrong "$1: the other link leads elsewhere"
  desktop-file-validate "$home/.local/share/applications/org.tikgok.TikGok.desktop" || wrong "$1: the desktop entry is not valid"
  # As the specification takes the marks away: of values, then of words.
  exec=$(sed -n 's/^Exec="\(.*\)" %u$/\1/p' "$home/.local/share/applications/org.tikgok.TikGok.desktop" |
    sed -e 's/\\\\/\\/g' -e 's/\\\([\\"`$]\)/\1/g')
  [ "$exec" = "$1/tikgok" ] || wrong "$1: the entry starts '$exec'"
  [ -L "$home/.local/share/zsh/site-functions/_tikgok-sim" ] || wrong "$1: zsh completes nothing"
  [ -z "$(find -L "$home/.local" -type l)" ] || wrong "$1: links that lead nowhere: $(find -L "$home/.local" -type l)"
}
nothing_left() {
  local left
  left=$(cd "$home" && find . \( -type f -o -type l \) && find .local/share -mindepth 1 -type d 2>/dev/null)
  [ -z "$left" ] || wrong "left behind: $left"
}

fresh
install || wrong "does not install"
to=$home/.local/opt/tikgok
starts "$to"
[ "$(stat -c %a "$to" "$home/.local/share/applications/org.tikgok.TikGok.desktop" | tr '\n' ' ')" = "755 644 " ] || wrong "only one person can use it"
install || wrong "does not install over itself"
starts "$to"
mkdir -p "$home/.local/share/tikgok"; touch "$home/.local/share/tikgok/drafts.json"
uninstall "$to"
[ -e "$home/.local/share/tikgok/drafts.json" ] || wrong "takes what the user has written along"
rm -r "$home/.local/share/tikgok"
nothing_left

# From where it was called; and places that mean something to shells, menus and sed.
# shellcheck disable=SC2016
for place in 'rel dir' './in/three/parts/' 'a & b | c' 'q"uo\nte `d` $HOME'; do
  fresh
  install --to "$place" || { wrong "does not install to $place"; cat "$work/said" >&2; continue; }
  to=$(realpath "$home/$place")
  starts "$to"
  uninstall "$to"
  nothing_left
done

# Somebody's own.
fresh; mkdir -p "$home/.local/bin" "$home/full" "$home/empty"; echo mine >"$home/.local/bin/tikgok"; touch "$home/full/file"
refused "is not a TikGok" --to full
install --to empty || wrong "does not take an empty directory"
grep -q "stays as it is" "$work/said" || wrong "says nothing of a program that is in its place"
uninstall "$home/empty"
[ "$(cat "$home/.local/bin/tikgok")" = mine ] || wrong "took away somebody's program"
refused "root of everything" --to /
refused "with a % in its name" --to '50 % off'
refused "--to needs a directory" --to
refused "unknown word '--two'" --two
install --help || wrong "does not help"
if HOME='' "$bundle/install.sh" >"$work/said" 2>&1; then wrong "installs without a home"; fi
grep -q "where your home is" "$work/said" || wrong "does not say that there is no home"

# Two side by side: what leads to the other one stays.
fresh
install --to one && install --to two
starts "$home/two"
uninstall "$home/one"
starts "$home/two"
uninstall "$home/two"
nothing_left

# Side by side, and the other one has a name as installers use on the way: it stays.
for end in new old; do
  fresh
  install --to one && install --to "one.$end"
  refused "one.$end is in the way" --to one
  starts "$home/one.$end"
  uninstall "$home/one"
  starts "$home/one.$end"
  uninstall "$home/one.$end"
  nothing_left
done

# Put into another place by its own installer: it knows that place, not the first one.
fresh
install --to one
env -u XDG_DATA_HOME HOME="$home" "$home/one/install.sh" --to "$home/two" >"$work/said" 2>&1 || wrong "does not install from where it is"
[ "$(cat "$home/two/PLACE")" = "$home/two" ] || wrong "believes to be in $(cat "$home/two/PLACE")"
mv "$home/two" "$home/moved"
uninstall "$home/one"
uninstall "$home/moved"
nothing_left

# Moved by hand: what leads to where it was leads nowhere, and goes. What leads elsewhere stays.
fresh
install --to one
mv "$home/one" "$home/moved"
uninstall "$home/moved"
nothing_left
install --to one && install --to two
mv "$home/one" "$home/moved"
uninstall "$home/moved"
starts "$home/two"
uninstall "$home/two"
ln -s /nowhere/tikgok "$home/.local/bin/tikgok"
install --to one; ln -sf /nowhere/tikgok "$home/.local/bin/tikgok"
uninstall "$home/one"
[ -L "$home/.local/bin/tikgok" ] || wrong "took a link along that leads elsewhere"

# What an installer that was ended in the middle has left goes; what only has such a name stays.
fresh
mkdir -p "$home/one.new" "$home/one.old/bin"; printf '%s\n' "$home/one" >"$home/one.new/PLACE"; touch "$home/one.old/bin/tikgok"
install --to one || wrong "does not install over half of another one"
mkdir -p "$home/one.new" "$home/one.old/bin"; printf '%s\n' "$home/one" >"$home/one.new/PLACE"; touch "$home/one.old/bin/tikgok"
uninstall "$home/one"
nothing_left
if [ -e "$home/one.new" ] || [ -e "$home/one.old" ]; then wrong "leaves what an installer has left"; fi
install --to one
mkdir "$home/one.old"; touch "$home/one.old/mine"
refused "one.old is in the way" --to one
starts "$home/one"
uninstall "$home/one"
[ -e "$home/one.old/mine" ] || wrong "took somebody's directory along"

# Root's, for everybody: others are told from where, and cannot take it away, not even half of it.
if [ "$(id -u)" = 0 ]; then
  fresh
  install --to one
  grep -qF "Others start $home/one/tikgok" "$work/said" || wrong "does not say that the menu is root's alone"
  chmod 755 "$work"
  before=$(find "$home" | sort)
  if env -u XDG_DATA_HOME HOME="$home" setpriv --reuid=65534 --regid=65534 --clear-groups "$home/one/uninstall.sh" >"$work/said" 2>&1; then
    wrong "says to have removed what it may not remove"
  fi
  [ "$(wc -l <"$work/said")" = 1 ] || wrong "needs more than a line to say that it may not"
  grep -q "you may not remove" "$work/said" || wrong "does not say that it may not"
  [ "$(find "$home" | sort)" = "$before" ] || wrong "removed some of it"
  uninstall "$home/one"
  nothing_left
fi

# Versions: 0.10 is newer than 0.2.
fresh
install; echo 0.10.0 >"$home/.local/opt/tikgok/VERSION"
refused "is newer than this one (0.2.0)"
install --older || wrong "does not go back when told to"
echo 0.1.9 >"$home/.local/opt/tikgok/VERSION"
install || wrong "does not go forward"
[ "$(cat "$home/.local/opt/tikgok/VERSION")" = 0.2.0 ] || wrong "is not the new one"

# No room, at once or on the way: the one that was there is whole, and nothing of the other one.
printf '#!/bin/sh\necho head\necho x 1 1 1 1%% /\n' >"$work/first/df"; chmod +x "$work/first/df"
refused "has room for 0 MB"
rm "$work/first/df"
# shellcheck disable=SC2016
printf '#!/bin/sh\nmkdir -p "$3/bin"; echo "cp: No space left on device" >&2; exit 1\n' >"$work/first/cp"; chmod +x "$work/first/cp"
refused "could not be written"
rm "$work/first/cp"
[ ! -e "$home/.local/opt/tikgok.new" ] || wrong "half of the new one is left"
starts "$home/.local/opt/tikgok"
[ "$bad" = 0 ] && echo "installer: nothing to say"
exit $bad
