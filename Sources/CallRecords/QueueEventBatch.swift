/// The text columns of a line of the queue_log, `epoch|callid|queue|agent|event|data1|…`.
public enum QueueEventField: Int, CaseIterable, Sendable {
    /// The caller's uniqueid; empty for NONE, MANAGER, CLI and REALTIME.
    case callid
    /// Empty for NONE.
    case queue
    /// The member's name or interface; empty for NONE.
    case agent
    /// The event as written, `ENTERQUEUE`.
    case event
    /// The event's data. ``data5`` holds the fifth field and all that follow, joined by `|`.
    case data1, data2, data3, data4, data5

    /// The number of columns.
    public static let count = QueueEventField.allCases.count
}

/// A few thousand queue events on their way from one stage to the next.
public struct QueueEventBatch: Sendable {
    /// When the events happened, in whole seconds: an instant in a file, often a wall time in a table.
    public private(set) var times: [RawTime] = []
    /// First line in the file, or number of the row in the table, counted from 1.
    public private(set) var lines: [Int64] = []
    /// The text columns, by ``QueueEventField``. Invariant: as many records as ``times``.
    public private(set) var texts = TextColumns(columns: QueueEventField.count)

    /// An empty batch.
    public init() {}

    /// The number of events.
    public var count: Int { times.count }
    /// Whether the batch has no events.
    public var isEmpty: Bool { times.isEmpty }

    /// Removes the events and keeps the memory.
    public mutating func removeAll() {
        times.removeAll(keepingCapacity: true)
        lines.removeAll(keepingCapacity: true)
        texts.removeAll()
    }

    /// Adds an event without texts; ``set(_:_:)`` fills them.
    public mutating func append(time: RawTime, line: Int64) {
        times.append(time)
        lines.append(line)
        texts.appendRecord()
    }

    /// Removes the last event if it turns out not to be one.
    public mutating func removeLast() {
        times.removeLast()
        lines.removeLast()
        texts.removeLastRecord()
    }

    /// Sets the last event's text in this column. The PBX's words for "nothing" become empty texts.
    public mutating func set(_ field: QueueEventField, _ text: UnsafeBufferPointer<UInt8>) {
        switch field {
        case .callid where Self.isNobody(text, among: ["NONE", "MANAGER", "CLI", "REALTIME"]): return
        case .queue where Self.isNobody(text, among: ["NONE"]): return
        case .agent where Self.isNobody(text, among: ["NONE"]): return
        default: texts.set(field.rawValue, text)
        }
    }

    private static func isNobody(_ text: UnsafeBufferPointer<UInt8>, among words: [StaticString]) -> Bool {
        text.count <= 8
            && words.contains { word in
                word.withUTF8Buffer { $0.count == text.count && $0.elementsEqual(text) }
            }
    }

    /// The text as a `String`, for messages and tests; `nil` if empty.
    public func string(_ field: QueueEventField, of record: Int) -> String? {
        texts.withUnsafeTexts { $0[record, field].isEmpty ? nil : String(decoding: $0[record, field], as: UTF8.self) }
    }
}
