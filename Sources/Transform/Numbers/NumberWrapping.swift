/// The wrapping of a number: quotes, a display name, a SIP or tel URI (RFC 3261, RFC 3966).
enum NumberWrapping {
    /// The part that contains the number: `+7916…` in `"Anna" <sip:+7916…@host;user=phone>`.
    static func open(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        var part = trimmed(text)
        if let open = part.lastIndex(of: UInt8(ascii: "<")) {
            let inner = part[(open + 1)...]
            let close = inner.firstIndex(of: UInt8(ascii: ">")) ?? inner.endIndex
            part = trimmed(UnsafeBufferPointer(rebasing: inner[..<close]))
        }
        var isURI = false
        for scheme in schemes where hasPrefix(part, scheme) {
            part = UnsafeBufferPointer(rebasing: part.dropFirst(scheme.utf8CodeUnitCount))
            isURI = true
            break
        }
        if let at = part.firstIndex(of: UInt8(ascii: "@")) {
            part = UnsafeBufferPointer(rebasing: part[..<at])
            // A password; never the number.
            if isURI, let colon = part.firstIndex(of: UInt8(ascii: ":")) {
                part = UnsafeBufferPointer(rebasing: part[..<colon])
            }
        }
        if let parameters = part.firstIndex(where: { $0 == UInt8(ascii: ";") || isURI && $0 == UInt8(ascii: "?") }) {
            part = UnsafeBufferPointer(rebasing: part[..<parameters])
        }
        return trimmed(part)
    }

    private static let schemes: [StaticString] = ["sip:", "sips:", "tel:", "callto:"]

    /// Words that Asterisk, trunks and phones write for a withheld number: RFC 3325's `anonymous`, the caller ID
    /// presentations of callerid.c, and what providers turn them into.
    private static let withheld: [StaticString] = [
        "anonymous", "unknown", "unavailable", "restricted", "private", "withheld", "blocked", "hidden", "anonym",
        "no caller id", "nocallerid", "unknown number", "private number", "number unavailable", "not available",
    ]

    /// Whether the text is one of them, in any case. Rows of zeros mean the same; they are distinguished from numbers
    /// later.
    static func isWithheld(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        withheld.contains { text.count == $0.utf8CodeUnitCount && hasPrefix(text, $0) }
    }

    /// The byte encoded by `%2B`, at the percent sign; `nil` if two hexadecimal digits don't follow.
    static func escaped(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt8? {
        guard text[index] == UInt8(ascii: "%"), index + 2 < text.count else { return nil }
        func value(_ byte: UInt8) -> UInt8? { Character(UnicodeScalar(byte)).hexDigitValue.map(UInt8.init) }
        guard let high = value(text[index + 1]), let low = value(text[index + 2]) else { return nil }
        return high << 4 | low
    }

    /// What separates a number from its extension, in the languages of the supported CRMs.
    private static let extensionMarks: [StaticString] = ["ext", "x", "доб", "Доб", "вн", "доп", "durchw", "poste"]

    static func beginsExtension(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        let rest = UnsafeBufferPointer(rebasing: text[index...])
        return extensionMarks.contains { hasPrefix(rest, $0) }
    }

    /// The length of a blank, dash or invisible mark outside ASCII at this place; 0 where there is none.
    ///
    /// U+00A0, U+00AD, the general punctuation of U+2000…U+207F, the minus sign U+2212, the byte order mark U+FEFF.
    static func blankLength(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
        let left = text.count - index
        switch text[index] {
        case 0xC2: return left > 1 && (text[index + 1] == 0xA0 || text[index + 1] == 0xAD) ? 2 : 0
        case 0xE2:
            guard left > 2 else { return 0 }
            let isPunctuation = text[index + 1] == 0x80 || text[index + 1] == 0x81
            return isPunctuation || text[index + 1] == 0x88 && text[index + 2] == 0x92 ? 3 : 0
        case 0xEF: return left > 2 && text[index + 1] == 0xBB && text[index + 2] == 0xBF ? 3 : 0
        default: return 0
        }
    }

    /// Without surrounding blanks and quotes.
    private static func trimmed(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        func isOutside(_ byte: UInt8) -> Bool {
            byte <= UInt8(ascii: " ") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
        }
        var (start, end) = (0, text.count)
        while start < end, isOutside(text[start]) { start += 1 }
        while start < end, isOutside(text[end - 1]) { end -= 1 }
        return UnsafeBufferPointer(rebasing: text[start..<end])
    }

    /// Compares ASCII letters without regard to case.
    private static func hasPrefix(_ text: UnsafeBufferPointer<UInt8>, _ prefix: StaticString) -> Bool {
        guard text.count >= prefix.utf8CodeUnitCount else { return false }
        return prefix.withUTF8Buffer { prefix in
            for index in prefix.indices {
                let byte = text[index]
                let isCapital = UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
                guard (isCapital ? byte | 0x20 : byte) == prefix[index] else { return false }
            }
            return true
        }
    }
}
