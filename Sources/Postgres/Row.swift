public import Base
import CLibPQ

/// A row of a result, valid for the duration of a closure. Columns are counted from 0.
///
/// The accessors without `IfPresent` throw code `value` for NULL; all of them throw it for a value of another kind.
public struct Row: ~Copyable {
    let result: OpaquePointer
    let index: Int32

    /// Whether the cell is NULL.
    public func isNull(_ column: Int) -> Bool {
        PQgetisnull(result, index, Int32(column)) == 1
    }

    /// Passes on a cell's bytes as received, in the format of the query; nil for NULL.
    public func withBytes<Result, Failure>(
        _ column: Int,
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result? {
        guard let cell = cell(column) else { return nil }
        return try body(cell.bytes)
    }

    /// A cell of type int2, int4 or int8; in text format, any whole number.
    public func int64(_ column: Int) throws(PostgresError) -> Int64 {
        try present(int64IfPresent(column), column)
    }

    /// Like ``int64(_:)``; nil for NULL.
    public func int64IfPresent(_ column: Int) throws(PostgresError) -> Int64? {
        try decode(column, "a whole number") { $0.int64 }
    }

    /// A cell of type float4, float8 or a whole number; in text format, any number; nil for NULL.
    public func doubleIfPresent(_ column: Int) throws(PostgresError) -> Double? {
        try decode(column, "a number") { $0.double }
    }

    /// A cell of type bool.
    public func bool(_ column: Int) throws(PostgresError) -> Bool {
        try present(boolIfPresent(column), column)
    }

    /// Like ``bool(_:)``; nil for NULL.
    public func boolIfPresent(_ column: Int) throws(PostgresError) -> Bool? {
        try decode(column, "a truth value") { $0.bool }
    }

    /// A cell of any type as printed by the server; in binary format, of a text type only.
    public func text(_ column: Int) throws(PostgresError) -> String {
        try present(textIfPresent(column), column)
    }

    /// Like ``text(_:)``; nil for NULL.
    public func textIfPresent(_ column: Int) throws(PostgresError) -> String? {
        try decode(column, "a text") { $0.text }
    }

    /// A cell of type timestamptz. Binary format only.
    public func moment(_ column: Int) throws(PostgresError) -> Moment {
        try present(momentIfPresent(column), column)
    }

    /// Like ``moment(_:)``; nil for NULL.
    public func momentIfPresent(_ column: Int) throws(PostgresError) -> Moment? {
        try decode(column, "a moment in binary format") { $0.moment }
    }

    private func cell(_ column: Int) -> Cell? {
        let column = Int32(column)
        precondition(column >= 0 && column < PQnfields(result), "The result has no column \(column).")
        guard PQgetisnull(result, index, column) == 0 else { return nil }
        let bytes = UnsafeRawBufferPointer(
            start: PQgetvalue(result, index, column),
            count: Int(PQgetlength(result, index, column))
        )
        return Cell(bytes: bytes, type: PQftype(result, column), isBinary: PQfformat(result, column) == 1)
    }

    private func decode<Value>(
        _ column: Int,
        _ wanted: String,
        _ body: (Cell) -> Value?
    ) throws(PostgresError) -> Value? {
        guard let cell = cell(column) else { return nil }
        guard let value = body(cell) else {
            throw PostgresError(.value, "Column \(name(column)) does not hold \(wanted).")
        }
        return value
    }

    private func present<Value>(_ value: Value?, _ column: Int) throws(PostgresError) -> Value {
        guard let value else { throw PostgresError(.value, "Column \(name(column)) is NULL.") }
        return value
    }

    private func name(_ column: Int) -> String {
        String(cString: PQfname(result, Int32(column)))
    }
}
