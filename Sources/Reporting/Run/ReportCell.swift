import Postgres

/// A value in a report. Numbers keep the server's digits, so that no format rounds them again.
public enum ReportCell: Sendable, Hashable {
    /// Empty: unknown, or nothing to divide by.
    case empty
    /// A text.
    case text(String)
    /// A whole number.
    case integer(Int64)
    /// A number with one decimal, in tenths.
    case tenths(Int64)
    /// A moment.
    case moment(LocalMoment)
}

extension ReportCell {
    /// Reads a cell of the server's answer, whose text need not become a `String` for every kind.
    init?(_ row: borrowing Row, _ place: Int, _ kind: ReportColumn.Kind) throws(PostgresError) {
        guard kind == .timestamp else {
            self.init(try row.textIfPresent(place), kind)
            return
        }
        guard let read = row.withBytes(place, { LocalMoment($0) }) else {
            self = .empty
            return
        }
        guard let read else { return nil }
        self = .moment(read)
    }

    /// Reads the server's text for a column of this kind; nil for anything else.
    init?(_ text: String?, _ kind: ReportColumn.Kind) {
        guard let text else {
            self = .empty
            return
        }
        switch kind {
        case .text: self = .text(text)
        case .integer, .duration:
            guard let value = Int64(text) else { return nil }
            self = .integer(value)
        case .decimal, .percent, .average:
            guard let value = Self.tenths(text) else { return nil }
            self = .tenths(value)
        case .timestamp:
            guard let value = LocalMoment(text) else { return nil }
            self = .moment(value)
        }
    }

    /// `12.34` becomes 123: rounded half away from zero, as the server's round() does.
    private static func tenths(_ text: String) -> Int64? {
        let isNegative = text.hasPrefix("-")
        let parts = text.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let whole = Int64(parts[0]), whole < Int64.max / 10 - 1 else { return nil }
        let decimals = parts.count == 2 ? Array(parts[1].utf8) : []
        guard decimals.allSatisfy(\.isDigit) else { return nil }
        let first = decimals.first.map { Int64($0 - UInt8(ascii: "0")) } ?? 0
        let roundsUp = decimals.count > 1 && decimals[1] >= UInt8(ascii: "5")
        let size = whole * 10 + first + (roundsUp ? 1 : 0)
        return isNegative ? -size : size
    }

    /// The number, with a point and one decimal if it has one; nil if it is not a number.
    public var number: String? {
        switch self {
        case .integer(let value): String(value)
        case .tenths(let value): "\(value < 0 ? "-" : "")\(value.magnitude / 10).\(value.magnitude % 10)"
        case .empty, .text, .moment: nil
        }
    }

    /// The number; nil if it is not one.
    var value: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .tenths(let value): Double(value) / 10
        case .empty, .text, .moment: nil
        }
    }
}

extension ReportCell: CustomStringConvertible {
    /// What the cell holds, such as `12`, `83.5` or a moment in ISO 8601; empty for an empty cell.
    public var description: String {
        switch self {
        case .empty: ""
        case .text(let text): text
        case .moment(let moment): moment.description
        case .integer, .tenths: number ?? ""
        }
    }
}
