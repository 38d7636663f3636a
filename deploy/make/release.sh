#!/usr/bin/env bash
# Prepares a release and publishes nothing: sets the version in the poms, closes the section of the changelog, builds
# both flavours, and puts archives, parts lists, licences and checksums into target/release. What remains to be done is
# printed at the end.
# usage: release.sh MAKE VERSION
set -euo pipefail
cd "$(dirname "$0")/../.."
make=$1
version=$2

refuse() {
  echo "$1" >&2
  exit 2
}

[[ $version =~ ^(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)$ ]] ||
  refuse "Say which version: make release VERSION=1.2.3 (got \"$version\")"
tar --version | grep -q 'GNU tar' || refuse "GNU tar is wanted: it makes equal archives of equal files."
[ -z "$(git status --porcelain)" ] || refuse "There are changes that are not committed; commit or stash them first."
[ -z "$(git tag --list "v$version")" ] || refuse "There is a tag v$version already."
! grep -q "^## \[$version\]" CHANGELOG.md || refuse "CHANGELOG.md has a section $version already."
awk '/^## /{open = /^## \[Unreleased\]/} open && /^- /{found = 1} END{exit !found}' CHANGELOG.md ||
  refuse "CHANGELOG.md says nothing under [Unreleased]."

epoch=$(git log -1 --format=%ct)
stamp=$(date --utc --date="@$epoch" +%Y-%m-%dT%H:%M:%SZ 2>/dev/null || date -u -r "$epoch" +%Y-%m-%dT%H:%M:%SZ)
export SOURCE_DATE_EPOCH=$epoch
agent=$(mktemp -d)
trap 'rm -rf "$agent"' EXIT
MAVEN_OPTS="${MAVEN_OPTS:-} $(deploy/make/reproducible-options.sh "$agent")"
export MAVEN_OPTS

# In each of our poms the first <version> at this depth is the project's own.
set_version() {
  local pom
  for pom in $(git ls-files 'pom.xml' 'deploy/*/pom.xml'); do
    awk -v version="$1" '!done && /^  <version>/ { sub(/>.*</, ">" version "<"); done = 1 } { print }' "$pom" >"$pom.new"
    cat "$pom.new" >"$pom"
    rm "$pom.new"
  done
}

echo "Preparing $version ..."
set_version "$version"
sed "s|<project.build.outputTimestamp>.*<|<project.build.outputTimestamp>$stamp<|" pom.xml >pom.xml.new
cat pom.xml.new >pom.xml
rm pom.xml.new
awk -v heading="## [$version] - ${stamp%T*}" '
  { print }
  /^## \[Unreleased\]/ && !done { print ""; print heading; done = 1 }' CHANGELOG.md >CHANGELOG.md.new
cat CHANGELOG.md.new >CHANGELOG.md
rm CHANGELOG.md.new

"$make" --no-print-directory clean application ingress sbom

release=$PWD/target/release
mkdir -p "$release"

# The same files make the same archive: fixed order, date and owner, no name or date in the compressed head.
archive() {
  local name=$1 application=$2 notices=$3 options=$4 folder
  folder=$(mktemp -d)
  mkdir "$folder/$name"
  cp -R "$application"/. LICENSE CHANGELOG.md "deploy/images/$options" "$notices"/* "$folder/$name/"
  tar --directory="$folder" --sort=name --format=gnu --mtime="@$epoch" --owner=0 --group=0 --numeric-owner \
    --mode=go=rX,u+rw --create "$name" | gzip --no-name --best >"$release/$name.tar.gz"
  cp "$notices/sbom.cdx.json" "$release/$name.cdx.json"
  rm -rf "$folder"
}

archive "quayside-$version" target/quarkus-app target/notices/all service.jvm
archive "quayside-ingress-$version" target/ingress/quarkus-app target/notices/ingress ingress.jvm
(cd "$release" && sha256sum ./*.tar.gz ./*.cdx.json >SHA256SUMS && cat SHA256SUMS)

cat <<END

Prepared in target/release. Nothing is published; look at it, then:
  git commit --all --message "Release $version" && git tag --sign "v$version"
  make images                      # and sign them, and attach target/notices/*/sbom.cdx.json as attestation
  publish target/release/*
After that, for the next one: set the versions in the poms to the next -SNAPSHOT.
To undo: git checkout -- .
END
