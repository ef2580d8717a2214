import Base
import CallRecords
import Configuration
import Pipeline
import Postgres
import Reporting
import Warehouse

/// Compares the board's figures of the last day with the report's, once a night, after the first load that contains that whole
/// day. It stores nothing.
struct LiveComparison {
    let settings: Settings
    /// The clock.
    let now: Moment

    /// How long after midnight most calls that began before it have ended.
    static let patience = Duration.seconds(3600)

    /// A sentence for each queue and figure that differs; empty if there is nothing to compare.
    ///
    /// - Throws: `FileError`, `ReportError`, `PostgresError`.
    func differences(after run: RunResult, on connection: borrowing Connection) throws -> [String] {
        guard run.queueLog != nil, run.source != "ami", !run.isDryRun else { return [] }
        let kept = try LiveDayFile(dataDirectory: settings.warehouse.dataDirectory).read()
        guard let entry = kept.last(where: { $0.pbx == run.pbx && now - $0.day.ends >= Self.patience }),
            run.window.from.map({ $0 <= entry.day.begins }) ?? true,
            try isFirst(run, after: entry.day, on: connection)
        else { return [] }
        let loaded = try loaded(entry, on: connection)
        return DayDifference.all(between: entry.seen, and: loaded).map { difference in
            difference.sentence(pbx: run.pbx, entry.seen, zone: zone(run.pbx))
        }
    }

    private func isFirst(
        _ run: RunResult,
        after day: LiveDay,
        on connection: borrowing Connection
    ) throws(PostgresError) -> Bool {
        let parameters: [Parameter] = [
            .text(run.pbx), .moment(day.ends + Self.patience), .moment(day.begins), .int64(run.run),
        ]
        let count = try connection.query(SQLFiles.Load.runsOfLogsSince, parameters)
            .first { row throws(PostgresError) in try row.int64(0) }
        return count == 0
    }

    private func loaded(_ entry: LiveDayFile.Entry, on connection: borrowing Connection) throws -> [ReportLine] {
        let (begins, ends) = (WrittenTime(entry.day.begins), WrittenTime(entry.day.ends))
        var request = ReportsRequest(names: ["queues"])
        (request.window, request.pbx, request.timeZone) = (.between(begins, ends), entry.pbx, "UTC")
        let runner = ReportRunner(request.resolved(by: settings.reports))
        let results = try runner.run([ReportCatalogue().definition("queues")], on: connection)
        return results.flatMap { ReportLine.lines(of: $0) }
    }

    private func zone(_ pbx: String) -> ZoneTable {
        (try? settings.pbx(pbx))?.timeZone.flatMap { try? ZoneFiles.load($0) } ?? .utc
    }
}

extension LiveDayFile.Entry {
    /// The day with the time after which it was not followed any more.
    fileprivate var seen: LiveDay {
        let end = day.ends + LiveComparison.patience
        guard until < end else { return day }
        var day = day
        day.blanks.append(LiveDay.Blank(from: until, to: end, cause: .notRunning))
        return day
    }
}

/// The cells of a row of a report that hold numbers, by column.
struct ReportLine: Sendable {
    /// The queue, or what else the row is about.
    let queue: String
    /// The numbers, in tenths; whole numbers too.
    let tenths: [String: Int64]

    /// The rows of a result.
    ///
    /// - Parameter column: What the rows are about.
    static func lines(of result: ReportResult, named column: String = "queue") -> [ReportLine] {
        result.rows.map { row in
            var queue = ""
            var tenths: [String: Int64] = [:]
            for (shown, cell) in zip(result.columns, row) {
                switch cell {
                case .integer(let value): tenths[shown.name] = value.multipliedReportingOverflow(by: 10).partialValue
                case .tenths(let value): tenths[shown.name] = value
                case .text(let text): if shown.name == column { queue = text }
                case .empty, .moment: break
                }
            }
            return ReportLine(queue: queue, tenths: tenths)
        }
    }
}
