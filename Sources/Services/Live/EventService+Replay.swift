import AMI
import AMIClient
import Base
import Configuration
import Glibc

extension EventService {
    /// Processes the events of a file, as ``follow(_:_:)`` processes those of a PBX.
    ///
    /// Events without a time of their own are dated by the uniqueids in them, never by the clock of the replay.
    ///
    /// - Returns: What was read; nothing is dropped.
    /// - Throws: ``ServiceError`` if the file does not exist, or has no times and a queue_log is wanted; `ManagerError`
    ///   if it cannot be read or is not AMI text; any error of `show`.
    public func replay(_ file: String, _ request: EventsRequest, _ show: Show) async throws -> EventsResult {
        guard access(file, R_OK) == 0 else {
            throw ServiceError(.noInput, "\(file) cannot be read: \(String(cString: strerror(errno))).")
        }
        var status = stat()
        if stat(file, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
            throw ServiceError(.noInput, "\(file) is a folder, not a file.")
        }
        var clock = ReplayClock()
        clock.start(at: try ReplayClock.firstTime(in: file))
        var replay = try EventReplay(path: file)
        var queueLog = QueueLogOutput()
        if let path = request.queueLog {
            guard clock.now != nil else {
                throw ServiceError(
                    .badData,
                    "\(file) has no times: record it with timestampevents = yes in manager.conf."
                )
            }
            try queueLog.open(path)
        }
        var folder = try await EventFolder(request, settings: settings, report: report)
        var result = EventsResult(counts: EventStream.Counts())
        var left = request.count ?? .max
        while left > 0, let raw = try replay.next() {
            try Task.checkCancellation()
            let received = ReceivedEvent(raw)
            result.counts.received += 1
            let time = clock.time(of: received) ?? Moment(seconds: 0)
            // It reports the PBX's uptime at a time that a recording does not contain.
            if received.name != "FullyBooted" { try queueLog.write(received, at: time) }
            for shown in folder.shown(received, at: time) where left > 0 { left -= try await show(shown) }
        }
        try queueLog.finish(at: clock.now ?? Moment(seconds: 0))
        if clock.isGuessing {
            report(
                ServiceNotice(
                    .warning,
                    "Events without a Timestamp are dated by the start of their channels: record with timestampevents = yes."
                )
            )
        }
        return result
    }
}

extension ReplayClock {
    /// The first time in a recording, by which everything before it is dated.
    static func firstTime(in file: String) throws -> Moment? {
        var clock = Self()
        var replay = try EventReplay(path: file)
        while let raw = try replay.next() {
            if let time = clock.time(of: ReceivedEvent(raw)) { return time }
        }
        return nil
    }
}

/// The queue_log of a replay, if one is wanted.
private struct QueueLogOutput: ~Copyable {
    private var recorder: QueueLogRecorder?

    mutating func open(_ path: String) throws(ManagerError) { recorder = try QueueLogRecorder(path: path) }

    mutating func write(_ received: ReceivedEvent, at time: Moment) throws(ManagerError) {
        try recorder?.write(received, at: time)
    }

    mutating func finish(at now: Moment) throws(ManagerError) { try recorder?.finish(at: now) }
}
