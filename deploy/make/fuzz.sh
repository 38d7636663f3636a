#!/bin/bash
# Runs the fuzz targets one after the other with Jazzer, each for a fixed number of generated inputs: at least 1,000,000
# altogether. Prints progress and a table; fails on any finding. FUZZ_SCALE=0.1 runs a tenth, FUZZ_TARGETS picks some.
#   fuzz.sh <java> <class path file>
set -uo pipefail
java=$1
classpath=$(cat "$2")
out=target/fuzz
seeds=src/test/resources/fuzz

# target, inputs, longest input in bytes
targets='
quayside.callback.CallbackFuzz 350000 4096
quayside.callback.SignedCallbackFuzz 200000 4096
quayside.callback.BodyFuzz 350000 4096
quayside.callback.LargeBodyFuzz 2000 256
quayside.grant.token.TokenFuzz 200000 3300
quayside.callback.journal.JournalFuzz 20000 2048
'

rm -rf "$out/corpus" "$out/findings" "$out/logs"
mkdir -p "$out/findings" "$out/logs"
failed=0
total=0
table=''

# A target must end: 60 s for an input (the targets themselves bound its processor time), 768 MiB of heap, 1,500 MiB of memory; what takes more is a finding.
run() {
  "$java" -Xmx768m -XX:+UseSerialGC -XX:-OmitStackTraceInFastThrow -XX:+EnableDynamicAgentLoading \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -Dquayside.fuzz.slack=8 -Dorg.jboss.logging.provider=jdk -Djava.util.logging.config.file=deploy/make/fuzz-logging.properties \
    -cp "$classpath" com.code_intelligence.jazzer.Jazzer \
    --target_class="$1" --instrumentation_includes='quayside.**' --custom_hook_includes='quayside.**' \
    --reproducer_path="$out/findings" \
    -runs="$2" -max_len="$3" -timeout=60 -rss_limit_mb=1500 -print_final_stats=1 \
    -dict=deploy/make/fuzz.dict -artifact_prefix="$out/findings/$1-" "$out/corpus/$1" "$seeds/$1"
}

while read -r target inputs length; do
  [[ -z $target || (-n ${FUZZ_TARGETS:-} && " $FUZZ_TARGETS " != *" ${target##*.} "*) ]] && continue
  inputs=$(awk -v n="$inputs" -v s="${FUZZ_SCALE:-1}" 'BEGIN { print int(n * s) }')
  mkdir -p "$out/corpus/$target"
  log=$out/logs/$target.log
  echo "== $target: $inputs inputs"
  run "$target" "$inputs" "$length" 2>&1 | tee "$log" |
    grep --line-buffered -E '^#[0-9]+[[:space:]]+(INITED|pulse|DONE)|== Java Exception|ERROR: |AssertionError|^[[:space:]]+at quayside|SUMMARY|ALARM'
  status=${PIPESTATUS[0]}
  executed=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log" | tail -1)
  coverage=$(grep -oE 'cov: [0-9]+ ft: [0-9]+' "$log" | tail -1)
  findings=$(find "$out/findings" -name "$target-*" | wc -l)
  if ((status != 0 || findings > 0 || ${executed:-0} < inputs)); then failed=1; fi
  total=$((total + ${executed:-0}))
  table+=$(printf '%-45s %9s  %-20s %s' "$target" "${executed:-0}" "${coverage:--}" "$findings")$'\n'
done <<<"$targets"

# Instrumentation allocates; what was kept of the inputs meets the strict bounds without it.
"$java" -Xmx768m -Dorg.jboss.logging.provider=jdk \
  -Djava.util.logging.config.file=deploy/make/fuzz-logging.properties \
  -cp "$classpath" quayside.fuzz.Replay "$out/corpus" || failed=1

printf '\n%-45s %9s  %-20s %s\n%s' target inputs coverage findings "$table"
if ((failed)); then
  echo "$total inputs executed, FAILED: reproducers in $out/findings, logs in $out/logs"
  exit 1
fi
echo "$total inputs executed, no findings"
