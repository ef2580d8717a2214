import CallRecords

/// The kind of a file, recognised by its beginning.
public enum FileKind: String, Sendable {
    /// Master.csv, in any layout.
    case cdr
    case queueLog = "queue_log"
    /// The file is empty.
    case empty
    /// None of the known kinds: compressed in another way, a dump, a capture, prose.
    case unknown

    /// The number of lines that are examined.
    private static let sampleLines = 50

    /// Recognises the kind from the first bytes of a file; the last line may be incomplete.
    init(beginning bytes: UnsafeBufferPointer<UInt8>) {
        if Stranger(beginning: bytes) != nil {
            self = .unknown
            return
        }
        let lines = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: Self.sampleLines)
            .prefix(Self.sampleLines).filter { !$0.allSatisfy { $0 <= UInt8(ascii: " ") } }
        let events = lines.count { Self.looksLikeEvent(UnsafeBufferPointer(rebasing: $0)) }
        let isQueueLog = events * 2 >= lines.count || QueueLogColumns(beginning: bytes) != nil
        self = lines.isEmpty ? .empty : isQueueLog ? .queueLog : .cdr
    }

    /// `1795389401|NONE|NONE|…`, or the beginning of it.
    private static func looksLikeEvent(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        var cursor = ByteCursor(line)
        return cursor.digits(9...12) != nil && cursor.skip(UInt8(ascii: "|"))
    }
}
