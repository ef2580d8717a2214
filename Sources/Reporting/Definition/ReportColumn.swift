/// A column of a report, as its file declares it.
public struct ReportColumn: Sendable, Hashable {
    /// What a column's values are; each format shows them in its own way.
    public enum Kind: String, Sendable, CaseIterable {
        /// Any text.
        case text
        /// A whole number.
        case integer
        /// A number with one decimal.
        case decimal
        /// A share of a hundred with one decimal, without a sign.
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
    /// What its values are.
    public let kind: Kind
    /// What the column says, with its formula.
    public let description: String
}

extension ReportColumn.Kind {
    /// Whether the values are numbers.
    public var isNumeric: Bool { self != .text && self != .timestamp }
    /// Whether the values are seconds.
    public var isDuration: Bool { self == .duration || self == .average }
}
