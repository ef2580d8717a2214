public import Base

/// A value for `$1`, `$2`, … of a statement.
///
/// All but `text` are sent in binary with their type. The type of a text is left to the server, so that a text can also
/// be used as a date, an interval or a JSON value.
public enum Parameter: Sendable, Hashable {
    case null
    case int64(Int64)
    case double(Double)
    case bool(Bool)
    case text(String)
    case bytes([UInt8])
    case moment(Moment)
    case int64Array([Int64])
    case textArray([String])
    case bytesArray([[UInt8]])
    case momentArray([Moment])

    /// A text, or NULL.
    public static func text(_ value: String?) -> Parameter {
        value.map { .text($0) } ?? .null
    }

    /// A whole number, or NULL.
    public static func int64(_ value: Int64?) -> Parameter {
        value.map { .int64($0) } ?? .null
    }

    /// A moment, or NULL.
    public static func moment(_ value: Moment?) -> Parameter {
        value.map { .moment($0) } ?? .null
    }
}

extension Parameter: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    /// A text.
    public init(stringLiteral value: String) { self = .text(value) }
    /// A whole number.
    public init(integerLiteral value: Int64) { self = .int64(value) }
    /// A truth value.
    public init(booleanLiteral value: Bool) { self = .bool(value) }
}
