#!/usr/bin/env bash
# Builds each flavour from the same sources in two folders and compares all files that would be shipped, byte by byte;
# of the native ingress, the sources that its builder takes. Reports the first difference of each pair of files, within
# archives the entry, and fails when there is one.
# usage: reproducible.sh [ingress] [native] [all]
set -euo pipefail
cd "$(dirname "$0")/../.."
flavours=${*:-ingress native all}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/options"
MAVEN_OPTS="${MAVEN_OPTS:-} $(deploy/make/reproducible-options.sh "$work/options")"
export MAVEN_OPTS

# Names of different length, in which every path is another.
for folder in one another-folder; do
  mkdir "$work/$folder"
  tar --create --exclude=.git --exclude=target --exclude=node_modules --exclude=.quayside --file=- . |
    tar --extract --directory="$work/$folder" --file=-
done

build() (
  local flavour=$1 folder=$2
  echo "Building $flavour in $folder ..."
  cd "$work/$folder"
  case $flavour in
    native) make --no-print-directory native-sources ;;
    *) ./mvnw --batch-mode --no-transfer-progress -q package -DskipTests "-Dflavour=$flavour" ;;
  esac
)

output() {
  case $1 in
    ingress) echo target/ingress/quarkus-app ;;
    native) echo target/native/native-sources ;;
    *) echo target/quarkus-app ;;
  esac
}

# The names and checksums of an archive's entries, and of everything about them that unzip tells.
entries() {
  unzip -Z -T --h --t "$1"
  unzip -Z1 "$1" | while read -r entry; do
    case $entry in */) ;; *) printf '%s %s\n' "$(unzip -p "$1" "$entry" | sha256sum)" "$entry" ;; esac
  done
}

different=0
for flavour in $flavours; do
  build "$flavour" one
  build "$flavour" another-folder
  one=$work/one/$(output "$flavour")
  two=$work/another-folder/$(output "$flavour")
  if ! diff <(cd "$one" && find . -type f | sort) <(cd "$two" && find . -type f | sort); then
    echo "$flavour: not the same files" >&2
    different=1
  fi
  files=0
  while read -r file; do
    files=$((files + 1))
    cmp --silent "$one/$file" "$two/$file" && continue
    different=1
    echo "$flavour: $file differs" >&2
    case $file in
      *.jar) diff <(entries "$one/$file") <(entries "$two/$file") | head -n 8 >&2 || true ;;
      *) cmp "$one/$file" "$two/$file" >&2 || true ;;
    esac
  done < <(cd "$one" && find . -type f | sort)
  [ -n "${KEEP:-}" ] && mkdir -p "$KEEP/$flavour" && cp -r "$one" "$KEEP/$flavour/one" && cp -r "$two" "$KEEP/$flavour/two"
  [ $different -eq 0 ] && echo "$flavour: $files files, equal."
done
exit $different
