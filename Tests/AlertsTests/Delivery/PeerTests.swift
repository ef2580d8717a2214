@testable import Alerts
import Base
import Glibc
import Logging
import TestSupport
import Testing

/// Deliveries to software of others.
@Suite struct PeerTests {
    private static let alertmanager = TestProcess.find(["prometheus-alertmanager"])
    private static let hasAiosmtpd = (try? TestProcess.run(["python3", "-c", "import aiosmtpd.controller"])) != nil

    @Test(.timeLimit(.minutes(10)), .enabled(if: alertmanager != nil, "prometheus-alertmanager is not installed"))
    func `Alertmanager takes our alerts, shows them and resolves them`() async throws {
        let folder = try TestProcess.temporaryFolder(named: "crm-voip-am")
        let port = try TestProcess.freePort()
        let configuration = "route:\n  receiver: none\nreceivers:\n- name: none\n"
        try AtomicFile.replace(folder + "/am.yml", with: Array(configuration.utf8))
        let keeper = try TestProcess.startKept(
            [
                try #require(Self.alertmanager), "--config.file=\(folder)/am.yml", "--storage.path=\(folder)/data",
                "--web.listen-address=127.0.0.1:\(port)", "--cluster.listen-address=",
            ],
            removing: folder,
            log: folder + "/log"
        )
        defer { close(keeper) }
        let client = HTTPClient(tls: try ClientTLS())
        let base = try #require(EndpointURL("http://127.0.0.1:\(port)"))
        func get(_ path: String) async -> String? {
            let request = HTTPRequest(method: "GET", url: base.appending(path: path), headers: [], body: [])
            guard let answer = try? await client.send(request), answer.status == 200 else { return nil }
            return answer.text
        }
        for _ in 0..<500 {
            if await get("/-/ready") != nil { break }
            try await Task.sleep(for: .milliseconds(50))
        }
        let receiver = try ReceiverFactory(context: MessageContext(pages: "https://pbx.example.com")).receiver(
            ReceiverOptions(name: "am"),
            .alertmanager(url: "http://\(base.place)")
        )
        let start = Moment.now + .seconds(-60)
        let firing = message("a", to: "am", alerts: [alert(from: start)], at: .now)
        #expect(await receiver.deliver(OutgoingMessage(firing)) == .delivered())
        let shown = await get("/api/v2/alerts?active=true") ?? ""
        #expect(shown.contains("\"alertname\":\"long-wait\""))
        #expect(shown.contains("\"queue\":\"support\""))
        #expect(shown.contains("\"state\":\"active\""))
        let silence: JSON = [
            "matchers": [["name": "queue", "value": "support", "isRegex": false]], "createdBy": "test",
            "comment": "test",
            "startsAt": .string(Moment.now.iso8601), "endsAt": .string((Moment.now + .seconds(600)).iso8601),
        ]
        let silenced = try await client.send(.json(base.appending(path: "/api/v2/silences"), silence.line))
        #expect(silenced.status == 200)
        // Silences take effect within moments.
        var isSuppressed = false
        for _ in 0..<100 where !isSuppressed {
            isSuppressed = await get("/api/v2/alerts?silenced=true")?.contains("\"state\":\"suppressed\"") ?? false
            try await Task.sleep(for: .milliseconds(50))
        }
        #expect(isSuppressed)
        let over = message("b", .resolved, to: "am", alerts: [alert(from: start, until: .now)], at: .now)
        #expect(await receiver.deliver(OutgoingMessage(over, root: "a")) == .delivered())
        // A resolved alert is no longer listed.
        let rest = await get("/api/v2/alerts")
        #expect(rest?.trimmedBlanks == "[]")
    }

