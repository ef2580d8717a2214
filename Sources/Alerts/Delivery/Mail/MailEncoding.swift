/// The encodings of mail: words of header fields, quoted-printable, and base64 in lines.
enum MailEncoding {
    /// A name before an address: as it is, in quotes, or as encoded words.
    static func phrase(_ text: String) -> String {
        if isPlain(text), text.utf8.count <= 60 {
            return "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
        }
        return encodedWords(text)
    }

    /// The text of a header field such as `Subject`: as it is if it is short and ASCII, otherwise as encoded words.
    static func unstructured(_ text: String) -> String {
        isPlain(text) && text.utf8.count <= 60 ? text : encodedWords(text)
    }

    /// `=?` would be taken for an encoded word.
    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { 0x20...0x7E ~= $0 } && !text.contains("=?") && text.trimmedBlanks == text[...]
    }

    /// Encoded words of RFC 2047, on lines of their own. A character is never divided.
    static func encodedWords(_ text: String) -> String {
        var words: [String] = []
        var word: [UInt8] = []
        func end() {
            if !word.isEmpty { words.append("=?UTF-8?B?\(Base64.encoded(word))?=") }
            word = []
        }
        for scalar in text.unicodeScalars {
            let bytes = Array(String(scalar).utf8)
            // 39 bytes are 52 characters of base64. With its frame of 12 and the name of the field, a word fits a line
            // of 76.
            if word.count + bytes.count > 39 { end() }
            word += bytes
        }
        end()
        return words.joined(separator: "\r\n ")
    }

    /// Quoted-printable of RFC 2045, section 6.7, in lines of at most 76 characters that end in CR and LF.
    static func quotedPrintable(_ text: String) -> String {
        var out = ""
        var width = 0
        func add(_ piece: String) {
            // One column is left for the mark of a soft break.
            if width + piece.utf8.count > 75 {
                out += "=\r\n"
                width = 0
            }
            out += piece
            width += piece.utf8.count
        }
        let bytes = Array(text.replacing("\r\n", with: "\n").utf8)
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case 0x0A:
                out += "\r\n"
                width = 0
            case 0x20, 0x09:
                let isLast = index + 1 == bytes.count || bytes[index + 1] == 0x0A
                add(isLast ? escaped(byte) : String(UnicodeScalar(byte)))
            case 0x21...0x3C, 0x3E...0x7E: add(String(UnicodeScalar(byte)))
            default: add(escaped(byte))
            }
        }
        return out + (width > 0 ? "\r\n" : "")
    }

    private static func escaped(_ byte: UInt8) -> String {
        "=" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }

    /// Base64 in lines of 76 characters that end in CR and LF.
    static func base64Lines(_ bytes: [UInt8]) -> String {
        var out = ""
        // 57 bytes are 76 characters.
        for start in stride(from: 0, to: bytes.count, by: 57) {
            out += Base64.encoded(Array(bytes[start..<min(start + 57, bytes.count)])) + "\r\n"
        }
        return out
    }
}
