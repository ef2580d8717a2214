# Throw-away servers. All contenders are measured in the same PostgreSQL: the embedded one with its own settings,
# started by the program itself, so that no second list of settings has to be kept in step.

# The user that runs a database server: not root.
server_user() {
    if [ "$(id -u)" -ne 0 ]; then id -un; else echo "$1"; fi
}

as_user() {
    local user=$1
    shift
    if [ "$user" = "$(id -un)" ]; then "$@"; else setpriv --reuid="$user" --regid="$user" --clear-groups "$@"; fi
}

start_postgres() {
    export CRM_VOIP_DATA="$work/warehouse"
    # Any command opens the warehouse and brings its schema up to date.
    CRM_VOIP_WAREHOUSE_KEEP=true "$program" warehouse migrate --quiet >/dev/null
    postmaster=$(head -n 1 "$CRM_VOIP_DATA/postgresql/postmaster.pid")
    export PGHOST="$CRM_VOIP_DATA/run" PGUSER=crm_voip PGDATABASE=bench PGOPTIONS='-c client_min_messages=warning'
    # From here on the program is given the address, as if the server were the user's own.
    export CRM_VOIP_WAREHOUSE_URL="postgresql:///bench?host=$PGHOST&user=crm_voip"
    psql -qXd postgres -c 'alter database crm_voip rename to model'
    psql -qXd model -v ON_ERROR_STOP=1 -f "$here/lib/peers.sql"
}

start_mariadb() {
    local user
    user=$(server_user mysql)
    mysql="$work/mariadb"
    mkdir -m 755 "$mysql"
    chown "$user" "$mysql"
    mariadb-install-db --no-defaults --user="$user" --datadir="$mysql/data" --auth-root-authentication-method=normal \
        --skip-test-db >"$mysql.install.log" 2>&1
    as_user "$user" mariadbd --no-defaults --datadir="$mysql/data" --socket="$mysql/socket" --skip-networking \
        --pid-file="$mysql/pid" --innodb-buffer-pool-size=1G --secure-file-priv= >"$mysql.log" 2>&1 &
    for _ in $(seq 100); do
        mariadb-admin --no-defaults --socket="$mysql/socket" -u root ping >/dev/null 2>&1 && return 0
        sleep 0.1
    done
    echo "run: MariaDB does not start; see $mysql.log" >&2
    return 1
}

stop_servers() {
    if [ -n "${mysql:-}" ] && [ -s "$mysql/pid" ]; then
        local pid
        pid=$(cat "$mysql/pid")
        kill "$pid" && while kill -0 "$pid" 2>/dev/null; do sleep 0.1; done
        unset mysql
    fi
    if [ -n "${postmaster:-}" ] && kill -INT "$postmaster" 2>/dev/null; then
        while kill -0 "$postmaster" 2>/dev/null; do sleep 0.1; done
        unset postmaster
    fi
}

# A database as the migrations leave it, without anything left over from the last contender.
fresh_database() {
    psql -qXd postgres -c 'drop database if exists bench with (force)'
    psql -qXd postgres -c 'create database bench template model'
    settle
}

settle() {
    psql -qXd postgres -c checkpoint
}
