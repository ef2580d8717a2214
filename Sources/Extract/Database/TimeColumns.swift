import MariaDB

/// Which of the possible columns contains a table's time: an application's `calldate` may be empty beside Asterisk's
/// `start`, or filled only since some day.
struct TimeColumns {
    /// The time column; `nil` if the table has no column with any of the names.
    let column: TableShape.Column?
    /// The column that contains the time if the first one is empty.
    let fallback: TableShape.Column?

    /// Queries the server if the table has several of the columns.
    init(_ names: [String], of shape: TableShape, on connection: inout Connection) throws(ExtractError) {
        let present = names.compactMap { shape.column($0) }
        guard let first = present.first, present.count > 1 else {
            (column, fallback) = (present.first, nil)
            return
        }
        let second = present[1]
        do throws(DatabaseError) {
            func exists(_ condition: String) throws(DatabaseError) -> Bool {
                try !connection.query("SELECT 1 FROM \(shape.quotedName) WHERE \(condition) LIMIT 1").isEmpty
            }
            let (one, two) = (TimeColumn(first), TimeColumn(second))
            if try !exists(one.hasTime) {
                // If neither has a time, nothing can be determined.
                let isSecond = try exists(two.hasTime)
                (column, fallback) = (isSecond ? second : first, nil)
            } else {
                (column, fallback) = (first, try exists("NOT (\(one.hasTime)) AND \(two.hasTime)") ? second : nil)
            }
        } catch {
            throw ExtractError(database: error)
        }
    }
}
