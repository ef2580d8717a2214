# Reading the file only.

measure_parsing() {
    has_inspect=$("$program" --help | grep -q "^ *inspect " && echo yes || true)
    for _ in $(seq "$repeats"); do
        measure wc wc -l "$cdrs/Master.csv"
        if [ -n "$has_inspect" ]; then measure inspect "$program" inspect "$cdrs/Master.csv"; fi
        if command -v python3 >/dev/null; then
            measure python-csv python3 -c \
                'import csv, sys; print(sum(1 for _ in csv.reader(open(sys.argv[1], newline="", encoding="utf-8"))))' \
                "$cdrs/Master.csv"
        fi
    done
}

report_parsing() {
    echo "## Reading $(thousands "$rows") CDRs, and nothing else"
    echo
    table_head 'reader' rows '`wc -l`'
    row wc "$rows" wc '`wc -l`: counts line ends'
    row inspect "$rows" wc '**`crm-voip inspect`**: every field read and checked, times against uniqueids'
    row python-csv "$rows" wc 'Python'"'"'s `csv` (in C): fields as strings, unchecked'
    echo
}
