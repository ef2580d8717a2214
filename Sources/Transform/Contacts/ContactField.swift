import CallRecords

/// How a phone field of a CRM is split, byte by byte.
enum ContactField {
    /// The parts between semicolons, vertical bars, line ends and ` ::: `.
    static func parts(_ bytes: UnsafeBufferPointer<UInt8>) -> [UnsafeBufferPointer<UInt8>] {
        var parts: [UnsafeBufferPointer<UInt8>] = []
        var start = 0
        var index = 0
        while index <= bytes.count {
            let isEnd = index == bytes.count
            let isMark = !isEnd && (";|\n\r".utf8.contains(bytes[index]) || bytes[index...].starts(with: ":::".utf8))
            if isEnd || isMark {
                if index > start { parts.append(UnsafeBufferPointer(rebasing: bytes[start..<index])) }
                while !isEnd, index + 1 < bytes.count, bytes[index] == UInt8(ascii: ":"),
                    bytes[index + 1] == bytes[index]
                {
                    index += 1
                }
                start = index + 1
            }
            index += 1
        }
        return parts
    }

    /// Whether these are digits, perhaps behind a plus, and nothing else.
    static func isPlain(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let digits = text.first == UInt8(ascii: "+") ? text.dropFirst() : text[...]
        return !digits.isEmpty && digits.allSatisfy { $0 &- UInt8(ascii: "0") < 10 }
    }

    /// `4.91511E+12`, as spreadsheets show long numbers.
    static func isScientific(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let part = Array(text.filter { $0 > UInt8(ascii: " ") && $0 != UInt8(ascii: "\"") })
        guard let mark = part.firstIndex(where: { $0 | 0x20 == UInt8(ascii: "e") }), mark >= 1, mark + 1 < part.count,
            part[mark + 1] == UInt8(ascii: "+"), mark + 2 < part.count
        else { return false }
        let isDigit: (UInt8) -> Bool = { $0 &- UInt8(ascii: "0") < 10 }
        return part[..<mark].allSatisfy { isDigit($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
            && part[(mark + 2)...].allSatisfy(isDigit)
    }

    /// The number of digits in it.
    static func digits(_ text: UnsafeBufferPointer<UInt8>) -> Int { text.count { $0 &- UInt8(ascii: "0") < 10 } }

    /// A number followed by a remark, and what follows the remark if that may be another number.
    static func cutAtRemark(
        _ text: UnsafeBufferPointer<UInt8>
    ) -> (head: UnsafeBufferPointer<UInt8>, tail: UnsafeBufferPointer<UInt8>?) {
        // URIs and display names contain letters of their own.
        guard !text.contains(where: { $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: "<") }) else { return (text, nil) }
        var seen = 0
        var index = 0
        while index < text.count {
            if text[index] &- UInt8(ascii: "0") < 10 { seen += 1 }
            guard seen >= 7, isLetter(text, index) else {
                index += max(1, NumberWrapping.blankLength(text, at: index))
                continue
            }
            let tail = text[index...].drop { $0 &- UInt8(ascii: "0") >= 10 && $0 != UInt8(ascii: "+") }
            let rest = UnsafeBufferPointer(rebasing: tail)
            guard digits(rest) >= 7 else { return (text, nil) }
            return (UnsafeBufferPointer(rebasing: text[..<index]), rest)
        }
        return (text, nil)
    }

    private static func isLetter(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
        let byte = text[index]
        if byte >= 0xC3 { return NumberWrapping.blankLength(text, at: index) == 0 }
        return UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
    }

    /// Pieces that begin with a plus, and what precedes the first of them.
    static func cutAtPluses(_ text: UnsafeBufferPointer<UInt8>) -> [UnsafeBufferPointer<UInt8>] {
        let starts = text.indices.filter { text[$0] == UInt8(ascii: "+") && $0 > 0 }
        return zip([0] + starts, starts + [text.count]).map { UnsafeBufferPointer(rebasing: text[$0..<$1]) }
            .filter { digits($0) > 0 }
    }

    /// The parts between hyphens and dashes that have a blank on both sides.
    static func cutAtDashes(_ text: UnsafeBufferPointer<UInt8>) -> [UnsafeBufferPointer<UInt8>] {
        var pieces: [UnsafeBufferPointer<UInt8>] = []
        var start = 0
        var index = 0
        while index < text.count {
            let rest = text[index...]
            guard let dash = [" - ", " – ", " — "].first(where: { rest.starts(with: $0.utf8) }) else {
                index += 1
                continue
            }
            pieces.append(UnsafeBufferPointer(rebasing: text[start..<index]))
            start = index + dash.utf8.count
            index = start
        }
        pieces.append(UnsafeBufferPointer(rebasing: text[start...]))
        return pieces
    }

    /// The bytes with the separators replaced by blanks.
    static func blanking(_ text: Slice<UnsafeBufferPointer<UInt8>>, _ separators: StaticString) -> [UInt8] {
        separators.withUTF8Buffer { marks in text.map { marks.contains($0) ? UInt8(ascii: " ") : $0 } }
    }

    /// Whether a recognisable number begins here: with a plus, a zero or the trunk prefix.
    static func isMarked(_ text: UnsafeBufferPointer<UInt8>, by plan: NumberPlan) -> Bool {
        guard let first = text.first(where: { $0 &- UInt8(ascii: "0") < 10 || $0 == UInt8(ascii: "+") }) else {
            return false
        }
        if first == UInt8(ascii: "+") || first == UInt8(ascii: "0") { return true }
        let prefix = plan.nationalPrefix ?? plan.region.flatMap(PhoneMetadata.nationalPrefix)
        return prefix?.utf8.first == first
    }

    /// The digits of a number that ends in a word, with the letters as on the keys of a phone (ITU-T E.161); `nil` for
    /// a text in any other form.
    static func vanityDigits(_ text: UnsafeBufferPointer<UInt8>) -> (digits: String, isUpperCase: Bool)? {
        let keys: [UInt8] = Array("22233344455566677778889999".utf8)
        var digits = ""
        var letters = 0
        var isUpperCase = true
        for byte in text {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digits.unicodeScalars.append(Unicode.Scalar(byte))
            case UInt8(ascii: "+") where digits.isEmpty: digits = "+"
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
                guard digits.utf8.count(where: { $0 != UInt8(ascii: "+") }) > 0 else { return nil }
                if byte >= UInt8(ascii: "a") { isUpperCase = false }
                letters += 1
                digits.unicodeScalars.append(Unicode.Scalar(keys[Int((byte | 0x20) - UInt8(ascii: "a"))]))
            case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "("), UInt8(ascii: ")"),
                UInt8(ascii: "/"):
                continue
            default: return nil
            }
        }
        guard letters >= 3, 8...16 ~= digits.utf8.count else { return nil }
        return (digits, isUpperCase)
    }
}
