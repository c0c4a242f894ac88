#!/bin/sh
# Judges the unpacked folder of an evidence pack with coreutils, findutils and openssl.
#
#   sh verify/verify.sh [KEY.pem]
#
# KEY.pem is the organisation's public key, from elsewhere than the pack. Without it the most that
# this can say is "consistent". It is a convenience, not an authority: whoever can change the pack
# can change this script. VERIFY.txt has the commands to type yourself.
#
# Exit: 0 valid (with a key that you brought), 1 anything else, 3 no pack here.
set -u
LC_ALL=C
export LC_ALL

brought=${1-}
if [ -n "$brought" ]; then
  brought=$(cd "$(dirname -- "$brought")" 2>/dev/null && pwd)/$(basename -- "$brought")
  if [ ! -f "$brought" ]; then
    echo 'The key cannot be read. Check its name.' >&2
    exit 3
  fi
fi
cd "$(dirname -- "$0")/.." || exit 3
if [ ! -d seal ] || [ ! -d evidence ]; then
  echo 'There is no pack here. Unpack it and run verify/verify.sh inside of it.' >&2
  exit 3
fi
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
trap 'exit 3' HUP INT TERM

failed=0
say() { printf '%-12s %s\n' "$1" "$2"; }
# step TITLE COMMAND…: PASS when the command succeeds, FAIL otherwise, with what it printed.
step() {
  title=$1
  shift
  if "$@" >"$work/said" 2>&1; then
    say PASS "$title"
  else
    say FAIL "$title"
    sed 's/^/             /' "$work/said" | tr -cd '\n\40-\176' | head -n 20
    failed=1
  fi
}
# The value of a line of the statement.
stated() { sed -n "s/^$1 //p" seal/statement.txt; }

names_are_plain() {
  found=$(find . -mindepth 1 \( -name '*[!A-Za-z0-9._-]*' -o -name '[!A-Za-z0-9]*' \) -print | wc -l)
  [ "$found" -eq 0 ] || { echo "$found names that no pack has"; return 1; }
  found=$(find . ! -type f ! -type d -print | wc -l)
  [ "$found" -eq 0 ] || { echo "$found links or other things that are no files"; return 1; }
  found=$(find . -type d -empty -print | wc -l)
  [ "$found" -eq 0 ] || { echo "$found empty folders"; return 1; }
  clashes=$(find . -type f | tr A-Z a-z | sort | uniq -d | wc -l)
  [ "$clashes" -eq 0 ] || { echo "$clashes names that differ only in their case"; return 1; }
}

