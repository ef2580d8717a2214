import CMariaDB

/// One row of a result, valid for the duration of a call.
///
/// Its cells are in the client library's buffer, which the next row overwrites: copy anything that must be kept.
public struct Row: ~Copyable {
    private let cells: MYSQL_ROW
    private let lengths: UnsafeMutablePointer<UInt>
    /// The number of cells.
    public let count: Int

    init(cells: MYSQL_ROW, lengths: UnsafeMutablePointer<UInt>, count: Int) {
        self.cells = cells
        self.lengths = lengths
        self.count = count
    }

    /// The bytes of a cell, nil for SQL NULL. Valid until the closure that received the row returns.
    ///
    /// - Parameter index: Position of the column in the query, from 0.
    public subscript(index: Int) -> UnsafeRawBufferPointer? {
        precondition(index >= 0 && index < count, "column \(index) of \(count)")
        guard let cell = cells[index] else { return nil }
        return UnsafeRawBufferPointer(start: cell, count: Int(lengths[index]))
    }

    /// A copy of a cell as text, nil for SQL NULL. For metadata and small numbers of rows.
    ///
    /// - Parameter index: Position of the column in the query, from 0.
    /// - Returns: The text; bytes that are not UTF-8 are replaced.
    public func text(_ index: Int) -> String? {
        self[index].map { String(decoding: $0, as: UTF8.self) }
    }
}
