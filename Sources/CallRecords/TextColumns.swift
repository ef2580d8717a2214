/// The text columns of a few thousand records: all bytes in one buffer, and the position of each text in it.
///
/// Nothing is a `String`; texts are read in place. Two allocations hold thousands of texts: the columns are emptied and
/// refilled, or created again with the capacity that the last ones used.
public struct TextColumns: Sendable {
    /// The position of a text in ``bytes``.
    @usableFromInline struct Slot: Sendable {
        @usableFromInline var offset: UInt32 = 0
        @usableFromInline var length: UInt32 = 0
    }

    /// The number of columns in a record.
    public let columns: Int
    /// The texts, one after the other.
    private var bytes: [UInt8] = []
    /// ``columns`` slots for each record. Invariant: a multiple of ``columns``; every slot lies inside ``bytes``.
    private var slots: [Slot] = []

    /// Columns for records with this many texts.
    public init(columns: Int) { self.columns = columns }

    /// Reserves memory for this many records with this many bytes of text.
    public mutating func reserveCapacity(records: Int, bytes: Int) {
        slots.reserveCapacity(records * columns)
        self.bytes.reserveCapacity(bytes)
    }

    /// The total number of bytes of text.
    public var byteCount: Int { bytes.count }

    /// Removes the records and keeps the memory.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        slots.removeAll(keepingCapacity: true)
    }

    /// Adds a record of empty texts.
    public mutating func appendRecord() {
        slots.append(contentsOf: repeatElement(Slot(), count: columns))
    }

    /// Sets the last record's text in this column.
    public mutating func set(_ column: Int, _ text: UnsafeBufferPointer<UInt8>) {
        slots[slots.count - columns + column] = Slot(offset: UInt32(bytes.count), length: UInt32(text.count))
        bytes.append(contentsOf: text)
    }

    /// Removes the last record if it turns out to be broken.
    public mutating func removeLastRecord() {
        slots.removeLast(columns)
    }

    /// Lends all texts.
    public func withUnsafeTexts<R, E: Error>(_ body: (UnsafeTexts) throws(E) -> R) throws(E) -> R {
        let result: Result<R, E> = bytes.withUnsafeBufferPointer { bytes in
            slots.withUnsafeBufferPointer { slots in
                do throws(E) {
                    return .success(try body(UnsafeTexts(bytes: bytes, slots: slots, columns: columns)))
                } catch {
                    return .failure(error)
                }
            }
        }
        return try result.get()
    }
}

/// The texts of some records, valid inside the closure that received them.
public struct UnsafeTexts {
    @usableFromInline let bytes: UnsafeBufferPointer<UInt8>
    @usableFromInline let slots: UnsafeBufferPointer<TextColumns.Slot>
    @usableFromInline let columns: Int

    /// The number of bytes of text in a record.
    public func byteCount(of record: Int) -> Int {
        slots[record * columns..<(record + 1) * columns].reduce(0) { $0 + Int($1.length) }
    }

    /// The text in a column of a record.
    @inlinable public subscript(record: Int, column: Int) -> UnsafeBufferPointer<UInt8> {
        let slot = slots[record * columns + column]
        return UnsafeBufferPointer(rebasing: bytes[Int(slot.offset)..<Int(slot.offset) + Int(slot.length)])
    }

    /// The text in a CDR's column; empty if the PBX left it empty or the source has no such column.
    @inlinable public subscript(record: Int, field: CDRField) -> UnsafeBufferPointer<UInt8> {
        self[record, field.rawValue]
    }

    /// The text in a queue event's column.
    public subscript(record: Int, field: QueueEventField) -> UnsafeBufferPointer<UInt8> { self[record, field.rawValue] }
}

@available(*, unavailable)
extension UnsafeTexts: Sendable {}
