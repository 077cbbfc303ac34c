#!/bin/sh
# bash, zsh and fish take their completion, and complete with it.
# Usage: completion.sh FOLDER   (where the build put kith, _kith and kith.fish)
set -eu
checks=$(cd "$(dirname "$0")" && pwd)
cd "$1"

# Single quotes: the inner bash expands.
# shellcheck disable=SC2016
bash -euc '
  . ./kith
  complete_line() {
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
    _kith
    echo "${COMPREPLY[*]}"
  }
  [ "$(complete_line kith bri)" = bridges ]
  [ "$(complete_line kith help exp)" = export ]
  [[ " $(complete_line kith intro --) " == *" --max-hops "* ]]
  [ "$(complete_line kith intro --cost ho)" = hops ]
  [ "$(complete_line kith diff --format = htm)" = html ]
  [ -z "$(complete_line kith diff --from "")" ]
  [[ " $(complete_line kith info "") " == *" kith.fish "* ]]
' || { echo "completion: bash"; exit 1; }

timeout 60 zsh -f "$checks/completion.zsh" || { echo "completion: zsh"; exit 1; }

fish_says() {
  fish --no-config -c "source kith.fish; complete -C \"$1\"" | cut -f 1
}
if [ "$(fish_says 'kith bri')" != bridges ] ||
  [ "$(fish_says 'kith help exp')" != export ] ||
  [ "$(fish_says 'kith intro --max-h')" != --max-hops ] ||
  [ "$(fish_says 'kith intro --cost ho')" != hops ] ||
  [ "$(fish_says 'kith diff --format=htm')" != --format=html ] ||
  [ -n "$(fish_says 'kith diff --from ')" ]; then
  echo "completion: fish"
  exit 1
fi
echo "completion: bash, zsh and fish"
