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
absolute() {
  case $1 in
    /*) printf '%s\n' "$1" ;;
    *) printf '%s\n' "$PWD/$1" ;;
  esac
}

work=$(mktemp -d) || exit 3
work=$(absolute "$work")
# Whatever breaks this off must not be taken for a verdict; what is said then must be seen.
judging=
exec 5>&1
end() {
  code=$?
  rm -rf "$work"
  [ -n "$judging" ] || exit "$code"
  echo 'INVALID: the check broke off before its end. Do not rely on this pack.' >&5
  exit 1
}
trap end EXIT
trap 'judging=; exit 3' HUP INT TERM
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
# What has a zero byte in it GNU grep holds for binary: there it ends lines at them, and shows none.
grep() { command grep -a "$@"; }
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
# Of "$work/found" nothing may be there; otherwise it says how many lines of what there are.
nothing_found() { [ ! -s "$work/found" ] || no "$(($(wc -l <"$work/found"))) $1"; }

# The digest of what is read.
sum() {
  set -- "$(sha256sum)"
  echo "${1%% *}"
}
# The digests of the files of "$work" whose names begin so, in the order of the names. To start a program
# takes longer than it works here, so that what is many is done by one; xargs, where they may be more than
# one can be told. Names without a folder, for xargs parts them at blanks.
sums() {
  (
    cd "$work" || exit 1
    prefix=$1
    set -- "$prefix"*
    if [ $# -le 1000 ]; then
      exec sha256sum "$@"
    fi
    printf '%s\n' "$prefix"* | xargs sha256sum
  )
}
# Turns bytes into hexadecimal digits.
hex() { od -An -v -tx1 | tr -d ' \n'; }
# Turns base64 into bytes, of one text or of the lines that are read.
of_base64() { printf '%s\n' "$1" | base64 -d; }
ends_in_line_feed() { [ -s "$1" ] && [ -z "$(tail -c 1 "$1")" ] || no 'no line feed'; }

# Reads what the statement says, or nothing; that it has its form is a step of its own.
read_statement() {
  head -c 1000 seal/statement.txt >"$work/statement" 2>/dev/null
  {
    IFS= read -r _
    read -r _ stated_pack
    read -r _ stated_moment
    read -r _ stated_tagmanifest
    read -r _ stated_root
    read -r _ stated_supersedes
    read -r _ _ stated_signer
  } <"$work/statement"
}

all_are_files() {
  find . ! -type f ! -type d -print >"$work/found"
  nothing_found 'links or other things that are no files'
}

names_are_plain() {
  find . -mindepth 1 \( -name '*[!A-Za-z0-9._-]*' -o -name '[!A-Za-z0-9]*' -o -name '*.' \) \
    -print >"$work/found"
  nothing_found 'names that no pack has' || return 1
  find . -mindepth 1 >"$work/names"
  # Behind "./".
  grep -E '^.{203}' "$work/names" >"$work/found"
  nothing_found 'names are too long' || return 1
  find . -mindepth 1 -type d -empty -print >"$work/found"
  nothing_found 'empty folders' || return 1
  tr '[:upper:]' '[:lower:]' <"$work/names" | sort | uniq -d >"$work/found"
  nothing_found 'names that differ only in their case' || return 1
  grep -Ei '/(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.[^/]*)?(/|$)' "$work/names" >"$work/found"
  nothing_found 'names that are devices on Windows'
}

# What nobody sees in a text, and the shell drops.
texts_have_no_zero_byte() {
  find . \( -path ./data -o -path ./seal/letters -o -path ./verify/verify.html \) -prune -o \
    -type f ! -name '*.sig' ! -name '*.tsr' -exec cat {} + | tr -dc '\000' >"$work/found"
  [ ! -s "$work/found" ] || no "$(($(wc -c <"$work/found"))) zero bytes"
}

# Whether a text has as many lines as forms follow, each of its form. A tab stands for a line feed.
has_the_lines() {
  text=$1
  shift
  [ "$(wc -l <"$text")" -eq $# ] || no 'another number of lines' || return 1
  tr '\n' '\t' <"$text" | grep -Eqx -e "$(printf '%s\t' "$@")" || no 'a line is not of its form'
}

# What JSON says in its one spelling (RFC 8785): whole numbers, and texts with no escape but of quote,
# backslash and control characters.
an_index='(0|[1-9][0-9]{0,14})'
control=$(printf '\001-\037')
a_text="\"([^\"\\$control]|\\\\([\"\\bfnrt]|u00(0[0-7be-f]|1[0-9a-f])))*\""

# A character in UTF-8 (RFC 3629, 4), and what such a one goes on with.
next_byte=$(printf '[\200-\277]')
two="[\302-\337]$next_byte"
three="(\340[\240-\277]|[\341-\354\356\357]$next_byte|\355[\200-\237])$next_byte"
four="(\360[\220-\277]|[\361-\363]$next_byte|\364[\200-\217])$next_byte$next_byte"
# shellcheck disable=SC2059  # these are its bytes
a_character=$(printf "([^\\200-\\377]|$two|$three|$four)")
is_utf8() { ! grep -Evx -e "$a_character*" "$1" >/dev/null || no 'it is no UTF-8'; }

# Whether each line of "$2", which is a text as JSON spells it, has 1 to "$1" characters.
have_length() {
  # Both kinds of escape at once, from the left: behind an escaped backslash no u begins one.
  sed -e 's/^"\(.*\)"$/\1/' -e 's/\\\(u....\|.\)/x/g' -e "s/$next_byte//g" "$2" |
    cut -c-1000 >"$work/characters"
  # No more than 255 repetitions are sure in every grep, so that it is not left to one. The shell reads
  # byte by byte, and no text of any length.
  while IFS= read -r characters; do
    [ "${#characters}" -ge 1 ] && [ "${#characters}" -le "$1" ] || no 'a text is empty or too long' || return 1
  done <"$work/characters"
}

a_digest='[0-9a-f]{64}'
a_moment='[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z'
statement_has_its_form() {
  has_the_lines seal/statement.txt dalil-evidence-pack/v1 'pack EP-[a-z2-7]{26}' \
    "sealed-at $a_moment" "tagmanifest-sha256 $a_digest" "commitment-root $a_digest" \
    "supersedes (-|$a_digest)" "signer p256 $a_digest" || return 1
  [ "$(date -u -d "$stated_moment" +%Y-%m-%dT%H:%M:%SZ)" = "$stated_moment" ] || no 'there is no such day'
}

signer=
key_is_the_stated_one() {
  openssl pkey -pubin -in seal/signer.pem -out "$work/signer.pem" || return 1
  cmp seal/signer.pem "$work/signer.pem" || return 1
  openssl pkey -pubin -in seal/signer.pem -outform DER -out "$work/signer.der" || return 1
  signer=$(sum <"$work/signer.der")
  outline "$work/signer.der" "$work/signer.outline" || return 1
  [ "$signer" = "$stated_signer" ] || no 'the statement names another key' || return 1
  # Every key on P-256 begins so (RFC 5480), and its point follows, uncompressed.
  case $(hex <"$work/signer.der") in
    3059301306072a8648ce3d020106082a8648ce3d03010703420004*) ;;
    *) no 'the key is no P-256 key' ;;
  esac
}

origin_is_the_brought_one() {
  if [ -z "$digest" ]; then
    openssl pkey -pubin -in "$brought" -outform DER -out "$work/brought.der" || return 1
    cmp "$work/brought.der" "$work/signer.der"
  else
    [ "$digest" = "$signer" ] || [ "$digest" = "$(sum <seal/statement.txt)" ] ||
      no 'it is neither the digest of the key nor that of the statement'
  fi
}

# Of every signature (r, s) anybody can make (r, n - s), which fits as well. A pack has the lower one.
signature_is_low() {
  half=7FFFFFFF800000007FFFFFFFFFFFFFFFDE737D56D38BCF4279DCE5617E3192A8
  openssl asn1parse -inform DER -in "$1" >"$work/parsed" || return 1
  s=$(sed -n '3s/^.* INTEGER  *:\([0-9A-F]*\)$/\1/p' "$work/parsed")
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
  sort -cu -k 2 "$1"
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

# The outline of a file that is one value in DER (X.690, 10), in one spelling each of tags and lengths:
# of what holds other values the tag and, in brackets, what it holds; of all else the tag, its bytes and
# a semicolon; all in hex. openssl reads more than DER, and what it prints of a value can hold line feeds.
outline() {
  [ "$(wc -c <"$1")" -le 65536 ] || no 'it is too long' >&2 || return 1
  od -An -v -tx1 -w1 "$1" | tr -d ' ' >"$work/bytes"
  outline_of_bytes "$(($(wc -c <"$1")))" <"$work/bytes" >"$2" || no 'it is not in DER'
}
outline_of_bytes() {
  at=0
  depth=0
  # Where each value ends that is being read, from within.
  ends=$1
  while read -r tag && read -r length; do
    # Nothing follows the one value; no number of a tag is spelt in further bytes; no mark ends a value.
    [ "$depth" -gt 0 ] || [ "$at" -eq 0 ] || return 1
    [ "$depth" -le 128 ] || return 1
    case $tag in 00 | [13579bdf]f) return 1 ;; esac
    at=$((at + 2))
    length=$((0x$length))
    if [ "$length" -ge 128 ]; then
      more=$((length - 128))
      [ "$more" -ge 1 ] && [ "$more" -le 4 ] || return 1
      at=$((at + more))
      length=0
      while [ "$more" -gt 0 ]; do
        read -r byte || return 1
        more=$((more - 1))
        length=$((length * 256 + 0x$byte))
        # As short as it can be.
        [ "$length" -gt 0 ] || return 1
      done
      [ "$length" -ge 128 ] || return 1
    fi
    end=$((at + length))
    [ "$end" -le "${ends%% *}" ] || return 1
    case $tag in
      [2367abef]?)
        printf '%s(' "$tag"
        ends="$end $ends"
        depth=$((depth + 1)) ;;
      *)
        printf '%s:' "$tag"
        while [ "$at" -lt "$end" ]; do
          read -r byte || return 1
          printf %s "$byte"
          at=$((at + 1))
        done
        printf ';' ;;
    esac
    while [ "$depth" -gt 0 ] && [ "$at" -eq "${ends%% *}" ]; do
      printf ')'
      ends=${ends#* }
      depth=$((depth - 1))
    done
  done
  [ "$at" -gt 0 ] && [ "$at" -eq "$1" ] && [ "$depth" -eq 0 ]
}
is_der() { outline "$1" "$work/outline"; }

# The form of certificates (RFC 5280, 4.1), as expressions over their outlines: what fits them all programs
# read. Names of objects and numbers in their one spelling; texts of UTF-8 (RFC 3629, 4), of UTF-16 without
# halves of pairs, or of one byte a character; parameters that are none, a curve, those of GOST or those of
# RSA with PSS (RFC 4055, 3.1).
h='[0-9a-f]'
an_object="06:([0-7]$h|(8[1-9a-f]|[9a-f]$h)([89a-f]$h)*[0-7]$h)+;"
a_number="02:([0-7]$h|00[89a-f]$h$h*|(0[1-9a-f]|[1-7]$h)$h+);"
next="[89ab]$h"
utf8="[0-7]$h|(c[2-9a-f]|d$h)$next|(e0[ab]$h|e[1-9a-cef]$next|ed[89]$h)$next"
utf8="$utf8|(f0[9ab]$h|f[1-3]$next|f48$h)$next$next"
a_name="30\\((31\\((30\\(${an_object}(0c:($utf8)*;|1e:(([0-9a-cef]$h|d[0-7])$h$h)*;|1[2346]:$h*;)\\))+\\))*\\)"
hash="30\\(${an_object}(05:;)?\\)"
pss="30\\((a0\\($hash\\))?(a1\\(30\\($an_object$hash\\)\\))?(a2\\($a_number\\))?(a3\\($a_number\\))?\\)"
an_algorithm="30\\(${an_object}(05:;|$an_object|30\\(($an_object)+\\)|$pss)?\\)"
a_key="30\\(${an_algorithm}03:00$h+;\\)"
# Moments to the second, in UTC (RFC 5280, 4.1.2.5), on days that there are; each digit has a 3 before it.
d='3[0-9]'
day="(303[13578]|313[02])(303[1-9]|3[12]$d|333[01])|(303[469]|3131)(303[1-9]|3[12]$d|3330)"
day="$day|3032(303[1-9]|31$d|323[0-8])"
leap='(3[2468]3[048]|303[48]|3[13579]3[26])'
a_time="(17:($d$d($day)|(3030|$leap)30323239)|18:3[1-9]$d($d$d($day)|${leap}30323239))"
a_time="$a_time(3[01]$d|323[0-3])3[0-5]${d}3[0-5]${d}5a;"
an_extension="30\\(${an_object}(01:(00|ff);)?04:$h*;\\)"
a_certificate="30\\(30\\((a0\\(02:0[12];\\))?$a_number$an_algorithm${a_name}30\\($a_time$a_time\\)$a_name$a_key"
a_certificate="$a_certificate(a3\\(30\\(($an_extension)+\\)\\))?\\)${an_algorithm}03:00$h+;\\)"

# Takes the certificates of the seal apart, each in its one form: "$work/own.der" is the first, which is of
# the key, and "$work/own" its outline; "$work/shown" has the outlines of all, one after the other.
certificates_have_their_form() {
  [ "$(wc -c <seal/signer.crt)" -le 1048576 ] &&
    [ "$(grep -c 'BEGIN CERTIFICATE' seal/signer.crt)" -le 16 ] || no 'they are too many' || return 1
  csplit -sz -f "$work/certificate." seal/signer.crt '/BEGIN CERTIFICATE/' '{*}' || return 1
  : >"$work/shown"
  for one in "$work"/certificate.*; do
    grep -v '^-' "$one" | base64 -d >"$work/der" || return 1
    {
      echo '-----BEGIN CERTIFICATE-----'
      base64 -w 64 "$work/der"
      echo '-----END CERTIFICATE-----'
    } | cmp - "$one" || no 'it is not of its form' || return 1
    outline "$work/der" "$work/outline" || return 1
    grep -Eqx -e "$a_certificate" "$work/outline" || no 'a certificate is not of its form' || return 1
    [ -s "$work/shown" ] || cp "$work/der" "$work/own.der"
    [ -s "$work/shown" ] || cp "$work/outline" "$work/own"
    cat "$work/outline" >>"$work/shown"
  done
}

# What a key says in the certificate that it makes for itself, up to the signature, which is random: its
# digest as number and name; from 2020 for ever; that it is no authority, what it is for, and its digest.
make_self_signed_start() {
  # Positive, and not zero: the first bit is taken away, the next is set.
  number=$(printf '%02x' $((0x$(printf %.2s "$signer") & 0x3f | 0x40)))
  number=$number$(printf '%.32s' "$signer" | cut -c3-)
  name=0c:$(printf 'Self-signed key %.32s' "$signer" | hex)
  name="30(31(30(06:550403;$name;)))"
  ecdsa='30(06:2a8648ce3d040302;)'
  printf %s "30(30(a0(02:02;)02:$number;$ecdsa$name" \
    '30(17:3230303130313030303030305a;18:39393939313233313233353935395a;)' \
    "$name$(cat "$work/signer.outline")a3(30(30(06:551d13;01:ff;04:3000;)30(06:551d0f;01:ff;04:030206c0;)" \
    "30(06:551d0e;04:0414$(printf %.40s "$signer");))))${ecdsa}03:00"
}

# A letter shows the certificates of the seal, and no others; where it has none, the one that the key made
# for itself, which stands behind 58 bytes of a message in its form.
take_certificates() {
  [ ! -f seal/signer.crt ] || return 0
  tail -c +59 "$work/cms" >"$work/der"
  length=$((0x$(head -c 4 "$work/der" | tail -c 2 | hex) + 4))
  head -c "$length" "$work/der" >"$work/own.der"
  outline "$work/own.der" "$work/own" || return 1
  grep -Eqx -e "$a_certificate" "$work/own" || no 'its certificate is not of its form' || return 1
  start=$(make_self_signed_start)
  case $(cat "$work/own") in
    "$start"*) ;;
    *) no 'its certificate is not the one that the key makes' || return 1 ;;
  esac
  # What was signed stands behind the length of the whole; the signature behind what follows from the key.
  openssl asn1parse -inform DER -in "$work/own.der" -strparse 4 -noout -out "$work/own.tbs" || return 1
  end=$(cat "$work/own")
  end=${end#"$start"}
  printf %s "${end%;)}" | tr a-f A-F | basenc --base16 -d >"$work/own.sig" || return 1
  openssl dgst -sha256 -verify seal/signer.pem -signature "$work/own.sig" "$work/own.tbs" ||
    no 'its certificate was not signed by the key' || return 1
  cp "$work/own" "$work/shown"
}

# Takes the signature out of the room that the letter has for it. Nothing may hide behind it, for openssl
# reads no further than its end.
take_signature() {
  case $1 in
    3082*) ;;
    *) no 'the signature is not of its form' || return 1 ;;
  esac
  length=${1#3082}
  end_of_signature=$((8 + 2 * 0x$(printf %.4s "$length")))
  # Two digits a byte, and as many bytes as the command reads.
  [ $((${#1} % 2)) -eq 0 ] && [ "$end_of_signature" -le 131070 ] ||
    no 'the signature is not of its form' || return 1
  [ "$end_of_signature" -le ${#1} ] || no 'the signature ends within its length' || return 1
  [ -z "$(printf %s "$1" | tail -c "+$((end_of_signature + 1))" | tr -d 0)" ] ||
    no 'something follows the signature' || return 1
  printf "%.${end_of_signature}s" "$1" | tr a-f A-F | basenc --base16 -d >"$work/cms"
}

# A message has one form (RFC 5652): signed data of version 1, with SHA-256, of data; the certificates; who
# signed, by the first of them; content type, digest and certificate that were signed (RFC 5652, 11; RFC
# 5035, 3); the signature by ECDSA. Behind it stands at most one attribute that nobody signs, with the token
# of a time stamp authority, which is signed data.
message_has_its_form() {
  outline "$work/cms" "$work/message" || return 1
  take_certificates || return 1
  number=$(sed 's/^30(30(\(a0(02:0.;)\)\{0,1\}\(02:[0-9a-f]*;\).*$/\2/' "$work/own")
  # Before the first time; of the brackets there, a name alone begins so, or has nothing in it.
  issuer=$(sed -e 's/30(1[78]:.*$//' -e 's/^.*30()$/30()/' -e 's/^.*30(31(/30(31(/' "$work/own")
  sha256='30(06:608648016503040201;)'
  data='06:2a864886f70d010701;'
  attributes="30(06:2a864886f70d010903;31($data))"
  attributes="${attributes}30(06:2a864886f70d010904;31(04:$(sum <"$work/covered");))"
  attributes="${attributes}30(06:2a864886f70d010910022f;31(30(30(30(04:$(sum <"$work/own.der");)))))"
  {
    printf %s "30(06:2a864886f70d010702;a0(30(02:01;31($sha256)30($data)a0("
    cat "$work/shown"
    printf %s ")31(30(02:01;30($issuer$number)${sha256}a0($attributes)30(06:2a8648ce3d040302;)04:"
  } >"$work/wanted"
  length=$(wc -c <"$work/wanted")
  head -c "$length" "$work/message" | cmp - "$work/wanted" ||
    no 'the signature is not of its form, or of something else' || return 1
  tail -c "+$((length + 1))" "$work/message" >"$work/end"
  signed_data='30\(06:2a864886f70d010702;a0\(30\('
  grep -Eqx -e "$h+;(a1\\(30\\(06:2a864886f70d010910020e;31\\($signed_data.*\\){6})?\\){5}" "$work/end" ||
    no 'what follows the signature is not of its form' || return 1
  # The token is one value: every bracket in it is one of a pair.
  sed -E -e "s/^[^;]*;(a1\\(30\\(06:[^;]*;31\\($signed_data(.*)\\){6})?\\){5}\$/\\2/" \
    -e ':again' -e 's/..\([^()]*\)//g' -e 't again' "$work/end" | grep '[()]' >"$work/found"
  nothing_found 'of what follows the signature is more than a token'
}

four_objects=$(printf '\t?(endobj\t){4}xref\t([0-9]+ 1\t[0-9]{10} 00000 n \t){4}')
four_objects=$four_objects$(printf 'trailer\t<<.*>>\tstartxref\t[0-9]+\t%%%%EOF\t')
# A signed letter is the letter, byte for byte, and one revision with a CMS signature over all but itself.
signed_letters_fit() {
  cut -c67- seal/manifest-sha256.txt | grep '^seal/letters/' >"$work/letters"
  [ ! -s "$work/letters" ] || [ ! -f seal/signer.crt ] || certificates_have_their_form || return 1
  while IFS= read -r path; do
    echo "$path"
    base=data/letter/${path#seal/letters/}
    [ -f "$path" ] && [ -f "$base" ] || no 'the letter is not here' || return 1
    size=$(wc -c <"$base")
    whole=$(wc -c <"$path")
    head -c "$size" "$path" | cmp - "$base" || return 1
    [ $((whole - size)) -le 1048576 ] || no 'more follows the letter than a signature takes' || return 1
    tail -c "+$((size + 1))" "$path" >"$work/revision"
    once='/P 2
/SubFilter /ETSI.CAdES.detached
/TransformMethod /DocMDP
startxref'
    [ "$(grep -xF -e "$once" "$work/revision" | sort)" = "$once" ] ||
      no 'the revision is not of its form' || return 1
    # Each object up to the first line that ends one, the table of their places, the trailer.
    sed '/^[0-9][0-9]* 0 obj$/,/^endobj$/{/^endobj$/!d}' "$work/revision" | tr '\n' '\t' |
      grep -Eqx -e "$four_objects" || no 'the revision is not of its form' || return 1
    # Without zeros in front: to the shell they say that a number is octal.
    range=$(sed -n 's|^/ByteRange \[0 \([1-9][0-9]\{0,9\}\) *\([1-9][0-9]\{0,9\}\) *\([1-9][0-9]\{0,9\}\) *\]$|\1 \2 \3|p' \
      "$work/revision")
    contents=$(sed -n 's|^/Contents <\([0-9a-f]*\)>>>$|\1|p' "$work/revision")
    start=${range%% *}
    length=${range##* }
    end=$((start + ${#contents} + 2))
    [ -n "$contents" ] && [ "$range" = "$start $end $length" ] && [ $((end + length)) -eq "$whole" ] ||
      no 'the signature does not cover all of it' || return 1
    printf '<%s>' "$contents" >"$work/gap"
    tail -c "+$((start + 1))" "$path" | head -c $((${#contents} + 2)) | cmp - "$work/gap" || return 1
    { head -c "$start" "$path" && tail -c "+$((end + 1))" "$path"; } >"$work/covered"
    take_signature "$contents" && message_has_its_form || return 1
    openssl cms -verify -binary -noverify -inform DER -in "$work/cms" -content "$work/covered" \
      -out "$work/out" || return 1
  done <"$work/letters"
}

statement_fits_the_pack() {
  [ "$(sum <tagmanifest-sha256.txt)" = "$stated_tagmanifest" ] ||
    no 'it names another list of files' || return 1
  case $(pwd -P) in
    */"$stated_pack") ;;
    *) no 'the folder has another name' ;;
  esac
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
    echo "Bagging-Date: ${stated_moment%%T*}"
    echo 'External-Description: Evidence pack; verify/VERIFY.txt says how to check it'
    echo "External-Identifier: $stated_pack"
    grep -q '"sample":true,"sealedAt"' evidence/pack.json &&
      echo 'Internal-Sender-Description: ҮЛГҮ / ОБРАЗЕЦ / SAMPLE'
    echo "Payload-Oxum: $((size)).$((count))"
  } | diff - bag-info.txt
}

