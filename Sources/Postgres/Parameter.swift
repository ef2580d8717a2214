/// A value for `$1`, `$2`, … of a statement.
///
/// All but `text` are sent in binary with their type. A text's type is left to the server, so that it may also stand
/// where a date, an interval or a JSON value is wanted.
public enum Parameter: Sendable, Hashable {
    case null
    case int64(Int64)
    case double(Double)
    case bool(Bool)
    case text(String)
    case bytes([UInt8])
    /// Microseconds since 1970-01-01 00:00 UTC.
    case timestamp(microseconds: Int64)
    case uuid(UInt128)
    case int64Array([Int64])
    case doubleArray([Double])
    case textArray([String])
    case bytesArray([[UInt8]])
    /// Microseconds since 1970-01-01 00:00 UTC.
    case timestampArray(microseconds: [Int64])
    case uuidArray([UInt128])

    /// A text, or NULL.
    public static func text(_ value: String?) -> Parameter {
        value.map { .text($0) } ?? .null
    }

    /// A whole number, or NULL.
    public static func int64(_ value: Int64?) -> Parameter {
        value.map { .int64($0) } ?? .null
    }

    /// A moment in seconds since 1970-01-01 00:00 UTC.
    public static func timestamp(seconds: Int64) -> Parameter {
        .timestamp(microseconds: seconds.multipliedReportingOverflow(by: 1_000_000).partialValue)
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
