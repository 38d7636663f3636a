#!/bin/sh
# Prints the path of a Chromium for the browser tests: the installed one, or else Debian's build of it for machines
# without a screen, unpacked into a folder with two fonts (one has Chinese) and the libraries that are not installed
# here; nothing is installed. Says what to install when there is none. QUAYSIDE_CHROMIUM=/path/to/it names another;
# QUAYSIDE_CHROMIUM=fetched passes over installed ones.
# Argument: folder.
set -eu
folder=$1
browser=chromium-headless-shell

# Printing its version takes every library it is linked with.
works() {
  "$1" --version >/dev/null 2>&1
}

case ${QUAYSIDE_CHROMIUM:-} in
  fetched) set -- ;;
  '') set -- chromium chromium-browser "$browser" google-chrome-stable google-chrome \
    '/Applications/Chromium.app/Contents/MacOS/Chromium' '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome' ;;
  *) set -- "$QUAYSIDE_CHROMIUM" ;;
esac
for program; do
  installed=$(command -v "$program" || true)
  if [ -n "$installed" ] && works "$installed"; then
    echo "$installed"
    exit 0
  fi
done

mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
root=$folder/root
wrapper=$folder/chromium

fetch() {
  # Without package lists, as in a fresh container, nothing is known of a package; an update needs root.
  apt-cache show "$browser" >/dev/null 2>&1 || apt-get -qq update >/dev/null 2>&1 || return 1
  # Its libraries, without the desktop tools that chromium-common wants and a browser without a screen does not.
  libraries=$(apt-cache depends --important "$browser" | awk '$1 == "Depends:" && $2 ~ /^lib/ { print $2 }')
  # shellcheck disable=SC2086
  missing=$(apt-get -s install --no-install-recommends --no-upgrade $libraries fonts-dejavu-core fonts-wqy-microhei \
    | awk '$1 == "Inst" { print $2 }')
  # shellcheck disable=SC2086
  "$(dirname "$0")/fetch-debian-packages.sh" "$root" "$browser" chromium-common $missing
}

wrap() {
  libraries=$(find "$root/lib" "$root/usr/lib" -name '*.so*' ! -path '*/usr/lib/chromium/*' 2>/dev/null \
    | sed 's|/[^/]*$||' | sort -u | paste -s -d : -)
  cat >"$folder/fonts.conf" <<EOF
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>$root/usr/share/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>$folder/fonts</cachedir>
  <alias><family>sans-serif</family>
    <prefer><family>DejaVu Sans</family><family>WenQuanYi Micro Hei</family></prefer></alias>
  <alias><family>monospace</family>
    <prefer><family>DejaVu Sans Mono</family><family>WenQuanYi Micro Hei Mono</family></prefer></alias>
</fontconfig>
EOF
  cat >"$wrapper" <<EOF
#!/bin/sh
LD_LIBRARY_PATH=$libraries FONTCONFIG_FILE=$folder/fonts.conf exec $root/usr/lib/chromium/$browser "\$@"
EOF
  chmod +x "$wrapper"
}

if ! works "$wrapper"; then
  rm -rf "$root"
  if fetch; then
    wrap
  fi
fi
if works "$wrapper"; then
  echo "$wrapper"
  exit 0
fi
echo "chromium is missing: install it (Debian: apt-get install chromium; Ubuntu: snap install chromium; macOS: brew install" \
  "chromium), or name one in QUAYSIDE_CHROMIUM." >&2
exit 1
