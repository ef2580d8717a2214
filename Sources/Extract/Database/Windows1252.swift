/// Text of a latin1 column as UTF-8.
///
/// MySQL's latin1 is Windows-1252: https://dev.mysql.com/doc/refman/8.4/en/charset-we-sets.html
enum Windows1252 {
    /// Lends the text as UTF-8: as it is where it is that, decoded where it is not.
    ///
    /// - Parameters:
    ///   - text: The stored bytes.
    ///   - scratch: Memory for the decoded text.
    ///   - body: Called with UTF-8.
    static func withUTF8(
        _ text: UnsafeRawBufferPointer,
        scratch: inout [UInt8],
        body: (UnsafeRawBufferPointer) -> Void
    ) {
        if isUTF8(text) {
            body(text)
            return
        }
        scratch.removeAll(keepingCapacity: true)
        for byte in text {
            switch byte {
            case 0x80..<0xA0: scratch.append(contentsOf: String(highControls[Int(byte) - 0x80]).utf8)
            case 0xA0...: scratch.append(contentsOf: [0xC0 | byte >> 6, 0x80 | byte & 0x3F])
            default: scratch.append(byte)
            }
        }
        scratch.withUnsafeBytes(body)
    }

    private static func isUTF8(_ text: UnsafeRawBufferPointer) -> Bool {
        guard text.contains(where: { $0 >= 0x80 }) else { return true }
        return String(validating: text, as: UTF8.self) != nil
    }

    /// 0x80 to 0x9F. The five that Windows leaves open are the control characters of ISO 8859-1, as in MySQL.
    private static let highControls =
        Array(
            "\u{20AC}\u{81}\u{201A}\u{192}\u{201E}\u{2026}\u{2020}\u{2021}\u{2C6}\u{2030}\u{160}\u{2039}\u{152}\u{8D}\u{17D}\u{8F}"
                .unicodeScalars
        )
        + Array(
            "\u{90}\u{2018}\u{2019}\u{201C}\u{201D}\u{2022}\u{2013}\u{2014}\u{2DC}\u{2122}\u{161}\u{203A}\u{153}\u{9D}\u{17E}\u{178}"
                .unicodeScalars
        )
}
