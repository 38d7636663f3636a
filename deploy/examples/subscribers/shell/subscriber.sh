#!/usr/bin/env bash
# Keeps a view of the objects that Quayside tells of, one line for each effect. Needs bash 4.4, kcat and jq.
#
# kcat commits what it has printed, not what became of it. So this one commits nothing: at a start it reads what the
# topics still have, some days, and passes over what the view has. The group only lets one kcat read all partitions.
set -uo pipefail

usage() {
  cat <<END
Keeps a view of the objects that Quayside tells of, one line for each effect.

--bootstrap-servers HOST:PORT  where Kafka is (KAFKA_BOOTSTRAP_SERVERS, 127.0.0.1:9092)
--group NAME                   beginning of the group's name (KAFKA_GROUP_ID, example-shell)
--view FILE                    the view (view.tsv)
--uploaded-topic NAME          oss.object.uploaded.v1
--thumbnailed-topic NAME       oss.object.thumbnailed.v1
--deleted-topic NAME           oss.object.deleted.v1
END
}

fail() {
  echo "$1" >&2
  exit "$2"
}

servers=${KAFKA_BOOTSTRAP_SERVERS:-127.0.0.1:9092}
group=${KAFKA_GROUP_ID:-example-shell}
view=view.tsv
uploaded=oss.object.uploaded.v1
thumbnailed=oss.object.thumbnailed.v1
deleted=oss.object.deleted.v1
while (($#)); do
  [[ $1 == --help ]] && { usage; exit; }
  (($# > 1)) || fail "$1 needs a value, or is no option; --help lists the options" 2
  case $1 in
    --bootstrap-servers) servers=$2 ;;
    --group) group=$2 ;;
    --view) view=$2 ;;
    --uploaded-topic) uploaded=$2 ;;
    --thumbnailed-topic) thumbnailed=$2 ;;
    --deleted-topic) deleted=$2 ;;
    *) fail "there is no option $1; --help lists the options" 2 ;;
  esac
  shift 2
done
for program in kcat jq; do
  command -v "$program" >/dev/null || fail "$program is missing: install it (apt-get install $program, brew install $program)" 1
done

topics=("$uploaded" "$thumbnailed" "$deleted")
metadata=$(kcat -b "$servers" -L -J -m 10 2>/dev/null) \
  || fail "Kafka does not answer: is it running? --bootstrap-servers says where" 1
for topic in "${topics[@]}"; do
  jq -e --arg topic "$topic" 'any(.topics[]; .topic == $topic)' <<<"$metadata" >/dev/null \
    || fail "there is no topic $topic: start Quayside first, or name yours; --help lists the options" 2
done

declare -A seen fences
remember() { # fence, sequence, identity
  seen[$3]=1
  fences[$1]=$2
}

# A line without its end was being written when the process died: its event comes again.
touch "$view"
if [[ -n $(tail -c 1 "$view") ]]; then
  head -n "$(wc -l <"$view")" "$view" >"$view.whole" && mv "$view.whole" "$view"
fi
while IFS=$'\t' read -r kind object sequence _ _ source id; do
  [[ $kind == thumbnailed ]] && fence="thumbnails of $object" || fence="object $object"
  remember "$fence" "$sequence" "$source"$'\t'"$id"
done <"$view"

declare -A counts=([applied]=0 [duplicate]=0 [stale]=0 [skipped]=0 [refused]=0)
apply() { # fence, fields of the effect
  local fence=$1 identity=$7$'\t'$8
  shift
  if [[ -n ${seen[$identity]:-} ]]; then
    ((++counts[duplicate]))
  elif ((${fences[$fence]:--1} >= $3)); then
    ((++counts[stale]))
  else
    remember "$fence" "$3" "$identity"
    local IFS=$'\t'
    # First the effect is durable, then it is printed. Put your own effect here.
    printf '%s\n' "$*" >>"$view" && sync "$view" || fail "$view cannot be written" 1
    printf '%s\n' "$*"
    ((++counts[applied]))
  fi
}

# As processes of their own, so that SIGTERM can end the first: then everything ends, in this order.
exec {records}< <(exec kcat -b "$servers" -G "$group.$$" -q -u -J \
  -X log_level=3 -X enable.auto.commit=false -X auto.offset.reset=earliest "${topics[@]}")
kcat=$!
stopping=0
trap 'stopping=1; kill "$kcat"' TERM INT
while IFS=$'\t' read -r verdict where_or_fence reason_or_kind rest; do
  if [[ $verdict == skipped ]]; then
    ((++counts[skipped]))
    echo "skipped $where_or_fence: $reason_or_kind" >&2
  else
    IFS=$'\t' read -r -a fields <<<"$rest"
    apply "$where_or_fence" "$reason_or_kind" "${fields[@]}"
  fi
done < <(exec jq --unbuffered -r -f "$(dirname "$0")/effect.jq" <&"$records")
((stopping)) || fail "kcat or jq has ended" 1

for name in applied duplicate stale skipped refused; do
  summary+="${summary:+, }$name ${counts[$name]}"
done
echo "$summary" >&2
