/// How bytes that are not UTF-8 become text.
///
/// Phones, trunks and PBXs usually write UTF-8, but a name may arrive in an older single-byte encoding. Valid UTF-8 is
/// always read as UTF-8; the encoding decides how everything else is read.
public enum TextEncoding: String, Sendable, Hashable, CaseIterable {
    /// Bytes that are not valid UTF-8 are damaged.
    case utf8 = "utf-8"
    /// Windows-1252, a superset of ISO 8859-1: Western Europe. Every byte is a character, so nothing is ever lost.
    case latin1
    /// Windows-1250, Central Europe.
    case cp1250
    /// Windows-1251, the most common encoding for Cyrillic.
    case cp1251
    /// Windows-1254, Turkish.
    case cp1254
    /// ISO 8859-2, Central Europe on Unix.
    case latin2 = "iso-8859-2"
    /// KOI8-R, with the Ukrainian letters of KOI8-U: Cyrillic on Unix.
    case koi8 = "koi8-r"

    /// An encoding by the names in common use: `utf-8`, `latin1`, `iso-8859-1`, `cp1252`, `cp1251`, `windows-1251`,
    /// `koi8-r` and so on.
    public init?(name: String) {
        switch name.lowercased().filter({ $0.isLetter || $0.isNumber }) {
        case "utf8": self = .utf8
        case "latin1", "iso88591", "iso885915", "cp1252", "windows1252", "1252": self = .latin1
        case "cp1250", "windows1250", "win1250", "1250": self = .cp1250
        case "cp1251", "windows1251", "win1251", "1251": self = .cp1251
        case "cp1254", "windows1254", "win1254", "1254", "latin5", "iso88599": self = .cp1254
        case "latin2", "iso88592", "88592": self = .latin2
        case "koi8", "koi8r", "koi8u": self = .koi8
        default: return nil
        }
    }

    /// The text of one complete value. A value is never decoded in parts, so that a character split between two reads
    /// stays whole. Damaged bytes become U+FFFD.
    public func text(of bytes: some Collection<UInt8>) -> String {
        if self == .utf8 { return String(decoding: bytes, as: UTF8.self) }
        if let valid = String(validating: bytes, as: UTF8.self) { return valid }
        var text = ""
        text.unicodeScalars.reserveCapacity(bytes.count)
        for byte in bytes { text.unicodeScalars.append(scalar(for: byte)) }
        return text
    }

    /// The character of a byte in a text that is not UTF-8; ``utf8`` is treated as ``latin1``, which loses nothing. An
    /// unassigned byte becomes U+FFFD, or in Windows-1252 the control character of ISO 8859-1.
    public func scalar(for byte: UInt8) -> Unicode.Scalar {
        guard byte >= 0x80 else { return Unicode.Scalar(byte) }
        switch self {
        case .utf8, .latin1:
            let known = byte < 0xA0 ? Self.controls1252[Int(byte) - 0x80] : Unicode.Scalar(byte)
            return known == "\u{FFFD}" ? Unicode.Scalar(byte) : known
        case .cp1251: return Self.table1251[Int(byte) - 0x80]
        case .cp1250: return Self.table1250[Int(byte) - 0x80]
        case .latin2: return byte < 0xA0 ? Unicode.Scalar(byte) : Self.table88592[Int(byte) - 0xA0]
        case .koi8: return Self.tableKOI8[Int(byte) - 0x80]
        case .cp1254:
            switch byte {
            case 0x8E, 0x9E: return "\u{FFFD}"
            case 0xD0: return "Ğ"
            case 0xDD: return "İ"
            case 0xDE: return "Ş"
            case 0xF0: return "ğ"
            case 0xFD: return "ı"
            case 0xFE: return "ş"
            default: return Self.latin1.scalar(for: byte)
            }
        }
    }

    /// 0x80 to 0x9F of Windows-1252 (Unicode Consortium, CP1252.TXT; five are not assigned).
    private static let controls1252 = Array(
        "€\u{FFFD}‚ƒ„…†‡ˆ‰Š‹Œ\u{FFFD}Ž\u{FFFD}\u{FFFD}‘’“”•–—˜™š›œ\u{FFFD}žŸ".unicodeScalars
    )

    /// Windows-1251 from 0x80 on (CP1251.TXT; 0x98 is not assigned).
    private static let table1251 = Array(
        ("ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u{FFFD}™љ›њќћџ\u{A0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{AD}®Ї°±Ііґµ¶·ё№є»јЅѕї"
            + "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя").unicodeScalars
    )

    /// Windows-1250 from 0x80 on (CP1250.TXT; five are not assigned).
    private static let table1250 = Array(
        ("€\u{FFFD}‚\u{FFFD}„…†‡\u{FFFD}‰Š‹ŚŤŽŹ\u{FFFD}‘’“”•–—\u{FFFD}™š›śťžź"
            + "\u{A0}ˇ˘Ł¤Ą¦§¨©Ş«¬\u{AD}®Ż°±˛ł´µ¶·¸ąş»Ľ˝ľżŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢß"
            + "ŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙").unicodeScalars
    )

    /// ISO 8859-2 from 0xA0 on (8859-2.TXT).
    private static let table88592 = Array(
        ("\u{A0}Ą˘Ł¤ĽŚ§¨ŠŞŤŹ\u{AD}ŽŻ°ą˛ł´ľśˇ¸šşťź˝žżŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢß"
            + "ŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙").unicodeScalars
    )

    /// KOI8-U from 0x80 on (RFC 2319).
    private static let tableKOI8 = Array(
        ("─│┌┐└┘├┤┬┴┼▀▄█▌▐░▒▓⌠■∙√≈≤≥\u{A0}⌡°²·÷═║╒ёє╔ії╗╘╙╚╛ґ╝╞╟╠╡ЁЄ╣ІЇ╦╧╨╩╪Ґ╬©"
            + "юабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ").unicodeScalars
    )
}
