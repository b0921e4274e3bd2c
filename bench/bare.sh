#!/bin/sh
# The git steps of N tasks, by hand: what a careful person would script to get what Fleet promises. Run in a folder with
# a person's `repository` and an empty `hub.git`; 30 tasks at once, landings one at a time.
set -e
if [ "$1" != task ]; then
  mkdir -p worktrees
  seq "$1" | xargs -P 30 -n 1 sh "$0" task
  exit
fi
task=$2 here=$PWD
one_at_a_time() { flock "$here/lock" "$@"; }

# A private checkout of the newest trunk, and the work itself.
one_at_a_time git -C hub.git fetch -q --no-tags ../repository +refs/heads/main:refs/fleet/trunk
git -C hub.git update-ref "refs/fleet/base/$task" refs/fleet/trunk
git init -q --template= "worktrees/$task"
cd "worktrees/$task"
echo "$here/hub.git/objects" >.git/objects/info/alternates
git update-ref "refs/heads/fleet/$task" "$(git -C "$here/hub.git" rev-parse "refs/fleet/base/$task")"
git symbolic-ref HEAD "refs/heads/fleet/$task"
git read-tree -m -u HEAD
echo "$task" >"new$task"
git add "new$task"
git -c user.name=Bench -c user.email=bench@example.org commit -qm "$task"
cd "$here"

# Its work is kept in the hub and in the person's repository; did anything else change there?
git -C hub.git fetch -q --no-tags "../worktrees/$task" "+refs/heads/fleet/$task:refs/fleet/kept/$task"
test -z "$(git -C "worktrees/$task" status --porcelain)"
git -C repository fetch -q --no-tags ../hub.git "+refs/fleet/kept/$task:refs/fleet/kept/$task"
test -z "$(one_at_a_time git -C repository --no-optional-locks status --porcelain)"

# The landing: merge with trunk as it is now, bring the person's files along, move the ref, look at it again.
cat >"worktrees/$task.sh" <<'END'
set -e
git -C hub.git fetch -q --no-tags ../repository +refs/heads/main:refs/fleet/trunk
trunk=$(git -C hub.git rev-parse refs/fleet/trunk)
tree=$(git -C hub.git merge-tree --write-tree "$trunk" "refs/fleet/kept/$1")
commit=$(git -C hub.git -c user.name=Bench -c user.email=bench@example.org \
  commit-tree "$tree" -p "$trunk" -p "refs/fleet/kept/$1" -m "$1")
git -C hub.git update-ref "refs/fleet/candidate/$1" "$commit"
cd repository
git fetch -q --no-tags ../hub.git "refs/fleet/candidate/$1"
test -z "$(git --no-optional-locks status --porcelain)"
git read-tree -m -u "$trunk" "$commit"
git update-ref refs/heads/main "$commit" "$trunk"
test "$(git rev-parse "refs/heads/main^{tree}")" = "$tree"
git merge-base --is-ancestor "$trunk" refs/heads/main
test -z "$(git --no-optional-locks status --porcelain)"
END
one_at_a_time sh "worktrees/$task.sh" "$task"
rm -rf "worktrees/$task"
