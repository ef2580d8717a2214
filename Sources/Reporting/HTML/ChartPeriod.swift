import Base

/// A period of a chart.
struct ChartPeriod: Hashable {
    let from: LocalMoment
    let to: LocalMoment

    /// The period of a row; nil for a row without one.
    init?(_ result: ReportResult, _ row: [ReportCell]) {
        guard case .moment(let from) = result.cell(row, "period_start"),
            case .moment(let to) = result.cell(row, "period_end")
        else { return nil }
        (self.from, self.to) = (from, to)
    }

    /// Its label among `count` periods of a chart.
    func tick(_ interval: ReportInterval, of count: Int) -> String {
        interval == .hour ? String(from.secondOfDay / 3600) : Words.tick(from.date, interval, of: count)
    }

    /// Its name in a sentence.
    func name(_ interval: ReportInterval) -> String {
        guard interval == .hour else { return Words.day(from.date) }
        return Self.hour(from.secondOfDay / 3600)
    }

    /// An hour of a day by its beginning and its end.
    static func hour(_ hour: Int) -> String { localized("\(hour)–\(hour + 1) h") }
}
