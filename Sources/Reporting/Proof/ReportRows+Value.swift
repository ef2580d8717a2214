extension ReportRows {
    /// The figure, computed from the rows alone. It must equal the report's figure, or one of the two is wrong. Empty
    /// if there is nothing to divide by, for a moment, and if not all rows are present.
    public var value: ReportCell {
        guard !isCut else { return .empty }
        switch figure {
        case .moment: return .empty
        case .count: return .integer(Int64(rows.count))
        case .callers: return .integer(Int64(Set(rows.compactMap(\.callerKey)).count))
        case .calls: return .integer(Int64(Set(rows.map { [$0.pbx, $0.linkedid ?? ""] }).count))
        case .share: return Self.ratio(100 * Int64(rows.count { $0.isPart }), Int64(rows.count))
        case .logins: return .integer(span("login"))
        case .pauses: return .integer(span("pause"))
        case .available: return .integer(span("login") - span("pause"))
        case .utilisation: return Self.ratio(100 * sum(.work), span("login"))
        case .occupancy: return Self.ratio(100 * sum(.work), span("login") - span("pause"))
        case .perHour: return Self.ratio(3600 * Int64(rows.count { $0.kind == "visit" }), span("login"))
        case .sum, .mean, .most, .percentile: return amount
        }
    }

    private var amount: ReportCell {
        switch figure {
        case .sum(let amount, let isZeroWhenUnknown):
            let isUnknown = !rows.isEmpty && !rows.contains { Self.value(amount, $0) != nil }
            return isUnknown && !isZeroWhenUnknown ? .empty : .integer(sum(amount))
        case .mean(let amount): return Self.ratio(sum(amount), Int64(rows.count))
        case .most(let amount): return rows.compactMap { Self.value(amount, $0) }.max().map { .integer($0) } ?? .empty
        case .percentile(let tenths, let amount): return percentile(tenths, amount)
        default: return .empty
        }
    }

    /// The position is a tenth of a whole number, so that nothing is rounded before the last step.
    private func percentile(_ tenths: Int, _ amount: ReportFigure.Amount) -> ReportCell {
        let values = rows.compactMap { Self.value(amount, $0) }.sorted()
        guard !values.isEmpty else { return .empty }
        let position = tenths * (values.count - 1)
        let (low, rest) = (position / 10, position % 10)
        guard rest > 0 else { return .tenths(10 * values[low]) }
        return .tenths(10 * values[low] + Int64(rest) * (values[low + 1] - values[low]))
    }

    private func span(_ kind: String) -> Int64 {
        rows.reduce(0) { $1.kind == kind ? $0 + ($1.wait ?? 0) : $0 }
    }

    /// Milliseconds are converted to seconds after they are added up.
    private func sum(_ amount: ReportFigure.Amount) -> Int64 {
        if amount == .ring {
            let milliseconds = rows.reduce(Int64(0)) { $0 + ($1.ringMilliseconds ?? 0) }
            return (milliseconds + 500) / 1000
        }
        return rows.reduce(0) { $0 + (Self.value(amount, $1) ?? 0) }
    }

    private static func value(_ amount: ReportFigure.Amount, _ row: ReportRow) -> Int64? {
        switch amount {
        case .wait: row.wait
        case .ring: row.ringMilliseconds
        case .talk: row.talk
        case .work: row.kind == "visit" ? row.work : 0
        case .wrapUp: row.work - (row.talk ?? 0)
        }
    }

    /// With one decimal, rounded half away from zero, as the server's round() does.
    private static func ratio(_ part: Int64, _ whole: Int64) -> ReportCell {
        guard whole > 0, part >= 0 else { return .empty }
        return .tenths((part * 20 + whole) / (2 * whole))
    }
}
