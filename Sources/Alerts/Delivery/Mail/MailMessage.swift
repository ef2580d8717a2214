public import Base

/// A file that is sent with a mail.
public struct MailAttachment: Sendable, Equatable {
    /// Its name for the reader, such as `queues.xlsx`.
    public var name: String
    /// Its media type, such as `text/csv`.
    public var type: String
    /// Its content.
    public var bytes: [UInt8]

    /// An attachment.
    public init(name: String, type: String, bytes: [UInt8]) { (self.name, self.type, self.bytes) = (name, type, bytes) }
}

/// A mail as its reader sees it, and its form for a mail server.
public struct MailMessage: Sendable, Equatable {
    /// The sender.
    public var from: MailAddress
    /// The recipients.
    public var to: [MailAddress]
    /// The subject, in any letters, on one line.
    public var subject: String
    /// The text for readers that do not show HTML.
    public var text: String
    /// The same as HTML; nil if there is only the text.
    public var html: String?
    /// Files that come with it.
    public var attachments: [MailAttachment] = []
    /// Unique, and the same whenever this mail is sent: the part of the Message-ID before the `@`.
    public var id: String
    /// The id of the mail that this one continues; nil if it begins a conversation.
    public var repliesTo: String?
    /// When it was written.
    public var date: Moment

    /// A mail without attachments that begins a conversation.
    public init(
        from: MailAddress,
        to: [MailAddress],
        subject: String,
        text: String,
        html: String? = nil,
        id: String,
        date: Moment
    ) {
        (self.from, self.to, self.subject, self.text, self.html) = (from, to, subject, text, html)
        (self.id, self.date) = (id, date)
    }

    /// The mail in the form of RFC 5322 and MIME: ASCII, in lines of at most 78 characters that end in CR and LF, so
    /// that no server has to change it and break a signature.
    public var composed: [UInt8] {
        var head = [
            "From: \(from.field)",
            "To: " + to.map(\.field).joined(separator: ",\r\n "),
            "Subject: " + MailEncoding.unstructured(subject),
            "Date: \(Self.written(date))",
            "Message-ID: \(messageID(id))",
        ]
        if let repliesTo { head += ["In-Reply-To: \(messageID(repliesTo))", "References: \(messageID(repliesTo))"] }
        // RFC 3834: automatic answers, such as those of people on holiday, are not sent to automatic mails.
        head += ["Auto-Submitted: auto-generated", "MIME-Version: 1.0"]
        return Array((head.joined(separator: "\r\n") + "\r\n" + content.text).utf8)
    }

    private var content: MailPart {
        var part = MailPart.text(text, type: "text/plain")
        if let html { part = .several("alternative", [part, .text(html, type: "text/html")]) }
        if attachments.isEmpty { return part }
        return .several("mixed", [part] + attachments.map(MailPart.file))
    }

    /// `<id@domain>`. Other characters than those of an atom are written as numbers.
    private func messageID(_ id: String) -> String {
        let safe = id.utf8.map { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"): String(UnicodeScalar(byte))
            case UInt8(ascii: "."): "_"
            default: "=" + String(byte, radix: 16)
            }
        }
        return "<\(safe.joined())@\(from.domain)>"
    }

    /// `Sat, 28 Nov 2026 10:01:00 +0000`
    static func written(_ moment: Moment) -> String {
        let seconds = min(max(moment.wholeSeconds, -62_135_596_800), 253_402_300_799)
        let time = CivilTime(secondsSince1970: seconds)
        let day = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][Int(time.isoWeekday) - 1]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let clock = "\(time.hour.padded(2)):\(time.minute.padded(2)):\(time.second.padded(2))"
        return "\(day), \(time.day) \(months[Int(time.month) - 1]) \(time.year.padded(4)) \(clock) +0000"
    }
}

/// A part of a mail with its header fields.
private struct MailPart {
    /// Header fields, an empty line and the body. Every line ends in CR and LF.
    let text: String
    /// How deeply parts are nested in it.
    private let depth: Int

    static func text(_ text: String, type: String) -> MailPart {
        let fields = "Content-Type: \(type); charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        return MailPart(text: fields + MailEncoding.quotedPrintable(text), depth: 0)
    }

    static func file(_ file: MailAttachment) -> MailPart {
        // A name in quotes if possible, otherwise by RFC 2231.
        let isSimple = file.name.utf8.allSatisfy { 0x20...0x7E ~= $0 && $0 != 0x22 && $0 != 0x5C }
        let encoded = file.name.utf8.map { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "."), UInt8(ascii: "-"):
                String(UnicodeScalar(byte))
            default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        let name = isSimple ? "filename=\"\(file.name)\"" : "filename*=UTF-8''\(encoded.joined())"
        let type = file.type.utf8.allSatisfy { 0x21...0x7E ~= $0 } ? file.type : "application/octet-stream"
        let fields = """
            Content-Type: \(type)\r
            Content-Disposition: attachment;\r
             \(name)\r
            Content-Transfer-Encoding: base64\r
            \r

            """
        return MailPart(text: fields + MailEncoding.base64Lines(file.bytes), depth: 0)
    }

    static func several(_ kind: String, _ parts: [MailPart]) -> MailPart {
        let depth = (parts.map(\.depth).max() ?? 0) + 1
        // Neither of the encodings of bodies contains "=_".
        let boundary = "=_crm-voip_\(depth)"
        let bodies = parts.map { "--\(boundary)\r\n\($0.text)\r\n" }.joined()
        let fields = "Content-Type: multipart/\(kind);\r\n boundary=\"\(boundary)\"\r\n\r\n"
        return MailPart(text: fields + bodies + "--\(boundary)--\r\n", depth: depth)
    }
}
