/// A sum that must hold in every row: `offered = answered + abandoned`.
public struct SumCheck: Sendable, Hashable {
    /// The column with the total.
    public let total: String
    /// The columns that add up to it.
    public let parts: [String]

    /// Reads `total = part + part …`; nil for anything else.
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
    /// The sum as written in the report's file.
    public var description: String { "\(total) = \(parts.joined(separator: " + "))" }
}
