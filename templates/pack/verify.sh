#!/bin/sh
# Judges the unpacked folder of an evidence pack with coreutils, findutils, grep, sed and openssl.
#
#   sh verify/verify.sh [KEY.pem | DIGEST] [LOG-KEY.pem] [--revoked NOTE.txt]...
#      [--tsa-ca ROOT.pem]... [--timestamp FILE.tsr]... [--signer-ca ROOT.pem]...
#
# KEY.pem is the organisation's public key, DIGEST its SHA-256 (of the DER form) or the SHA-256 of
# seal/statement.txt: something from elsewhere than the pack. Without it the most that this can say
# is "consistent". LOG-KEY.pem is the public key of its custody log, from elsewhere too; NOTE.txt
# revokes a key; ROOT.pem is a certificate of a time stamp authority that you trust, and FILE.tsr a time
# stamp that travels beside the pack. This is a convenience, not an authority: whoever can change the
# pack can change this script. VERIFY.txt has the commands to type yourself.
#
# Exit: 0 valid, by what you brought; 1 anything else, also where a time stamp that you brought is none
# of this pack; 3 no pack here, or no such key.
#
# shellcheck disable=SC2317,SC2329  # the functions are called by name, through "step"
set -u
LC_ALL=C
export LC_ALL

usage() {
  echo 'Usage: sh verify/verify.sh [KEY.pem | DIGEST] [LOG-KEY.pem] [--revoked NOTE.txt]...' >&2
  echo '         [--tsa-ca ROOT.pem]... [--timestamp FILE.tsr]... [--signer-ca ROOT.pem]...' >&2
  exit 3
}
# The path of a file that was brought, good from every folder.
absolute() { echo "$(cd "$(dirname -- "$1")" 2>/dev/null && pwd)/$(basename -- "$1")"; }

work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
trap 'exit 3' HUP INT TERM
: >"$work/revocations"
: >"$work/signer_roots"
: >"$work/roots"
: >"$work/tokens"
brought=
log_key=
places=0
notes=0
while [ $# -gt 0 ]; do
  case $1 in
    --revoked) list=revocations ;;
    --signer-ca) list=signer_roots ;;
    --tsa-ca) list=roots ;;
    --timestamp) list=tokens ;;
    -*) usage ;;
    *)
      places=$((places + 1))
      case $places in
        1) brought=$1 ;;
        2) log_key=$1 ;;
        *) usage ;;
      esac
      shift
      continue ;;
  esac
  [ $# -gt 1 ] || usage
  [ -f "$2" ] || { echo "The file after $1 cannot be read. Check its name." >&2; exit 3; }
  case $list in
    revocations)
      # Mail programs end lines with CR LF.
      notes=$((notes + 1))
      sed "s/$(printf '\r')\$//" "$2" >"$work/brought-note.$notes"
      echo "$work/brought-note.$notes" >>"$work/$list" ;;
    *) absolute "$2" >>"$work/$list" ;;
  esac
  shift 2
done
digest=
case $brought in
  '') ;;
  *[!0-9A-Fa-f:\ ]*)
    brought=$(absolute "$brought") ;;
  *)
    digest=$(printf %s "$brought" | tr -d ' :' | tr A-F a-f) ;;
esac
if [ -n "$digest" ] && [ "${#digest}" -ne 64 ]; then
  echo 'The digest needs 64 hexadecimal digits.' >&2
  exit 3
elif [ -n "$brought" ] && [ -z "$digest" ] && [ ! -f "$brought" ]; then
  echo 'The key cannot be read. Check its name.' >&2
  exit 3
elif [ -n "$log_key" ] && [ ! -f "$log_key" ]; then
  echo 'The key of the log cannot be read. Check its name.' >&2
  exit 3
fi
[ -z "$log_key" ] || log_key=$(absolute "$log_key")
cd "$(dirname -- "$0")/.." || exit 3
if [ ! -e seal ] && [ ! -e evidence ] && [ ! -e tagmanifest-sha256.txt ]; then
  echo 'There is no pack here. Unpack it and run verify/verify.sh inside of it.' >&2
  exit 3
fi

failed=0
beside=0
say() { printf '%-12s %s\n' "$1" "$2"; }
# Names may come from a stranger, and must not steer the terminal.
plain() { tr -c '\n\40-\176' '?'; }
# step TITLE COMMAND…: PASS when the command succeeds, FAIL otherwise, with what it printed.
step() {
  title=$1
  shift
  if "$@" >"$work/said" 2>&1; then
    say PASS "$title"
  else
    say FAIL "$title"
    plain <"$work/said" | sed 's/^/             /' | head -n 20
    failed=1
  fi
}
no() { echo "$*"; return 1; }

# The digest of what is read.
sum() { sha256sum | cut -c1-64; }
# Turns hexadecimal digits into bytes.
bytes() { tr a-f A-F | basenc --base16 -d -i; }
# The value of a line of the statement.
stated() { sed -n "s/^$1 //p" seal/statement.txt 2>/dev/null; }
ends_in_line_feed() { [ "$(tail -c 1 "$1" | od -An -tx1 | tr -d ' ')" = 0a ] || no 'no line feed'; }