# One line of JSON with these fields in this order, each once, and no others (RFC 8785).
description_has_its_form() {
  ends_in_line_feed evidence/pack.json || return 1
  [ "$(wc -l <evidence/pack.json)" -eq 1 ] || no 'not one line' || return 1
  sha256="\"$a_digest\""
  texts="\\{\"en\":$a_text,\"ky\":$a_text,\"ru\":$a_text\\}"
  class='"(original-media|source-case)"'
  item="\\{\"bytes\":$an_index,(\"contentSha256\":$sha256,)?(\"leaf\":$sha256,)?\"mediaType\":\"[a-z]+/[a-z0-9.+-]+\",\"path\":\"[A-Za-z0-9._/-]+\",\"role\":\"[a-z]+\",\"sha256\":$sha256,\"title\":$texts\\}"
  form="\\{\"commitments\":\\{\"leaves\":$an_index,\"root\":$sha256\\},\"custody\":\\{\"events\":$an_index\\}"
  form="$form,\"generator\":\\{\"name\":\"dalil\",\"version\":$a_text\\},\"id\":\"[A-Za-z0-9-]+\""
  form="$form,\"items\":\\[$item(,$item)*\\],\"sample\":(true|false),\"sealedAt\":\"[0-9TZ:-]+\""
  form="$form,\"supersedes\":(null|$sha256),\"version\":1,\"withheld\":\\{\"classes\":\\[($class(,$class)*)?\\]"
  form="$form,\"reason\":$texts\\}\\}"
  grep -Eqx -e "$form" evidence/pack.json || no 'it is not of its form' || return 1
  is_utf8 evidence/pack.json || return 1
  # A quote within a text stands behind a backslash, so that these are its fields and nothing in a text.
  grep -Eo "[{,]\"(en|ky|ru)\":$a_text" evidence/pack.json | cut -c7- >"$work/titles"
  have_length 600 "$work/titles" || return 1
  grep -Eo "\"name\":\"dalil\",\"version\":$a_text" evidence/pack.json | cut -c26- >"$work/version"
  have_length 40 "$work/version"
}

