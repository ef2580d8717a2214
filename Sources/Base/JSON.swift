/// JSON whose objects keep the order of their members.
public indirect enum JSON: Sendable, Equatable {
    /// `null`.
    case null
    /// `true` or `false`.
    case boolean(Bool)
    /// A whole number.
    case integer(Int)
    /// A number. One that is not finite is written as null, because JSON cannot express it.
    case number(Double)
    /// A text of any content.
    case string(String)
    /// Values, in order.
    case array([JSON])
    /// Members, in order.
    case object([(String, JSON)])

    /// The text on one line.
    public var line: String { text(pretty: false) }

    /// The text (RFC 8259), indented by two blanks a level, or on one line.
    public func text(pretty: Bool = true) -> String {
        var out = ""
        write(to: &out, indentation: pretty ? 0 : nil)
        return out
    }

    private func write(to out: inout String, indentation: Int?) {
        switch self {
        case .null: out += "null"
        case .boolean(let value): out += value ? "true" : "false"
        case .integer(let value): out += String(value)
        case .number(let value):
            if !value.isFinite {
                out += "null"
            } else if value == value.rounded(), abs(value) < 1e15 {
                out += String(Int(value))
            } else {
                out += "\(value)"
            }
        case .string(let value): JSON.quote(value, to: &out)
        case .array(let items):
            JSON.list(items, "[", "]", to: &out, indentation: indentation) { item, out, inner in
                item.write(to: &out, indentation: inner)
            }
        case .object(let members):
            JSON.list(members, "{", "}", to: &out, indentation: indentation) { member, out, inner in
                JSON.quote(member.0, to: &out)
                out += inner == nil ? ":" : ": "
                member.1.write(to: &out, indentation: inner)
            }
        }
    }

    private static func list<Item>(
        _ items: [Item],
        _ open: String,
        _ close: String,
        to out: inout String,
        indentation: Int?,
        write: (Item, inout String, Int?) -> Void
    ) {
        out += open
        let inner = indentation.map { $0 + 2 }
        for (index, item) in items.enumerated() {
            if index > 0 { out += "," }
            if let inner { out += "\n" + String(repeating: " ", count: inner) }
            write(item, &out, inner)
        }
        if let indentation, !items.isEmpty { out += "\n" + String(repeating: " ", count: indentation) }
        out += close
    }

    /// Appends a string in quotes. Characters that control a terminal, are invisible or change the direction of the
    /// text beside them are escaped, so that JSON can be displayed safely. U+2028 and U+2029 end a line in JavaScript,
    /// and some readers of JSON lines fail on them.
    static func quote(_ text: String, to out: inout String) {
        out += "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\r": out += "\\r"
            case "\t": out += "\\t"
            case _ where scalar.value < 0x20 || scalar.value > 0x7E && PrintableText.steers(scalar):
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            default: out.unicodeScalars.append(scalar)
            }
        }
        out += "\""
    }

    /// Values are equal if they are written as the same text.
    public static func == (first: JSON, second: JSON) -> Bool { first.line == second.line }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    /// A string.
    public init(stringLiteral value: String) { self = .string(value) }
    /// A whole number.
    public init(integerLiteral value: Int) { self = .integer(value) }
    /// `true` or `false`.
    public init(booleanLiteral value: Bool) { self = .boolean(value) }
}

extension JSON: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByNilLiteral {
    /// An object whose members keep the order in which they are written.
    public init(dictionaryLiteral members: (String, JSON)...) { self = .object(members) }
    /// An array.
    public init(arrayLiteral items: JSON...) { self = .array(items) }
    /// `null`.
    public init(nilLiteral: ()) { self = .null }
}
