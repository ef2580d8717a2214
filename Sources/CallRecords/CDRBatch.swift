/// The typed columns of one CDR.
public struct CDRHeader: Sendable {
    /// As the source wrote it; `none` never passes the reader.
    public var start = RawTime.none
    /// `none` where nobody answered, or where the source has no such column.
    public var answer = RawTime.none
    /// `none` where the source has no such column.
    public var end = RawTime.none
    /// Seconds from start to end, never negative; `nil` where the source does not say.
    public var duration: Int32?
    /// Seconds from answer to end, never negative; `nil` where the source does not say.
    public var billsec: Int32?
    /// `AST_CDR_OMIT` 1, `AST_CDR_BILLING` 2, `AST_CDR_DOCUMENTATION` 3; `nil` where unknown.
    public var amaflags: Int16?
    /// The CDR's number since the PBX started; with the uniqueid it names the leg. `nil` where the source has none.
    public var sequence: Int32?
    /// Text columns that the source has, filled or not. What is absent never overwrites what another source gave.
    public var present: CDRFieldSet = []
    /// Text columns that fill their column's declared width, so that the rest may have been cut off.
    public var cut: CDRFieldSet = []
    /// First line of the record in its file, or number of the row in its table, counted from 1.
    public var line: Int64 = 0
    /// How the attempt ended; `nil` where the source does not say or says something unknown.
    public var disposition: Disposition?
    /// The column `uniqueid`; `nil` where it is empty.
    public var uniqueid: ChannelID?
    /// The column `linkedid`; `nil` where it is empty.
    public var linkedid: ChannelID?

    /// Nothing is known.
    public init() {}

    /// Whether somebody or something answered. Where the disposition is unknown, a time of answer or seconds of talk say so.
    public var isAnswered: Bool {
        disposition.map { $0 == .answered } ?? (answer != .none || billsec ?? 0 > 0)
    }
}

/// Some thousand CDRs between two stages.
public struct CDRBatch: Sendable {
    /// The typed columns, one a record.
    public private(set) var headers: [CDRHeader] = []
    /// The text columns, by ``CDRField``. Invariant: as many records as ``headers``.
    public private(set) var texts = TextColumns(columns: CDRField.count)

    /// Nothing is known.
    public init() {}

    /// Makes room for so many records with so many bytes of text.
    public mutating func reserveCapacity(records: Int, bytes: Int) {
        headers.reserveCapacity(records)
        texts.reserveCapacity(records: records, bytes: bytes)
    }

    /// The number of records.
    public var count: Int { headers.count }
    /// Whether there is no record.
    public var isEmpty: Bool { headers.isEmpty }

    /// Forgets the records and keeps the memory.
    public mutating func removeAll() {
        headers.removeAll(keepingCapacity: true)
        texts.removeAll()
    }

    /// Gives a record the lengths that its source did not say, or said wrongly.
    public mutating func setLengths(of record: Int, duration: Int32, billsec: Int32) {
        headers[record].duration = duration
        headers[record].billsec = billsec
    }

    /// Adds a record without texts; ``set(_:_:)`` fills them.
    public mutating func append(_ header: CDRHeader) {
        headers.append(header)
        texts.appendRecord()
    }

    /// Gives the last record its text in this column. Ids and the disposition are parsed here, once for all stages.
    public mutating func set(_ field: CDRField, _ text: UnsafeBufferPointer<UInt8>) {
        switch field {
        case .uniqueid: headers[headers.count - 1].uniqueid = ChannelID(text)
        case .linkedid: headers[headers.count - 1].linkedid = ChannelID(text)
        case .disposition:
            if let disposition = Disposition(parsing: text) {
                headers[headers.count - 1].disposition = disposition
                // One spelling in the warehouse, so that a leg is the same one whichever source wrote it.
                return disposition.word.withUTF8Buffer { texts.set(field.rawValue, $0) }
            }
        default: break
        }
        texts.set(field.rawValue, text)
    }

    /// Removes the last record, when it turns out to be broken after all.
    public mutating func removeLast() {
        headers.removeLast()
        texts.removeLastRecord()
    }

    /// The text as a `String`, for messages and tests; `nil` where it is empty.
    public func string(_ field: CDRField, of record: Int) -> String? {
        texts.withUnsafeTexts { $0[record, field].isEmpty ? nil : String(decoding: $0[record, field], as: UTF8.self) }
    }
}
