# What zsh makes of a line and Tab: the line is then run, where kith is a function that tells its arguments.
# Usage: zsh -f completion.zsh   (where the build put _kith)
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell 'autoload -Uz compinit; compinit -D -u; source ./_kith; kith() { print -r -- "<$*>" }'
wrong=0

expect() {
  local line=$1 wanted=$2 said
  zpty -w shell "$line"$'\t'
  zpty -r shell said '*<[a-z]*>*'
  [[ $said == *"<$wanted>"* ]] || {
    print -r -- "zsh makes of \"$line\": $said"
    wrong=1
  }
}

expect 'kith bri' 'bridges'
expect 'kith help exp' 'help export'
expect 'kith intro --max-h' 'intro --max-hops'
expect 'kith intro --cost ho' 'intro --cost hops'
expect 'kith diff --format=htm' 'diff --format=html'
zpty -d shell
exit $wrong
