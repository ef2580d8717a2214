/// JSON as part of the output of another encoder; whether the order of members is kept is up to that encoder.
extension JSON: Encodable {
    private struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }

        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { return nil }
    }

    /// Encodes the value as its own type. A number that is not finite becomes null, as in ``text(pretty:)``.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .null: try Self.encodeNull(to: encoder)
        case .boolean(let value): try Self.encode(value, to: encoder)
        case .integer(let value): try Self.encode(value, to: encoder)
        case .number(let value):
            if value.isFinite { try Self.encode(value, to: encoder) } else { try Self.encodeNull(to: encoder) }
        case .string(let value): try Self.encode(value, to: encoder)
        case .array(let items):
            var container = encoder.unkeyedContainer()
            for item in items { try container.encode(item) }
        case .object(let members):
            var container = encoder.container(keyedBy: Key.self)
            for (name, value) in members { try container.encode(value, forKey: Key(name)) }
        }
    }

    private static func encode(_ value: some Encodable, to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }

    private static func encodeNull(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encodeNil()
    }
}
