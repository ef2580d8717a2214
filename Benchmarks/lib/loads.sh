# Loading Master.csv: the first time, and again with nothing new.

load_crm_voip() { measure "$1" "$program" etl --file "$cdrs/Master.csv" --json "${@:2}"; }

load_psql_copy() {
    measure psql-copy psql -qX -v ON_ERROR_STOP=1 -c "\\copy peer.cdr_any from '$cdrs/Master.csv' csv"
}

# Both files one after the other, as psql does not read two at once.
load_psql_copy_both() {
    measure psql-copy-both psql -qX -v ON_ERROR_STOP=1 -c "\\copy peer.cdr_any from '$cdrs/Master.csv' csv" \
        -c "\\copy peer.queue_event from '$work/queue_log.even' with (format csv, delimiter '|', quote E'\\b')"
}

staging="create temp table stage (like peer.cdr)"
merge="insert into peer.cdr select * from stage on conflict do nothing"

load_psql_staging() {
    measure "$1" psql -qX1 -v ON_ERROR_STOP=1 -c "$staging" -c "\\copy stage from '$cdrs/Master.csv' csv" -c "$merge"
}

# The closest that SQL gets to the program's work without knowing the PBX: calls by their linkedid.
calls="insert into peer.call
    select linkedid, min(start_at), max(end_at), min(answer_at), min(disposition), (array_agg(src order by sequence))[1],
        (array_agg(dst order by sequence))[1], min(lastdata) filter (where lastapp = 'Queue'), sum(billsec_s), count(*)
    from peer.cdr group by linkedid"

load_psql_calls() {
    measure psql-calls psql -qX1 -v ON_ERROR_STOP=1 -c "$staging" -c "\\copy stage from '$cdrs/Master.csv' csv" \
        -c "$merge" -c "$calls"
}

load_row_by_row() {
    measure row-by-row bash -c 'python3 "$0/lib/row_by_row.py" "$1" | psql -qX -v ON_ERROR_STOP=1' "$here" \
        "$work/sample.csv"
}

load_pgloader() {
    cat >"$work/pgloader.load" <<LOAD
load csv from '$cdrs/Master.csv' (accountcode, src, dst, dcontext, clid, channel, dstchannel, lastapp, lastdata,
        start_at [null if blanks], answer_at [null if blanks], end_at, duration_s, billsec_s, disposition, amaflags,
        uniqueid, userfield, peeraccount, linkedid, sequence)
    into postgresql://crm_voip@unix:$PGHOST:5432/bench
    target table peer.cdr_any
    with fields optionally enclosed by '"', fields escaped by double-quote, fields terminated by ',';
LOAD
    measure pgloader pgloader --quiet "$work/pgloader.load"
}

measure_loads() {
    sample_rows=$((rows / 100))
    head -n "$sample_rows" "$cdrs/Master.csv" >"$work/sample.csv"
    # \copy wants as many fields in every line.
    awk -F '|' -v OFS='|' '{ NF = 10; print }' "$cdrs/queue_log" >"$work/queue_log.even"
    for _ in $(seq "$repeats"); do
        fresh_database
        load_psql_copy
        fresh_database
        load_crm_voip crm-voip
        settle
        load_crm_voip crm-voip-again
        fresh_database
        load_psql_staging psql-staging
        settle
        load_psql_staging psql-staging-again
        fresh_database
        load_psql_copy_both
        fresh_database
        load_crm_voip crm-voip-log --queue-log "$cdrs/queue_log"
        fresh_database
        load_psql_calls
        if command -v python3 >/dev/null; then
            fresh_database
            load_row_by_row
        fi
    done
    # Much slower than the others: one run is enough to show the order of magnitude.
    if command -v pgloader >/dev/null; then
        fresh_database
        load_pgloader
    fi
}

report_loads() {
    echo "## Loading $(thousands "$rows") CDRs of Master.csv"
    echo
    table_head 'first load' rows '\copy'
    row psql-copy "$rows" psql-copy '`psql \copy … csv`: all rows, the repeated ones too; a second run doubles them'
    row crm-voip "$rows" psql-copy '**`crm-voip etl`**: legs once, and calls, numbers, queue visits'
    row psql-staging "$rows" psql-copy '`psql \copy` to a temporary table, `INSERT … ON CONFLICT DO NOTHING`'
    row psql-calls "$rows" psql-copy 'the same, and calls by one `GROUP BY linkedid`'
    row pgloader "$rows" psql-copy 'pgloader, once'
    row row-by-row "$rows" psql-copy "Python, an \`INSERT\` a row; $(thousands "$sample_rows") rows measured, times 100" 100
    echo
    table_head 'first load, with the queue_log' CDRs '\copy of both'
    row psql-copy-both "$rows" psql-copy-both '`psql \copy` of both files, the queue_log into a table with two indexes'
    row crm-voip-log "$rows" psql-copy-both '**`crm-voip etl`**: events, visits and agents'"'"' sessions besides'
    echo
    table_head 'again, nothing new' rows 'the first \copy'
    row crm-voip-again "$rows" psql-copy '**`crm-voip etl`**'
    row psql-staging-again "$rows" psql-copy '`psql \copy` to a temporary table, `INSERT … ON CONFLICT DO NOTHING`'
    echo
}
