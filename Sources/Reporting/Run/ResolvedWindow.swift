import Base
import Postgres

/// A window as moments, in a zone that the database knows.
public struct ResolvedWindow: Sendable, Hashable {
    /// The first moment.
    public let from: LocalMoment
    /// The first moment after it.
    public let to: LocalMoment
    /// IANA name of the zone.
    public let timeZone: String
    /// How it is divided into periods.
    public let interval: ReportInterval

    /// The beginnings of its periods as the server's own array of moments, which is sent back to the server.
    let periodList: String
    /// The current time, as printed by the server.
    let now: String
}

extension ResolvedWindow {
    /// Asks the database for the meaning of the request's window: it has the only table of zones, so that windows and
    /// periods cannot disagree. The transaction's zone is set to the request's.
    init(_ request: ReportRequest, interval: ReportInterval, on connection: borrowing Connection) throws {
        let zone = try Self.use(Self.zone(request, on: connection), on: connection)
        let now =
            try connection.query("select coalesce($1::timestamptz, now())::text", [.text(request.now)])
            .first { row in try row.text(0) } ?? ""
        let (from, to) = try Self.bounds(request.window, now: now)
        let moments = try (Self.moment(from, zone, connection), Self.moment(to, zone, connection))
        let inOrder = try connection.query(
            "select $1::timestamptz < $2::timestamptz",
            [.text(moments.0), .text(moments.1)]
        )
        .first { row in try row.bool(0) }
        guard inOrder == true else {
            throw ReportError(.window, "The window ends (\(moments.1)) before it begins (\(moments.0)).")
        }
        let list = try connection.query(
            ReportFiles.Support.periods,
            [.text(moments.0), .text(moments.1), .text(now), .text(interval.rawValue), .text(zone)]
        ).first { row in try row.text(0) }
        guard let first = LocalMoment(moments.0), let last = LocalMoment(moments.1) else {
            throw ReportError(.window, "The window lies outside the calendar.")
        }
        self.init(
            from: first,
            to: last,
            timeZone: zone,
            interval: interval,
            periodList: list ?? "{}",
            now: now
        )
    }

    /// The requested zone, or else that of the PBX.
    private static func zone(_ request: ReportRequest, on connection: borrowing Connection) throws -> String {
        if let zone = request.timeZone { return zone }
        let zones = try connection.query(
            "select distinct timezone from voip.pbx where timezone is not null and ($1::text is null or name = $1)",
            [.text(request.pbx)]
        ).map { row in try row.text(0) }
        return zones.count == 1 ? zones[0] : "UTC"
    }

    /// Sets the transaction's zone.
    ///
    /// - Returns: The zone's name in the IANA's spelling, whatever the case of the given name.
    private static func use(_ zone: String, on connection: borrowing Connection) throws -> String {
        // SET also accepts POSIX rules, so "Berlin5" would be a zone of its own. A name with the form of a region is
        // not such a rule; for other names the table is queried, which takes a while.
        if !zone.contains("/") || zone.utf8.contains(where: \.isDigit), zone != "UTC" {
            let known = try connection.query(
                "select 1 from pg_timezone_names where lower(name) = lower($1) limit 1",
                [.text(zone)]
            )
            guard !known.isEmpty else { throw unknown(zone) }
        }
        do throws(PostgresError) {
            _ = try connection.query("select set_config('TimeZone', $1, true)", [.text(zone)])
            // The server returns the name of the zone's file.
            return try connection.query("select current_setting('TimeZone')").first { row throws(PostgresError) in
                try row.text(0)
            } ?? zone
        } catch {
            guard error.isSQLState("22023") else { throw error }
            throw unknown(zone)
        }
    }

    private static func unknown(_ zone: String) -> ReportError {
        ReportError(.timeZone, "Unknown time zone \(zone). Use an IANA name, such as Europe/Berlin.")
    }

    /// The beginning and end of the window, in the terms of the user.
    private static func bounds(_ window: ReportWindow, now: String) throws(ReportError) -> (WrittenTime, WrittenTime) {
        guard let today = CalendarDay(now.prefix(10)), let end = WrittenTime(wholeSeconds(now)) else {
            throw ReportError(.window, "The clock of the database shows \(now).")
        }
        func day(_ number: Int) -> WrittenTime { WrittenTime(CalendarDay(daysSinceEpoch: number)) }
        switch window {
        case .week(let week):
            let monday = week.monday.daysSinceEpoch
            return (day(monday), day(monday + 7))
        case .lastWeek:
            let monday = today.daysSinceEpoch - today.weekday
            return (day(monday - 7), day(monday))
        case .yesterday:
            return (day(today.daysSinceEpoch - 1), day(today.daysSinceEpoch))
        case .days(let count):
            guard (0...36_600).contains(count) else { throw ReportError(.window, "A number of days is not negative.") }
            return (day(today.daysSinceEpoch - count), end)
        case .month(let offset):
            guard (-12_000...12_000).contains(offset) else { throw ReportError(.window, "The month is too far away.") }
            return (WrittenTime(today.firstOfMonth(offset)), WrittenTime(today.firstOfMonth(offset + 1)))
        case .between(let from, let to):
            return (from, to ?? end)
        }
    }

    /// The server prints microseconds if there are any.
    private static func wholeSeconds(_ moment: String) -> String {
        guard let point = moment.firstIndex(of: ".") else { return moment }
        let fraction = moment[moment.index(after: point)...].prefix { $0.isNumber }
        return String(moment[..<point] + moment[fraction.endIndex...])
    }

    private static func moment(
        _ time: WrittenTime,
        _ zone: String,
        _ connection: borrowing Connection
    ) throws -> String {
        let sql = time.hasOffset ? "select $1::timestamptz" : ReportFiles.Support.moment
        return try connection.query(sql, time.hasOffset ? [.text(time.text)] : [.text(time.text), .text(zone)])
            .first { row in try row.text(0) } ?? time.text
    }
}

extension ResolvedWindow {
    /// A name for files: `2026-W47` for a week, otherwise the first and the last day.
    public var name: String {
        if let week { return "\(week.year)-W\(week.number.padded(2))" }
        let last = CalendarDay(daysSinceEpoch: to.day - (to.secondOfDay == 0 ? 1 : 0))
        return last == from.date ? "\(last)" : "\(from.date)_\(last)"
    }

    /// The ISO week, if the window is one; otherwise nil.
    var week: (year: Int, number: Int)? {
        guard from.secondOfDay == 0, to.secondOfDay == 0, from.date.weekday == 0, to.day - from.day == 7 else {
            return nil
        }
        // A week belongs to the year of its Thursday.
        let thursday = CalendarDay(daysSinceEpoch: from.day + 3)
        let newYear = CalendarDay(year: thursday.year, month: 1, day: 1).daysSinceEpoch
        return (thursday.year, (thursday.daysSinceEpoch - newYear) / 7 + 1)
    }
}
