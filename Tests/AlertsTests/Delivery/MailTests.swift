@testable import Alerts
import Base
import Testing

@Suite struct MailTests {
    private func mail(_ subject: String = "Hi", _ text: String = "Text\n") throws -> MailMessage {
        MailMessage(
            from: try #require(MailAddress("Téléphone <pbx@example.com>")),
            to: [try #require(MailAddress("ops@example.com"))],
            subject: subject,
            text: text,
            id: "a1.b",
            date: ten
        )
    }

    @Test func `a plain mail is written as RFC 5322 has it`() throws {
        var mail = try mail("Queue support", "Waiting: 2:40 = long\nEnd \n")
        mail.repliesTo = "a0"
        // The name in base64, from `printf Téléphone | base64`.
        let expected = """
            From: =?UTF-8?B?VMOpbMOpcGhvbmU=?= <pbx@example.com>
            To: ops@example.com
            Subject: Queue support
            Date: Sat, 28 Nov 2026 10:00:00 +0000
            Message-ID: <a1_b@example.com>
            In-Reply-To: <a0@example.com>
            References: <a0@example.com>
            Auto-Submitted: auto-generated
            MIME-Version: 1.0
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            Waiting: 2:40 =3D long
            End=20

            """
        #expect(String(decoding: mail.composed, as: UTF8.self) == expected.replacing("\n", with: "\r\n"))
    }

    @Test func `no line of any mail is long, and every byte is ASCII`() throws {
        var mail = try mail(
            String(repeating: "Очередь поддержки ", count: 40),
            String(repeating: "ä=\u{1F600}x", count: 900)
        )
        mail.html = "<p>" + String(repeating: "é", count: 3000)
        mail.attachments = [
            MailAttachment(name: "Bericht ä.csv", type: "text/csv", bytes: [UInt8](repeating: 7, count: 999))
        ]
        let text = String(decoding: mail.composed, as: UTF8.self)
        #expect(mail.composed.allSatisfy { $0 < 0x80 })
        #expect(text.split(separator: "\r\n", omittingEmptySubsequences: false).allSatisfy { $0.utf8.count <= 78 })
        #expect(!text.replacing("\r\n", with: "").contains { $0.isNewline })
    }

    @Test(arguments: [
        ("a@b.example", "a@b.example", nil), (" Ops <a@b> ", "a@b", "Ops"), ("\"A, B\" <a@b>", "a@b", "A, B"),
        ("<a@b>", "a@b", nil),
    ]) func `an address is taken apart`(text: String, address: String, name: String?) throws {
        let parsed = try #require(MailAddress(text))
        #expect(parsed.address == address)
        #expect(parsed.name == name)
    }

    @Test(arguments: [
        "", "a", "@b", "a@", "a@b@c", "a b@c", "a@b>", "a@b\r\nBcc: x@y", "a,b@c", "ä@b", "<a@b", "N\nX <a@b>",
    ])
    func `what is no address is refused`(text: String) {
        #expect(MailAddress(text) == nil)
    }

    @Test func `a subject that cannot be in ASCII is divided between characters`() {
        let words = MailEncoding.unstructured(String(repeating: "€", count: 16))
        // 13 of 3 bytes fill a word of 39; "€" is 4oKs in base64.
        #expect(words == "=?UTF-8?B?\(String(repeating: "4oKs", count: 13))?=\r\n =?UTF-8?B?4oKs4oKs4oKs?=")
        #expect(MailEncoding.unstructured("=?x?=") == "=?UTF-8?B?PT94Pz0=?=")
    }

    @Test func `the mail of a resolved alert replies to the one that said that it fires`() throws {
        let options = MailOptions(from: try #require(MailAddress("a@b")), to: [try #require(MailAddress("c@d"))])
        let context = MessageContext(pages: "https://pbx.example.com")
        let mail = MailMessage(OutgoingMessage(message("m2", .resolved), root: "m1"), options, context)
        #expect(mail.repliesTo == "m1")
        #expect(mail.subject == "[RESOLVED] The longest caller in support has been waiting for 2:40.")
        #expect(
            mail.text == """
                The longest caller in support has been waiting for 2:40.
                Fired 10:01, over 10:09 (8:00).
                https://pbx.example.com/queues?queue=support

                """
        )
        #expect(mail.html?.contains("href=\"https://pbx.example.com/queues?queue=support\"") == true)
    }

    @Test func `names of callers are text in HTML`() throws {
        let options = MailOptions(from: try #require(MailAddress("a@b")), to: [try #require(MailAddress("c@d"))])
        let odd = message("m", alerts: [alert(callers: ["<img src=x onerror=alert(1)>\u{202E}"])])
        let mail = MailMessage(OutgoingMessage(odd), options, MessageContext())
        #expect(mail.html?.contains("Callers: &lt;img src=x onerror=alert(1)&gt;\u{FFFD}") == true)
    }
}
