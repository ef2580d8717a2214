/// How the bytes of a header become text.
///
/// Asterisk passes on what phones and trunks send: usually UTF-8, but a caller name may arrive as raw bytes of an
/// older single-byte set. Valid UTF-8 is always taken as UTF-8; the encoding decides what the rest means.
public enum TextEncoding: String, Sendable, CaseIterable {
    /// Bytes that are not UTF-8 become U+FFFD.
    case utf8
    /// ISO 8859-1: every byte is the code point of the same number.
    case latin1
    /// Windows-1251, the usual one for Cyrillic.
    case cp1251

    /// The text of one complete value. A value is never decoded in parts, so that a character
    /// that was split between two reads stays whole.
    public func text(of bytes: some Collection<UInt8>) -> String {
        if self == .utf8 { return String(decoding: bytes, as: UTF8.self) }
        if let valid = String(validating: bytes, as: UTF8.self) { return valid }
        var text = ""
        text.unicodeScalars.reserveCapacity(bytes.count)
        for byte in bytes { text.unicodeScalars.append(scalar(for: byte)) }
        return text
    }

    private func scalar(for byte: UInt8) -> Unicode.Scalar {
        guard self == .cp1251, byte >= 0x80 else { return Unicode.Scalar(byte) }
        if byte >= 0xC0 { return Unicode.Scalar(0x0410 + UInt16(byte - 0xC0)) ?? "\u{FFFD}" }
        return Unicode.Scalar(Self.cp1251Middle[Int(byte - 0x80)]) ?? "\u{FFFD}"
    }

    /// 0x80 to 0xBF of Windows-1251 (https://www.unicode.org/Public/MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1251.TXT);
    /// 0x98 is not assigned.
    private static let cp1251Middle: [UInt16] = [
        0x0402, 0x0403, 0x201A, 0x0453, 0x201E, 0x2026, 0x2020, 0x2021, 0x20AC, 0x2030, 0x0409, 0x2039, 0x040A, 0x040C,
        0x040B, 0x040F, 0x0452, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0xFFFD, 0x2122, 0x0459, 0x203A,
        0x045A, 0x045C, 0x045B, 0x045F, 0x00A0, 0x040E, 0x045E, 0x0408, 0x00A4, 0x0490, 0x00A6, 0x00A7, 0x0401, 0x00A9,
        0x0404, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x0407, 0x00B0, 0x00B1, 0x0406, 0x0456, 0x0491, 0x00B5, 0x00B6, 0x00B7,
        0x0451, 0x2116, 0x0454, 0x00BB, 0x0458, 0x0405, 0x0455, 0x0457,
    ]
}
