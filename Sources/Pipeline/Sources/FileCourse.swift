import Base
import CallRecords
import Extract

/// Directs the reading of one file to the parts that may be in the window, and builds the file's map along the way.
///
/// The first batch is always read: it reveals the layout and the zone. Reading then continues where the map of an
/// earlier run says that the window begins, or where ``WindowSearch`` finds its beginning. Small files are read
/// completely.
struct FileCourse {
    /// The map of what was read and skipped; `nil` if the file is small or cannot be mapped.
    private(set) var map: FileMap?
    /// Messages for the user.
    private(set) var remarks: [Remark] = []

    private let known: FileMap?
    private let path: String
    private var isAtStart = true
    /// Where the first batch ended, and the map up to there.
    private var first: (position: FilePosition, map: FileMap?, part: Part)?
    /// Checks the order of the records, if it was relied upon.
    private var order: WindowSearch.Order?
    private var part = Part()

    /// What was read since the last part of the map ended.
    private struct Part {
        var begin: Int64 = 0
        var earliest = Moment.distantFuture
        var latest = Moment.distantPast
    }

    /// The number of bytes in a part of the map.
    private let partBytes: Int64

    /// - Parameters:
    ///   - file: just opened.
    ///   - maps: the maps of earlier runs.
    ///   - mappedBytes: the file size from which a map is worthwhile.
    init<File: RecordFile & ~Copyable>(_ file: borrowing File, maps: [FileMap], mappedBytes: Int64) {
        path = file.path
        partBytes = mappedBytes / 2
        // The standard input may have started anywhere in its file.
        guard file.path != "-", let identity = file.identity, identity.size >= mappedBytes else {
            known = nil
            return
        }
        known = maps.first { $0.file.device == identity.device && $0.file.inode == identity.inode }
        map = FileMap(file: identity, zone: "", head: 0)
    }

    /// Records a batch, and moves the file to where reading continues.
    ///
    /// - Parameters:
    ///   - spans: when the batch's records began and ended.
    ///   - file: positioned after the batch.
    ///   - stage: knows the window and the zone by now.
    ///   - more: whether the file has more.
    /// - Returns: whether there is more to read.
    mutating func follow<File: RecordFile & ~Copyable, Stage: SourceStage>(
        _ spans: [(start: Moment, end: Moment)],
        of file: inout File,
        _ stage: Stage,
        more: Bool
    ) throws(ExtractError) -> Bool where File.Records == Stage.Batch.Records {
        guard map != nil else { return more }
        var more = more
        for span in spans {
            (part.earliest, part.latest) = (min(part.earliest, span.start), max(part.latest, span.start))
        }
        order?.look(at: spans.lazy.map(\.end))
        if order?.holds == false {
            try startAgain(&file)
            more = true
        }
        if file.canJump, !more || file.position.offset - part.begin >= partBytes { try closePart(file) }
        if isAtStart, more, let window = stage.window, let zone = stage.zone {
            isAtStart = false
            more = try goOn(&file, stage, window, zone)
        }
        if !more { try finish(file, stage.zone) }
        return more
    }

    /// Skips what is not in the window. Returns whether there is more to read.
    private mutating func goOn<File: RecordFile & ~Copyable, Stage: SourceStage>(
        _ file: inout File,
        _ stage: Stage,
        _ window: TimeWindow,
        _ zone: ZoneTable
    ) throws(ExtractError) -> Bool where File.Records == Stage.Batch.Records {
        if window == .all { return true }
        let position = file.position
        first = (position, map, part)
        let known = try knownMap(of: file, zone)
        guard file.canJump else {
            // It is impossible to jump into the middle of a compressed file: all or nothing.
            guard let known, known.beginning(of: window) == known.parts.last?.end else { return true }
            map = known
            return false
        }
        if let known, let beginning = known.beginning(of: window) {
            guard beginning.offset > position.offset else { return true }
            map = known.outside(window)
            part = Part(begin: beginning.offset)
            try file.jump(to: beginning)
            return true
        }
        guard let from = window.from, let size = file.identity?.size, size > position.offset else { return true }
        let search = WindowSearch(position.offset..<size, from: from, resolution: partBytes / 4)
        let found = try search.find { offset throws(ExtractError) -> WindowSearch.Sample? in
            guard let sample = try file.sample(at: offset) else { return nil }
            let ends = stage.ends(of: sample.records)
            return ends.isEmpty ? nil : WindowSearch.Sample(offset: sample.offset, ends: ends)
        }
        guard let found, found.offset - position.offset >= partBytes else { return true }
        order = WindowSearch.Order(slack: found.slack)
        let hash = try hash(before: found.offset, file)
        let end = FilePosition(offset: found.offset, line: nil)
        map = map.map { FileMap(file: $0.file, zone: zone.name, head: $0.head, isBeginningUnread: true) }
        map?.append(FileMap.Part(end: end, earliest: .distantPast, latest: from.adding(seconds: -1), hash: hash))
        part = Part(begin: found.offset)
        try file.jump(to: end)
        return true
    }

    /// The file turned out not to be in order: it is read again from the end of the first batch.
    private mutating func startAgain<File: RecordFile & ~Copyable>(_ file: inout File) throws(ExtractError) {
        order = nil
        guard let first else { return }
        (map, part) = (first.map, first.part)
        try file.jump(to: first.position)
        remarks.append(
            .notice(
                "The records of \(path) are not in the order of their times: all of it was read, not only the window."
            )
        )
    }

    /// The map of an earlier run, if the file is still the one that was read.
    private func knownMap<File: RecordFile & ~Copyable>(
        of file: borrowing File,
        _ zone: ZoneTable
    ) throws(ExtractError) -> FileMap? {
        guard let known, let identity = file.identity, known.zone == zone.name else { return nil }
        // Only a plain file can have grown.
        guard file.canJump || known.file == identity else { return nil }
        let isSame = try known.describes(identity) { offset, count throws(ExtractError) in
            try file.bytes(at: offset, count: count)
        }
        return isSame ? known : nil
    }

    private mutating func closePart<File: RecordFile & ~Copyable>(_ file: borrowing File) throws(ExtractError) {
        let end = file.position
        guard end.offset > part.begin else { return }
        let hash = try hash(before: end.offset, file)
        map?.append(FileMap.Part(end: end, earliest: part.earliest, latest: part.latest, hash: hash))
        part = Part(begin: end.offset)
    }

    private func hash<File: RecordFile & ~Copyable>(
        before offset: Int64,
        _ file: borrowing File
    ) throws(ExtractError) -> Int64 {
        try FileMap.hash(before: offset) { offset, count throws(ExtractError) in
            try file.bytes(at: offset, count: count)
        }
    }

    /// Completes the map at the end of the file.
    private mutating func finish<File: RecordFile & ~Copyable>(
        _ file: borrowing File,
        _ zone: ZoneTable?
    ) throws(ExtractError) {
        guard let identity = file.identity, let zone else { return map = nil }
        if !file.canJump, map?.parts.isEmpty ?? true {
            let end = FilePosition(offset: identity.size, line: nil)
            let hash = try hash(before: end.offset, file)
            map?.append(FileMap.Part(end: end, earliest: part.earliest, latest: part.latest, hash: hash))
        }
        guard let end = map?.parts.last?.end.offset else { return map = nil }
        map?.file = identity
        map?.zone = zone.name
        let head = try hash(before: min(FileMap.checkedBytes, end), file)
        map?.head = head
    }
}
