import MariaDB

/// Which of the columns that may hold a table's time does: an application's `calldate` may be empty beside Asterisk's `start`,
/// or be filled only since some day.
struct TimeColumns {
    /// The column of the time; `nil` where the table has none of the names.
    let column: TableShape.Column?
    /// The column that has the time where the first has none.
    let fallback: TableShape.Column?

    /// Asks the server where the table has several of the columns.
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
                // Nothing tells where neither has a time.
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
