public import Base

/// A row of a binary COPY, valid for the duration of a closure. Columns are counted from 0.
///
/// The format carries no types: the caller knows them from the statement. A value of another width throws code `value`,
/// and so does NULL if the accessor's name does not end in `IfPresent`. Nothing is allocated, except by `text`.
public struct BinaryRow: ~Copyable {
    struct Slot {
        /// Offset from the first byte of the row.
        let offset: Int
        /// -1 for NULL.
        let length: Int
    }

    let bytes: UnsafeRawBufferPointer
    let cells: UnsafeBufferPointer<Slot>

    /// The number of columns in the row.
    public var count: Int { cells.count }

    /// Whether the cell is NULL.
    public func isNull(_ column: Int) -> Bool { cells[column].length < 0 }

    /// A cell's bytes, valid as long as the row; nil for NULL.
    public func bytes(_ column: Int) -> UnsafeRawBufferPointer? {
        let cell = cells[column]
        guard cell.length >= 0 else { return nil }
        return UnsafeRawBufferPointer(rebasing: bytes[cell.offset..<cell.offset + cell.length])
    }

    /// A cell of type int8.
    public func int64(_ column: Int) throws(PostgresError) -> Int64 { try present(int64IfPresent(column), column) }

    /// A cell of type int8; nil for NULL.
    public func int64IfPresent(_ column: Int) throws(PostgresError) -> Int64? { try integer(column) }

    /// A cell of type int4.
    public func int32(_ column: Int) throws(PostgresError) -> Int32 { try present(int32IfPresent(column), column) }

    /// A cell of type int4; nil for NULL.
    public func int32IfPresent(_ column: Int) throws(PostgresError) -> Int32? { try integer(column) }

    /// A cell of type int2.
    public func int16(_ column: Int) throws(PostgresError) -> Int16 { try present(int16IfPresent(column), column) }

    /// A cell of type int2; nil for NULL.
    public func int16IfPresent(_ column: Int) throws(PostgresError) -> Int16? { try integer(column) }

    /// A cell of type bool.
    public func bool(_ column: Int) throws(PostgresError) -> Bool { try present(boolIfPresent(column), column) }

    /// A cell of type bool; nil for NULL.
    public func boolIfPresent(_ column: Int) throws(PostgresError) -> Bool? {
        guard let byte: UInt8 = try integer(column) else { return nil }
        return byte != 0
    }

    /// A cell of type timestamptz.
    public func moment(_ column: Int) throws(PostgresError) -> Moment { try present(momentIfPresent(column), column) }

    /// A cell of type timestamptz; nil for NULL.
    public func momentIfPresent(_ column: Int) throws(PostgresError) -> Moment? {
        guard let value: Int64 = try integer(column) else { return nil }
        return Timestamp.received(value)
    }

    /// A cell of a text type.
    public func text(_ column: Int) throws(PostgresError) -> String { try present(textIfPresent(column), column) }

    /// A cell of a text type; nil for NULL.
    public func textIfPresent(_ column: Int) throws(PostgresError) -> String? {
        guard let bytes = bytes(column) else { return nil }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw PostgresError(.value, "Column \(column) of a COPY does not hold a text.")
        }
        return text
    }

    private func integer<Value: FixedWidthInteger & BitwiseCopyable>(
        _ column: Int
    ) throws(PostgresError) -> Value? {
        let cell = cells[column]
        guard cell.length >= 0 else { return nil }
        guard cell.length == MemoryLayout<Value>.size else {
            throw PostgresError(.value, "Column \(column) of a COPY has \(cell.length) bytes: not \(Value.self).")
        }
        return Value(bigEndian: bytes.loadUnaligned(fromByteOffset: cell.offset, as: Value.self))
    }

    private func present<Value>(_ value: Value?, _ column: Int) throws(PostgresError) -> Value {
        guard let value else { throw PostgresError(.value, "Column \(column) of a COPY is NULL.") }
        return value
    }
}
