# Questions that administrators ask the list of calls; each of them is a whole process, from its start to its end.

value() { psql -qXAt -c "$1" | head -n 1; }

# value_of COLUMN PLACE: the value that most calls have (0), the median by frequency (0.5), or the rarest (1).
value_of() {
    value "select v from (select $1 as v, row_number() over (order by count(*) desc, $1) - 1 as place, count(*) over () as n
        from voip.calls where $1 is not null group by 1) as x where place = floor($2 * (n - 1))"
}

# id_at COLUMN VIEW PLACE: an id from the beginning (0) to the end (1) of the view.
id_at() { value "select $1 from voip.$2 order by $1 offset (select floor($3 * (count(*) - 1))::int from voip.$2) limit 1"; }

# ask WORD…: one question, its words separated by tabs.
ask() { (IFS=$'\t' && echo "$*"); }

call_questions() {
    local place number extension agent queue id first last
    last=$(value "select (max(started_at) at time zone 'UTC')::date from voip.calls")
    first=$(value "select ('$last'::date - 10)")
    for place in 0 0.001 0.1 0.5 1; do
        number=$(value_of customer_e164 "$place")
        ask calls --number "$number"
        ask calls --number "8${number:2}" --direction outbound
        ask calls --number "$number" --from "$first" --to "$last"
        ask calls --number "${number: -7}"
        ask calls --number "${number: -4}"
    done
    ask calls --number +79990000001
    ask calls --number 9990000001
    for place in 0 0.5 1; do
        extension=$(value_of extension "$place")
        agent=$(value_of agent "$place")
        queue=$(value_of queue "$place")
        id=$(id_at uniqueid legs "$place")
        ask calls --number "$extension"
        ask calls --agent "$extension"
        ask calls --agent "$extension" --disposition busy
        ask calls --agent "$agent"
        ask calls --agent "$agent" --from "$first"
        ask calls --queue "$queue"
        ask calls --queue "$queue" --disposition no_answer --from "$first"
        ask calls --recording "external-101-20260316-120000-$id.wav"
        ask call "$id"
        ask call "$(id_at linkedid calls "$place")"
    done
    for place in inbound outbound internal unknown; do ask calls --direction "$place"; done
    for place in answered no_answer busy failed; do ask calls --disposition "$place"; done
    ask calls
    ask calls --limit 1000
    ask calls --from "$first" --to "$(value "select '$first'::date + 1")"
    ask calls --from "$first" --disposition failed --direction outbound
    ask calls --direction unknown --disposition busy
    ask calls --agent 999
    ask call pbx-1.1
}

measure_calls() {
    local question words begun
    fresh_database
    load_crm_voip calls-load --queue-log "$cdrs/queue_log"
    # The state in which autovacuum leaves the tables within a minute.
    psql -qX -c 'vacuum analyze'
    settle
    calls_stored=$(value 'select count(*) from voip.call')
    call_questions >"$work/questions"
    : >"$work/answers"
    # The first turn is a warm-up.
    for turn in $(seq 0 "$repeats"); do
        while IFS= read -r question; do
            IFS=$'\t' read -ra words <<<"$question"
            begun=$EPOCHREALTIME
            # A search that finds no call takes time, too.
            "$program" "${words[@]}" --quiet >"$work/out" 2>"$work/err" || grep -q 'No call has\|Unknown agent' "$work/err" || {
                echo "run: ${words[*]} failed:" >&2
                cat "$work/err" >&2
                exit 1
            }
            [ "$turn" -eq 0 ] ||
                awk -v question="${words[*]}" "BEGIN { print question \"\t\" $EPOCHREALTIME - $begun }" >>"$work/answers"
        done <"$work/questions"
    done
    sort -t$'\t' -k1,1 -k2,2g "$work/answers" | awk -F '\t' -v OFS='\t' '
        function median() { if (n) print (n % 2 ? value[(n + 1) / 2] : (value[n / 2] + value[n / 2 + 1]) / 2), last }
        $1 != last { median(); n = 0; last = $1 }
        { value[++n] = $2 }
        END { median() }' | sort -g >"$work/medians"
}

report_calls() {
    echo "## Questions of the list of calls, $(thousands "$calls_stored") calls, warm"
    echo
    awk -F '\t' '
        { second[NR] = $1; question[NR] = $2; if ($1 < 0.2) quick++ }
        END {
            printf "%d questions, each a whole process: %.3f to %.3f seconds, half of them in %.3f; %d in less than 0.2.\n\n",
                NR, second[1], second[NR], second[int((NR + 1) / 2)], quick
            print "| the slowest | seconds |\n| --- | --: |"
            for (i = NR; i > NR - 8 && i > 0; i--) printf "| `crm-voip %s` | %.3f |\n", question[i], second[i]
        }' "$work/medians"
    echo
}
