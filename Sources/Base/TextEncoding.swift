/// How bytes that are not UTF-8 become text.
///
/// What phones, trunks and PBXs write is usually UTF-8, but a name may arrive in an older set of one byte a character. Valid
/// UTF-8 is always taken as UTF-8; the encoding decides what the rest means.
public enum TextEncoding: String, Sendable, Hashable, CaseIterable {
    /// Bytes that are not UTF-8 are damaged.
    case utf8 = "utf-8"
    /// ISO 8859-1: every byte is the code point of the same number, so nothing is ever lost.
    case latin1
    /// Windows-1251, the usual one for Cyrillic.
    case cp1251

    /// By the names that people write: `utf-8`, `latin1`, `iso-8859-1`, `cp1251`, `windows-1251` …
    public init?(name: String) {
        switch name.lowercased() {
        case "utf-8", "utf8": self = .utf8
        case "latin1", "latin-1", "iso-8859-1", "iso8859-1": self = .latin1
        case "cp1251", "windows-1251", "win1251", "1251": self = .cp1251
        default: return nil
        }
    }

    /// The text of one complete value: a value is never decoded in parts, so that a character that was split between two
    /// reads stays whole. What is damaged becomes U+FFFD.
    public func text(of bytes: some Collection<UInt8>) -> String {
        if self == .utf8 { return String(decoding: bytes, as: UTF8.self) }
        if let valid = String(validating: bytes, as: UTF8.self) { return valid }
        var text = ""
        text.unicodeScalars.reserveCapacity(bytes.count)
        for byte in bytes { text.unicodeScalars.append(scalar(for: byte)) }
        return text
    }

    /// The character of a byte of a text that is not UTF-8; for ``utf8`` as in Latin-1, which loses nothing.
    public func scalar(for byte: UInt8) -> Unicode.Scalar {
        self == .cp1251 && byte >= 0x80 ? Self.windows1251[Int(byte) - 0x80] : Unicode.Scalar(byte)
    }

    /// Windows-1251 from 0x80 on (https://www.unicode.org/Public/MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1251.TXT); 0x98 is not
    /// assigned.
    private static let windows1251: [Unicode.Scalar] = Array(
        ("ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u{FFFD}™љ›њќћџ\u{A0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{AD}®Ї°±Ііґµ¶·ё№є»јЅѕї"
            + "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя").unicodeScalars
    )
}
