#!/bin/sh
# Prints the path of a program: the installed one, or one unpacked from Debian's package into a folder; nothing is
# installed, started or left behind elsewhere. Fails with one line that says what to install.
# Arguments: program, package, its path in the package, an option that makes it print its version and end, folder.
set -eu
program=$1 package=$2 path=$3 probe=$4 folder=$5

works() {
  "$1" "$probe" >/dev/null 2>&1
}

installed=$(command -v "$program" || true)
if [ -n "$installed" ] && works "$installed"; then
  echo "$installed"
  exit 0
fi

mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
if works "$folder/$path"; then
  echo "$folder/$path"
  exit 0
fi

fetch() {
  download=$(mktemp -d)
  # apt gives up its privileges and wants to write here all the same.
  chmod 755 "$download"
  (cd "$download" && apt-get -qq download "$package" \
    && dpkg-deb --fsys-tarfile "$package"_*.deb | tar -x -C "$folder" "./$path") >/dev/null 2>&1
  status=$?
  rm -rf "$download"
  return "$status"
}

if command -v apt-get >/dev/null 2>&1 && command -v dpkg-deb >/dev/null 2>&1; then
  echo "Fetching $program (Debian's package $package) ..." >&2
  # Without package lists, as in a fresh container, a download needs an update, and that needs root.
  fetch || { [ "$(id -u)" = 0 ] && apt-get -qq update >/dev/null 2>&1 && fetch; } || true
  if works "$folder/$path"; then
    echo "$folder/$path"
    exit 0
  fi
fi
echo "$program is missing: install it (Debian, Ubuntu: apt-get install $package; macOS: brew install $package)." >&2
exit 1
