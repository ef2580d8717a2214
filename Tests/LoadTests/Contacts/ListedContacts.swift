import CallRecords
import Extract

/// A source that consists of these rows.
struct ListedContacts: ContactSource {
    var rows: [ContactRecord]
    var skippedRows: Int { 0 }

    init(_ rows: [ContactRecord]) { self.rows = rows }

    mutating func forEachContact(_ body: (ContactRecord) throws -> Void) throws {
        for row in rows { try body(row) }
    }
}
