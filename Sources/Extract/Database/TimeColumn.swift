import Base
import CallRecords
import MariaDB

/// The time column of a table: how it is asked for, and how a window is said in its terms.
struct TimeColumn: Sendable {
    enum Form: Sendable {
        /// DATETIME, DATE: what the PBX wrote, whatever the session's zone.
        case wall
        /// TIMESTAMP: the server turned what the PBX wrote into UTC by its own zone, and is asked to turn it back.
        case timestamp
        /// Numbers of seconds since 1970.
        case epoch
        /// Text: either of wall times and epochs, even both.
        case text
    }

    let column: TableShape.Column
    /// The column that has the time where the first has none.
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

    /// What rows are found and sorted by: the column, or whichever of two has the time.
    var quotedName: String {
        let name = Connection.identifier(column.name)
        return fallback.map { "IF(\(hasTime), \(name), \(Connection.identifier($0.name)))" } ?? name
    }

    /// The condition that the column has a time in a row, and not NULL, nothing or the zero date.
    var hasTime: String {
        let name = Connection.identifier(column.name)
        return switch form {
        case .wall, .timestamp: "(\(name) IS NOT NULL AND \(name) >= '1970-01-02')"
        case .epoch: "(\(name) IS NOT NULL AND \(name) >= 1)"
        case .text: "(\(name) IS NOT NULL AND \(name) >= '1')"
        }
    }

    /// The expression that gives the time as the PBX wrote it.
    ///
    /// The session's zone is UTC, where a TIMESTAMP is unambiguous and in order: that is what rows are sorted and
    /// found by. CONVERT_TZ gives NULL for a zero date.
    var selected: String {
        let own = Self.asWritten(column)
        return fallback.map { "IF(\(hasTime), \(own), \(Self.asWritten($0)))" } ?? own
    }

    /// The expression that gives any time column as the PBX wrote it.
    static func asWritten(_ column: TableShape.Column) -> String {
        let name = Connection.identifier(column.name)
        guard column.type == "timestamp" else { return name }
        return "IFNULL(CONVERT_TZ(\(name), '+00:00', @@GLOBAL.time_zone), \(name))"
    }

    /// The conditions that together give the window's rows, each a lower and an upper bound in SQL.
    func bounds(_ window: SourceWindow) -> [(lower: String, upper: String)] {
        let wall = (
            "'\(CivilTime(secondsSince1970: window.wall.lowerBound))'",
            "'\(CivilTime(secondsSince1970: window.wall.upperBound))'"
        )
        switch form {
        case .wall: return [wall]
        case .timestamp:
            // Where the server's own zone repeats or skips an hour, an hour more on both sides misses nothing.
            return [
                (
                    "CONVERT_TZ(\(wall.0), @@GLOBAL.time_zone, '+00:00') - INTERVAL 1 HOUR",
                    "CONVERT_TZ(\(wall.1), @@GLOBAL.time_zone, '+00:00') + INTERVAL 1 HOUR"
                )
            ]
        case .epoch: return [("\(window.instants.lowerBound)", "\(window.instants.upperBound)")]
        case .text:
            // Ten digits until 2286: texts of epochs sort as their numbers do.
            return [("'\(window.instants.lowerBound)'", "'\(window.instants.upperBound)'"), wall]
        }
    }

    /// How many rows have no time and so lie in no window. Counted where an index makes that cheap; else 0.
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
