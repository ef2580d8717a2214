import Glibc
import Testing

/// The server as a program: what it prints, how it answers and what it leaves behind.
@Suite(.enabled(if: Program.isBuilt)) struct ServeTests {
    /// Starts the server on a port chosen by the system, runs lines of bash with `$port` and `$pid`, and ends it.
    static func served(
        _ options: String,
        _ lines: String,
        before: String = "",
        environment: [String: String] = [:]
    ) async throws -> Program.Result {
        let script = """
            folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
            # An embedded database runs as another user where root tests.
            chmod 755 "$folder"; export CRM_VOIP_DATA=$folder/data
            \(before)
            crm-voip serve --listen 127.0.0.1:0 \(options) 2>"$folder/log" & pid=$!
            for i in $(seq 300); do
                port=$(sed -n 's/^The server listens on 127.0.0.1:\\([0-9]*\\)\\.$/\\1/p' "$folder/log")
                [ -n "$port" ] && break
                sleep 0.1
            done
            ask() { exec 3<>"/dev/tcp/127.0.0.1/$port"; printf '%s\\r\\n' "$@" '' >&3; cat <&3; exec 3>&-; }
            \(lines)
            kill -TERM $pid 2>/dev/null
            wait $pid; echo "status $?"
            cat "$folder/log" >&2
            """
        return try await Program.shell("exec bash -c \"$1\"", [script], environment: environment)
    }

    @Test func `it answers on loopback, and SIGTERM ends it with 0`() async throws {
        let result = try await Self.served(
            "",
            "ask 'GET /healthz HTTP/1.1' 'Host: localhost' 'Connection: close'"
        )
        #expect(result.output.hasPrefix("HTTP/1.1 200 OK\r\n"), "\(result.errors)")
        #expect(result.output.contains("Content-Security-Policy: default-src 'none';"))
        #expect(result.output.hasSuffix("\r\n\r\nok\nstatus 0\n"))
    }

    @Test(arguments: [("", "de"), ("ru", "ru")])
    func `pages are in the installation's language, else in the browser's`(
        installed: String,
        expected: String
    ) async throws {
        let result = try await Self.served(
            "--open-role viewer",
            "ask 'GET /agents HTTP/1.1' 'Host: localhost' 'Accept-Language: de' 'Connection: close'",
            environment: installed.isEmpty ? [:] : ["CRM_VOIP_LANGUAGE": installed]
        )
        #expect(result.output.contains("<html lang=\"\(expected)\""), "\(result.output) \(result.errors)")
        #expect(result.output.contains(expected == "de" ? "<h1>Agenten</h1>" : "<h1>Операторы</h1>"))
    }

    @Test func `looking at callers is logged, and looking at figures is not`() async throws {
        let csv =
            #""","03012345","101","from-trunk","","PJSIP/trunk-1","PJSIP/101-2","Dial","","2026-11-22 12:00:00",,"#
            + #""2026-11-22 12:00:20",20,0,"NO ANSWER","DOCUMENTATION","1795348800.1","","","1795348800.1",1"#
        let result = try await Self.served(
            "--open-role lead",
            """
            echo '\(csv)' >"$folder/Master.csv"; crm-voip etl --file "$folder/Master.csv" --timezone UTC --quiet
            for page in '/reports?report=queues' '/reports?report=lost-calls' /reports/lost-calls.csv /history; do
                ask "GET $page HTTP/1.1" 'Host: localhost' 'Connection: close' | head -1
            done
            sed 's/.*"what":"\\([^"]*\\)","which":"\\([^"]*\\)".*/\\1 \\2/' "$CRM_VOIP_DATA/serve-access.log"
            stat -c %a "$CRM_VOIP_DATA/serve-access.log"
            """
        )
        let lines = result.output.split(whereSeparator: \.isNewline)
        #expect(lines.prefix(4).allSatisfy { $0 == "HTTP/1.1 200 OK" }, "\(result.output) \(result.errors)")
        #expect(
            lines.dropFirst(4).map { $0 } == ["report lost-calls", "report lost-calls", "calls ", "600", "status 0"],
            "\(result.output) \(result.errors)"
        )
    }

    @Test func `SIGTERM ends twenty open streams within five seconds`() async throws {
        let result = try await Self.served(
            "",
            """
            for i in $(seq 20); do
                exec {stream}<>"/dev/tcp/127.0.0.1/$port"
                printf 'GET /events/wall HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n' >&$stream
                read -r line <&$stream; echo "$line"
            done
            before=$SECONDS; kill -TERM $pid; wait $pid; echo "took $((SECONDS - before < 5))"
            """
        )
        #expect(
            result.output.split(whereSeparator: \.isNewline).count { $0 == "HTTP/1.1 200 OK" } == 20,
            "\(result.errors)"
        )
        #expect(result.output.contains("took 1\n"))
    }

    @Test(arguments: [
        ("GET / HTTP/1.1\\r\\nHost: evil.example\\r\\nConnection: close\\r\\n\\r\\n", "421"),
        ("rubbish\\r\\n\\r\\n", "400"),
        ("POST /login HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length: 100000\\r\\n\\r\\n%0100000d", "413"),
        ("GET / HTTP/1.1\\r\\nHost: localhost\\r\\nX: %020000d\\r\\n\\r\\n", "431"),
    ])
    func `a bad request gets a status and protective header fields`(
        request: String,
        status: String
    ) async throws {
        let result = try await Self.served(
            "",
            "exec 3<>/dev/tcp/127.0.0.1/$port; printf '\(request)' 0 >&3; cat <&3 2>/dev/null"
        )
        #expect(result.output.hasPrefix("HTTP/1.1 \(status) "), "\(result.output) \(result.errors)")
        #expect(result.output.contains("X-Content-Type-Options: nosniff"))
        #expect(result.output.contains("Content-Security-Policy: default-src 'none'; "))
        #expect(result.output.contains("Cache-Control: no-store"))
    }

    @Test(
        .enabled(if: access("/usr/bin/openssl", X_OK) == 0, "openssl makes the certificate"),
        arguments: [
            ("GET /healthz HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n", "200"),
            ("rubbish\\r\\n\\r\\n", "400"),
            ("GET / HTTP/1.1\\r\\nHost: localhost\\r\\nX: %020000d\\r\\n\\r\\n", "431"),
        ]
    )
    func `over TLS, every answer tells the browser to stay with TLS`(request: String, status: String) async throws {
        let result = try await Self.served(
            "",
            "{ printf '\(request)' 0; sleep 1; } | openssl s_client -quiet -connect 127.0.0.1:$port 2>/dev/null",
            before: """
                openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=localhost -days 2 \
                    -keyout "$folder/key" -out "$folder/certificate" 2>/dev/null
                export CRM_VOIP_SERVE_CERTIFICATE=$folder/certificate CRM_VOIP_SERVE_KEY=$folder/key
                """
        )
        #expect(result.output.hasPrefix("HTTP/1.1 \(status) "), "\(result.output) \(result.errors)")
        #expect(result.output.contains("Strict-Transport-Security: max-age=31536000\r\n"))
    }

    @Test(.enabled(if: access("/usr/bin/python3", X_OK) == 0, "Python plays systemd"))
    func `systemd is told when it listens`() async throws {
        let result = try await Program.shell(
            """
            folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; export CRM_VOIP_DATA=$folder NOTIFY_SOCKET=$folder/notify
            /usr/bin/python3 -c '
            import os, socket, sys
            s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); s.bind(os.environ["NOTIFY_SOCKET"]); s.settimeout(30)
            print("bound", file=sys.stderr, flush=True); print(s.recv(100).decode())' 2>"$folder/log" & python=$!
            for i in $(seq 100); do [ -S "$NOTIFY_SOCKET" ] && break; sleep 0.1; done
            crm-voip serve --listen 127.0.0.1:0 2>/dev/null & pid=$!
            wait $python; kill -TERM $pid; wait $pid
            """
        )
        #expect(result.output == "READY=1\n", "\(result.errors)")
    }

    @Test func `it does not listen for other machines without TLS and users`() async throws {
        let result = try await Program.run("serve", "--listen", "0.0.0.0:0")
        #expect(result.status == 78)
        #expect(result.errors.contains("it needs TLS"))
    }

    @Test func `users are added, listed and removed, and their file is private`() async throws {
        let result = try await Program.shell(
            """
            folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; export CRM_VOIP_DATA=$folder
            echo 'correct horse battery' | crm-voip serve user add anna --role lead --queue support
            crm-voip serve user list
            stat -c %a "$folder/serve-users.json"; grep -c 'correct horse' "$folder/serve-users.json"
            echo short | crm-voip serve user add bob --role wall; echo "status $?"
            crm-voip serve user remove anna; crm-voip serve user remove anna; echo "status $?"
            crm-voip serve token add prometheus --scope metrics | grep -c '^cv_[0-9a-f]\\{12\\}_[0-9a-f]\\{64\\}$'
            """
        )
        #expect(result.output == "anna\tlead\tsupport\n600\n0\nstatus 64\nstatus 1\n1\n", "\(result.errors)")
    }
}
