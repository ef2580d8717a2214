import Glibc
import Testing
import TestSupport

/// One signal ends a run within ten seconds, even if a database has stopped responding: its processes accept
/// connections and never answer, as on a machine with a hung disk.
@Suite(.enabled(if: Site.canRun, "\(Site.reason)"), .timeLimit(.minutes(10)))
struct FrozenServerTests {
    /// A server that keeps running, its URL, and how to freeze it: the postmaster and its children.
    private static let server = """
        crm-voip warehouse migrate >/dev/null
        crm-voip etl --file $sample/Master.csv --keep --quiet >/dev/null
        pg=$(head -1 "$SITE/data/postgresql/postmaster.pid")
        export CRM_VOIP_WAREHOUSE_URL="postgresql://voip_owner@/crm_voip?host=$SITE/data/run"
        everything() { kill -"$1" "$pg" $(cat /proc/"$pg"/task/"$pg"/children); }
        sessions() { ls /proc/"$pg"/task/"$pg"/children >/dev/null; wc -w </proc/"$pg"/task/"$pg"/children; }
        # Says with which status the run ended, and whether in time.
        ends() { timeout 10 tail --pid="$1" -f /dev/null; echo "$?"; kill -9 "$1" 2>/dev/null; wait "$1"; echo "$?"; }
        """
    private static let stop = """
        everything CONT
        unset CRM_VOIP_WAREHOUSE_URL
        crm-voip warehouse stop
        """

    @Test(arguments: ["TERM 143", "HUP 129", "QUIT 131"])
    func `a statement without an answer`(signal: String) async throws {
        let words = signal.split(separator: " ")
        let site = try Site()
        let result = try await site.shell(
            """
            \(Self.server)
            mkfifo "$SITE/pipe"
            before=$(sessions)
            # A shell without a terminal has what it starts in the background ignore SIGQUIT.
            env --default-signal=QUIT crm-voip etl --file "$SITE/pipe" >/dev/null & run=$!
            exec 3>"$SITE/pipe"
            # A pipe to which nothing is written for five seconds is no input.
            head -n 1 $sample/Master.csv >&3
            while [ "$(sessions)" = "$before" ]; do sleep 0.1; done
            sleep 1; everything STOP
            tail -n +2 $sample/Master.csv >&3; exec 3>&-
            sleep 1; kill -\(words[0]) $run; ends $run
            everything CONT
            crm-voip etl --file $sample/Master.csv --json | grep unchanged
            psql -X -At -h "$SITE/data/run" -U crm_voip crm_voip \\
                -c "select count(*) from voip.etl_run where error like 'It was interrupted%' and exit_status = 1"
            unset CRM_VOIP_WAREHOUSE_URL
            crm-voip warehouse stop
            """
        )
        #expect(result.output.hasPrefix("0\n\(words[1])\n"), "\(result.output)\(result.errors)")
        #expect(result.output.contains("\"unchanged\": 1931") && result.output.hasSuffix("\n1\n"), "\(result.output)")
    }

    @Test func `a connection that is accepted but never greeted`() async throws {
        let site = try Site()
        let result = try await site.shell(
            """
            \(Self.server)
            everything STOP
            for command in "etl --file $sample/Master.csv" "report queues" "warehouse check" "contacts match 100"; do
                crm-voip $command >/dev/null & run=$!
                sleep 1; kill -TERM $run; ends $run
            done
            \(Self.stop)
            """
        )
        #expect(result.output == String(repeating: "0\n143\n", count: 4), "\(result.output)\(result.errors)")
    }

    /// A separate server, so that no other test meets the frozen one.
    @Test(.enabled(if: TestMariaDB.isInstalled, "\(TestMariaDB.reason)"))
    func `a MariaDB server that sends no more rows, or none at all`() async throws {
        let mariadb = try TestMariaDB.shared()
        let site = try Site()
        let result = try await site.shell(
            """
            db="\(mariadb.folder)"; server=$(cat "$db/pid")
            export CRM_VOIP_PBX_MAIN_CDR_DATABASE_SOCKET="$db/s" CRM_VOIP_PBX_MAIN_CDR_DATABASE_USER=root
            export CRM_VOIP_PBX_MAIN_CDR_DATABASE_DATABASE=cdr
            mysql="mariadb --no-defaults -S $db/s -u root"
            $mysql -e "create database cdr; create table cdr.cdr (calldate datetime, clid varchar(80), src varchar(80), \\
                dst varchar(80), dcontext varchar(80), channel varchar(80), dstchannel varchar(80), lastapp varchar(80), \\
                lastdata varchar(80), duration int, billsec int, disposition varchar(45), amaflags int, \\
                accountcode varchar(20), uniqueid varchar(32), userfield varchar(255), index (calldate))"
            $mysql cdr -e "insert into cdr select date_sub(now(), interval seq second), 'a', '100', '200', 'x', \\
                'PJSIP/100-1', 'PJSIP/200-1', 'Dial', '', 10, 5, 'ANSWERED', 3, '', \\
                concat(unix_timestamp() - seq, '.', seq), '' from seq_1_to_300000"
            crm-voip warehouse migrate >/dev/null
            ends() { timeout 10 tail --pid="$1" -f /dev/null; echo "$?"; kill -9 "$1" 2>/dev/null; wait "$1"; echo "$?"; }
            for moment in during before; do
                if [ $moment = before ]; then kill -STOP $server; fi
                crm-voip etl --source mysql --all >/dev/null & run=$!
                sleep 3
                if [ $moment = during ]; then kill -STOP $server; sleep 1; fi
                kill -TERM $run; ends $run
                kill -CONT $server
                test -e "$SITE/data/postgresql/postmaster.pid"; echo $?
            done
            $mysql -e "drop database cdr"
            """
        )
        #expect(result.output == "0\n143\n1\n0\n143\n1\n", "\(result.output)\(result.errors)")
    }
}
