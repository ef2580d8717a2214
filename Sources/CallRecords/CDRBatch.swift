/// The typed columns of one CDR.
public struct CDRHeader: Sendable {
    /// As the source wrote it. The reader never passes on a CDR whose start is `none`.
    public var start = RawTime.none
    /// `none` if nobody answered, or if the source has no such column.
    public var answer = RawTime.none
    /// `none` if the source has no such column.
    public var end = RawTime.none
    /// Seconds from start to end, never negative; `nil` if the source has no length.
    public var duration: Int32?
    /// Seconds from answer to end, never negative; `nil` if the source has no such length.
    public var billsec: Int32?
    /// `AST_CDR_OMIT` 1, `AST_CDR_BILLING` 2, `AST_CDR_DOCUMENTATION` 3; `nil` if unknown.
    public var amaflags: Int16?
    /// The CDR's number since the PBX started; together with the uniqueid it identifies the leg. `nil` if the source
    /// has none.
    public var sequence: Int32?
    /// Text columns that the source has, filled or not. An absent column never overwrites the value from another
    /// source.
    public var present: CDRFieldSet = []
    /// Text columns that fill their declared width, so that the end of the text may have been cut off.
    public var cut: CDRFieldSet = []
    /// First line of the record in its file, or number of the row in its table, counted from 1.
    public var line: Int64 = 0
    /// How the attempt ended; `nil` if the source does not say, or says something unknown.
    public var disposition: Disposition?
    /// The column `uniqueid`; `nil` if empty.
    public var uniqueid: ChannelID?
    /// The column `linkedid`; `nil` if empty.
    public var linkedid: ChannelID?

    /// A header in which nothing is known.
    public init() {}

    /// Whether somebody or something answered. If the disposition is unknown, an answer time or a talk time decides.
    public var isAnswered: Bool {
        disposition.map { $0 == .answered } ?? (answer != .none || billsec ?? 0 > 0)
    }
}

/// A few thousand CDRs on their way from one stage to the next.
public struct CDRBatch: Sendable {
    /// The typed columns, one entry for each record.
    public private(set) var headers: [CDRHeader] = []
    /// The text columns, by ``CDRField``. Invariant: as many records as ``headers``.
    public private(set) var texts = TextColumns(columns: CDRField.count)

    /// An empty batch.
    public init() {}

    /// Reserves memory for this many records with this many bytes of text.
    public mutating func reserveCapacity(records: Int, bytes: Int) {
        headers.reserveCapacity(records)
        texts.reserveCapacity(records: records, bytes: bytes)
    }

    /// The number of records.
    public var count: Int { headers.count }
    /// Whether the batch has no records.
    public var isEmpty: Bool { headers.isEmpty }

    /// Removes the records and keeps the memory.
    public mutating func removeAll() {
        headers.removeAll(keepingCapacity: true)
        texts.removeAll()
    }

    /// Sets the lengths of a record for which the source gave none, or wrong ones.
    public mutating func setLengths(of record: Int, duration: Int32, billsec: Int32) {
        headers[record].duration = duration
        headers[record].billsec = billsec
    }

    /// Adds a record without texts; ``set(_:_:)`` fills them.
    public mutating func append(_ header: CDRHeader) {
        headers.append(header)
        texts.appendRecord()
    }

    /// Sets the last record's text in this column. Ids and the disposition are parsed here, once for all stages.
    public mutating func set(_ field: CDRField, _ text: UnsafeBufferPointer<UInt8>) {
        switch field {
        case .uniqueid: headers[headers.count - 1].uniqueid = ChannelID(text)
        case .linkedid: headers[headers.count - 1].linkedid = ChannelID(text)
        case .disposition:
            if let disposition = Disposition(parsing: text) {
                headers[headers.count - 1].disposition = disposition
                // The warehouse has one spelling, so that a leg is the same from every source.
                return disposition.word.withUTF8Buffer { texts.set(field.rawValue, $0) }
            }
        default: break
        }
        texts.set(field.rawValue, text)
    }

    /// Removes the last record if it turns out to be broken.
    public mutating func removeLast() {
        headers.removeLast()
        texts.removeLastRecord()
    }

    /// The text as a `String`, for messages and tests; `nil` if empty.
    public func string(_ field: CDRField, of record: Int) -> String? {
        texts.withUnsafeTexts { $0[record, field].isEmpty ? nil : String(decoding: $0[record, field], as: UTF8.self) }
    }
}