all_are_files() {
  found=$(find . ! -type f ! -type d -print | wc -l)
  [ "$found" -eq 0 ] || no "$((found)) links or other things that are no files"
}

names_are_plain() {
  found=$(find . -mindepth 1 \( -name '*[!A-Za-z0-9._-]*' -o -name '[!A-Za-z0-9]*' \) -print | wc -l)
  [ "$found" -eq 0 ] || no "$((found)) names that no pack has" || return 1
  found=$(find . -mindepth 1 -type d -empty -print | wc -l)
  [ "$found" -eq 0 ] || no "$((found)) empty folders" || return 1
  clashes=$(find . -mindepth 1 | tr '[:upper:]' '[:lower:]' | sort | uniq -d | wc -l)
  [ "$clashes" -eq 0 ] || no "$((clashes)) names that differ only in their case"
}

# Whether each line of a text is of the form on the same line of a list of forms.
has_the_lines_of() {
  [ "$(wc -l <"$2")" -eq "$(wc -l <"$1")" ] || no 'another number of lines' || return 1
  ends_in_line_feed "$2" || return 1
  number=0
  while IFS= read -r form; do
    number=$((number + 1))
    sed -n "${number}p" "$2" | grep -Eqx -e "$form" ||
      no "line $number is not of its form" || return 1
  done <"$1"
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
  has_the_lines_of "$work/form" seal/statement.txt
}

key_is_the_stated_one() {
  openssl pkey -pubin -in seal/signer.pem -out "$work/signer.pem" || return 1
  cmp seal/signer.pem "$work/signer.pem" || return 1
  openssl pkey -pubin -in seal/signer.pem -outform DER -out "$work/signer.der" || return 1
  [ "$(sum <"$work/signer.der")" = "$(stated 'signer p256')" ] ||
    no 'the statement names another key' || return 1
  openssl pkey -pubin -in seal/signer.pem -noout -text | grep -q 'prime256v1' ||
    no 'the key is no P-256 key'
}

origin_is_the_brought_one() {
  if [ -z "$digest" ]; then
    openssl pkey -pubin -in "$brought" -outform DER -out "$work/brought.der" || return 1
    cmp "$work/brought.der" "$work/signer.der"
  else
    [ "$digest" = "$(sum <"$work/signer.der")" ] || [ "$digest" = "$(sum <seal/statement.txt)" ] ||
      no 'it is neither the digest of the key nor that of the statement'
  fi
}

# Of every signature (r, s) anybody can make (r, n - s), which fits as well. A pack has the lower one.
signature_is_low() {
  half=7FFFFFFF800000007FFFFFFFFFFFFFFFDE737D56D38BCF4279DCE5617E3192A8
  openssl asn1parse -inform DER -in "$1" >"$work/parsed" || return 1
  s=$(sed -n 's/^.* INTEGER  *:\([0-9A-F]*\)$/\1/p' "$work/parsed" | sed -n 2p)
  [ -n "$s" ] || no 'it is no pair of numbers' || return 1
  while [ "${#s}" -lt 64 ]; do s=0$s; done
  printf '%s\n' "$s" "$half" | sort -c || no 'it is the twin (n - s) of a signature'
}

signed() {
  openssl dgst -sha256 -verify seal/signer.pem -signature "$2" "$1" && signature_is_low "$2"
}

# A list is lines of digest, two spaces and path, sorted, each path once.
list_has_its_form() {
  ! grep -Evn '^[0-9a-f]{64}  [A-Za-z0-9][A-Za-z0-9._/-]*$' "$1" || return 1
  ends_in_line_feed "$1" || return 1
  cut -c67- "$1" | sort -cu
}

files_fit_the_list() { list_has_its_form "$1" && sha256sum -c --strict --quiet "$1"; }

# Every seal has four files in its list; there may be time stamps and a certificate besides.
seal_fits_its_list() {
  signed seal/manifest-sha256.txt seal/manifest.p256.sig || return 1
  printf '%s\n' seal/signer.pem seal/statement.p256.sig seal/statement.tlog-proof \
    seal/statement.txt >"$work/seal"
  cut -c67- seal/manifest-sha256.txt |
    grep -Evx 'seal/(signer\.crt|[a-z0-9]([a-z0-9.-]{0,98}[a-z0-9])?\.tsr)|seal/letters/[^/]+\.pdf' |
    cmp "$work/seal" - || return 1
  files_fit_the_list seal/manifest-sha256.txt
}