description_fits() {
  description_has_its_form || return 1
  supersedes="\"$stated_supersedes\""
  [ "$supersedes" != '"-"' ] || supersedes=null
  description=$(cat evidence/pack.json)
  for part in "\"id\":\"$stated_pack\"" "\"sealedAt\":\"$stated_moment\"" \
    "\"supersedes\":$supersedes" "\"root\":\"$stated_root\"" \
    "\"leaves\":$(($(wc -l <evidence/commitments.txt))),\"root\""; do
    case $description in
      *"$part"*) ;;
      *) no "it lacks $part" || return 1 ;;
    esac
  done
  grep -Eo '"bytes":[0-9]+,("contentSha256":"[0-9a-f]*",)?("leaf":"[0-9a-f]*",)?"mediaType":"[^"]*","path":"[^"]*","role":"[a-z]*","sha256":"[0-9a-f]*"' \
    evidence/pack.json >"$work/described"
  sed 's/^"bytes":\([0-9]*\),.*"path":"\(.*\)","role":"\(.*\)","sha256":"\(.*\)"$/\4  \2 \3 \1/' \
    "$work/described" >"$work/items"
  cut -d' ' -f1-3 "$work/items" | diff manifest-sha256.txt - || return 1
  # wc adds lines with totals.
  cut -d' ' -f3 "$work/items" | xargs wc -c | sed -e 's/^ *//' -e '/^[0-9]* total$/d' >"$work/sizes"
  sed 's/^[0-9a-f]*  \(.*\) .* \(.*\)$/\2 \1/' "$work/items" | diff "$work/sizes" - ||
    no 'a file has another size' || return 1
  # A copy that calls itself something else would need no receipt.
  roles='data/letter/[^/]+\.pdf letter|data/annex/[^/]+\.pdf annex|data/cases/[^/]+\.json case'
  roles="$roles|data/statistics/[^/]+\\.csv statistics|data/media/[^/]+\\.(mp4|jpg|png|webp) media"
  ! grep -Evx -e "$a_digest  ($roles) [0-9]+" "$work/items" || no 'a file is not what it says'
}

