import Base
import CMariaDB
import Glibc

/// The rows of a drained result, in an unnamed temporary file, read back in the order in which they were written.
///
/// A row consists of the lengths of its cells, four bytes each, followed by the cells; the length of SQL NULL is all
/// ones.
struct Spool: ~Copyable {
    private static let null = UInt32.max

    private let file: UnsafeMutablePointer<FILE>
    private let columns: Int
    /// Rows not read back yet.
    private var remaining = 0
    private let sizes: UnsafeMutablePointer<UInt32>
    private let cells: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
    private let lengths: UnsafeMutablePointer<UInt>
    /// The cells of the current row.
    private var bytes: UnsafeMutableBufferPointer<CChar>

    /// Opens a file below TMPDIR, or /var/tmp: on many systems, /tmp is in memory.
    init(columns: Int) throws(DatabaseError) {
        let descriptor: Int32
        do { descriptor = try OpenFile.unnamed(in: "/var/tmp").duplicate() } catch {
            throw DatabaseError(.storage, message: "no temporary file: \(error.reason)")
        }
        guard descriptor >= 0, let file = fdopen(descriptor, "w+") else {
            if descriptor >= 0 { close(descriptor) }
            throw Self.failure("no temporary file")
        }
        self.file = file
        self.columns = columns
        sizes = .allocate(capacity: columns)
        cells = .allocate(capacity: columns)
        lengths = .allocate(capacity: columns)
        bytes = .allocate(capacity: 4096)
    }

    deinit {
        fclose(file)
        sizes.deallocate()
        cells.deallocate()
        lengths.deallocate()
        bytes.deallocate()
    }

    /// Appends a row.
    mutating func append(_ row: borrowing Row) throws(DatabaseError) {
        for index in 0..<columns { sizes[index] = row[index].map { UInt32(truncatingIfNeeded: $0.count) } ?? Self.null }
        var isWritten = fwrite(sizes, 4, columns, file) == columns
        for index in 0..<columns {
            guard let cell = row[index], !cell.isEmpty else { continue }
            isWritten = isWritten && fwrite(cell.baseAddress, 1, cell.count, file) == cell.count
        }
        guard isWritten else { throw Self.failure("a temporary file could not be written") }
        remaining += 1
    }

    /// Switches from writing to reading.
    mutating func rewind() throws(DatabaseError) {
        guard fseek(file, 0, SEEK_SET) == 0 else { throw Self.failure("a temporary file could not be written") }
    }

    /// Passes on the next row; false after the last one.
    mutating func next(_ body: (borrowing Row) -> Void) throws(DatabaseError) -> Bool {
        guard remaining > 0 else { return false }
        guard fread(sizes, 4, columns, file) == columns else { throw Self.failure("a temporary file is cut short") }
        let total = (0..<columns).reduce(0) { $0 + (sizes[$1] == Self.null ? 0 : Int(sizes[$1])) }
        if total > bytes.count {
            bytes.deallocate()
            bytes = .allocate(capacity: total * 2)
        }
        guard fread(bytes.baseAddress, 1, total, file) == total, var position = bytes.baseAddress else {
            throw Self.failure("a temporary file is cut short")
        }
        for index in 0..<columns {
            guard sizes[index] != Self.null else {
                cells[index] = nil
                continue
            }
            cells[index] = position
            lengths[index] = UInt(sizes[index])
            position += Int(sizes[index])
        }
        remaining -= 1
        body(Row(cells: cells, lengths: lengths, count: columns))
        return true
    }

    private static func failure(_ message: String) -> DatabaseError {
        DatabaseError(.storage, number: UInt32(errno), message: message)
    }
}
