import Base
import FoundationEssentials

/// The figures of the last days as the board had them, in a private file, so that the nightly load can compare them with the
/// log. Each line is a JSON object for one PBX and day.
struct LiveDayFile: Sendable {
    /// A line of it.
    struct Entry: Sendable, Equatable {
        /// The PBX.
        var pbx: String
        /// Until when the PBX was followed.
        var until: Moment
        /// The figures.
        var day: LiveDay
    }

    let path: String

    /// How long a day is kept after its end.
    static let keptFor = Duration.seconds(3 * 86_400)
    /// A hundred queues on each of ten PBXs, for four days, need a tenth of this.
    private static let mostBytes = 8 << 20

    init(dataDirectory: String) { path = "\(dataDirectory)/serve-days" }

    /// The contents; empty without a file. Invalid lines are skipped.
    ///
    /// - Throws: `FileError` if the file cannot be read.
    func read() throws(FileError) -> [Entry] {
        let file: SmallFile
        do { file = try SmallFile(path: path, limit: Self.mostBytes) } catch {
            if error.code == .missing { return [] }
            throw error
        }
        return file.bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
            (try? JSONDecoder().decode(LiveDayRecord.self, from: Data(line)))?.entry
        }
    }

    /// Replaces the contents.
    ///
    /// - Throws: `FileError`.
    func write(_ entries: [Entry]) throws(FileError) {
        var bytes: [UInt8] = []
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        for entry in entries {
            guard let line = try? encoder.encode(LiveDayRecord(entry)) else { continue }
            bytes += line
            bytes.append(UInt8(ascii: "\n"))
        }
        try Folder.make(Folder.parent(of: path))
        try AtomicFile.replace(path, with: bytes, permissions: 0o600)
    }
}

/// How a line is written: moments in seconds since 1970.
private struct LiveDayRecord: Codable {
    struct Blank: Codable {
        var from, to: Int64
        var cause: String
    }

    var pbx: String
    var begins, ends, until: Int64
    var queues: [QueueDay]
    var blanks: [Blank]

    init(_ entry: LiveDayFile.Entry) {
        pbx = entry.pbx
        (begins, ends) = (entry.day.begins.wholeSeconds, entry.day.ends.wholeSeconds)
        until = entry.until.wholeSeconds
        queues = entry.day.queues
        blanks = entry.day.blanks.map {
            Blank(from: $0.from.wholeSeconds, to: $0.to.wholeSeconds, cause: $0.cause.rawValue)
        }
    }

    var entry: LiveDayFile.Entry {
        let spans = blanks.compactMap { blank in
            LiveDay.Blank.Cause(rawValue: blank.cause).map { cause in
                LiveDay.Blank(from: Moment(seconds: blank.from), to: Moment(seconds: blank.to), cause: cause)
            }
        }
        let day = LiveDay(
            begins: Moment(seconds: begins),
            ends: Moment(seconds: ends),
            queues: queues,
            blanks: spans
        )
        return LiveDayFile.Entry(pbx: pbx, until: Moment(seconds: until), day: day)
    }
}