# Of each two lines, which begin with a hash, the hash of both hashes (RFC 6962, 2.1). Files of an
# earlier round are left lying: they go with the folder.
round=0
pair_sums() {
  round=$((round + 1))
  sed -e 'N;s/^\(.\{64\}\).*\n\(.\{64\}\).*$/01\1\2/' -e 'y/abcdef/ABCDEF/' "$1" |
    basenc --base16 -d -i | split -a 6 -b 65 - "$work/pair.$round." || return 1
  sums "pair.$round." >"$2"
}

commitments_have_the_root() {
  ! grep -Evn '^[0-9a-f]{64}$' evidence/commitments.txt || return 1
  ends_in_line_feed evidence/commitments.txt || return 1
  sort -cu evidence/commitments.txt || return 1
  count=$(wc -l <evidence/commitments.txt)
  leaves=64
  while [ "$leaves" -lt "$count" ]; do leaves=$((leaves * 2)); done
  [ "$leaves" -eq "$count" ] || no 'not a power of two, 64 at least' || return 1
  level=evidence/commitments.txt
  while [ "$leaves" -gt 1 ]; do
    pair_sums "$level" "$work/level.$leaves" || return 1
    level=$work/level.$leaves
    leaves=$((leaves / 2))
  done
  read -r root _ <"$level"
  [ "$root" = "$stated_root" ] || no 'another root'
}