statement_has_its_form() {
  cat >"$work/form" <<'FORM'
dalil-evidence-pack/v1
pack EP-[a-z2-7]{26}
sealed-at [0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z
tagmanifest-sha256 [0-9a-f]{64}
commitment-root [0-9a-f]{64}
supersedes (-|[0-9a-f]{64})
signer p256 [0-9a-f]{64}
FORM
  [ "$(wc -l <seal/statement.txt)" -eq 7 ] || { echo 'not seven lines'; return 1; }
  [ "$(tail -c 1 seal/statement.txt | od -An -tx1 | tr -d ' ')" = 0a ] || return 1
  number=0
  while IFS= read -r form; do
    number=$((number + 1))
    sed -n "${number}p" seal/statement.txt | grep -Eqx -e "$form" ||
      { echo "line $number is not of its form"; return 1; }
  done <"$work/form"
}

key_is_the_stated_one() {
  openssl pkey -pubin -in seal/signer.pem -out "$work/signer.pem" || return 1
  cmp seal/signer.pem "$work/signer.pem" || return 1
  openssl pkey -pubin -in seal/signer.pem -outform DER -out "$work/signer.der" || return 1
  [ "$(sha256sum <"$work/signer.der" | cut -c1-64)" = "$(stated 'signer p256')" ] ||
    { echo 'the statement names another key'; return 1; }
  openssl pkey -pubin -in seal/signer.pem -noout -text | grep -q 'prime256v1' ||
    { echo 'the key is no P-256 key'; return 1; }
}

key_is_the_brought_one() {
  openssl pkey -pubin -in "$brought" -outform DER -out "$work/brought.der" || return 1
  cmp "$work/brought.der" "$work/signer.der"
}

signed() {
  openssl dgst -sha256 -verify seal/signer.pem -signature "$2" "$1"
}

# A manifest is lines of digest, two spaces and path, sorted, each path once.
list_has_its_form() {
  ! grep -Evn '^[0-9a-f]{64}  [A-Za-z0-9][A-Za-z0-9._/-]*$' "$1" || return 1
  [ "$(tail -c 1 "$1" | od -An -tx1 | tr -d ' ')" = 0a ] || { echo 'no line feed'; return 1; }
  cut -c67- "$1" | sort -cu
}

seal_fits_its_list() {
  signed seal/manifest-sha256.txt seal/manifest.p256.sig || return 1
  list_has_its_form seal/manifest-sha256.txt || return 1
  printf '%s\n' seal/signer.pem seal/statement.p256.sig seal/statement.txt >"$work/seal"
  cut -c67- seal/manifest-sha256.txt | cmp "$work/seal" - || return 1
  sha256sum -c --strict --quiet seal/manifest-sha256.txt
}

statement_fits_the_pack() {
  [ "$(sha256sum <tagmanifest-sha256.txt | cut -c1-64)" = "$(stated tagmanifest-sha256)" ] ||
    { echo 'the statement names another list of files'; return 1; }
  pack=$(stated pack)
  [ "$(basename -- "$(pwd)")" = "$pack" ] || { echo 'the folder has another name'; return 1; }
  grep -qx "External-Identifier: $pack" bag-info.txt || { echo 'bag-info names another'; return 1; }
}

files_fit_the_list() {
  list_has_its_form "$1" && sha256sum -c --strict --quiet "$1"
}

nothing_else_is_there() {
  {
    cut -c67- manifest-sha256.txt tagmanifest-sha256.txt seal/manifest-sha256.txt
    printf '%s\n' tagmanifest-sha256.txt seal/manifest-sha256.txt seal/manifest.p256.sig
  } | sort >"$work/listed"
  ! cut -c67- manifest-sha256.txt | grep -v '^data/' || return 1
  ! cut -c67- tagmanifest-sha256.txt | grep -E '^(data|seal)/' || return 1
  find . ! -type d | cut -c3- | sort | diff "$work/listed" -
}

bag_is_a_bag() {
  printf 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n' | cmp - bagit.txt || return 1
  bytes=$(find data -type f -exec cat {} + | wc -c)
  count=$(find data -type f | wc -l)
  grep -qx "Payload-Oxum: $((bytes)).$((count))" bag-info.txt ||
    { echo 'another number of bytes or files'; return 1; }
}

commitments_have_the_root() {
  ! grep -Evn '^[0-9a-f]{64}$' evidence/commitments.txt || return 1
  sort -cu evidence/commitments.txt || return 1
  count=$(wc -l <evidence/commitments.txt)
  leaves=64
  while [ "$leaves" -lt "$count" ]; do leaves=$((leaves * 2)); done
  [ "$leaves" -eq "$count" ] || { echo 'not a power of two, 64 at least'; return 1; }
  cp evidence/commitments.txt "$work/level"
  while [ "$(wc -l <"$work/level")" -gt 1 ]; do
    paste -d '' - - <"$work/level" | sed 's/^/01/' | tr a-f A-F | basenc --base16 -d -i |
      split -b 65 --filter=sha256sum - | cut -c1-64 >"$work/next"
    mv "$work/next" "$work/level"
  done
  [ "$(cat "$work/level")" = "$(stated commitment-root)" ] || { echo 'another root'; return 1; }
}

openings_fit() {
  while IFS= read -r line; do
    printf '\000%s' "$line" | sha256sum | cut -c1-64
  done <evidence/openings.jsonl | sort >"$work/opened"
  sort -cu "$work/opened" || return 1
  [ "$(comm -23 "$work/opened" evidence/commitments.txt | wc -l)" -eq 0 ] ||
    { echo 'an opening fits no commitment'; return 1; }
}

say 'NOT CHECKED' 'archive: this sees the unpacked folder only'
step 'names are plain, and all are files' names_are_plain
step 'the statement has its form' statement_has_its_form
step 'the key is the one that the statement names' key_is_the_stated_one
if [ -n "$brought" ]; then
  step 'the key is the one that you brought' key_is_the_brought_one
else
  say 'NOT CHECKED' 'origin: the key came with the pack'
fi
step 'the signature fits the statement' signed seal/statement.txt seal/statement.p256.sig
step 'the files of the seal are the signed ones' seal_fits_its_list
step 'the statement is of this pack and its list' statement_fits_the_pack
step 'the files about the bag are the listed ones' files_fit_the_list tagmanifest-sha256.txt
step 'the evidence files are the listed ones' files_fit_the_list manifest-sha256.txt
step 'nothing is there that is not listed' nothing_else_is_there
step 'the bag says of itself what is true' bag_is_a_bag
step 'the commitments have the root that was signed' commitments_have_the_root
step 'every opening fits a commitment' openings_fit
say 'NOT CHECKED' 'description, receipts and custody: what they say (their bytes are listed)'
say 'NOT CHECKED' 'time: no time stamp of somebody else'

if [ "$failed" -ne 0 ]; then
  echo 'INVALID: something does not fit. Do not rely on this pack.'
  exit 1
elif [ -n "$brought" ]; then
  echo 'VALID: the folder fits, and the key is the one that you brought.'
  exit 0
else
  echo 'CONSISTENT: the folder fits, but the origin of the key is NOT confirmed.'
  exit 1
fi
