import Base
import FoundationEssentials

/// The figures of the last days as the board had them, in a private file, so that the nightly load can compare them with what the
/// log says. One JSON object a line for each PBX and day.
struct LiveDayFile: Sendable {
    /// A line of it.
    struct Entry: Sendable, Equatable {
        /// The PBX.
        var pbx: String
        /// Up to when the figures were followed.
        var until: Moment
        /// The figures.
        var day: LiveDay
    }

    let path: String

    /// How long a day is kept after its end.
    static let keptFor = Duration.seconds(3 * 86_400)
    /// Some hundred queues of some ten PBXs on four days take a tenth of it.
    private static let mostBytes = 8 << 20

    init(dataDirectory: String) { path = "\(dataDirectory)/serve-days" }

    /// What is there; nothing where there is no file. Lines that are none are passed over.
    ///
    /// - Throws: `FileError` where there is a file that cannot be read.
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

    /// Replaces what is there.
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
    struct Queue: Codable {
        var queue: String
        var offered, answered, abandoned, abandonedShort, otherwiseLost, inProgress: Int
        var answeredInTime, serviceLevelPart, serviceLevelWhole, wait, talk: Int
    }

    struct Blank: Codable {
        var from, to: Int64
        var cause: String
    }

    var pbx: String
    var begins, ends, until: Int64
    var queues: [Queue]
    var blanks: [Blank]

    init(_ entry: LiveDayFile.Entry) {
        pbx = entry.pbx
        (begins, ends) = (entry.day.begins.wholeSeconds, entry.day.ends.wholeSeconds)
        until = entry.until.wholeSeconds
        queues = entry.day.queues.map { day in
            Queue(
                queue: day.queue,
                offered: day.offered,
                answered: day.answered,
                abandoned: day.abandoned,
                abandonedShort: day.abandonedShort,
                otherwiseLost: day.otherwiseLost,
                inProgress: day.inProgress,
                answeredInTime: day.answeredInTime,
                serviceLevelPart: day.serviceLevelPart,
                serviceLevelWhole: day.serviceLevelWhole,
                wait: day.wait,
                talk: day.talk
            )
        }
        blanks = entry.day.blanks.map {
            Blank(from: $0.from.wholeSeconds, to: $0.to.wholeSeconds, cause: $0.cause.rawValue)
        }
    }

    var entry: LiveDayFile.Entry {
        let days = queues.map { queue in
            var day = QueueDay(queue: queue.queue)
            (day.offered, day.answered, day.abandoned) = (queue.offered, queue.answered, queue.abandoned)
            (day.abandonedShort, day.otherwiseLost) = (queue.abandonedShort, queue.otherwiseLost)
            (day.inProgress, day.answeredInTime) = (queue.inProgress, queue.answeredInTime)
            (day.serviceLevelPart, day.serviceLevelWhole) = (queue.serviceLevelPart, queue.serviceLevelWhole)
            (day.wait, day.talk) = (queue.wait, queue.talk)
            return day
        }
        let spans = blanks.compactMap { blank in
            LiveDay.Blank.Cause(rawValue: blank.cause).map { cause in
                LiveDay.Blank(from: Moment(seconds: blank.from), to: Moment(seconds: blank.to), cause: cause)
            }
        }
        let day = LiveDay(
            begins: Moment(seconds: begins),
            ends: Moment(seconds: ends),
            queues: days,
            blanks: spans
        )
        return LiveDayFile.Entry(pbx: pbx, until: Moment(seconds: until), day: day)
    }
}
