import Base
import Foundation

/// The phrases that the source asks to be localized, found by reading it: what a program run in a test never reaches is
/// found as well.
struct SourcePhrases {
    /// A phrase, and where it is.
    struct Found {
        let key: Catalogue.Key
        let place: String
    }

    let found: [Found]
    /// Calls whose phrase is not a literal.
    let unreadable: [String]

    /// Reads every Swift file below a folder.
    init(below folder: URL) throws {
        var found: [Found] = []
        var unreadable: [String] = []
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) where name.hasSuffix(".swift") {
            let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
            let file = Self.phrases(in: text, name)
            found += file.found
            unreadable += file.unreadable
        }
        (self.found, self.unreadable) = (found, unreadable)
    }

    static func phrases(in text: String, _ name: String) -> (found: [Found], unreadable: [String]) {
        var found: [Found] = []
        var unreadable: [String] = []
        var rest = text[...]
        while let call = rest.range(of: "localized(") {
            rest = rest[call.upperBound...]
            let line = text[..<call.lowerBound].count { $0.isNewline } + 1
            let lineText = text[..<call.lowerBound].split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
            // Comments, and the functions themselves.
            if lineText.contains("//") || lineText.hasSuffix("func ") { continue }
            guard let arguments = Arguments(rest) else {
                unreadable.append("\(name):\(line)")
                continue
            }
            if arguments.labels["key"] != nil { continue }
            guard let phrase = arguments.labels["one"] ?? arguments.labels[""], phrase.hasPrefix("\""),
                let text = Self.key(of: phrase)
            else {
                unreadable.append("\(name):\(line)")
                continue
            }
            let key = Catalogue.Key(
                text: text,
                plural: arguments.labels["other"].flatMap { Self.key(of: $0) },
                context: arguments.labels["context"].flatMap { Self.key(of: $0) }
            )
            found.append(Found(key: key, place: "\(name):\(line)"))
        }
        return (found, unreadable)
    }

    /// The key of a literal: each interpolation is a number.
    static func key(of literal: String) -> String? {
        var body: Substring
        if literal.hasPrefix("\"\"\"") {
            guard literal.hasSuffix("\"\"\""), literal.count >= 6 else { return nil }
            let lines = literal.dropFirst(3).dropLast(3).split(separator: "\n", omittingEmptySubsequences: false)
            let indent = lines.last?.count ?? 0
            body = lines.dropFirst().dropLast().map { $0.dropFirst(indent) }.joined(separator: "\n")[...]
        } else {
            guard literal.hasPrefix("\""), literal.hasSuffix("\""), literal.count >= 2 else { return nil }
            body = literal.dropFirst().dropLast()
        }
        var result = ""
        var values = 0
        while let character = body.popFirst() {
            guard character == "\\" else {
                result.append(character)
                continue
            }
            switch body.popFirst() {
            case "(":
                guard let end = Arguments.end(of: body) else { return nil }
                body = body[body.index(after: end)...]
                values += 1
                result += "{\(values)}"
            case "n": result += "\n"
            case "t": result += "\t"
            case "\n": body = body.drop { $0 == " " }
            case "u":
                guard body.popFirst() == "{", let close = body.firstIndex(of: "}"),
                    let scalar = UInt32(body[..<close], radix: 16).flatMap(Unicode.Scalar.init)
                else { return nil }
                result.unicodeScalars.append(scalar)
                body = body[body.index(after: close)...]
            case let other?: result.append(other)
            case nil: return nil
            }
        }
        return result
    }
}

/// The arguments of a call, as they are written.
struct Arguments {
    /// By label; the argument without a label is the one of "".
    private(set) var labels: [String: String] = [:]

    /// - Parameter text: What follows the opening parenthesis.
    init?(_ text: Substring) {
        guard let end = Self.end(of: text) else { return nil }
        for part in Self.parts(text[..<end]) {
            let part = part.trimmingCharacters(in: .whitespacesAndNewlines)
            if let colon = part.firstIndex(of: ":"), part[..<colon].allSatisfy(\.isLetter) {
                let value = part[part.index(after: colon)...]
                labels[String(part[..<colon])] = value.trimmingCharacters(in: .whitespacesAndNewlines)
            } else if labels[""] == nil {
                labels[""] = part
            }
        }
    }

    /// The place of the parenthesis that closes what was opened before `text`.
    static func end(of text: Substring) -> Substring.Index? {
        var depth = 0
        var place = text.startIndex
        while place < text.endIndex {
            switch text[place] {
            case "\"":
                guard let after = skip(stringAt: place, text) else { return nil }
                place = after
                continue
            case "(", "[", "{": depth += 1
            case ")", "]", "}":
                if depth == 0 { return place }
                depth -= 1
            default: break
            }
            place = text.index(after: place)
        }
        return nil
    }

    /// The place after a string literal.
    private static func skip(stringAt start: Substring.Index, _ text: Substring) -> Substring.Index? {
        let mark: Substring = text[start...].hasPrefix("\"\"\"") ? "\"\"\"" : "\""
        var place = text.index(start, offsetBy: mark.count)
        while place < text.endIndex {
            if text[place...].hasPrefix(mark) { return text.index(place, offsetBy: mark.count) }
            if text[place] == "\\" {
                place = text.index(after: place)
                guard place < text.endIndex else { return nil }
                if text[place] == "(" {
                    guard let close = end(of: text[text.index(after: place)...]) else { return nil }
                    place = close
                }
            }
            place = text.index(after: place)
        }
        return nil
    }

    private static func parts(_ text: Substring) -> [Substring] {
        var parts: [Substring] = []
        var start = text.startIndex
        var place = start
        var depth = 0
        while place < text.endIndex {
            switch text[place] {
            case "\"":
                guard let after = skip(stringAt: place, text) else { return parts + [text[start...]] }
                place = after
                continue
            case "(", "[", "{": depth += 1
            case ")", "]", "}": depth -= 1
            case "," where depth == 0:
                parts.append(text[start..<place])
                start = text.index(after: place)
            default: break
            }
            place = text.index(after: place)
        }
        return parts + [text[start...]]
    }
}
