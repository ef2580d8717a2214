public import Base

/// Which times the parts of a file contain, as found by an earlier run: a later run need not read what lies outside its
/// window.
///
/// A map says nothing about what was loaded. It is valid only for the very bytes that were read, so it is compared with
/// the file before it is used: a file that was replaced, truncated or rewritten is read again from the start. Appended
/// data is not in the map, so it is read.
public struct FileMap: Hashable, Sendable {
    /// A few mebibytes of a file.
    public struct Part: Hashable, Sendable {
        /// Where the next part begins.
        public var end: FilePosition
        /// The earliest start of a record.
        public var earliest: Moment
        /// The latest start of a record. Invariant: before ``earliest`` only if no record has a time.
        public var latest: Moment
        /// Hash of the bytes before its end, at most ``FileMap/checkedBytes`` of them.
        public var hash: Int64

        /// A part.
        public init(end: FilePosition, earliest: Moment, latest: Moment, hash: Int64) {
            (self.end, self.earliest, self.latest, self.hash) = (end, earliest, latest, hash)
        }
    }

    /// The number of bytes compared for each part.
    public static let checkedBytes: Int64 = 4096
    /// The number of parts whose bytes are compared.
    private static let checkedParts = 64
    /// If there are more parts than this, the oldest are joined.
    private static let mostParts = 512

    /// The file as it was at the end of the reading.
    public var file: FileIdentity
    /// The zone that wall times were read in.
    public var zone: String
    /// Hash of the first bytes, at most ``checkedBytes`` of them.
    public var head: Int64
    /// Invariant: their ends ascend, and none lies beyond the end of the file.
    public private(set) var parts: [Part]
    /// Whether the first part was not read, but found by ``WindowSearch`` to be older than its `latest`.
    public private(set) var isBeginningUnread: Bool

    /// A map of consecutive parts.
    public init(file: FileIdentity, zone: String, head: Int64, parts: [Part] = [], isBeginningUnread: Bool = false) {
        (self.file, self.zone, self.head, self.parts) = (file, zone, head, parts)
        self.isBeginningUnread = isBeginningUnread
    }

    /// Adds a part after the last one.
    public mutating func append(_ part: Part) {
        parts.append(part)
        guard parts.count > Self.mostParts else { return }
        // Old parts are needed rarely, and then by wide windows.
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

    /// The map of the beginning of the file, up to where ``beginning(of:)`` finds the beginning of the window.
    public func outside(_ window: TimeWindow) -> FileMap {
        var map = self
        map.parts = Array(parts.prefix { !Self.mayHold(window, $0) })
        map.isBeginningUnread = isBeginningUnread && !map.parts.isEmpty
        return map
    }

    /// Where the first record of a window may be; the end of the map if only appended records can be in the window.
    /// `nil` if that lies in a beginning that was never read.
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

    /// Whether a file is the one that was read, and has only been appended to since.
    ///
    /// The ends of up to 64 parts are compared: bytes inserted or removed anywhere shift those after them. If the file
    /// has grown since, bytes of an old part that were overwritten in place by the same number of bytes go unnoticed.
    ///
    /// - Parameters:
    ///   - file: the file in its current state.
    ///   - bytes: reads a number of bytes at an offset.
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

    /// Hash of the bytes before an offset, at most ``checkedBytes`` of them.
    public static func hash<Failure>(
        before offset: Int64,
        _ bytes: (_ offset: Int64, _ count: Int) throws(Failure) -> [UInt8]
    ) throws(Failure) -> Int64 {
        let start = max(0, offset - checkedBytes)
        let found = try bytes(start, Int(offset - start))
        return found.withUnsafeBytes { Int64(bitPattern: Hash128($0).low) }
    }
}
