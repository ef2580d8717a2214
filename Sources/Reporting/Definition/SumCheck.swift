/// A sum that has to hold in every row: `offered = answered + abandoned`.
public struct SumCheck: Sendable, Hashable {
    /// The column that holds the sum.
    public let total: String
    /// The columns that make it up.
    public let parts: [String]

    /// Reads `total = part + part …`; nil where it is something else.
    init?(_ text: some StringProtocol) {
        let sides = text.split(separator: "=", omittingEmptySubsequences: false)
        guard sides.count == 2 else { return nil }
        let total = sides[0].trimmed
        let parts = sides[1].split(separator: "+", omittingEmptySubsequences: false).map(\.trimmed)
        guard ([total] + parts).allSatisfy(\.isIdentifier) else { return nil }
        self.total = total
        self.parts = parts
    }
}

extension SumCheck: CustomStringConvertible {
    /// As it stands in the report's file.
    public var description: String { "\(total) = \(parts.joined(separator: " + "))" }
}
