import CallRecords

/// The grammar of one line of a queue_log.
enum QueueLogLine {
    /// Adds the event on a line to the batch.
    static func decode(
        _ text: UnsafeBufferPointer<UInt8>,
        line: Int64,
        mender: inout TextMender,
        into batch: inout QueueEventBatch
    ) throws(RecordDefect) {
        var fields = FieldCursor(text)
        guard let time = fields.next().flatMap(RawTime.init(parsing:)), time != .none else {
            throw RecordDefect(.time, "The line does not begin with the time of an event in seconds since 1970.")
        }
        guard let callid = fields.next(), let queue = fields.next(), let agent = fields.next(),
            let event = fields.next(),
            isEventName(event)
        else {
            throw RecordDefect(.event, "The line is not of the form epoch|callid|queue|agent|event|data.")
        }
        batch.append(time: time, line: line)
        let isSuspicious = TextMender.isSuspicious(text)
        set(.callid, callid, isSuspicious, &mender, &batch)
        set(.queue, queue, isSuspicious, &mender, &batch)
        set(.agent, agent, isSuspicious, &mender, &batch)
        set(.event, event, isSuspicious, &mender, &batch)
        for field in [QueueEventField.data1, .data2, .data3, .data4] {
            guard let data = fields.next() else { return }
            set(field, data, isSuspicious, &mender, &batch)
        }
        set(.data5, fields.rest, isSuspicious, &mender, &batch)
    }

    private static func set(
        _ field: QueueEventField,
        _ text: UnsafeBufferPointer<UInt8>,
        _ isSuspicious: Bool,
        _ mender: inout TextMender,
        _ batch: inout QueueEventBatch
    ) {
        // Dumps write NULL or \\N if a table has no value.
        if text.isEmpty || text.elementsEqual("\\N".utf8) || text.elementsEqual("NULL".utf8) { return }
        if isSuspicious { mender.withMended(text) { batch.set(field, $0) } } else { batch.set(field, text) }
    }

    /// Asterisk's own events are in capitals; QueueLog() in the dialplan writes whatever it is given.
    private static func isEventName(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        1...64 ~= text.count
            && text.allSatisfy { byte in
                UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte & 0xDF || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
                    || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
            }
    }
}

/// Fields between pipes.
private struct FieldCursor {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    mutating func next() -> UnsafeBufferPointer<UInt8>? {
        guard position <= bytes.count else { return nil }
        let end = bytes[position...].firstIndex(of: UInt8(ascii: "|")) ?? bytes.count
        defer { position = end + 1 }
        return UnsafeBufferPointer(rebasing: bytes[position..<end])
    }

    /// The part that was not read yet, including pipes.
    var rest: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[min(position, bytes.count)...])
    }
}
