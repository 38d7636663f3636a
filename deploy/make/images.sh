#!/usr/bin/env bash
# Builds the container images with the first engine that answers, or ENGINE. Base images are looked up and given to the
# build with their digests, which target/images/bases then lists; to build on the same again, put that file in
# deploy/images/bases, or give BASES.
# usage: images.sh MAKE [ingress] [ingress-jvm] [quayside] [oss-stand-in]
set -euo pipefail
cd "$(dirname "$0")/../.."
make=$1
shift
images=${*:-ingress quayside oss-stand-in}

engine=
for candidate in ${ENGINE:-docker podman buildah}; do
  if command -v "$candidate" >/dev/null 2>&1 && "$candidate" info >/dev/null 2>&1; then
    engine=$candidate
    break
  fi
done
if [ -z "$engine" ]; then
  echo "No container engine answers: install Docker, Podman or Buildah and start it (ENGINE names another)." >&2
  exit 1
fi

version=$(sed -n 's:^  <version>\(.*\)</version>:\1:p' pom.xml | head -n 1)
revision=$(git rev-parse HEAD 2>/dev/null || echo unknown)
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 0)}
created=$(date --utc --date="@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ 2>/dev/null ||
  date -u -r "$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)
fixed=${BASES:-deploy/images/bases}
mkdir -p target/images
: >target/images/bases

# The image with its digest: as fixed before, or as the engine finds it now.
pinned() {
  local image=$1 found=
  [ -f "$fixed" ] && found=$(grep -F "$image@sha256:" "$fixed" | head -n 1 || true)
  if [ -z "$found" ]; then
    "$engine" pull --quiet "$image" >/dev/null
    if [ "$engine" = buildah ]; then
      found="$image@$(buildah images --format '{{.Digest}}' "$image" | head -n 1)"
    else
      found=$("$engine" image inspect --format '{{index .RepoDigests 0}}' "$image")
      found="$image@${found#*@}"
    fi
  fi
  echo "$found" | tee -a target/images/bases
}

# --build-arg NAME=image@digest for every base image that a Containerfile names.
bases() {
  local name image
  sed -n 's/^ARG \([A-Z]*\)=\(.*\/.*:.*\)$/\1 \2/p' "$1" | while read -r name image; do
    printf -- '--build-arg\n%s=%s\n' "$name" "$(pinned "$image")"
  done
}

prerequisites() {
  case $1 in
    ingress) echo native-sources sbom ;;
    ingress-jvm) echo ingress sbom ;;
    quayside) echo application sbom ;;
    oss-stand-in) echo laptop ;;
    *) echo "no image $1: there are ingress, ingress-jvm, quayside and oss-stand-in" >&2; exit 2 ;;
  esac
}

agent=$(mktemp -d)
trap 'rm -rf "$agent"' EXIT
MAVEN_OPTS="${MAVEN_OPTS:-} $(deploy/make/reproducible-options.sh "$agent")"
export MAVEN_OPTS
targets=$(for image in $images; do prerequisites "$image"; done)
# shellcheck disable=SC2086 # a list of words
"$make" --no-print-directory $targets

for image in $images; do
  case $image in quayside) name=quayside ;; *) name=quayside-$image ;; esac
  file=deploy/images/$image.Containerfile
  echo "Building $name:$version with $engine ..."
  arguments=()
  while IFS= read -r argument; do arguments+=("$argument"); done < <(bases "$file")
  [ "$engine" = docker ] && export DOCKER_BUILDKIT=1
  "$engine" build --file "$file" "${arguments[@]}" \
    --build-arg "SOURCE_DATE_EPOCH=$SOURCE_DATE_EPOCH" --build-arg "VERSION=$version" \
    --build-arg "REVISION=$revision" --build-arg "CREATED=$created" \
    --tag "$name:$version" --tag "$name:local" .
done
echo "Built on: $(sort -u target/images/bases | tr '\n' ' ')"
