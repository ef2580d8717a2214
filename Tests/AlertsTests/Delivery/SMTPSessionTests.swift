@testable import Alerts
import Testing

@Suite struct SMTPSessionTests {
    /// Answers a session line by line, byte by byte, and returns what it sent and how it ended.
    private func run(
        _ options: SMTPOptions,
        to recipients: [String] = ["ops@example.com"],
        content: String = "Subject: x\r\n\r\n.dot\r\nend\r\n",
        _ replies: [String]
    ) -> (sent: [String], outcome: DeliveryOutcome?) {
        var session = SMTPSession(options, from: "pbx@example.com", to: recipients, content: Array(content.utf8))
        var sent: [String] = []
        var outcome: DeliveryOutcome?
        func obey(_ orders: [SMTPSession.Order]) {
            for order in orders {
                switch order {
                case .send(let bytes): sent.append(String(decoding: bytes, as: UTF8.self))
                case .startTLS:
                    sent.append("(TLS)")
                    obey(session.secured())
                case .finish(let ending): outcome = ending
                }
            }
        }
        for reply in replies { for byte in (reply + "\r\n").utf8 { obey(session.received([byte])) } }
        if outcome == nil { obey(session.closed()) }
        return (sent, outcome)
    }

    private let plain = SMTPOptions(host: "mail", port: 25, security: .none, greeting: "pbx")
    private let safe = SMTPOptions(
        host: "mail",
        port: 587,
        security: .starttls,
        username: "u",
        password: "p",
        greeting: "pbx"
    )

    @Test func `a mail goes to a server without TLS`() {
        let result = run(plain, ["220 hi", "250 mail", "250 ok", "250 ok", "354 go", "250 queued"])
        #expect(
            result.sent == [
                "EHLO pbx\r\n", "MAIL FROM:<pbx@example.com>\r\n", "RCPT TO:<ops@example.com>\r\n", "DATA\r\n",
                "Subject: x\r\n\r\n..dot\r\nend\r\n.\r\n", "QUIT\r\n",
            ]
        )
        #expect(result.outcome == .delivered())
    }

    @Test func `a server that does not know EHLO is greeted with HELO`() {
        let result = run(plain, ["220 hi", "502 what", "250 mail", "250 ok", "250 ok", "354 go", "250 queued"])
        #expect(result.sent.prefix(3) == ["EHLO pbx\r\n", "HELO pbx\r\n", "MAIL FROM:<pbx@example.com>\r\n"])
        #expect(result.outcome == .delivered())
    }

    @Test func `after STARTTLS it says EHLO again and logs in with PLAIN`() {
        let result = run(
            safe,
            [
                "220-many\r\n220 lines", "250-mail\r\n250-AUTH LOGIN\r\n250 STARTTLS", "220 go",
                "250-mail\r\n250-SIZE 1\r\n250 AUTH LOGIN PLAIN", "235 ok", "250 ok", "250 ok", "354 go", "250 queued",
            ]
        )
        // base64 of NUL u NUL p, from `printf '\0u\0p' | base64`.
        #expect(
            result.sent.prefix(5) == [
                "EHLO pbx\r\n", "STARTTLS\r\n", "(TLS)", "EHLO pbx\r\n", "AUTH PLAIN AHUAcA==\r\n",
            ]
        )
        #expect(result.outcome == .delivered())
    }

    @Test func `it logs in with LOGIN if the server has nothing else`() {
        let result = run(
            safe,
            [
                "220 hi", "250-mail\r\n250 STARTTLS", "220 go", "250-mail\r\n250 auth=login", "334 VXNlcm5hbWU6",
                "334 UGFzc3dvcmQ6", "235 ok", "250 ok", "250 ok", "354 go", "250 queued",
            ]
        )
        #expect(result.sent[4...6] == ["AUTH LOGIN\r\n", "dQ==\r\n", "cA==\r\n"])
        #expect(result.outcome == .delivered())
    }

    @Test(arguments: [
        (["220 hi", "250 mail"], "does not offer STARTTLS"),
        (["220 hi", "250-mail\r\n250 STARTTLS", "454 no"], "refused TLS: 454 no"),
        // Injected by somebody between the two, before TLS begins.
        (["220 hi", "250-mail\r\n250 STARTTLS", "220 go\r\n250 AUTH PLAIN"], "offers no login"),
    ]) func `without TLS no password leaves`(replies: [String], reason: String) {
        let result = run(safe, replies)
        #expect(result.outcome?.reason?.contains(reason) == true)
        #expect(!result.sent.contains { $0.hasPrefix("AUTH") })
    }

    @Test func `what comes in one piece with the answer to STARTTLS ends the session`() {
        var session = SMTPSession(safe, from: "a@b", to: ["c@d"], content: [])
        _ = session.received(Array("220 hi\r\n250-mail\r\n250 STARTTLS\r\n".utf8))
        let orders = session.received(Array("220 go\r\n250 mail\r\n".utf8))
        #expect(orders == [.startTLS, .finish(.retry(reason: "mail:587: it sent data before TLS began"))])
        #expect(session.secured() == [])
    }

    @Test(arguments: [
        (["421 busy"], true), (["554 no"], true), (["220 hi", "421 closing"], true), (["hello"], true),
        (["220 hi", "250 m", "550 no such sender"], false), (["220 hi", "250 m", "451 later"], true),
        (["220 hi", "250 m", "250 ok", "450 mailbox busy"], true),
        (["220 hi", "250 m", "250 ok", "550 no such user"], false),
        (["220 hi", "250 m", "250 ok", "250 ok", "354 go", "552 too large"], false),
        (["220 hi", "250 m", "250 ok", "250 ok", "354 go", "452 full"], true),
        // The connection ends in the middle.
        (["220 hi", "250 m", "250 ok", "250 ok", "354 go"], true), ([], true),
        (["220 " + String(repeating: "x", count: 5000)], true), (["220-a\r\n250 b"], true),
    ]) func `4yz and lost connections are tried again, 5yz about the mail is not`(replies: [String], isLater: Bool) {
        switch run(plain, replies).outcome {
        case .retry: #expect(isLater)
        case .rejected: #expect(!isLater)
        case .delivered, nil: #expect(Bool(false), "delivered, or no outcome")
        }
    }

    @Test func `a refused password is not tried again`() {
        let replies = [
            "220 hi", "250-mail\r\n250 STARTTLS", "220 go", "250-mail\r\n250 AUTH PLAIN", "535 bad credentials",
        ]
        #expect(run(safe, replies).outcome == .rejected(reason: "mail:587 refused the login of u: 535 bad credentials"))
    }

    @Test func `a mail that some recipients may not get goes to the others, with a note`() {
        let replies = ["220 hi", "250 m", "250 ok", "550 gone", "250 ok", "354 go", "250 queued"]
        let result = run(plain, to: ["a@x", "b@x"], replies)
        #expect(result.outcome == .delivered(note: "not to all: a@x: 550 gone"))
    }
}
