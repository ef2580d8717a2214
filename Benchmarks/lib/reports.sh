# Reports on a warehouse full of queue visits, with warm caches.

measure_reports() {
    fresh_database
    measure visits-load "$program" etl --queue-log "$log/queue_log" --json
    # The state in which autovacuum leaves the tables within a minute.
    psql -qX -c 'vacuum analyze'
    settle
    visits_stored=$(psql -qXAt -c 'select count(*) from voip.queue_visit')
    read -r first last <<<"$(psql -qXAt -F ' ' -c "
        select min(entered_at)::date, max(entered_at)::date + 1 from voip.queue_visit")"
    # A week from the middle, Monday to Monday.
    read -r week monday sunday <<<"$(psql -qXAt -F ' ' -c "
        select to_char(day, 'IYYY-\"W\"IW'), day::date, (day + interval '7 days')::date
        from date_trunc('week', '$first'::date + ('$last'::date - '$first'::date) / 2) as day")"
    local of_week="entered_at >= '$monday' and entered_at < '$sunday'"
    visits_of_week=$(psql -qXAt -c "select count(*) from voip.queue_visit where $of_week")
    local count="select queue, count(*), avg(wait_s) from voip.queue_visit"
    "$program" report queues --from "$first" --to "$last" --format csv >/dev/null
    for _ in $(seq $((repeats + 2))); do
        measure count-week psql -qX -c "$count where $of_week group by 1"
        measure queues-week "$program" report queues --week "$week" --format csv
        measure agents-week "$program" report agents --week "$week" --format csv
        measure count-all psql -qX -c "$count group by 1"
        measure queues-all "$program" report queues --from "$first" --to "$last" --format csv
        measure queues-days "$program" report queues --from "$first" --to "$last" --interval day --format csv
    done
}

report_reports() {
    echo "## Reports over $(thousands "$visits_stored") queue visits, warm"
    echo
    echo "The week, $week, has $(thousands "$visits_of_week") of them; all are from $first to $last, the last day not included."
    echo
    table_head 'report' visits '`psql` count'
    row count-week "$visits_of_week" count-week '`psql`: `count(*)` and `avg(wait_s)` by queue, a week'
    row queues-week "$visits_of_week" count-week '**`crm-voip report queues`**, a week'
    row agents-week "$visits_of_week" count-week '**`crm-voip report agents`**, a week'
    row count-all "$visits_stored" count-all '`psql`: `count(*)` and `avg(wait_s)` by queue, all'
    row queues-all "$visits_stored" count-all '**`crm-voip report queues`**, all'
    row queues-days "$visits_stored" count-all '**`crm-voip report queues --interval day`**, all'
    echo
}
