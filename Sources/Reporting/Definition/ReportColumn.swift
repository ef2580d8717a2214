/// A column of a report, as declared in its file.
public struct ReportColumn: Sendable, Hashable {
    /// The type of a column's values; each format shows them in its own way.
    public enum Kind: String, Sendable, CaseIterable {
        /// Any text.
        case text
        /// A whole number.
        case integer
        /// A number with one decimal.
        case decimal
        /// A percentage with one decimal, without a percent sign.
        case percent
        /// Whole seconds.
        case duration
        /// Seconds with one decimal: a mean, or a percentile.
        case average
        /// A moment: the statement returns timestamptz, formats print it with the zone's offset.
        case timestamp
    }

    /// The column's name in every format.
    public let name: String
    /// The type of its values.
    public let kind: Kind
    /// The column's meaning, with its formula.
    public let description: String
    /// Its heading for people; nil to derive it from the name.
    var givenHeading: String?
}

extension ReportColumn.Kind {
    /// Whether the values are numbers.
    public var isNumeric: Bool { self != .text && self != .timestamp }
    /// Whether the values are seconds.
    public var isDuration: Bool { self == .duration || self == .average }
}
