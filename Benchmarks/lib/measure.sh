# Measures a whole process, from its start to its end, and what it cost the server.

# The processor seconds of the server's processes that have ended: those of one contender, as each has its own
# connection.
server_cpu() {
    sed 's/^.*) //' "/proc/$postmaster/stat" | awk -v tick="$(getconf CLK_TCK)" '{ print ($14 + $15) / tick }'
}

# measure NAME COMMAND…: one sample. Its output goes to a file; if it fails, everything ends.
measure() {
    local name=$1 status=0 before begun ended
    shift
    before=$(server_cpu)
    begun=$EPOCHREALTIME
    /usr/bin/time -q -o "$work/time" -f '%U %S %M' "$@" >"$work/out" 2>"$work/err" || status=$?
    ended=$EPOCHREALTIME
    if [ "$status" -ne 0 ]; then
        echo "run: $name failed with $status:" >&2
        head -n 20 "$work/err" >&2
        exit 1
    fi
    sleep 0.2 # until the server has buried the connection's process
    awk -v OFS='\t' -v name="$name" -v seconds="$(awk "BEGIN { print $ended - $begun }")" \
        -v server="$(awk "BEGIN { print $(server_cpu) - $before }")" -v busy="$(cut -d' ' -f1 /proc/loadavg)" \
        '{ print name, seconds, $1 + $2, server, $3 / 1024, busy }' "$work/time" | tee -a "$work/samples" >&2
}

# median NAME COLUMN [FACTOR]: the median of all samples with that name. Columns: 2 seconds, 3 client CPU, 4 server CPU,
# 5 MB.
median() {
    awk -F '\t' -v name="$1" -v column="$2" '$1 == name { print $column }' "$work/samples" | sort -g | awk '
        { value[NR] = $1 }
        END { if (NR) print NR % 2 ? value[(NR + 1) / 2] : (value[NR / 2] + value[NR / 2 + 1]) / 2 }'
}

has_samples() { grep -q "^$1	" "$work/samples"; }

# The median of the ratio of each turn's sample of NAME to the same turn's YARDSTICK: a slow turn affects both.
# ratio NAME YARDSTICK [SCALE]
ratio() {
    paste <(awk -F '\t' -v name="$1" '$1 == name { print $2 }' "$work/samples") \
        <(awk -F '\t' -v name="$2" '$1 == name { print $2 }' "$work/samples") |
        awk -F '\t' -v scale="${3:-1}" '$1 && $2 { print $1 / $2 * scale }' | sort -g | awk '
        { value[NR] = $1 }
        END { printf "%.2f", NR % 2 ? value[(NR + 1) / 2] : (value[NR / 2] + value[NR / 2 + 1]) / 2 }'
}

best() { awk -F '\t' -v name="$1" '$1 == name { print $2 }' "$work/samples" | sort -g | head -n 1; }

# A row of a table: text, median and best seconds, rows per second, ratio to the yardstick, processor time of client and
# server, the ratio of both together to the yardstick's, memory.
# row NAME ROWS YARDSTICK TEXT [SCALE]
row() {
    has_samples "$1" || return 0
    text=$4 awk -v seconds="$(median "$1" 2)" -v best="$(best "$1")" -v ratio="$(ratio "$1" "$3" "${5:-1}")" \
        -v rows="$2" -v scale="${5:-1}" \
        -v client="$(median "$1" 3)" -v server="$(median "$1" 4)" -v memory="$(median "$1" 5)" \
        -v work="$(awk "BEGIN { print $(median "$3" 3) + $(median "$3" 4) }")" '
        function short(number) { return number < 10 ? sprintf("%.2f", number) : sprintf("%.1f", number) }
        BEGIN {
            seconds *= scale; best *= scale; client *= scale; server *= scale
            rate = rows / best
            printf "| %s | %s | %s | %s | %s | %s | %s | %s | %.0f |\n", ENVIRON["text"], short(seconds), short(best),
                (rate >= 1000 ? sprintf("%d k", rate / 1000) : sprintf("%d", rate)), ratio, short(client), short(server),
                (work > 0.1 ? sprintf("%.2f", (client + server) / work) : "–"), memory
        }'
}

# table_head WHAT UNIT YARDSTICK
table_head() {
    printf '| %s | seconds | best | %s/s | ÷ %s | CPU client | CPU server | CPU ÷ | peak MB |\n' "$@"
    echo '| --- | --: | --: | --: | --: | --: | --: | --: | --: |'
}
