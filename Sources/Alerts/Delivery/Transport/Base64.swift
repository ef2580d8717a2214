import FoundationEssentials

/// Base64 of RFC 4648, section 4, with padding and without line breaks.
enum Base64 {
    static func encoded(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

    static func encoded(_ text: String) -> String { encoded(Array(text.utf8)) }
}
