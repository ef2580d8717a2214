/// A statement with named parameters, and its form with numbered ones for the server.
struct NamedStatement: Sendable, Hashable {
    /// The text with `$1::type`, `$2::type`, … in place of `:name`.
    let text: String
    /// The names in the order of their numbers, each of them once.
    let names: [String]

    /// Finds `:name` wherever the server would read code: not in strings, quoted names, comments or `::`.
    ///
    /// - Parameters:
    ///   - source: The statement.
    ///   - types: The type of each declared parameter.
    /// - Throws: ``UndeclaredName`` for the first name without a type.
    init(_ source: String, types: [String: ReportParameter.Kind]) throws(UndeclaredName) {
        var scanner = Scanner(bytes: Array(source.utf8), types: types)
        try scanner.run()
        text = String(decoding: scanner.output, as: UTF8.self)
        names = scanner.names
    }

    /// The line of a character of the text, counted as the server counts lines. Names are replaced within their lines,
    /// so the source has the same lines.
    func line(of character: Int) -> Int {
        text.unicodeScalars.prefix(max(0, character - 1)).count { $0 == "\n" }
    }

    /// A `:name` without a declaration.
    struct UndeclaredName: Error {
        let name: String
        /// The number of lines before it in the statement.
        let line: Int
    }
}

/// One pass over the statement. It follows PostgreSQL's own scanner (scan.l) as far as necessary to recognise code.
private struct Scanner {
    let bytes: [UInt8]
    let types: [String: ReportParameter.Kind]
    var output: [UInt8] = []
    var names: [String] = []
    var position = 0

    mutating func run() throws(NamedStatement.UndeclaredName) {
        output.reserveCapacity(bytes.count + 256)
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: "'"): copyQuoted(byte, escapes: isEscapeString)
            case UInt8(ascii: "\""): copyQuoted(byte, escapes: false)
            case UInt8(ascii: "-") where peek(1) == byte: copyLine()
            case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"): copyComment()
            case UInt8(ascii: "$"): copyDollarQuoted()
            case UInt8(ascii: ":") where peek(1) == byte: copy(2)
            case UInt8(ascii: ":") where peek(1)?.beginsIdentifier == true: try replaceName()
            default: copy(1)
            }
        }
    }

    private func peek(_ ahead: Int = 0) -> UInt8? {
        position + ahead < bytes.count ? bytes[position + ahead] : nil
    }

    private mutating func copy(_ count: Int) {
        let end = min(position + count, bytes.count)
        output.append(contentsOf: bytes[position..<end])
        position = end
    }

    /// Whether the quote here follows an E that is a separate word, so that a backslash escapes.
    private var isEscapeString: Bool {
        guard position > 0, bytes[position - 1] | 0x20 == UInt8(ascii: "e") else { return false }
        return position == 1 || !bytes[position - 2].continuesIdentifier
    }

    private mutating func copyQuoted(_ quote: UInt8, escapes: Bool) {
        copy(1)
        while let byte = peek() {
            if byte == quote && peek(1) == quote || escapes && byte == UInt8(ascii: "\\") {
                copy(2)
            } else {
                copy(1)
                if byte == quote { return }
            }
        }
    }

    private mutating func copyLine() {
        while let byte = peek(), byte != UInt8(ascii: "\n") { copy(1) }
    }

    private mutating func copyComment() {
        var depth = 0
        repeat {
            if peek() == UInt8(ascii: "/") && peek(1) == UInt8(ascii: "*") {
                depth += 1
                copy(2)
            } else if peek() == UInt8(ascii: "*") && peek(1) == UInt8(ascii: "/") {
                depth -= 1
                copy(2)
            } else {
                copy(1)
            }
        } while depth > 0 && position < bytes.count
    }

    /// `$tag$ … $tag$`, or a dollar sign without special meaning.
    private mutating func copyDollarQuoted() {
        var end = position + 1
        while end < bytes.count, bytes[end].continuesIdentifier, bytes[end] != UInt8(ascii: "$") { end += 1 }
        let followsWord = position > 0 && bytes[position - 1].continuesIdentifier
        guard !followsWord, end < bytes.count, bytes[end] == UInt8(ascii: "$"), bytes[position + 1].isDigit == false
        else { return copy(1) }
        let tag = Array(bytes[position...end])
        copy(tag.count)
        while position < bytes.count {
            if bytes[position...].starts(with: tag) { return copy(tag.count) }
            copy(1)
        }
    }

    private mutating func replaceName() throws(NamedStatement.UndeclaredName) {
        var end = position + 1
        while end < bytes.count, bytes[end].continuesIdentifier { end += 1 }
        let name = String(decoding: bytes[(position + 1)..<end], as: UTF8.self)
        guard let type = types[name] else {
            let line = bytes[..<position].count { $0 == UInt8(ascii: "\n") }
            throw NamedStatement.UndeclaredName(name: name, line: line)
        }
        let number: Int
        if let known = names.firstIndex(of: name) {
            number = known + 1
        } else {
            names.append(name)
            number = names.count
        }
        output.append(contentsOf: "$\(number)::\(type.rawValue)".utf8)
        position = end
    }
}
