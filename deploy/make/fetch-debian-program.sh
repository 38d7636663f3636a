#!/bin/sh
# Prints the path of a program: the installed one, or one that runs with its own libraries from Debian's packages,
# unpacked into a folder. Fails with one line that says what to install.
# Arguments: program, an option that makes it print its version and end, folder, its package and those of its libraries.
set -eu
program=$1 probe=$2 folder=$3
shift 3

installed=$(command -v "$program" || true)
if [ -n "$installed" ]; then
  echo "$installed"
  exit 0
fi

mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
wrapper=$folder/$program
works() {
  "$wrapper" "$probe" >/dev/null 2>&1
}

if ! works; then
  "$(dirname "$0")/fetch-debian-packages.sh" "$folder/root" "$@" || true
  libraries=$(find "$folder/root/usr/lib" -mindepth 1 -maxdepth 1 -type d 2>/dev/null | head -n 1)
  printf '#!/bin/sh\nLD_LIBRARY_PATH=%s exec %s/root/usr/bin/%s "$@"\n' "$libraries" "$folder" "$program" >"$wrapper"
  chmod +x "$wrapper"
fi
if works; then
  echo "$wrapper"
  exit 0
fi
echo "$program is missing: install it (Debian, Ubuntu: apt-get install $1; macOS: brew install $1)." >&2
exit 1
