import Testing

/// A database that is down for a while is a reason to try again later (75), not a sign that something is wrong.
@Suite(.enabled(if: Site.canRun, "\(Site.reason)"), .timeLimit(.minutes(10)))
struct EndOfServerTests {
    private static let server = """
        crm-voip etl --file $sample/Master.csv --keep --quiet >/dev/null
        export CRM_VOIP_WAREHOUSE_URL="postgresql://voip_owner@/crm_voip?host=$SITE/data/run"
        sql() { psql -X -q -At -h "$SITE/data/run" -U crm_voip crm_voip -c "$1"; }
        """

    @Test func `a session that the administrator ends`() async throws {
        let site = try Site()
        let result = try await site.shell(
            """
            \(Self.server)
            for try in 1 2 3 4 5; do
                rm -f "$SITE/pipe"; mkfifo "$SITE/pipe"
                crm-voip etl --file "$SITE/pipe" >/dev/null & run=$!
                exec 3>"$SITE/pipe"; head -c 50000 $sample/Master.csv >&3; sleep 1
                sql "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'voip_owner'" >/dev/null
                cat $sample/Master.csv >&3; exec 3>&-
                wait $run; echo $?
            done
            crm-voip etl --file $sample/Master.csv; echo $?
            unset CRM_VOIP_WAREHOUSE_URL; crm-voip warehouse stop
            """
        )
        #expect(result.output == String(repeating: "75\n", count: 5) + "0\n", "\(result.output)\(result.errors)")
    }

    @Test func `the server's limit of sessions is reached`() async throws {
        let site = try Site()
        let result = try await site.shell(
            """
            \(Self.server)
            sql "alter role voip_owner connection limit 0"
            crm-voip report queues; echo $?; crm-voip etl --file $sample/Master.csv; echo $?
            sql "alter role voip_owner connection limit -1"
            unset CRM_VOIP_WAREHOUSE_URL; crm-voip warehouse stop
            """
        )
        #expect(result.output == "75\n75\n", "\(result.output)\(result.errors)")
        #expect(result.errors.contains("too many connections") && !result.errors.contains("LOCATION"))
    }

    @Test func `a server that is shutting down`() async throws {
        let site = try Site()
        let result = try await site.shell(
            """
            \(Self.server)
            pg=$(head -1 "$SITE/data/postgresql/postmaster.pid")
            # A session that is open holds up an end that waits for sessions.
            sql "select pg_sleep(600)" >/dev/null 2>&1 & session=$!
            while [ "$(sql "select count(*) from pg_stat_activity where query ~ '^select pg_sleep'")" != 1 ]; do :; done
            kill -TERM $pg; sleep 1
            crm-voip report queues; echo $?
            kill -INT $pg; kill $session 2>/dev/null; wait
            """
        )
        #expect(result.output == "75\n", "\(result.output)\(result.errors)")
    }

    @Test func `a full device, and a reader of stdout that has gone`() async throws {
        let site = try Site()
        let result = try await site.shell(
            """
            crm-voip etl --file $sample/Master.csv --quiet
            crm-voip report queues >/dev/full; echo $?
            crm-voip report queues >&-; echo $?
            crm-voip report queues | true; crm-voip report queues 2>&- | head -1 | wc -l
            crm-voip etl --file $sample/Master.csv --json >&- 2>&- <&-; echo $?
            test -e "$SITE/data/postgresql/postmaster.pid"; echo $?
            """
        )
        #expect(result.output == "75\n1\n1\n1\n1\n", "\(result.output)\(result.errors)")
    }
}
