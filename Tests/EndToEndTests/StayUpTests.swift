import Glibc
import Testing

/// The server under load, with clients that do not read, and with a database that does not answer.
@Suite(.enabled(if: Program.isBuilt), .serialized) struct StayUpTests {
    /// 35 seconds at 100,000 events a minute for 50 streams; a client that never reads, and one that is cut off again and again.
    /// In a debug build, the limit of memory is the same as in a release.
    @Test(
        .enabled(if: access("/usr/bin/python3", X_OK) == 0, "Python plays the PBX and the clients"),
        .timeLimit(.minutes(10))
    )
    func `fifty streams at 100,000 events a minute stay right, and a client that does not read is dropped`()
        async throws
    {
        let script = "/usr/bin/python3 '\(Program.root)/Tests/EndToEndTests/Streams/streams.py'"
        let result = try await Program.shell(
            """
            folder=$(mktemp -d); trap 'kill $pbx; rm -rf "$folder"' EXIT; export CRM_VOIP_DATA=$folder/data
            table=CRM_VOIP_PBX_MAIN_AMI
            \(script) pbx "$folder/port" 100000 35 "$folder/go" "$folder/state" & pbx=$!
            for i in $(seq 300); do [ -e "$folder/port" ] && break; sleep 0.1; done
            env ${table}_HOST=127.0.0.1 ${table}_PORT=$(cat "$folder/port") ${table}_USERNAME=crm ${table}_SECRET=x \
                crm-voip serve --listen 127.0.0.1:0 --open-role admin 2>"$folder/log" & pid=$!
            for i in $(seq 300); do
                port=$(sed -n 's/^The server listens on 127.0.0.1:\\([0-9]*\\)\\.$/\\1/p' "$folder/log")
                [ -n "$port" ] && break
                sleep 0.1
            done
            sleep 2
            timeout 240 \(script) watch $port $pid 50 "$folder/go" "$folder/state"
            kill -TERM $pid; wait $pid; echo "status $?"; cat "$folder/log" >&2
            """
        )
        #expect(
            result.output == """
                server right True
                streams right 50
                right after cuts True enough cuts True
                dropped 1 in time True
                events lost 0
                small enough True
                status 0

                """,
            "\(result.output) \(result.errors)"
        )
    }

    @Test(
        .enabled(if: access("/usr/bin/psql", X_OK) == 0, "psql blocks the reports"),
        .timeLimit(.minutes(10))
    )
    func `two blocked reports hold up neither the board nor the metrics`() async throws {
        let csv =
            #""","03012345","101","from-trunk","","PJSIP/trunk-1","PJSIP/101-2","Dial","","2026-11-22 12:00:00",,"#
            + #""2026-11-22 12:00:20",20,0,"NO ANSWER","DOCUMENTATION","1795348800.1","","","1795348800.1",1"#
        let result = try await Program.shell(
            """
            exec bash -c '
            folder=$(mktemp -d); trap "rm -rf \\"$folder\\"" EXIT; chmod 755 "$folder"; export CRM_VOIP_DATA=$folder/data
            printf "%s\\n" "$1" >"$folder/Master.csv"; crm-voip etl --file "$folder/Master.csv" --timezone UTC --quiet
            crm-voip serve --listen 127.0.0.1:0 --open-role lead 2>"$folder/log" & pid=$!
            for i in $(seq 300); do
                port=$(sed -n "s/^The server listens on 127.0.0.1:\\([0-9]*\\)\\.\\$/\\1/p" "$folder/log")
                [ -n "$port" ] && break
                sleep 0.1
            done
            get() {
                exec 3<>"/dev/tcp/127.0.0.1/$port"
                printf "GET %s HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n" "$1" >&3
                head -1 <&3; cat <&3 >/dev/null; exec 3>&-
            }
            echo "report $(get /reports/calls.json?days=7)"
            psql -X -q -At -h "$CRM_VOIP_DATA/run" -U crm_voip crm_voip \
                -c "begin; lock table voip.call, voip.cdr; select pg_sleep(10); rollback" >/dev/null & lock=$!
            sleep 1
            for i in 1 2 3; do { echo "late $(get /reports/calls.json?days=7)" >>"$folder/late"; } & reports="$reports $!"; done
            sleep 0.5
            for i in $(seq 10); do for page in /metrics /wall /api/v1/live; do get $page; done; done | sort | uniq -c
            [ -e "$folder/late" ] || echo "before the reports"
            wait $lock $reports; cat "$folder/late"
            kill -TERM $pid; wait $pid; echo "status $?"; cat "$folder/log" >&2
            ' bash "$1"
            """,
            [csv]
        )
        let lines = result.output.split(whereSeparator: \.isNewline).map { line in
            line.split(separator: " ").joined(separator: " ")
        }
        let ok = "HTTP/1.1 200 OK"
        #expect(
            lines == [
                "report \(ok)", "30 \(ok)", "before the reports", "late \(ok)", "late \(ok)", "late \(ok)", "status 0",
            ],
            "\(result.output) \(result.errors)"
        )
    }

    @Test(.enabled(if: access("/usr/bin/python3", X_OK) == 0, "Python is a fast client"))
    func `a client that sends its next request as soon as it has a response loses none`() async throws {
        let client = """
            import socket, sys
            one = b"GET /healthz HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n"
            def answered(wanted, atonce):
                s = socket.create_connection(("127.0.0.1", int(sys.argv[1]))); s.settimeout(10)
                text = b""
                for n in range(wanted // atonce):
                    s.sendall(one * atonce)
                    while text.count(b"\\r\\n\\r\\nok\\n") < (n + 1) * atonce: text += s.recv(65536)
                return text.count(b"HTTP/1.1 200 OK")
            print(answered(300, 1), answered(300, 10))
            """
        let result = try await ServeTests.served(
            "",
            "/usr/bin/python3 -c \"$client\" $port",
            environment: ["client": client]
        )
        #expect(result.output == "300 300\nstatus 0\n", "\(result.output) \(result.errors)")
    }
}
