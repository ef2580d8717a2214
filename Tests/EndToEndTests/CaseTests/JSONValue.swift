/// A value as stated in a case and as printed by the program.
indirect enum JSONValue: Decodable, Equatable, Sendable, CustomStringConvertible {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    /// The value as a person would read it: a string without its quotes.
    var description: String {
        switch self {
        case .null: "null"
        case .bool(let value): "\(value)"
        case .number(let value): value == value.rounded() ? "\(Int64(value))" : "\(value)"
        case .string(let value): value
        case .array(let values): "[" + values.map(\.description).joined(separator: ", ") + "]"
        case .object(let members):
            "{" + members.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + "}"
        }
    }

    /// The differences from the expected value; empty if there are none.
    ///
    /// `*` matches anything, `~…` is a regular expression for the value's text, an object must have at least the
    /// expected members, and a list must have the same number of values in the same order.
    func differences(from expected: JSONValue, at path: String = "") -> [String] {
        switch (expected, self) {
        case (.string("*"), _): return []
        case (.string(let pattern), _) where pattern.hasPrefix("~"):
            let matches = (try? Regex(String(pattern.dropFirst())).firstMatch(in: description)) ?? nil
            return matches == nil ? ["\(path): \(description) does not match \(pattern)"] : []
        case (.object(let wanted), .object(let members)):
            return wanted.sorted { $0.key < $1.key }.flatMap { key, value in
                members[key]?.differences(from: value, at: "\(path).\(key)") ?? ["\(path).\(key) is missing"]
            }
        case (.array(let wanted), .array(let values)) where wanted.count == values.count:
            return zip(wanted, values).enumerated().flatMap { index, pair in
                pair.1.differences(from: pair.0, at: "\(path)[\(index)]")
            }
        default: return self == expected ? [] : ["\(path): \(description), expected \(expected)"]
        }
    }
}
