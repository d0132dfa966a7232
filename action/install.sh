#!/usr/bin/env bash
# Puts vpclint where the next step finds it: a release whose checksum is right, the one on the PATH, or a build of this commit.
# It runs on Linux, on macOS with its bash 3.2, and on Windows in Git's bash.
set -euo pipefail

fail() {
  local text=${1//'%'/%25}
  text=${text//$'\r'/%0D}
  echo "::error title=vpclint::${text//$'\n'/%0A}"
  exit 1
}

# fetch URL FILE: a release is never fetched by less than what its address says, nor led on to it.
fetch() {
  curl --proto "=${1%%:*}" --proto-redir '=https' --tlsv1.2 --fail --location --silent --show-error \
    --connect-timeout 30 --retry 3 --output "$2" "$1" || fail "can't download $1"
}

sum() {
  if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

# download takes a release of the runner's own system from INPUT_RELEASES.
download() {
  local version=$1 from system machine archive want got
  case ${RUNNER_OS-} in
    Linux) system=linux ;;
    macOS) system=darwin ;;
    Windows) system=windows ;;
    *) fail "there is no release for ${RUNNER_OS-an unknown system}: use version: source" ;;
  esac
  case ${RUNNER_ARCH-} in
    X64) machine=amd64 ;;
    ARM64) machine=arm64 ;;
    *) fail "there is no release for ${RUNNER_ARCH-an unknown machine}: use version: source" ;;
  esac

  INPUT_RELEASES=${INPUT_RELEASES%/}
  from="$INPUT_RELEASES/download/v$version"
  [ "$version" != latest ] || from="$INPUT_RELEASES/latest/download"
  fetch "$from/checksums.txt" checksums.txt
  if [ "$version" = latest ]; then
    # The names tell which one it is; everything else is fetched by that, lest a newer one comes in between.
    version=$(sed -n "/^.* [*]\{0,1\}vpclint_\([0-9][0-9A-Za-z.-]*\)_${system}_${machine}\..*$/ { s//\1/p; q; }" checksums.txt)
    [ -n "$version" ] || fail "the latest release has nothing for $system on $machine"
    from="$INPUT_RELEASES/download/v$version"
    fetch "$from/checksums.txt" checksums.txt
  fi

  archive="vpclint_${version}_${system}_${machine}.tar.gz"
  [ $system != windows ] || archive=${archive%.tar.gz}.zip
  want=$(awk -v name="$archive" '$2 == name || $2 == "*" name { print $1 }' checksums.txt)
  [ "${#want}" -eq 64 ] || fail "checksums.txt of $version has no sum of $archive"
  fetch "$from/$archive" "$archive"
  got=$(sum "$archive")
  [ "$got" = "$want" ] || fail "$archive is not what its release says: its SHA-256 is $got, not $want"
  if [ -n "${INPUT_SHA256//[[:space:]]/}" ]; then
    tr -s '[:space:]' '\n' <<<"$INPUT_SHA256" | grep -ixF -- "$got" >/dev/null || fail "the SHA-256 of $archive is $got, which the input sha256 doesn't list"
  fi
  case $archive in
    *.zip) unzip -q -o "$archive" "$program" ;;
    *) tar -xzf "$archive" "$program" ;;
  esac
  wanted=$version
}

program=vpclint
[ "${RUNNER_OS-}" != Windows ] || program=vpclint.exe
wanted=
# Names without a folder from here on: tar takes what stands before a colon for a host, as in D:\a\_temp.
mkdir -p "$RUNNER_TEMP/vpclint-program"
cd "$RUNNER_TEMP/vpclint-program"
case $INPUT_VERSION in
  source)
    command -v go >/dev/null || fail 'there is no Go to build vpclint with'
    into=$PWD
    # Settings of the workflow's own Go project are none of this build's.
    (cd "$GITHUB_ACTION_PATH" && GOFLAGS='' GOWORK=off CGO_ENABLED=0 go build -trimpath -buildvcs=false -o "$into/$program" ./cmd/vpclint) ||
      fail "vpclint can't be built"
    program="$RUNNER_TEMP/vpclint-program/$program"
    ;;
  installed)
    program=$(command -v vpclint) || fail 'there is no vpclint on the PATH'
    ;;
  latest | [0-9]*.[0-9]*.[0-9]*)
    case $INPUT_VERSION in *[!0-9A-Za-z.-]*) fail "version: $INPUT_VERSION is no version" ;; esac
    download "$INPUT_VERSION"
    program="$RUNNER_TEMP/vpclint-program/$program"
    ;;
  *) fail "version: $INPUT_VERSION: use X.Y.Z, latest, installed or source" ;;
esac

version=$("$program" version) || fail "$program doesn't run"
version=${version#vpclint }
[ -z "$wanted" ] || [ "$version" = "$wanted" ] || fail "this is vpclint $version, and not $wanted"
echo "vpclint $version"
{
  echo "program=$program"
  echo "version=$version"
} >>"$GITHUB_OUTPUT"
