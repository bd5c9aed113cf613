#!/bin/sh
# Behaves as the official image does where Testcontainers needs it: sets up once, says so twice, then serves.
set -e
PATH=$(echo /usr/lib/postgresql/*/bin):$PATH
export PGDATA=/var/lib/postgresql/data
if [ "$(id -u)" = 0 ]; then
  mkdir -p "$PGDATA" /var/run/postgresql
  chown postgres "$PGDATA" /var/run/postgresql
  exec setpriv --reuid=postgres --regid=postgres --init-groups "$0" "$@"
fi
printf '%s' "$POSTGRES_PASSWORD" > /tmp/pw
initdb --auth=scram-sha-256 --username="${POSTGRES_USER:-postgres}" --pwfile=/tmp/pw --encoding=UTF8 --locale=C.UTF-8 > /dev/null
rm /tmp/pw
echo "listen_addresses = '*'" >> "$PGDATA/postgresql.conf"
echo "host all all all scram-sha-256" >> "$PGDATA/pg_hba.conf"
echo "database system is ready to accept connections" >&2
exec "$@"