# Of each line the hash of it behind a zero byte: the leaves of RFC 6962, 2.1. Each is first put into a
# file of "$work" whose name begins as is said.
leaf_sums() {
  place=1000000
  while IFS= read -r line; do
    place=$((place + 1))
    printf '\000%s' "$line" >"$work/$1.$place"
  done
  sums "$1." | cut -c1-64
}

openings_fit() {
  ! grep -Evnx -e "\\[\"$a_digest\",\\{\"bytes\":$an_index,\"class\":\"exhibit\",\"sha256\":\"$a_digest\"\\}\\]" \
    evidence/openings.jsonl || return 1
  : >"$work/leaves"
  if [ -s evidence/openings.jsonl ]; then
    ends_in_line_feed evidence/openings.jsonl || return 1
    # No salt stands twice.
    sort -cu evidence/openings.jsonl && cut -c1-66 evidence/openings.jsonl | sort -cu || return 1
    leaf_sums opening <evidence/openings.jsonl >"$work/leaves"
  fi
  sort "$work/leaves" >"$work/opened"
  sort -cu "$work/opened" || return 1
  comm -23 "$work/opened" evidence/commitments.txt | cmp - /dev/null ||
    no 'an opening fits no commitment' || return 1
  # Every exhibit claims one commitment, and what opens it is its digest and size.
  grep -E '"leaf"|"role":"(case|media)"' "$work/described" |
    sed 's/^"bytes":\([0-9]*\),.*"leaf":"\([0-9a-f]*\)".*"sha256":"\(.*\)"$/\2 \1 \3/' |
    sort >"$work/exhibits"
  sed 's/^.*"bytes":\([0-9]*\),.*"sha256":"\(.*\)".*$/\1 \2/' evidence/openings.jsonl |
    paste -d ' ' "$work/leaves" - | sort | diff "$work/exhibits" - ||
    no 'what is opened is not what the exhibits claim'
}

