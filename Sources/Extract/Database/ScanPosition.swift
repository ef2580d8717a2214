import CallRecords
import MariaDB

/// How far a table was read: up to which time, and which rows of that time were passed on.
struct ScanPosition {
    /// The time of the last row, as the server sent it; nil before the first row and among rows without a time.
    private(set) var key: [UInt8]?
    /// Hashes of the rows of that time that were passed on. Rows may repeat, and so may hashes.
    private var handedOver: [Hash128] = []
    /// Rows of that time that the open page will return again, and how often.
    private var expected: [Hash128: Int] = [:]
    private(set) var isPageOpen = false
    /// Rows of the open page.
    private var pageCount = 0
    /// By how much the limit must be raised to allow for rows that come again.
    private var pageExtra = 0
    private var scratch: [UInt8] = []

    /// How many rows of the last time were passed on.
    var atKey: Int { handedOver.count }

    /// Records that a query for the following rows has been sent.
    mutating func openPage() {
        isPageOpen = true
        pageCount = 0
        pageExtra = handedOver.count
        expected.removeAll(keepingCapacity: true)
        for hash in handedOver { expected[hash, default: 0] += 1 }
    }

    /// Records that a page came to its end.
    ///
    /// - Parameter limit: Rows in a page; nil if there is only one page.
    /// - Returns: Whether it was the last page.
    mutating func closePage(limit: Int?) -> Bool {
        isPageOpen = false
        guard let limit else { return true }
        return pageCount < limit + pageExtra
    }

    /// Records that a page was interrupted.
    mutating func leavePage() { isPageOpen = false }

    /// Moves to a row of the page.
    ///
    /// - Parameters:
    ///   - row: The row.
    ///   - cell: Index of the time column.
    /// - Returns: Whether the row must be passed on; false if it already was.
    mutating func isNew(_ row: borrowing Row, key cell: Int) -> Bool {
        pageCount += 1
        let hash = hash(row)
        if isSameKey(row[cell]) {
            if let count = expected[hash] {
                expected[hash] = count == 1 ? nil : count - 1
                return false
            }
        } else {
            key = row[cell].map { Array($0) }
            handedOver.removeAll(keepingCapacity: true)
            expected.removeAll(keepingCapacity: true)
        }
        handedOver.append(hash)
        return true
    }

    private func isSameKey(_ bytes: UnsafeRawBufferPointer?) -> Bool {
        guard let key, let bytes else { return key == nil && bytes == nil }
        return key.count == bytes.count && key.elementsEqual(bytes)
    }

    /// The hash of all cells, which are delimited by their lengths.
    private mutating func hash(_ row: borrowing Row) -> Hash128 {
        let size = row.copy(to: &scratch)
        return scratch.withUnsafeBytes { Hash128(UnsafeRawBufferPointer(rebasing: $0[..<size])) }
    }
}