# A signed letter is the letter, byte for byte, and one revision with a CMS signature over all but itself.
signed_letters_fit() {
  cut -c67- seal/manifest-sha256.txt | grep '^seal/letters/' >"$work/letters"
  while IFS= read -r path; do
    echo "$path"
    base=data/letter/${path#seal/letters/}
    [ -f "$path" ] && [ -f "$base" ] || no 'the letter is not here' || return 1
    size=$(wc -c <"$base")
    whole=$(wc -c <"$path")
    head -c "$size" "$path" | cmp - "$base" || return 1
    tail -c "+$((size + 1))" "$path" >"$work/revision"
    for once in startxref '/SubFilter /ETSI.CAdES.detached' '/P 2' '/TransformMethod /DocMDP'; do
      [ "$(grep -cxF -e "$once" "$work/revision")" -eq 1 ] || no "not one $once" || return 1
    done
    range=$(sed -n 's|^/ByteRange \[0 \([0-9]\{1,10\}\) *\([0-9]\{1,10\}\) *\([0-9]\{1,10\}\) *\]$|\1 \2 \3|p' \
      "$work/revision")
    hex=$(sed -n 's|^/Contents <\([0-9a-f]*\)>>>$|\1|p' "$work/revision")
    start=${range%% *}
    length=${range##* }
    end=$((start + ${#hex} + 2))
    [ -n "$hex" ] && [ "$range" = "$start $end $length" ] && [ $((end + length)) -eq "$whole" ] ||
      no 'the signature does not cover all of it' || return 1
    printf '<%s>' "$hex" >"$work/gap"
    tail -c "+$((start + 1))" "$path" | head -c $((${#hex} + 2)) | cmp - "$work/gap" || return 1
    { head -c "$start" "$path" && tail -c "+$((end + 1))" "$path"; } >"$work/covered"
    printf %s "$hex" | bytes >"$work/cms"
    openssl cms -verify -binary -noverify -inform DER -in "$work/cms" \
      -content "$work/covered" -signer "$work/certificate" -out "$work/out" || return 1
    openssl x509 -in "$work/certificate" -noout -pubkey | cmp - seal/signer.pem ||
      no 'the letter is signed by another key' || return 1
  done <"$work/letters"
}

statement_fits_the_pack() {
  [ "$(sum <tagmanifest-sha256.txt)" = "$(stated tagmanifest-sha256)" ] ||
    no 'it names another list of files' || return 1
  [ "$(basename -- "$(pwd -P)")" = "$(stated pack)" ] || no 'the folder has another name'
}

bag_fits_its_list() {
  files_fit_the_list tagmanifest-sha256.txt || return 1
  cut -c67- tagmanifest-sha256.txt | grep -Evx 'evidence/receipts/[^/]+\.json' >"$work/tags"
  printf '%s\n' bag-info.txt bagit.txt evidence/commitments.txt evidence/custody.jsonl \
    evidence/openings.jsonl evidence/pack.json manifest-sha256.txt verify/VERIFY.txt \
    verify/verify.html verify/verify.sh | diff - "$work/tags"
}

evidence_fits_its_list() {
  files_fit_the_list manifest-sha256.txt || return 1
  ! cut -c67- manifest-sha256.txt | grep -v '^data/'
}

nothing_else_is_there() {
  {
    cut -c67- manifest-sha256.txt tagmanifest-sha256.txt seal/manifest-sha256.txt
    printf '%s\n' tagmanifest-sha256.txt seal/manifest-sha256.txt seal/manifest.p256.sig
  } | sort >"$work/listed"
  find . ! -type d | cut -c3- | sort | diff "$work/listed" -
}

bag_is_a_bag() {
  printf 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n' | cmp - bagit.txt || return 1
  size=$(find data -type f -exec cat {} + | wc -c)
  count=$(find data -type f | wc -l)
  {
    echo 'Bag-Software-Agent: dalil'
    echo "Bagging-Date: $(stated sealed-at | cut -c1-10)"
    echo 'External-Description: Evidence pack; verify/VERIFY.txt says how to check it'
    echo "External-Identifier: $(stated pack)"
    grep -q '"sample":true,"sealedAt"' evidence/pack.json &&
      echo 'Internal-Sender-Description: ҮЛГҮ / ОБРАЗЕЦ / SAMPLE'
    echo "Payload-Oxum: $((size)).$((count))"
  } | diff - bag-info.txt
}

# One line of JSON with these fields in this order, each once, and no others (RFC 8785).
description_has_its_form() {
  [ "$(wc -l <evidence/pack.json)" -eq 1 ] || no 'not one line' || return 1
  hash='"[0-9a-f]{64}"'
  texts='\{"en":TEXT,"ky":TEXT,"ru":TEXT\}'
  item="\\{\"bytes\":[0-9]+,(\"contentSha256\":$hash,)?(\"leaf\":$hash,)?\"mediaType\":\"[a-z0-9/.+-]+\",\"path\":\"[A-Za-z0-9._/-]+\",\"role\":\"[a-z]+\",\"sha256\":$hash,\"title\":$texts\\}"
  form="\\{\"commitments\":\\{\"leaves\":[0-9]+,\"root\":$hash\\},\"custody\":\\{\"events\":[0-9]+\\}"
  form="$form,\"generator\":\\{\"name\":\"dalil\",\"version\":TEXT\\},\"id\":\"[A-Za-z0-9-]+\""
  form="$form,\"items\":\\[$item(,$item)*\\],\"sample\":(true|false),\"sealedAt\":\"[0-9TZ:-]+\""
  form="$form,\"supersedes\":(null|$hash),\"version\":1,\"withheld\":\\{\"classes\":\\[[a-z\",-]*\\]"
  form="$form,\"reason\":$texts\\}\\}"
  form=$(printf '%s\n' "$form" | sed 's/TEXT/"([^"\\\\]|\\\\.)*"/g')
  grep -Eqx -e "$form" evidence/pack.json || no 'it is not of its form'
}

description_fits() {
  description_has_its_form || return 1
  supersedes=$(stated supersedes)
  case $supersedes in
    -) supersedes=null ;;
    *) supersedes="\"$supersedes\"" ;;
  esac
  for part in "\"id\":\"$(stated pack)\"" "\"sealedAt\":\"$(stated sealed-at)\"" \
    "\"supersedes\":$supersedes" "\"root\":\"$(stated commitment-root)\"" \
    "\"leaves\":$(($(wc -l <evidence/commitments.txt)))"; do
    grep -qF -e "$part" evidence/pack.json || no "it lacks $part" || return 1
  done
  grep -Eo '"bytes":[0-9]+,("contentSha256":"[0-9a-f]*",)?("leaf":"[0-9a-f]*",)?"mediaType":"[^"]*","path":"[^"]*","role":"[a-z]*","sha256":"[0-9a-f]*"' \
    evidence/pack.json >"$work/described"
  sed 's/^"bytes":\([0-9]*\),.*"path":"\(.*\)","role":"\(.*\)","sha256":"\(.*\)"$/\4  \2 \3 \1/' \
    "$work/described" >"$work/items"
  cut -d' ' -f1-3 "$work/items" | diff manifest-sha256.txt - || return 1
  while read -r hash path role size; do
    [ "$(wc -c <"$path")" -eq "$size" ] || no "$path ($hash) has another size" || return 1
    # A copy that calls itself something else would need no receipt.
    case $role:$path in
      letter:data/letter/*.pdf | annex:data/annex/*.pdf | case:data/cases/*.json) ;;
      statistics:data/statistics/*.csv) ;;
      media:data/media/*.mp4 | media:data/media/*.jpg) ;;
      media:data/media/*.png | media:data/media/*.webp) ;;
      *) no "$path is no $role" || return 1 ;;
    esac
  done <"$work/items"
}

commitments_have_the_root() {
  ! grep -Evn '^[0-9a-f]{64}$' evidence/commitments.txt || return 1
  ends_in_line_feed evidence/commitments.txt || return 1
  sort -cu evidence/commitments.txt || return 1
  count=$(wc -l <evidence/commitments.txt)
  leaves=64
  while [ "$leaves" -lt "$count" ]; do leaves=$((leaves * 2)); done
  [ "$leaves" -eq "$count" ] || no 'not a power of two, 64 at least' || return 1
  # RFC 6962, 2.1: of each two hashes, the hash of 01 and both, level by level.
  cp evidence/commitments.txt "$work/level"
  while [ "$(wc -l <"$work/level")" -gt 1 ]; do
    mkdir "$work/nodes" || return 1
    paste -d '' - - <"$work/level" | sed 's/^/01/' | bytes | split -a 6 -b 65 - "$work/nodes/" ||
      return 1
    (cd "$work/nodes" && printf '%s\n' ./* | xargs sha256sum) | cut -c1-64 >"$work/level"
    rm -r "$work/nodes"
  done
  [ "$(cat "$work/level")" = "$(stated commitment-root)" ] || no 'another root'
}

openings_fit() {
  while IFS= read -r line; do
    printf '\000%s' "$line" | sum
  done <evidence/openings.jsonl | sort >"$work/opened"
  sort -cu "$work/opened" || return 1
  comm -23 "$work/opened" evidence/commitments.txt | cmp - /dev/null ||
    no 'an opening fits no commitment' || return 1
  # Every exhibit claims one commitment, and what opens it is its digest and size.
  grep -E '"leaf"|"role":"(case|media)"' "$work/described" >"$work/exhibits"
  grep -Eo '"leaf":"[0-9a-f]{64}"' "$work/exhibits" | cut -c9-72 | sort |
    diff "$work/opened" - || no 'what is opened is not what the exhibits claim' || return 1
  [ "$(wc -l <"$work/exhibits")" -eq "$(wc -l <"$work/opened")" ] ||
    no 'an exhibit claims no commitment' || return 1
  while IFS= read -r exhibit; do
    size=$(printf %s "$exhibit" | sed 's/^"bytes":\([0-9]*\),.*/\1/')
    hash=$(printf %s "$exhibit" | sed 's/.*"sha256":"\(.*\)"$/\1/')
    leaf=$(printf %s "$exhibit" | sed 's/.*"leaf":"\([0-9a-f]*\)".*/\1/')
    line=$(grep -F -e "{\"bytes\":$size,\"class\":\"exhibit\",\"sha256\":\"$hash\"}" \
      evidence/openings.jsonl) || no 'no opening fits an exhibit' || return 1
    printf '%s\n' "$line" | while IFS= read -r one; do printf '\000%s' "$one" | sum; done |
      grep -qxF -e "$leaf" || no 'an exhibit claims the commitment of another' || return 1
  done <"$work/exhibits"
}

receipts_fit() {
  grep ' media ' "$work/items" >"$work/media"
  while read -r hash path _ size; do
    name=${path##*/}
    receipt=evidence/receipts/${name%.*}.json
    echo "$receipt"
    [ -f "$receipt" ] || no "there is no receipt of $path" || return 1
    [ "$(wc -c <"$receipt")" -le 65536 ] || no 'it is larger than a receipt can be' || return 1
    grep -qF -e "\"output\":{\"path\":\"$path\",\"sha256\":\"$hash\",\"sizeBytes\":$size}" \
      "$receipt" || no 'it is of another file' || return 1
    grep -q '"passed":true' "$receipt" || no 'it has no check' || return 1
    ! grep -q '"passed":false' "$receipt" || no 'a check failed' || return 1
    leaf=$(sed -n 's/.*"inputCommitment":"\([0-9a-f]\{64\}\)".*/\1/p' "$receipt")
    grep -qxF -e "${leaf:-none}" evidence/commitments.txt || no 'its original is not committed' ||
      return 1
    ! grep -qxF -e "$leaf" "$work/opened" || no 'its original is what is shown' || return 1
  done <"$work/media" >"$work/receipts" || { tail -n 2 "$work/receipts"; return 1; }
  find evidence/receipts -type f 2>/dev/null | sort >"$work/there"
  sort "$work/receipts" | diff - "$work/there"
}

# The root that an event leads to, by its audit path (RFC 9162, 2.1.3.2).
root_of() {
  node=$(printf '\000%s' "$1" | sum)
  fn=$2
  sn=$(($3 - 1))
  for sibling in $(printf %s "$4" | tr -d '"' | tr ',' ' '); do
    [ "$sn" -gt 0 ] || return 1
    if [ $((fn % 2)) -eq 1 ] || [ "$fn" -eq "$sn" ]; then
      node=$(printf '01%s%s' "$sibling" "$node" | bytes | sum)
      while [ $((fn % 2)) -eq 0 ] && [ "$fn" -ne 0 ]; do fn=$((fn / 2)) sn=$((sn / 2)); done
    else
      node=$(printf '01%s%s' "$node" "$sibling" | bytes | sum)
    fi
    fn=$((fn / 2)) sn=$((sn / 2))
  done
  [ "$sn" -eq 0 ] && echo "$node"
}

events_are_in_the_log() {
  head=$(sed -n '1s/^{"checkpoint":"[^"\\]*\\n\([0-9]\{1,15\}\)\\n\([A-Za-z0-9+/]\{42\}[AEIMQUYcgkosw048]=\)\\n.*"}$/\1 \2/p' \
    evidence/custody.jsonl)
  size=${head% *}
  root=$(printf '%s\n' "${head#* }" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \n')
  [ -n "$size" ] && [ "${#root}" -eq 64 ] || no 'there is no checkpoint' || return 1
  count=0
  sed 1d evidence/custody.jsonl >"$work/events"
  while IFS= read -r line; do
    count=$((count + 1))
    parts=$(printf '%s\n' "$line" |
      sed -n 's/^{"event":\({[^{}]*}\),"index":\([0-9]\{1,15\}\),"proof":\[\([0-9a-f",]*\)\]}$/\1 \2 [\3]/p')
    event=${parts%% *}
    proof=${parts##*\[}
    index=${parts#* }
    index=${index% *}
    [ -n "$parts" ] && [ "$index" -lt "$size" ] || no "event $count is not of its form" || return 1
    [ "$(root_of "$event" "$index" "$size" "${proof%]}")" = "$root" ] ||
      no "event $count is not in the log" || return 1
  done <"$work/events"
  [ "$count" -gt 0 ] || no 'there is no event' || return 1
  grep -qF -e "\"custody\":{\"events\":$count}" evidence/pack.json || no 'another number of events'
}

# Base64 in its one spelling.
is_base64() { [ "$(printf %s "$1" | openssl base64 -d -A | openssl base64 -A)" = "$1" ]; }
hex_of_base64() { printf %s "$1" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \n'; }

# A signed note over origin, size and root (C2SP tlog-checkpoint): the text, and its signatures.
note_has_its_form() {
  ends_in_line_feed "$1" || return 1
  sed '/^$/,$d' "$1" >"$1.text"
  sed '1,/^$/d' "$1" >"$1.signatures"
  [ "$(wc -l <"$1.text")" -eq 3 ] || no 'the checkpoint has not three lines' || return 1
  sed -n 1p "$1.text" | grep -Eqx -e '[!-*,-~]{1,200}' || no 'it has no plain origin' || return 1
  sed -n 2p "$1.text" | grep -Eqx -e '0|[1-9][0-9]{0,14}' || no 'it has no size' || return 1
  sed -n 3p "$1.text" | grep -Eqx -e '[A-Za-z0-9+/]{43}=' || no 'it has no root' || return 1
  is_base64 "$(sed -n 3p "$1.text")" || no 'its root is written oddly' || return 1
  count=$(wc -l <"$1.signatures")
  [ "$count" -ge 1 ] && [ "$count" -le 16 ] || no 'it is not signed' || return 1
  ! grep -Ev '^— [!-*,-~]{1,200} [A-Za-z0-9+/]+={0,2}$' "$1.signatures" || return 1
  sed 's/^.* //' "$1.signatures" >"$1.base64"
  while IFS= read -r signature; do
    is_base64 "$signature" && [ "${#signature}" -ge 8 ] || no 'a signature is written oddly' ||
      return 1
  done <"$1.base64"
}

log_has_the_statement() {
  proof=seal/statement.tlog-proof
  [ "$(sed -n 1p "$proof")" = c2sp.org/tlog-proof@v1 ] || no 'it is no proof' || return 1
  sed '1,/^$/d' "$proof" >"$work/note"
  note_has_its_form "$work/note" || return 1
  sed '1,3d' "$proof" | sed '/^$/,$d' >"$work/path"
  [ "$(wc -l <"$work/path")" -le 64 ] || no 'the path is too long' || return 1
  while IFS= read -r hash; do
    [ "${#hash}" -eq 44 ] && is_base64 "$hash" || no 'a hash is not of its form' || return 1
    hex_of_base64 "$hash"
    echo
  done <"$work/path" >"$work/hashes" || { tail -n 1 "$work/hashes"; return 1; }
  extra=$(sed -n '2s/^extra //p' "$proof")
  is_base64 "$extra" || no 'what was logged is written oddly' || return 1
  printf %s "$extra" | openssl base64 -d -A >"$work/logged"
  form='\["[0-9a-f]{64}",\{"about":\{"pack":"EP-[a-z2-7]{26}","statement":"[0-9a-f]{64}"\},'
  form="$form\"at\":\"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z\"\\}\\]"
  [ "$(wc -l <"$work/logged")" -eq 0 ] && grep -Eqx -e "$form" "$work/logged" ||
    no 'what was logged is not of its form' || return 1
  about="\"about\":{\"pack\":\"$(stated pack)\",\"statement\":\"$(sum <seal/statement.txt)\"}"
  grep -qF -e "$about" "$work/logged" || no 'another statement was logged' || return 1
  index=$(sed -n -e '3s/^index \([1-9][0-9]\{0,14\}\)$/\1/p' -e '3s/^index 0$/0/p' "$proof")
  size=$(sed -n 2p "$work/note.text")
  [ -n "$index" ] && [ "$index" -lt "$size" ] || no 'it has no place in the log' || return 1
  detail=$({ printf '\000'; cat "$work/logged"; } | sum)
  month=$(sed 's/.*"at":"\([0-9]*-[0-9]*\)-.*/\1/' "$work/logged")
  event="{\"detail\":\"$detail\",\"kind\":\"sealed\",\"month\":\"$month\",\"role\":\"system\"}"
  [ "$(root_of "$event" "$index" "$size" "$(tr '\n' ' ' <"$work/hashes")")" = \
    "$(hex_of_base64 "$(sed -n 3p "$work/note.text")")" ] || no 'it is not in the log' || return 1
  [ "$(sed -n '1s/^{"checkpoint":"\([^"\\]*\)\\n.*/\1/p' evidence/custody.jsonl)" = \
    "$(sed -n 1p "$work/note.text")" ] || no 'the events are of another log'
}

# By the key that was brought, under the name of the log (C2SP signed-note).
log_signed() {
  note_has_its_form "$1" || return 1
  name=$(sed -n 1p "$1.text")
  wanted=$({ printf '%s\n\001' "$name"; tail -c 32 "$work/log.der"; } | sum | cut -c1-8)
  found=0
  while read -r _ signer base64; do
    [ "$signer" = "$name" ] || continue
    [ "$(hex_of_base64 "$base64" | cut -c1-8)" = "$wanted" ] || continue
    printf %s "$base64" | openssl base64 -d -A | tail -c +5 >"$work/log.sig"
    openssl pkeyutl -verify -pubin -inkey "$log_key" -rawin -in "$1.text" \
      -sigfile "$work/log.sig" || no 'the signature does not fit the checkpoint' || return 1
    found=1
  done <"$1.signatures"
  [ "$found" -eq 1 ] || no 'it is not signed by the key that you brought'
}

log_is_the_brought_one() {
  openssl pkey -pubin -in "$log_key" -outform DER -out "$work/log.der" || return 1
  [ "$(head -c 12 "$work/log.der" | od -An -tx1 | tr -d ' \n')" = 302a300506032b6570032100 ] ||
    no 'the key is no Ed25519 key' || return 1
  sed '1,/^$/d' seal/statement.tlog-proof >"$work/note"
  log_signed "$work/note" || return 1
  checkpoint=$(sed -n '1s/^{"checkpoint":"\(.*\)"}$/\1/p' evidence/custody.jsonl)
  # Of escapes there is the line feed alone.
  [ "$(printf %s "$checkpoint" | sed 's/\\n//g' | tr -d '"\\')" = \
    "$(printf %s "$checkpoint" | sed 's/\\n//g')" ] || no 'there is no checkpoint' || return 1
  printf %b "$checkpoint" >"$work/events.note"
  log_signed "$work/events.note"
}

# The moment that a time stamp names, in seconds.
moment_of() {
  openssl ts -reply -in "$1" -text 2>/dev/null |
    sed -n 's/^Time stamp: \([^.]*\)\(\.[0-9]*\)\{0,1\}/\1/p' >"$work/moment"
  [ -s "$work/moment" ] && date -u -d "$(cat "$work/moment")" +%s
}

# Whether a file holds a time stamp of this statement and its signature.
stamps_this_statement() {
  openssl ts -reply -in "$1" -text >"$work/stamp" || no 'it holds no time stamp' || return 1
  grep -Eqx 'Status: Granted( with modifications)?\.' "$work/stamp" && moment_of "$1" >/dev/null ||
    no 'it holds no time stamp' || return 1
  cat seal/statement.txt seal/statement.p256.sig | sum >"$work/imprint"
  [ "$(sed -n 's/^Hash Algorithm: //p' "$work/stamp")" = sha256 ] &&
    [ "$(sed -n '/^Message data:/,/^Serial number:/s/^    [0-9a-f]* - \(.\{48\}\).*/\1/p' \
      "$work/stamp" | tr -d ' \n-')" = "$(cat "$work/imprint")" ] || no 'it is of another statement or signature'
}

# As openssl does, at the moment that the stamp names: a certificate may have ended since.
stamp_is_trusted() {
  cat seal/statement.txt seal/statement.p256.sig >"$work/stamped"
  openssl ts -verify -partial_chain -attime "$(moment_of "$1")" -data "$work/stamped" -in "$1" \
    -CAfile "$work/roots.pem" >"$work/trust" 2>&1
}

# The time stamps of this statement that lead to a root that was brought.
trusted_stamps() {
  [ -s "$work/roots" ] || return 0
  cat "$work/stamps" "$work/tokens" | while IFS= read -r stamp; do
    if stamps_this_statement "$stamp" >/dev/null 2>&1 && stamp_is_trusted "$stamp"; then
      printf '%s\n' "$stamp"
    fi
  done
}

# Of several stamps one that leads to a root will do; but none of the seal may be of anything else, or
# broken.
stamps_hold() {
  while IFS= read -r stamp; do
    stamps_this_statement "$stamp" || { echo "$stamp"; return 1; }
    [ -s "$work/roots" ] || continue
    if stamp_is_trusted "$stamp"; then continue; fi
    grep -q 'certificate verify error' "$work/trust" ||
      no "the signature of $stamp does not hold" || return 1
    [ -s "$work/trusted" ] || no 'no time stamp leads to an authority that you trust' || return 1
  done <"$work/stamps"
}

# One that came beside the pack: of another authority, it says nothing where one that you trust is there.
brought_stamp_holds() {
  stamps_this_statement "$1" || return 1
  [ -s "$work/roots" ] || return 0
  if stamp_is_trusted "$1"; then return 0; fi
  grep -q 'certificate verify error' "$work/trust" || no 'its signature does not hold' || return 1
  [ -s "$work/trusted" ] || no 'it leads to no authority that you trust'
}

# A note is five lines, and a line with the signature of the key that it is about.
revocation_has_its_form() {
  cat >"$work/form" <<'FORM'
dalil-key-revocation/v1
key p256 [0-9a-f]{64}
revoked-at [0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z
since [0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z
successor p256 (-|[0-9a-f]{64})
signature [A-Za-z0-9+/]+={0,2}
FORM
  has_the_lines_of "$work/form" "$1" || return 1
  # Who has a stolen key must not save its packs by a note that begins next year.
  sed -n -e 's/^since //p' "$1" >"$work/moments"
  sed -n -e 's/^revoked-at //p' "$1" >>"$work/moments"
  sort -c "$work/moments" || no 'it begins after it was written'
}

no_note_revokes_the_key() {
  while IFS= read -r note; do
    revocation_has_its_form "$note" || no 'a note that was brought revokes no key' || return 1
    [ "$(sed -n 's/^key p256 //p' "$note")" = "$(sum <"$work/signer.der")" ] || continue
    sed -n 's/^signature //p' "$note" | openssl base64 -d -A >"$work/note.sig"
    sed '$d' "$note" >"$work/note.txt"
    signed "$work/note.txt" "$work/note.sig" || no 'the note was not signed by the key' || return 1
    since=$(sed -n 's/^since //p' "$note")
    # What was stamped before others may have had the key stays good.
    { [ -n "$earliest" ] && [ "$earliest" -lt "$(date -u -d "$since" +%s)" ]; } ||
      no "the key was revoked: since $since others may have it" || return 1
  done <"$work/revocations"
}

# Notes of other keys say nothing of this pack.
notes_concern_the_key() {
  while IFS= read -r note; do
    ! revocation_has_its_form "$note" ||
      grep -qxF "key p256 $(sum <"$work/signer.der")" "$note" || continue
    return 0
  done <"$work/revocations"
  return 1
}

# The certificate of the key first, then those that vouch for it, each in its one form.
certificate_is_of_the_key() {
  openssl crl2pkcs7 -nocrl -certfile seal/signer.crt | openssl pkcs7 -print_certs |
    grep -Ev '^(subject|issuer)=|^$' | cmp - seal/signer.crt || no 'it is not of its form' || return 1
  openssl x509 -in seal/signer.crt -noout -pubkey | cmp - seal/signer.pem ||
    no 'it is of another key'
}

# At the moment that a time stamp proved, or else the one that the statement names.
certificate_is_trusted() {
  certificate_is_of_the_key || return 1
  at=${earliest:-$(date -u -d "$(stated sealed-at)" +%s)}
  openssl verify -partial_chain -attime "$at" -CAfile "$work/signer_roots.pem" \
    -untrusted seal/signer.crt seal/signer.crt
}

verdict() {
  if [ "$failed" -ne 0 ]; then
    echo 'INVALID: something does not fit. Do not rely on this pack.'
    exit 1
  elif [ -n "$brought" ]; then
    echo 'VALID: the folder fits, and its origin is what you brought.'
    exit "$beside"
  else
    echo 'CONSISTENT: the folder fits, but the origin of the key is NOT confirmed.'
    exit 1
  fi
}

say 'NOT CHECKED' 'archive: this sees the unpacked folder only'
step 'everything there is a file' all_are_files
if [ "$failed" -ne 0 ]; then
  # To read a pipe or a device that stands for a file might never end.
  say 'NOT CHECKED' 'everything else: only files are safe to read'
  verdict
fi
step 'the names are plain' names_are_plain
step 'the statement has its form' statement_has_its_form
step 'the key is the one that the statement names' key_is_the_stated_one
if [ -n "$brought" ]; then
  step 'the origin is the one that you brought' origin_is_the_brought_one
else
  say 'NOT CHECKED' 'origin: the key came with the pack'
fi
step 'the signature fits the statement' signed seal/statement.txt seal/statement.p256.sig
step 'the files of the seal are the signed ones' seal_fits_its_list
step 'every signed letter is the letter and a signature' signed_letters_fit
step 'the statement is of this pack and its list' statement_fits_the_pack
step 'the files about the bag are the listed ones' bag_fits_its_list
step 'the evidence files are the listed ones' evidence_fits_its_list
step 'nothing is there that is not listed' nothing_else_is_there
step 'the bag says of itself what is true' bag_is_a_bag
step 'the description fits the files' description_fits
step 'the commitments have the root that was signed' commitments_have_the_root
step 'every exhibit opens its commitment' openings_fit
step 'every redacted copy has a receipt that fits it' receipts_fit
step 'the custody events are in the log that the pack names' events_are_in_the_log
step 'the log has the sealed statement' log_has_the_statement
if [ -z "$log_key" ]; then
  say 'NOT CHECKED' 'log: its key was not brought'
elif ! openssl version | grep -q '^OpenSSL [3-9]'; then
  say 'NOT CHECKED' 'log: only OpenSSL 3 and later can check its signature'
else
  step 'the log is the one whose key you brought' log_is_the_brought_one
fi
find seal -name '*.tsr' 2>/dev/null | sort >"$work/stamps"
while IFS= read -r root; do cat "$root"; done <"$work/roots" >"$work/roots.pem"
trusted_stamps >"$work/trusted"
title='a time stamp says by when it existed'
if [ ! -s "$work/roots" ] && [ -s "$work/stamps" ]; then
  step 'the time stamps are of this statement' stamps_hold
elif [ -s "$work/stamps" ]; then
  step "$title" stamps_hold
elif [ -s "$work/trusted" ]; then
  say PASS "$title"
fi
earliest=
while IFS= read -r stamp; do
  moment=$(moment_of "$stamp")
  say '' "it existed by $(cat "$work/moment") ($(printf %s "$stamp" | plain))"
  [ -n "$earliest" ] && [ "$moment" -ge "$earliest" ] || earliest=$moment
done <"$work/trusted"
# What came beside the pack is judged by itself: anybody can send a false one along.
while IFS= read -r stamp; do
  brought_stamp_holds "$stamp" >"$work/said" 2>&1 && continue
  say FAIL "beside the pack, and nothing against it: $(printf %s "$stamp" | plain)"
  plain <"$work/said" | sed 's/^/             /' | head -n 20
  beside=1
done <"$work/tokens"
sealed=$(date -u -d "$(stated sealed-at)" +%s 2>/dev/null)
if [ -z "$earliest" ]; then
  say 'NOT CHECKED' 'time: no time stamp of an authority that you trust'
elif [ $((earliest - ${sealed:-0})) -gt 86400 ] || [ $((${sealed:-0} - earliest)) -gt 86400 ]; then
  say 'NOT CHECKED' 'when it was sealed: its own date is more than a day from the time stamp'
fi
if notes_concern_the_key; then
  step 'no note that you brought revokes the key' no_note_revokes_the_key
else
  say 'NOT CHECKED' 'revocation: no note about this key'
fi
while IFS= read -r root; do cat "$root"; done <"$work/signer_roots" >"$work/signer_roots.pem"
if [ ! -f seal/signer.crt ]; then
  say 'NOT CHECKED' 'certificate: the key has none here'
elif [ -s "$work/signer_roots" ]; then
  step 'an authority that you trust vouches for the key' certificate_is_trusted
else
  step 'the certificate is of the key' certificate_is_of_the_key
  say 'NOT CHECKED' 'certificate: no authority that you trust'
fi
verdict