# One line of JSON with these fields in this order, and no others (RFC 8785); of tools each once.
receipts_have_their_form() {
  find evidence/receipts -type f -exec cat {} + 2>/dev/null >"$work/texts"
  [ "$(wc -l <"$work/texts")" -eq "$(wc -l <"$work/there")" ] || no 'a receipt is not one line' || return 1
  check="\\{\"name\":$a_text,\"passed\":true\\}"
  name='"[A-Za-z0-9][A-Za-z0-9._+-]{0,63}"'
  tool="$name:$a_text"
  form="\\{\"checks\":\\[$check(,$check)*\\](,\"emptyScene\":\"(not )?approved\")?"
  form="$form,\"inputCommitment\":\"$a_digest\",\"kind\":\"dalil-redaction-receipt\""
  form="$form(,\"month\":\"[0-9]{4}-(0[1-9]|1[0-2])\")?"
  form="$form(,\"operations\":\\{\"covered\":$an_index,\"kept\":$an_index,\"mode\":\"(moving|all|marked)\"\\})?"
  form="$form,\"output\":\\{\"path\":\"[A-Za-z0-9._/-]+\",\"sha256\":\"$a_digest\",\"sizeBytes\":[1-9][0-9]{0,14}\\}"
  form="$form(,\"reviewers\":\\[($a_text(,$a_text)*)?\\])?(,\"tools\":\\{($tool(,$tool)*)?\\})?,\"version\":1\\}"
  ! grep -Evxn -e "$form" "$work/texts" | cut -c1-200 | grep . || no 'a receipt is not of its form' || return 1
  is_utf8 "$work/texts" || return 1
  sed -e 's/^.*,"tools":{/{/' -e 't' -e 's/.*//' "$work/texts" | grep -Eno "[{,]$name:" |
    sed 's/[{,]"\(.*\)":$/ \1/' | sort -cu -t: -k1,1n -k2 || no 'tools are not in their order'
}

receipts_fit() {
  grep ' media ' "$work/items" >"$work/media"
  find evidence/receipts -type f 2>/dev/null | sort >"$work/there"
  ! find evidence/receipts -type f -size +65536c 2>/dev/null | grep . ||
    no 'it is larger than a receipt can be' || return 1
  receipts_have_their_form || return 1
  : >"$work/originals"
  while read -r hash path _ size; do
    name=${path##*/}
    receipt=evidence/receipts/${name%.*}.json
    echo "$receipt"
    [ -f "$receipt" ] || no "there is no receipt of $path" || return 1
    text=$(cat "$receipt")
    case $text in
      *"\"output\":{\"path\":\"$path\",\"sha256\":\"$hash\",\"sizeBytes\":$size}"*) ;;
      *) no 'it is of another file' || return 1 ;;
    esac
    leaf=${text##*'"inputCommitment":"'}
    printf '%s\n' "${leaf%%'"'*} $receipt" >>"$work/originals"
  done <"$work/media" >"$work/receipts" || { tail -n 2 "$work/receipts"; return 1; }
  sort "$work/receipts" | diff - "$work/there" || return 1
  sort "$work/originals" >"$work/withheld"
  ! join -v 1 "$work/withheld" evidence/commitments.txt | grep . ||
    no 'its original is not committed' || return 1
  ! join "$work/withheld" "$work/opened" | grep . || no 'its original is what is shown'
}