    @Test(.timeLimit(.minutes(10)), .enabled(if: hasAiosmtpd, "Python's aiosmtpd is not installed"))
    func `a real mail server takes our mail, and Python's parser reads what we wrote`() async throws {
        let folder = try TestProcess.temporaryFolder(named: "crm-voip-smtp")
        let port = try TestProcess.freePort()
        // Receives mails with STARTTLS and a login, and writes what Python's own parser makes of them.
        let server = """
            import asyncio, email, email.policy, json, ssl, sys
            from aiosmtpd.controller import Controller
            from aiosmtpd.smtp import AuthResult
            folder, port = sys.argv[1], int(sys.argv[2])
            class Handler:
                async def handle_DATA(self, server, session, envelope):
                    m = email.message_from_bytes(envelope.content, policy=email.policy.default)
                    parts = {p.get_content_type(): p.get_content() for p in m.walk()
                             if not p.is_multipart() and not p.get_filename()}
                    files = {p.get_filename(): len(p.get_payload(decode=True)) for p in m.iter_attachments()}
                    longest = max(len(l) for l in envelope.content.split(b"\\r\\n"))
                    out = dict(subject=m["Subject"], sender=envelope.mail_from, to=envelope.rcpt_tos,
                               id=m["Message-ID"], reply=m["In-Reply-To"], references=m["References"],
                               auto=m["Auto-Submitted"], text=parts["text/plain"].replace("\\r\\n", "\\n"),
                               html=parts["text/html"].replace("\\r\\n", "\\n"),
                               files=files, longest=longest, defects=len(m.defects), tls=session.ssl is not None)
                    open(folder + "/" + m["Message-ID"].strip("<>") + ".json", "w").write(json.dumps(out))
                    return "250 taken"
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(folder + "/cert.pem", folder + "/key.pem")
            def check(server, session, envelope, mechanism, data):
                return AuthResult(success=(data.login, data.password) == (b"pbx", b"correct"), handled=False)
            Controller(Handler(), hostname="127.0.0.1", port=port, tls_context=context, require_starttls=True,
                       authenticator=check, auth_required=True).start()
            open(folder + "/ready", "w").close()
            import time
            time.sleep(600)
            """
        try AtomicFile.replace(folder + "/server.py", with: Array(server.utf8))
        try TestProcess.run([
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
            "2",
            "-keyout", folder + "/key.pem", "-out", folder + "/cert.pem", "-subj", "/CN=localhost",
            "-addext", "subjectAltName=DNS:localhost",
        ])
        let keeper = try TestProcess.startKept(
            ["python3", folder + "/server.py", folder, String(port)],
            removing: folder,
            log: folder + "/log"
        )
        defer { close(keeper) }
        for _ in 0..<500 where access(folder + "/ready", F_OK) != 0 { try await Task.sleep(for: .milliseconds(20)) }

        let tls = try ClientTLS(caFile: folder + "/cert.pem")
        var options = SMTPOptions(
            host: "localhost",
            port: Int(port),
            security: .starttls,
            username: "pbx",
            password: "correct"
        )
        var mail = MailMessage(
            from: try #require(MailAddress("Телефония <pbx@example.com>")),
            to: [try #require(MailAddress("ops@example.com")), try #require(MailAddress("Chef <boss@example.com>"))],
            subject: "[CRITICAL] Очередь «поддержка» ждёт уже 2:40 — проверьте, пожалуйста, агентов на обеде",
            text: "Zeile eins: äöü €\n.\n.dot\n" + String(repeating: "lang ", count: 300) + "\n",
            html: "<p>äöü</p>\n",
            id: "m2",
            date: ten
        )
        mail.repliesTo = "m1"
        mail.attachments = [
            MailAttachment(name: "отчёт.csv", type: "text/csv", bytes: [UInt8](repeating: 65, count: 500))
        ]
        #expect(await SMTPClient(options, tls: tls).send(mail) == .delivered())
        let read = try SmallFile(path: folder + "/m2@example.com.json").bytes
        let expected: JSON = [
            "subject": .string(mail.subject), "sender": "pbx@example.com",
            "to": ["ops@example.com", "boss@example.com"], "id": "<m2@example.com>", "reply": "<m1@example.com>",
            "references": "<m1@example.com>", "auto": "auto-generated", "text": .string(mail.text),
            "html": "<p>äöü</p>\n", "files": ["отчёт.csv": 500], "longest": 78, "defects": 0, "tls": true,
        ]
        guard case .object(let members)? = JSON(parsing: String(decoding: read, as: UTF8.self)),
            case .object(let wanted) = expected
        else { return #expect(Bool(false), "not JSON") }
        for (name, value) in wanted where name != "longest" { #expect(members.first { $0.0 == name }?.1 == value) }
        guard case .integer(let longest)? = members.first(where: { $0.0 == "longest" })?.1 else { return }
        #expect(longest <= 78)

        // A wrong password fails at once; an authority that is not trusted stops before anything is sent.
        options.password = "wrong"
        let refused = await SMTPClient(options, tls: tls).send(mail)
        #expect(refused.reason?.contains("refused the login of pbx: 535") == true)
        let untrusted = await SMTPClient(options, tls: try ClientTLS()).send(mail)
        #expect(untrusted.reason?.contains("its certificate is not signed by a trusted authority") == true)
    }

    @Test(.timeLimit(.minutes(10)), .enabled(if: TestProcess.find(["python3"]) != nil, "python3 is not installed"))
    func `a webhook is sent over TLS to a server with a certificate for its name, and to no other`() async throws {
        let folder = try TestProcess.temporaryFolder(named: "crm-voip-https")
        let port = try TestProcess.freePort()
        let server = """
            import http.server, ssl, sys
            folder, port = sys.argv[1], int(sys.argv[2])
            class Handler(http.server.BaseHTTPRequestHandler):
                def do_POST(self):
                    open(folder + "/body", "wb").write(self.rfile.read(int(self.headers["Content-Length"])))
                    self.send_response(204)
                    self.end_headers()
            server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(folder + "/cert.pem", folder + "/key.pem")
            server.socket = context.wrap_socket(server.socket, server_side=True)
            open(folder + "/ready", "w").close()
            server.serve_forever()
            """
        try AtomicFile.replace(folder + "/server.py", with: Array(server.utf8))
        try TestProcess.run([
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-days", "2", "-keyout", folder + "/key.pem", "-out", folder + "/cert.pem", "-subj", "/CN=localhost",
            "-addext", "subjectAltName=DNS:localhost",
        ])
        let keeper = try TestProcess.startKept(
            ["python3", folder + "/server.py", folder, String(port)],
            removing: folder,
            log: folder + "/log"
        )
        defer { close(keeper) }
        for _ in 0..<500 where access(folder + "/ready", F_OK) != 0 { try await Task.sleep(for: .milliseconds(20)) }
        let factory = ReceiverFactory(context: MessageContext())
        func send(_ host: String, trusting file: String?) async throws -> DeliveryOutcome {
            let url = "https://\(host):\(port)/hook"
            let receiver = try factory.receiver(ReceiverOptions(name: "h"), .webhook(url: url), caFile: file)
            return await receiver.deliver(OutgoingMessage(message("a")))
        }
        #expect(try await send("localhost", trusting: folder + "/cert.pem") == .delivered())
        let body = String(decoding: try SmallFile(path: folder + "/body").bytes, as: UTF8.self)
        #expect(JSON(parsing: body) == AlertmanagerFormat.webhook(message("a"), MessageContext()))
        let stranger = try await send("localhost", trusting: nil)
        #expect(stranger.reason?.contains("its certificate is not signed by a trusted authority") == true)
        let other = try await send("127.0.0.1", trusting: folder + "/cert.pem")
        #expect(other.reason?.hasPrefix("no trusted TLS connection to 127.0.0.1:\(port)") == true)
    }
}
