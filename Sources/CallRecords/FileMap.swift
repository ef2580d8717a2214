public import Base

/// Which times the parts of a file hold, as an earlier reading found them: a later one need not read what lies outside its
/// window.
///
/// A map never says what was loaded. It holds only for the very bytes that were read, so it is compared with the file before it is
/// used: a file that was replaced, truncated or rewritten is read anew. What was appended is in no map, and is read.
public struct FileMap: Hashable, Sendable {
    /// Some mebibytes of a file.
    public struct Part: Hashable, Sendable {
        /// Where the next part begins.
        public var end: FilePosition
        /// The first start of a record.
        public var earliest: Moment
        /// The last start of a record. Invariant: before ``earliest`` only where no record has a time.
        public var latest: Moment
        /// Hash of the bytes before its end, at most ``FileMap/checkedBytes``.
        public var hash: Int64

        /// A part.
        public init(end: FilePosition, earliest: Moment, latest: Moment, hash: Int64) {
            (self.end, self.earliest, self.latest, self.hash) = (end, earliest, latest, hash)
        }
    }

    /// Bytes that are compared at a time.
    public static let checkedBytes: Int64 = 4096
    /// Parts whose bytes are compared.
    private static let checkedParts = 64
    /// More parts than these are joined, the oldest first.
    private static let mostParts = 512

    /// The file as it was when the reading ended.
    public var file: FileIdentity
    /// The zone that wall times were read in.
    public var zone: String
    /// Hash of the first bytes, at most ``checkedBytes``.
    public var head: Int64
    /// Invariant: their ends rise, and none is beyond the file.
    public private(set) var parts: [Part]
    /// Whether the first part was not read, but found by ``WindowSearch`` to be older than its `latest`.
    public private(set) var isBeginningUnread: Bool

    /// A map of parts in their order.
    public init(file: FileIdentity, zone: String, head: Int64, parts: [Part] = [], isBeginningUnread: Bool = false) {
        (self.file, self.zone, self.head, self.parts) = (file, zone, head, parts)
        self.isBeginningUnread = isBeginningUnread
    }

    /// Adds the part behind the last one.
    public mutating func append(_ part: Part) {
        parts.append(part)
        guard parts.count > Self.mostParts else { return }
        // Old parts are asked for rarely, and by windows that are as wide.
        let first = isBeginningUnread ? 1 : 0
        var joined = Array(parts[..<first])
        let half = first + (parts.count - first) / 4 * 2
        for index in stride(from: first, to: half, by: 2) {
            var part = parts[index + 1]
            part.earliest = min(part.earliest, parts[index].earliest)
            part.latest = max(part.latest, parts[index].latest)
            joined.append(part)
        }
        parts = joined + parts[half...]
    }

    /// The map of the beginning of the file, up to where ``beginning(of:)`` says that the window begins.
    public func outside(_ window: TimeWindow) -> FileMap {
        var map = self
        map.parts = Array(parts.prefix { !Self.mayHold(window, $0) })
        map.isBeginningUnread = isBeginningUnread && !map.parts.isEmpty
        return map
    }

    /// Where the first record of a window may be; the end of the map where only appended ones can be. `nil` where that is in a
    /// beginning that was never read.
    public func beginning(of window: TimeWindow) -> FilePosition? {
        guard let index = parts.firstIndex(where: { Self.mayHold(window, $0) }) else { return parts.last?.end }
        if index > 0 { return parts[index - 1].end }
        return isBeginningUnread ? nil : FilePosition(offset: 0, line: 1)
    }

    private static func mayHold(_ window: TimeWindow, _ part: Part) -> Bool {
        let isBefore = window.from.map { part.latest < $0 } ?? false
        let isAfter = window.to.map { part.earliest >= $0 } ?? false
        return part.earliest <= part.latest && !isBefore && !isAfter
    }

    /// Whether a file is the one that was read, with nothing done to it since but appending.
    ///
    /// The ends of up to 64 parts are compared: bytes inserted or removed anywhere move those behind them. Bytes of an old part that
    /// were overwritten in place by as many others are not noticed, if the file has grown since.
    ///
    /// - Parameters:
    ///   - file: the file as it is.
    ///   - bytes: reads so many bytes at an offset.
    public func describes<Failure>(
        _ file: FileIdentity,
        bytes: (_ offset: Int64, _ count: Int) throws(Failure) -> [UInt8]
    ) throws(Failure) -> Bool {
        guard (file.device, file.inode) == (self.file.device, self.file.inode), let last = parts.last,
            file.size >= last.end.offset,
            file.size > self.file.size || file.size == self.file.size && file.modified == self.file.modified,
            try Self.hash(before: min(Self.checkedBytes, last.end.offset), bytes) == head
        else { return false }
        let step = max(1, parts.count / Self.checkedParts)
        for index in stride(from: parts.count - 1, through: 0, by: -step) {
            guard try Self.hash(before: parts[index].end.offset, bytes) == parts[index].hash else { return false }
        }
        return true
    }

    /// Hash of the bytes before an offset, at most ``checkedBytes``.
    public static func hash<Failure>(
        before offset: Int64,
        _ bytes: (_ offset: Int64, _ count: Int) throws(Failure) -> [UInt8]
    ) throws(Failure) -> Int64 {
        let start = max(0, offset - checkedBytes)
        let found = try bytes(start, Int(offset - start))
        return found.withUnsafeBytes { Int64(bitPattern: Hash128($0).low) }
    }
}
