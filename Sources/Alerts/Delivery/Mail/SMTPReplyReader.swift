/// The answer of a mail server to a command.
struct SMTPReply: Sendable, Equatable {
    let code: Int
    /// The text of each line.
    let lines: [String]

    var isPositive: Bool { 200..<400 ~= code }

    /// Code and text, for messages.
    var text: String {
        let text = MessageText.line(lines.joined(separator: " "))
        return "\(code)" + (text.isEmpty ? "" : " " + (text.count > 200 ? text.prefix(200) + "…" : text))
    }
}

/// Splits what a mail server sends into replies, which may have several lines (RFC 5321, section 4.2.1).
struct SMTPReplyReader: Sendable {
    struct Malformed: Error {}

    private var line: [UInt8] = []
    private var code: Int?
    private var lines: [String] = []

    /// Whether a part of a reply has been read.
    var isInside: Bool { !line.isEmpty || !lines.isEmpty }

    /// Takes one byte. Returns a reply when it is complete.
    ///
    /// - Throws: ``Malformed`` if it is not a reply, or is longer than any.
    mutating func take(_ byte: UInt8) throws(Malformed) -> SMTPReply? {
        guard byte == UInt8(ascii: "\n") else {
            line.append(byte)
            // 512 bytes are allowed; some servers write more.
            guard line.count <= 4096 else { throw Malformed() }
            return nil
        }
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        defer { line = [] }
        guard line.count >= 3, let code = Int(String(decoding: line.prefix(3), as: UTF8.self)), 200..<600 ~= code,
            self.code == nil || self.code == code, lines.count < 200
        else { throw Malformed() }
        let mark = line.count > 3 ? line[3] : UInt8(ascii: " ")
        guard mark == UInt8(ascii: " ") || mark == UInt8(ascii: "-") else { throw Malformed() }
        lines.append(String(decoding: line.dropFirst(4), as: UTF8.self))
        if mark == UInt8(ascii: "-") {
            self.code = code
            return nil
        }
        defer { (self.code, lines) = (nil, []) }
        return SMTPReply(code: code, lines: lines)
    }
}
