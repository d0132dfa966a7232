#!/usr/bin/env bash
# Runs vpclint once, for the annotations, the step's summary, the SARIF log that the next step uploads, and the outputs. It
# fails only where vpclint itself does; whether findings fail the job, the action's last step says.
set -euo pipefail

fail() {
  local text=${1//'%'/%25}
  text=${text//$'\r'/%0D}
  echo "::error title=vpclint::${text//$'\n'/%0A}"
  exit 1
}

# Several runs in one job don't write over each other's files.
cd "$RUNNER_TEMP"
out="$RUNNER_TEMP/$(mktemp -d vpclint.XXXXXX)"
summary=${GITHUB_STEP_SUMMARY:-/dev/null}

[ -n "$INPUT_WORKING_DIRECTORY" ] || INPUT_WORKING_DIRECTORY=.
cd "$GITHUB_WORKSPACE"
cd "$INPUT_WORKING_DIRECTORY" 2>/dev/null || fail "working-directory: there is no $INPUT_WORKING_DIRECTORY"

arguments=(check --format "sarif=$out/vpclint.sarif" --format "json=$out/vpclint.json" --format "markdown=$out/summary.md")
case $INPUT_ANNOTATIONS in
  true) arguments+=(--format github) ;;
  false) arguments+=(--format text) ;;
  *) fail "annotations: $INPUT_ANNOTATIONS: use true or false" ;;
esac
case $INPUT_UPLOAD_SARIF in
  true) [ -n "$INPUT_FAIL_ON" ] || INPUT_FAIL_ON=never ;;
  false) ;;
  *) fail "upload-sarif: $INPUT_UPLOAD_SARIF: use true or false" ;;
esac
give() { [ -z "$2" ] || arguments+=("$1=$2"); }
give --config "$INPUT_CONFIG"
give --profile "$INPUT_PROFILE"
give --min-severity "$INPUT_MIN_SEVERITY"
give --fail-on "$INPUT_FAIL_ON"
give --baseline "$INPUT_BASELINE"
give --new-from-rev "$INPUT_NEW_FROM_REV"
if [ -n "${INPUT_ARGS//[[:space:]]/}" ]; then
  # xargs knows quotes, and expands nothing.
  printf '%s\n' "$INPUT_ARGS" | xargs printf '%s\0' >"$out/args" || fail "args: $INPUT_ARGS: a quote is not closed"
  while IFS= read -r -d '' word; do arguments+=("$word"); done <"$out/args"
fi
arguments+=(--)
while IFS= read -r path || [ -n "$path" ]; do
  path=${path%$'\r'}
  [ -z "$path" ] || arguments+=("$path")
done <<<"$INPUT_PATHS"

# Git's bash on Windows would take an argument such as --exclude=/a for a path of its own, and rewrite it.
code=0
MSYS_NO_PATHCONV=1 MSYS2_ARG_CONV_EXCL='*' "$INPUT_PROGRAM" "${arguments[@]}" 2>"$out/stderr" || code=$?
cat "$out/stderr" >&2

# The upload needs the root that the log's paths are relative to, as the system spells it.
root=$PWD
while [ ! -e "$root/.git" ] && [ "$root" != "${root%/*}" ]; do root=${root%/*}; done
[ -e "$root/.git" ] || root=$PWD
! command -v cygpath >/dev/null || root=$(cygpath -m "$root")

count() { sed -n "s/^ *\"$1\": \([0-9]*\),*\$/\1/p" "$out/vpclint.json" | tail -n 1; }
{
  echo "exit-code=$code"
  echo "root=$root"
  if [ "$code" -le 1 ]; then
    echo "sarif-file=$out/vpclint.sarif"
    echo "json-file=$out/vpclint.json"
    echo "findings=$(($(count errors) + $(count warnings) + $(count notes)))"
    echo "undecided=$(count undecided)"
  fi
} >>"$GITHUB_OUTPUT"

if [ "$code" -gt 1 ]; then
  {
    printf '### vpclint failed\n\n'
    sed 's/^/    /' "$out/stderr"
  } >>"$summary"
  fail "$(cat "$out/stderr")"
fi
cat "$out/summary.md" >>"$summary"
