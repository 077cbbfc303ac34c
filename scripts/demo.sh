#!/bin/sh
# The main job from nothing: packages, release build, and the questions kith answers, on datasets/cohort.
# Usage: demo.sh   Prints each command with its answer, and last the path of the report folder.
set -eu
cd "$(dirname "$0")/.."
root=$PWD

scripts/setup.sh build
cmake --preset release --log-level=WARNING
cmake --build --preset release
PATH=$root/build/release/src/cli:$PATH
mkdir -p build/demo

# Runs the command on its input after showing it under a heading. Exit code 2 says that the work is
# done and some rows were rejected, which the cohort has on purpose; any other failure ends the demo.
show() {
  line=$(cat)
  printf '\n# %s\n$ %s\n' "$1" "$line"
  code=0
  eval "$line" || code=$?
  case $code in
    0) ;;
    2) echo "(exit code 2: done, but some rows were rejected; that is expected here)" ;;
    *) echo "demo: the last command failed with exit code $code" >&2; exit "$code" ;;
  esac
}

show 'A folder of exports, a people sheet and a mentoring sheet become one network.' <<'LINE'
kith build datasets/cohort -o build/demo/cohort.kith
LINE
show 'What is inside, and which rows could not be used?' <<'LINE'
kith info build/demo/cohort.kith --rejects
LINE
show 'Who works at Acme Robotics?' <<'LINE'
kith find build/demo/cohort.kith 'company:"Acme Robotics"'
LINE
show 'Who can introduce Noor Haddad to a hiring manager there?' <<'LINE'
kith intro build/demo/cohort.kith --from 'Noor Haddad' --to 'company:"Acme Robotics" title:"hiring manager"'
LINE
show 'Who holds the community together, and what falls apart without them?' <<'LINE'
kith bridges build/demo/cohort.kith --top 5
LINE
show 'How do the cohorts compare, and who is left out?' <<'LINE'
kith cohort build/demo/cohort.kith --group cohort --target 'company:"Acme Robotics"'
LINE
show 'Who was mentored, and mentors in turn?' <<'LINE'
kith chains build/demo/cohort.kith --top 5
LINE
show 'All of it, as one folder to browse.' <<'LINE'
kith report build/demo/cohort.kith --from 'Noor Haddad' --to 'company:"Acme Robotics"' -o build/demo/report
LINE
show 'Is the folder whole?' <<'LINE'
kith check build/demo/report
LINE

printf '\nThe report: %s\n' "$root/build/demo/report"
