import Base
import CallRecords
import MariaDB

/// The time column of a table: how it is queried, and how a window is expressed for it.
struct TimeColumn: Sendable {
    enum Form: Sendable {
        /// DATETIME, DATE: what the PBX wrote, whatever the session's zone.
        case wall
        /// TIMESTAMP: the server converted what the PBX wrote to UTC using its own zone, and is asked to convert it
        /// back.
        case timestamp
        /// Numbers of seconds since 1970.
        case epoch
        /// Text: wall times, epochs, or even both.
        case text
    }

    let column: TableShape.Column
    /// The column that contains the time if the first one is empty.
    let fallback: TableShape.Column?
    let form: Form

    init(_ column: TableShape.Column, fallback: TableShape.Column? = nil) {
        self.column = column
        self.fallback = fallback
        form =
            switch column.type {
            case "timestamp": .timestamp
            case "datetime", "date": .wall
            case _ where column.isNumber: .epoch
            default: .text
            }
    }

    /// The column by which rows are found and sorted, or whichever of two contains the time.
    var quotedName: String {
        let name = Connection.identifier(column.name)
        return fallback.map { "IF(\(hasTime), \(name), \(Connection.identifier($0.name)))" } ?? name
    }

    /// The condition that the column contains a time in a row, and not NULL, an empty text or the zero date.
    var hasTime: String {
        let name = Connection.identifier(column.name)
        return switch form {
        case .wall, .timestamp: "(\(name) IS NOT NULL AND \(name) >= '1970-01-02')"
        case .epoch: "(\(name) IS NOT NULL AND \(name) >= 1)"
        case .text: "(\(name) IS NOT NULL AND \(name) >= '1')"
        }
    }

    /// The expression that returns the time as the PBX wrote it.
    ///
    /// The session's zone is UTC, in which a TIMESTAMP is unambiguous and in order, so rows are sorted and searched in
    /// UTC. CONVERT_TZ returns NULL for a zero date.
    var selected: String {
        let own = Self.asWritten(column)
        return fallback.map { "IF(\(hasTime), \(own), \(Self.asWritten($0)))" } ?? own
    }

    /// The expression that returns any time column as the PBX wrote it.
    static func asWritten(_ column: TableShape.Column) -> String {
        let name = Connection.identifier(column.name)
        guard column.type == "timestamp" else { return name }
        return "IFNULL(CONVERT_TZ(\(name), '+00:00', @@GLOBAL.time_zone), \(name))"
    }

    /// The conditions that together select the window's rows, each with a lower and an upper bound in SQL.
    func bounds(_ window: SourceWindow) -> [(lower: String, upper: String)] {
        let wall = (
            "'\(CivilTime(secondsSince1970: window.wall.lowerBound))'",
            "'\(CivilTime(secondsSince1970: window.wall.upperBound))'"
        )
        switch form {
        case .wall: return [wall]
        case .timestamp:
            // If the server's own zone repeats or skips an hour, an extra hour on both sides ensures that nothing is
            // missed.
            return [
                (
                    "CONVERT_TZ(\(wall.0), @@GLOBAL.time_zone, '+00:00') - INTERVAL 1 HOUR",
                    "CONVERT_TZ(\(wall.1), @@GLOBAL.time_zone, '+00:00') + INTERVAL 1 HOUR"
                )
            ]
        case .epoch: return [("\(window.instants.lowerBound)", "\(window.instants.upperBound)")]
        case .text:
            // Ten digits until 2286: epochs sort as texts in the same way as they do as numbers.
            return [("'\(window.instants.lowerBound)'", "'\(window.instants.upperBound)'"), wall]
        }
    }

    /// How many rows have no time and so lie in no window. Counted only if an index makes that cheap; otherwise 0.
    func undatedRows(of shape: TableShape, on connection: inout Connection) throws(ExtractError) -> Int {
        guard fallback == nil, let index = shape.indexes[column.name.lowercased()] else { return 0 }
        let none =
            switch form {
            case .wall, .timestamp: "\(quotedName) < '1970-01-02'"
            case .epoch: "\(quotedName) < 1"
            case .text: "\(quotedName) = ''"
            }
        do throws(DatabaseError) {
            let count = try connection.query(
                "SELECT COUNT(*) FROM \(shape.quotedName) FORCE INDEX (\(Connection.identifier(index)))"
                    + " WHERE \(none) OR \(quotedName) IS NULL"
            )
            return count.first?.first?.flatMap { Int($0) } ?? 0
        } catch {
            throw ExtractError(database: error)
        }
    }
}
