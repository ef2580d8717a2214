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

    /// Copies all cells to the beginning of a buffer, each preceded by its length in four bytes, all ones for SQL NULL.
    /// The buffer grows if necessary.
    ///
    /// - Returns: The number of bytes.
    public func copy(to buffer: inout [UInt8]) -> Int {
        let (cells, lengths, count) = (cells, lengths, count)
        let size = (0..<count).reduce(4 * count) { $0 + (cells[$1] == nil ? 0 : Int(lengths[$1])) }
        if buffer.count < size { buffer = Array(repeating: 0, count: 2 * size) }
        buffer.withUnsafeMutableBytes { buffer in
            var end = 0
            for index in 0..<count {
                let length = cells[index] == nil ? .max : UInt32(truncatingIfNeeded: lengths[index])
                buffer.storeBytes(of: length, toByteOffset: end, as: UInt32.self)
                end += 4
                guard let cell = cells[index] else { continue }
                let bytes = UnsafeRawBufferPointer(start: cell, count: Int(lengths[index]))
                UnsafeMutableRawBufferPointer(rebasing: buffer[end...]).copyMemory(from: bytes)
                end += bytes.count
            }
        }
        return size
    }

    /// A copy of a cell as text, nil for SQL NULL. For metadata and small numbers of rows.
    ///
    /// - Parameter index: Position of the column in the query, from 0.
    /// - Returns: The text; bytes that are not UTF-8 are replaced.
    public func text(_ index: Int) -> String? {
        self[index].map { String(decoding: $0, as: UTF8.self) }
    }
}
