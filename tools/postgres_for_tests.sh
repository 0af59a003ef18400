#!/bin/sh
# A private PostgreSQL server for tests.
#   postgres_for_tests.sh start FOLDER [PID]   makes the server in FOLDER, starts it, prints its
#       DATABASE_URL; with PID it stops by itself when that process is gone, however it ended
#   postgres_for_tests.sh stop FOLDER    stops it and deletes FOLDER
#   postgres_for_tests.sh restart FOLDER | kill FOLDER (as a power cut would, then starts again)
# It listens on a Unix socket in FOLDER only. PostgreSQL refuses to run as root; then the system's
# user "postgres" (or "nobody") takes its place. FOLDER must be short: a socket's path has 107 bytes.
set -eu

usage() { sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2; }
[ $# -eq 2 ] || [ $# -eq 3 ] || usage
action=$1
folder=$2
owner=${3:-}
data=$folder/data

bin=${POSTGRES_BIN:-}
if [ -z "$bin" ]; then
  for found in /usr/lib/postgresql/*/bin; do [ -x "$found/initdb" ] && bin=$found; done
fi
[ -n "$bin" ] || { echo "PostgreSQL is not installed (Debian: postgresql-15)" >&2; exit 1; }

user=
if [ "$(id -u)" -eq 0 ]; then
  user=postgres
  id "$user" >/dev/null 2>&1 || user=nobody
fi
as_user() { if [ -n "$user" ]; then runuser -u "$user" -- "$@"; else "$@"; fi; }

# Speed: a test's data need not survive the machine, so no fsync.
boot() {
  as_user "$bin/pg_ctl" -D "$data" -l "$folder/log" -w -t 60 -s \
    -o "-k $folder -c listen_addresses='' -c fsync=off -c max_connections=80 -c shared_buffers=32MB" start \
    >/dev/null || { cat "$folder/log" >&2; exit 1; }
}

case $action in
  start)
    mkdir -p "$folder"
    [ -z "$user" ] || chown "$user" "$folder"
    as_user "$bin/initdb" -D "$data" -U sextant --auth=trust --encoding=UTF8 --locale=C --no-sync >/dev/null
    boot
    as_user "$bin/createdb" -h "$folder" -U sextant sextant
    if [ -n "$owner" ]; then
      (
        trap '' INT HUP
        while kill -0 "$owner" 2>/dev/null; do sleep 1; done
        [ ! -d "$data" ] || "$0" stop "$folder"
      ) </dev/null >/dev/null 2>&1 &
    fi
    echo "postgresql://sextant@/sextant?host=$folder"
    ;;
  stop)
    as_user "$bin/pg_ctl" -D "$data" -m immediate -w -s stop >/dev/null || true
    rm -rf "$folder"
    ;;
  restart)
    as_user "$bin/pg_ctl" -D "$data" -m fast -w -s stop >/dev/null
    boot
    ;;
  kill)
    as_user "$bin/pg_ctl" -D "$data" -m immediate -w -s stop >/dev/null
    boot
    ;;
  *) usage ;;
esac
