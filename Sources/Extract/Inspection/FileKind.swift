internal import CallRecords

/// What a file is, by how it begins.
public enum FileKind: String, Sendable {
    /// Master.csv, of whatever layout.
    case cdr
    case queueLog = "queue_log"
    /// Nothing stands in it.
    case empty

    /// Lines that are looked at.
    private static let sampleLines = 50

    /// Tells the kind from the first bytes of a file; the last line may be torn.
    init(beginning bytes: UnsafeBufferPointer<UInt8>) {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: Self.sampleLines)
            .prefix(Self.sampleLines).filter { !$0.allSatisfy { $0 <= UInt8(ascii: " ") } }
        let events = lines.count { Self.looksLikeEvent(UnsafeBufferPointer(rebasing: $0)) }
        self = lines.isEmpty ? .empty : events * 2 >= lines.count ? .queueLog : .cdr
    }

    /// `1795389401|NONE|NONE|…`, or the beginning of it.
    private static func looksLikeEvent(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        var cursor = ByteCursor(line)
        return cursor.digits(9...12) != nil && cursor.skip(UInt8(ascii: "|"))
    }
}