# Follows audit paths (RFC 9162, 2.1.3.2) from the leaves of "$work/walk", all at once, level by level.
# A line there has a node, its index and that of the last one beside it; the same line of "$work/path",
# behind a space, the hashes of the path. What leads to a root has "ROOT 0 0" in the end.
follow_paths() {
  level=1
  while :; do
    level=$((level + 1))
    cut -d' ' -f"$level" "$work/path" >"$work/siblings"
    while read -r node fn sn; do
      read -r sibling <&4
      if [ -z "$sibling" ]; then
        echo "$node $fn $sn"
        continue
      fi
      [ "$sn" -gt 0 ] || no 'a path is too long' >&2 || return 1
      if [ $((fn % 2)) -eq 1 ] || [ "$fn" -eq "$sn" ]; then
        printf '%s\n' "$sibling" "$node" >&3
        while [ $((fn % 2)) -eq 0 ] && [ "$fn" -ne 0 ]; do fn=$((fn / 2)) sn=$((sn / 2)); done
      else
        printf '%s\n' "$node" "$sibling" >&3
      fi
      echo "next $((fn / 2)) $((sn / 2))"
    done <"$work/walk" 4<"$work/siblings" >"$work/climb" 3>"$work/pairs"
    [ -s "$work/pairs" ] || return 0
    pair_sums "$work/pairs" "$work/nodes" || return 1
    while read -r node fn sn; do
      [ "$node" != next ] || read -r node _ <&3
      echo "$node $fn $sn"
    done <"$work/climb" 3<"$work/nodes" >"$work/walk"
  done
}

# 32 bytes in base64, and any bytes, in their one spelling.
a_base64_digest='[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]='
# The name of a log, and of who signs for it.
a_log_name='[]!#-*,-[^-~]{1,200}'
a_base64='([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=|[A-Za-z0-9+/][AQgw]==)?'

# A signed note over origin, size and root (C2SP tlog-checkpoint): the text, and its signatures.
note_has_its_form() {
  ends_in_line_feed "$1" || return 1
  sed '/^$/,$d' "$1" >"$1.text"
  sed '1,/^$/d' "$1" >"$1.signatures"
  [ "$(wc -c <"$1")" -le 65536 ] || no 'it is too long' || return 1
  has_the_lines "$1.text" "$a_log_name" "$an_index" "$a_base64_digest" || return 1
  count=$(wc -l <"$1.signatures")
  [ "$count" -ge 1 ] && [ "$count" -le 16 ] || no 'it is not signed' || return 1
  ! grep -Evx -e "— $a_log_name $a_base64" "$1.signatures" || return 1
  # Behind the four bytes that tell keys apart.
  ! grep -Ev ' [A-Za-z0-9+/]{7,}=*$' "$1.signatures" || no 'a signature is too short'
}

