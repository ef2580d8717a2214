extension JSON {
    /// Reads a text (RFC 8259); nil if it is not JSON, or is nested more than 200 levels deep.
    ///
    /// A whole number that fits an `Int` becomes ``integer(_:)``, any other number ``number(_:)``.
    public init?(parsing text: String) {
        var parser = JSONParser(bytes: Array(text.utf8))
        guard let value = parser.document() else { return nil }
        self = value
    }
}

/// Parses a text byte by byte.
private struct JSONParser {
    let bytes: [UInt8]
    var position = 0
    var depth = 0

    mutating func document() -> JSON? {
        guard let value = value() else { return nil }
        skipSpace()
        // Not written as `? :`, in which nil would be the value null.
        guard position == bytes.count else { return .none }
        return value
    }

    private mutating func value() -> JSON? {
        skipSpace()
        guard position < bytes.count else { return nil }
        switch bytes[position] {
        case UInt8(ascii: "{"): return nested { $0.object() }
        case UInt8(ascii: "["): return nested { $0.array() }
        case UInt8(ascii: "\""): return string().map(JSON.string)
        case UInt8(ascii: "t"): return word("true", .boolean(true))
        case UInt8(ascii: "f"): return word("false", .boolean(false))
        case UInt8(ascii: "n"): return word("null", .null)
        default: return number()
        }
    }

    private mutating func nested(_ body: (inout JSONParser) -> JSON?) -> JSON? {
        guard depth < 200 else { return nil }
        depth += 1
        position += 1
        defer { depth -= 1 }
        return body(&self)
    }

    private mutating func object() -> JSON? {
        var members: [(String, JSON)] = []
        if take("}") { return .object([]) }
        repeat {
            skipSpace()
            guard let name = string(), take(":"), let value = value() else { return nil }
            members.append((name, value))
        } while take(",")
        guard take("}") else { return .none }
        return .object(members)
    }

    private mutating func array() -> JSON? {
        var items: [JSON] = []
        if take("]") { return .array([]) }
        repeat {
            guard let value = value() else { return nil }
            items.append(value)
        } while take(",")
        guard take("]") else { return .none }
        return .array(items)
    }

    private mutating func word(_ text: StaticString, _ value: JSON) -> JSON? {
        let end = position + text.utf8CodeUnitCount
        guard end <= bytes.count, "\(text)".utf8.elementsEqual(bytes[position..<end]) else { return nil }
        position = end
        return value
    }

    /// The grammar is checked here, because Swift accepts more than JSON allows, such as `+1`, `01` and `nan`.
    private mutating func number() -> JSON? {
        let start = position
        if peek("-") { position += 1 }
        let whole = digits()
        guard whole > 0, whole == 1 || bytes[position - whole] != UInt8(ascii: "0") else { return nil }
        var isWhole = true
        if peek(".") {
            position += 1
            isWhole = false
            guard digits() > 0 else { return nil }
        }
        if peek("e") || peek("E") {
            position += 1
            isWhole = false
            if peek("+") || peek("-") { position += 1 }
            guard digits() > 0 else { return nil }
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isWhole, let value = Int(text) { return .integer(value) }
        return Double(text).map(JSON.number)
    }

    private mutating func digits() -> Int {
        let start = position
        while position < bytes.count, (0x30...0x39).contains(bytes[position]) { position += 1 }
        return position - start
    }

    private mutating func string() -> String? {
        guard peek("\"") else { return nil }
        position += 1
        var content: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return String(validating: content, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let scalar = escape() else { return nil }
                content.append(contentsOf: String(scalar).utf8)
            case 0..<0x20: return nil
            default: content.append(byte)
            }
        }
        return nil
    }

    private mutating func escape() -> Unicode.Scalar? {
        guard position < bytes.count else { return nil }
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return codePoint()
        default: return nil
        }
    }

    /// What follows `\u`: a scalar, or the first half of a surrogate pair together with the second.
    private mutating func codePoint() -> Unicode.Scalar? {
        guard let first = hexadecimal() else { return nil }
        guard (0xD800..<0xDC00).contains(first) else { return Unicode.Scalar(first) }
        guard peek("\\") else { return nil }
        position += 1
        guard peek("u") else { return nil }
        position += 1
        guard let second = hexadecimal(), (0xDC00..<0xE000).contains(second) else { return nil }
        return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    }

    private mutating func hexadecimal() -> UInt32? {
        guard position + 4 <= bytes.count else { return nil }
        let digits = bytes[position..<(position + 4)]
        let isHexadecimal = digits.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0 | 0x20) }
        position += 4
        return isHexadecimal ? UInt32(String(decoding: digits, as: UTF8.self), radix: 16) : nil
    }

    private func peek(_ character: Unicode.Scalar) -> Bool {
        position < bytes.count && bytes[position] == UInt8(ascii: character)
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard peek(character) else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
    }
}
