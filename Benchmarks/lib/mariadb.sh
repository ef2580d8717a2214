# The same records from a cdr table like FreePBX's.

fill_mariadb() {
    mariadb_client -e '
        create database asteriskcdrdb default charset utf8mb4;
        create table asteriskcdrdb.cdr (
            calldate datetime not null, clid varchar(80) not null default "", src varchar(80) not null default "",
            dst varchar(80) not null default "", dcontext varchar(80) not null default "",
            channel varchar(80) not null default "", dstchannel varchar(80) not null default "",
            lastapp varchar(80) not null default "", lastdata varchar(80) not null default "",
            duration int not null default 0, billsec int not null default 0,
            disposition varchar(45) not null default "", amaflags int not null default 0,
            accountcode varchar(20) not null default "", uniqueid varchar(32) not null default "",
            userfield varchar(255) not null default "", did varchar(50) not null default "",
            recordingfile varchar(255) not null default "", peeraccount varchar(80) not null default "",
            linkedid varchar(32) not null default "", sequence int not null default 0,
            key (calldate), key (dst), key (accountcode), key (uniqueid), key (did), key (recordingfile)
        ) engine InnoDB'
    mariadb_client --local-infile=1 asteriskcdrdb -e "
        load data local infile '$cdrs/Master.csv' into table cdr character set utf8mb4
        fields terminated by ',' optionally enclosed by '\"' escaped by ''
        (accountcode, src, dst, dcontext, clid, channel, dstchannel, lastapp, lastdata, calldate, @answer, @end,
            duration, billsec, disposition, @amaflags, uniqueid, userfield, peeraccount, linkedid, sequence)
        set amaflags = 3"
}

mariadb_client() { mariadb --no-defaults --socket="$mysql/socket" -u root "$@"; }

piped='mariadb --no-defaults --socket="$0" -u root --quick --batch -N asteriskcdrdb -e "
    select accountcode, src, dst, dcontext, clid, channel, dstchannel, lastapp, lastdata, calldate, duration, billsec,
        disposition, amaflags, uniqueid, userfield, peeraccount, linkedid, sequence from cdr order by calldate" |
    psql -qX -v ON_ERROR_STOP=1 -c "\\copy peer.cdr_any (accountcode, src, dst, dcontext, clid, channel, dstchannel,
        lastapp, lastdata, start_at, duration_s, billsec_s, disposition, amaflags, uniqueid, userfield, peeraccount,
        linkedid, sequence) from pstdin"'

measure_mariadb() {
    command -v mariadbd >/dev/null || { echo "run: mariadbd is not installed, so it is not measured" >&2; return 0; }
    start_mariadb
    fill_mariadb
    export CRM_VOIP_PBX_MAIN_CDR_DATABASE_SOCKET="$mysql/socket" CRM_VOIP_PBX_MAIN_CDR_DATABASE_USER=root
    # \copy must be written on one line.
    piped=$(tr -s '\n ' ' ' <<<"$piped")
    for _ in $(seq "$repeats"); do
        fresh_database
        measure mariadb-psql bash -o pipefail -c "$piped" "$mysql/socket"
        fresh_database
        measure mariadb-crm-voip "$program" etl --source mysql --all --json
        settle
        measure mariadb-crm-voip-again "$program" etl --source mysql --all --json
    done
}

report_mariadb() {
    echo "## Loading $(thousands "$rows") CDRs from MariaDB ($(mariadbd --version | grep -o '[0-9.]*-MariaDB'), InnoDB)"
    echo
    table_head 'from the cdr table' rows 'mariadb, psql'
    row mariadb-psql "$rows" mariadb-psql '`mariadb --quick` piped into `psql \copy`: all rows, the repeated ones too'
    row mariadb-crm-voip "$rows" mariadb-psql '**`crm-voip etl --source mysql`**: legs once, and calls, numbers, visits'
    row mariadb-crm-voip-again "$rows" mariadb-psql '**`crm-voip etl --source mysql`** again, nothing new'
    echo
}
