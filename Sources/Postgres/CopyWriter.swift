public import Base
import CLibPQ

/// Writes rows in PostgreSQL's binary COPY format, 64 KiB at a time.
///
/// A row consists of ``beginRow(columns:)`` and one call for each column, in the statement's order and with exactly the
/// column's type: the server converts nothing. The calls for columns do not throw; their errors are thrown by the next
/// ``beginRow(columns:)``, or at the end.
///
/// Format: https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.4
public struct CopyWriter: ~Copyable {
    private static let capacity = 64 * 1024

    private let handle: OpaquePointer
    private let buffer: UnsafeMutableRawPointer
    private let columnCount: Int
    /// The number of bytes at the start of `buffer` that were not sent yet; never more than `capacity`.
    private var used = 0
    /// The number of columns that the current row still lacks; negative if it has too many.
    private var missing = 0
    /// The first error. Once it is set, nothing more is written.
    private var failure: PostgresError?
    /// The number of rows begun so far.
    public private(set) var rows = 0

    init(handle: OpaquePointer, columnCount: Int) {
        self.handle = handle
        self.columnCount = columnCount
        buffer = .allocate(byteCount: Self.capacity, alignment: 8)
        for byte in CopyFormat.signature { append(byte) }
        append(Int32(0))  // flags
        append(Int32(0))  // length of a header extension
    }

    deinit {
        buffer.deallocate()
    }

    /// Begins a row.
    ///
    /// - Parameter columns: The number of columns that follow; the same as in the statement.
    /// - Throws: ``PostgresError`` if the previous row was incomplete, or the connection was lost.
    public mutating func beginRow(columns: Int) throws(PostgresError) {
        try check()
        guard columns == columnCount else {
            throw fail("A row of \(columns) columns does not fit a COPY of \(columnCount).")
        }
        missing = columns
        rows += 1
        append(Int16(truncatingIfNeeded: columns))
    }

    /// NULL.
    public mutating func null() {
        missing -= 1
        append(Int32(-1))
    }

    /// A column of type int2.
    public mutating func int16(_ value: Int16) {
        fixed(value)
    }

    /// A column of type int4.
    public mutating func int32(_ value: Int32) {
        fixed(value)
    }

    /// A column of type int8.
    public mutating func int64(_ value: Int64) {
        fixed(value)
    }

    /// A column of type bool.
    public mutating func bool(_ value: Bool) {
        fixed(UInt8(value ? 1 : 0))
    }

    /// A column of type timestamptz.
    public mutating func moment(_ value: Moment) {
        fixed(Timestamp.sent(value))
    }

    /// A column of type text. The server refuses bytes that are not UTF-8, and NUL, with SQLSTATE 22021.
    public mutating func text(_ bytes: UnsafeRawBufferPointer) {
        variable(bytes)
    }

    /// A column of type text. The server refuses bytes that are not UTF-8, and NUL, with SQLSTATE 22021.
    public mutating func text(_ bytes: borrowing Span<UInt8>) {
        bytes.withUnsafeBytes { variable($0) }
    }

    /// A column of type text.
    public mutating func text(_ string: String) {
        var string = string
        string.withUTF8 { variable(UnsafeRawBufferPointer($0)) }
    }

    /// Sends the trailer and everything that remains.
    mutating func finish() throws(PostgresError) {
        try check()
        append(Int16(-1))
        flush()
        try check()
    }

    private mutating func check() throws(PostgresError) {
        if missing != 0 && failure == nil {
            _ = fail(
                missing > 0 ? "Row \(rows) of a COPY lacks \(missing) columns." : "Row \(rows) of a COPY is too long."
            )
        }
        if let failure { throw failure }
    }

    private mutating func fail(_ sentence: String) -> PostgresError {
        let error = failure ?? PostgresError(.copy, sentence)
        failure = error
        return error
    }

    /// A single test makes room for a length and the widest fixed value.
    private mutating func fixed<Value: FixedWidthInteger & BitwiseCopyable>(_ value: Value) {
        if used + 4 + MemoryLayout<Value>.size > Self.capacity { flush() }
        missing -= 1
        store(Int32(truncatingIfNeeded: MemoryLayout<Value>.size))
        store(value)
    }

    private mutating func variable(_ bytes: UnsafeRawBufferPointer) {
        missing -= 1
        guard let length = Int32(exactly: bytes.count) else {
            _ = fail("A value of a COPY is longer than 2 GiB.")
            return
        }
        append(length)
        if used + bytes.count > Self.capacity { flush() }
        var rest = bytes[...]
        while rest.count > Self.capacity {
            send(UnsafeRawBufferPointer(rebasing: rest.prefix(Self.capacity)))
            rest = rest.dropFirst(Self.capacity)
        }
        guard let base = UnsafeRawBufferPointer(rebasing: rest).baseAddress else { return }
        (buffer + used).copyMemory(from: base, byteCount: rest.count)
        used += rest.count
    }

    private mutating func append<Value: FixedWidthInteger & BitwiseCopyable>(_ value: Value) {
        if used + MemoryLayout<Value>.size > Self.capacity { flush() }
        store(value)
    }

    private mutating func store<Value: FixedWidthInteger & BitwiseCopyable>(_ value: Value) {
        buffer.storeBytes(of: value.bigEndian, toByteOffset: used, as: Value.self)
        used += MemoryLayout<Value>.size
    }

    private mutating func flush() {
        send(UnsafeRawBufferPointer(start: buffer, count: used))
        used = 0
    }

    private mutating func send(_ bytes: UnsafeRawBufferPointer) {
        guard failure == nil, let base = bytes.baseAddress else { return }
        let count = Int32(truncatingIfNeeded: bytes.count)
        if PQputCopyData(handle, base.assumingMemoryBound(to: CChar.self), count) != 1 {
            failure = PostgresError(connection: handle)
        }
    }
}
