/// A moment in a file of ours: microseconds since 1970-01-01 00:00:00 UTC, so that nothing is rounded.
extension Moment: Codable {
    /// Reads microseconds.
    ///
    /// - Throws: `DecodingError` for anything but a whole number.
    public init(from decoder: any Decoder) throws {
        self.init(microseconds: try decoder.singleValueContainer().decode(Int64.self))
    }

    /// Writes microseconds.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(microseconds)
    }
}