# The checkpoint beside the events, as the note that it is. Of what JSON escapes it has line feeds alone.
events_checkpoint=
checkpoint_of_events() {
  sed 1q evidence/custody.jsonl >"$work/checkpoint"
  grep -Eqx -e "\\{\"checkpoint\":\"([^\"\\$control]|\\\\n)*\\\\n\"\\}" "$work/checkpoint" ||
    no 'there is no checkpoint' || return 1
  sed -e 's/^{"checkpoint":"\(.*\)"}$/\1/' -e 's/\\n/\n/g' "$work/checkpoint" | sed '$d' >"$work/events.note"
  [ "$(sed "s/$next_byte//g" "$work/events.note" | wc -c)" -le 4096 ] ||
    no 'the checkpoint is too long' || return 1
  note_has_its_form "$work/events.note" || return 1
  events_checkpoint=$work/events.note
}

events_are_in_the_log() {
  ends_in_line_feed evidence/custody.jsonl || return 1
  checkpoint_of_events || return 1
  {
    read -r _
    read -r size
    read -r root
  } <"$work/events.note.text"
  root=$(of_base64 "$root" | hex)
  sed 1d evidence/custody.jsonl >"$work/events"
  [ -s "$work/events" ] || no 'there is no event' || return 1
  event="\\{\"detail\":\"$a_digest\",\"kind\":\"[a-z]{1,32}\",\"month\":\"[0-9]{4}-(0[1-9]|1[0-2])\",\"role\":\"[a-z][a-z-]{0,31}\"\\}"
  path="(\"$a_digest\"(,\"$a_digest\")*)?"
  ! grep -Evnx -e "\\{\"event\":$event,\"index\":$an_index,\"proof\":\\[$path\\]\\}" \
    "$work/events" || return 1
  sed 's/^{"event":\(.*\),"index":.*$/\1/' "$work/events" |
    leaf_sums event >"$work/leaves"
  sed 's/^.*,"index":\([0-9]*\),.*$/\1/' "$work/events" >"$work/places"
  sort -cnu "$work/places" || no 'the events are not in the order of the log' || return 1
  paste -d ' ' "$work/leaves" "$work/places" >"$work/climb"
  while read -r leaf index; do
    [ "$index" -lt "$size" ] || no 'an event is behind the end of the log' >&2 || return 1
    echo "$leaf $index $((size - 1))"
  done <"$work/climb" >"$work/walk"
  sed -e 's/^.*"proof":\[\(.*\)\]}$/ \1/' -e 's/"//g' -e 's/,/ /g' "$work/events" >"$work/path"
  follow_paths || return 1
  ! grep -Fvnx -e "$root 0 0" "$work/walk" || no 'an event is not in the log' || return 1
  count=$(($(wc -l <"$work/events")))
  grep -qF -e "\"custody\":{\"events\":$count}" evidence/pack.json || no 'another number of events'
}

origin=
log_has_the_statement() {
  proof=seal/statement.tlog-proof
  # The shell reads byte by byte, and no line of any length.
  [ "$(wc -c <"$proof")" -le 131072 ] || no 'it is too long' || return 1
  sed 3q "$proof" >"$work/head"
  has_the_lines "$work/head" 'c2sp\.org/tlog-proof@v1' "extra $a_base64" "index $an_index" || return 1
  {
    read -r _
    read -r _ extra
    read -r _ index
  } <"$work/head"
  sed '1,/^$/d' "$proof" >"$work/note"
  note_has_its_form "$work/note" || return 1
  {
    read -r origin
    read -r size
    read -r root
  } <"$work/note.text"
  [ "$index" -lt "$size" ] || no 'it has no place in the log' || return 1
  sed '1,3d' "$proof" | sed '/^$/,$d' >"$work/hashes"
  [ "$(wc -l <"$work/hashes")" -le 64 ] || no 'the path is too long' || return 1
  ! grep -Evx -e "$a_base64_digest" "$work/hashes" || return 1
  base64 -d <"$work/hashes" | hex | sed -e 's/.\{64\}/ &/g' >"$work/path"
  echo >>"$work/path"
  of_base64 "$extra" >"$work/logged"
  form='\["[0-9a-f]{64}",\{"about":\{"pack":"EP-[a-z2-7]{26}","statement":"[0-9a-f]{64}"\},'
  form="$form\"at\":\"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z\"\\}\\]"
  [ "$(wc -l <"$work/logged")" -eq 0 ] && grep -Eqx -e "$form" "$work/logged" ||
    no 'what was logged is not of its form' || return 1
  about="\"about\":{\"pack\":\"$stated_pack\",\"statement\":\"$(sum <seal/statement.txt)\"}"
  grep -qF -e "$about" "$work/logged" || no 'another statement was logged' || return 1
  detail=$({ printf '\000'; cat "$work/logged"; } | sum)
  month=$(sed 's/.*"at":"\([0-9]*-[0-9]*\)-.*/\1/' "$work/logged")
  event="{\"detail\":\"$detail\",\"kind\":\"sealed\",\"month\":\"$month\",\"role\":\"system\"}"
  echo "$(printf '\000%s' "$event" | sum) $index $((size - 1))" >"$work/walk"
  follow_paths || return 1
  [ "$(cat "$work/walk")" = "$(of_base64 "$root" | hex) 0 0" ] || no 'it is not in the log' || return 1
  [ "$(sed -n '1s/^{"checkpoint":"\([^"\\]*\)\\n.*/\1/p' evidence/custody.jsonl)" = \
    "$origin" ] || no 'the events are of another log'
}

# By the key that was brought, under the name of the log (C2SP signed-note).
log_signed() {
  IFS= read -r name <"$1.text"
  wanted=$({ printf '%s\n\001' "$name"; tail -c 32 "$work/log.der"; } | sum | cut -c1-8)
  found=0
  while read -r _ by base64; do
    [ "$by" = "$name" ] || continue
    [ "$(of_base64 "$base64" | head -c 4 | hex)" = "$wanted" ] || continue
    of_base64 "$base64" | tail -c +5 >"$work/log.sig"
    openssl pkeyutl -verify -pubin -inkey "$log_key" -rawin -in "$1.text" \
      -sigfile "$work/log.sig" || no 'the signature does not fit the checkpoint' || return 1
    found=1
  done <"$1.signatures"
  [ "$found" -eq 1 ] || no 'it is not signed by the key that you brought'
}

log_is_the_brought_one() {
  openssl pkey -pubin -in "$log_key" -outform DER -out "$work/log.der" || return 1
  [ "$(head -c 12 "$work/log.der" | hex)" = 302a300506032b6570032100 ] ||
    no 'the key is no Ed25519 key' || return 1
  [ -n "$origin" ] || no 'the proof has no checkpoint' || return 1
  log_signed "$work/note" || return 1
  [ -n "$events_checkpoint" ] || no 'the events have no checkpoint' || return 1
  log_signed "$events_checkpoint"
}

# The moment that a time stamp names, in seconds.
moment_of() {
  openssl ts -reply -in "$1" -text 2>/dev/null |
    sed -n 's/^Time stamp: \([^.]*\)\(\.[0-9]*\)\{0,1\}/\1/p' >"$work/moment"
  [ -s "$work/moment" ] && date -u -d "$(cat "$work/moment")" +%s
}

# Whether a file holds a time stamp of this statement and its signature.
stamps_this_statement() {
  is_der "$1" && openssl ts -reply -in "$1" -text >"$work/stamp" || no 'it holds no time stamp' || return 1
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
  has_the_lines "$1" dalil-key-revocation/v1 "key p256 $a_digest" "revoked-at $a_moment" \
    "since $a_moment" "successor p256 (-|$a_digest)" 'signature [A-Za-z0-9+/]+={0,2}' || return 1
  # Who has a stolen key must not save its packs by a note that begins next year.
  sed -n -e 's/^since //p' "$1" >"$work/moments"
  sed -n -e 's/^revoked-at //p' "$1" >>"$work/moments"
  sort -c "$work/moments" || no 'it begins after it was written'
}

no_note_revokes_the_key() {
  while IFS= read -r note; do
    revocation_has_its_form "$note" || no 'a note that was brought revokes no key' || return 1
    [ "$(sed -n 's/^key p256 //p' "$note")" = "$signer" ] || continue
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
      grep -qxF "key p256 $signer" "$note" || continue
    return 0
  done <"$work/revocations"
  return 1
}

# The certificate of the key first, then those that vouch for it. Nowhere else in one of that form stands
# what a key looks like.
certificate_is_of_the_key() {
  certificates_have_their_form || return 1
  grep -qF -e "$(cat "$work/signer.outline")" "$work/own" || no 'it is of another key'
}

# At the moment that a time stamp proved, or else the one that the statement names.
certificate_is_trusted() {
  certificate_is_of_the_key || return 1
  at=${earliest:-$(date -u -d "$stated_moment" +%s)}
  openssl verify -partial_chain -attime "$at" -CAfile "$work/signer_roots.pem" \
    -untrusted seal/signer.crt seal/signer.crt
}

verdict() {
  judging=
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

judging=yes
say 'NOT CHECKED' 'archive: this sees the unpacked folder only'
step 'everything there is a file' all_are_files
if [ "$failed" -ne 0 ]; then
  # To read a pipe or a device that stands for a file might never end.
  say 'NOT CHECKED' 'everything else: only files are safe to read'
  verdict
fi
read_statement
step 'the names are plain' names_are_plain
step 'no text has a zero byte in it' texts_have_no_zero_byte
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
sealed=$(date -u -d "$stated_moment" +%s 2>/dev/null)
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
