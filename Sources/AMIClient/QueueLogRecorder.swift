public import Base
import Switchboard

/// Appends queue events to a file in the format of a queue_log; see ``Switchboard/QueueLogWriter``.
///
/// Pass it every event, whatever is shown of them, the time every second or so, and call ``finish(at:)`` at the end:
/// that a caller left a queue without another event is known only from the time that has passed.
public struct QueueLogRecorder: ~Copyable {
    private let file: OpenFile
    private var writer = QueueLogWriter()
    /// The time of the last event, by the PBX's clock.
    private var latest = Moment.distantPast

    /// A recorder that appends to a file, which is created if it is missing.
    ///
    /// - Throws: ``ManagerError`` with code `file`.
    public init(path: String) throws(ManagerError) {
        do throws(FileError) { file = try OpenFile(appendingTo: path) } catch { throw ManagerError(error) }
    }

    /// Writes the lines that result from an event at `time`, and from the time until then.
    ///
    /// - Throws: ``ManagerError`` with code `file`.
    public mutating func write(_ received: ReceivedEvent, at time: Moment) throws(ManagerError) {
        try tick(at: time)
        var lines: [String] = []
        for part in received.parts { lines += writer.lines(for: part.event, at: time) }
        try write(lines)
    }

    /// Writes the lines that result from the passing of time.
    ///
    /// - Parameter now: The time, by the clock of the events.
    /// - Throws: ``ManagerError`` with code `file`.
    public mutating func tick(at now: Moment) throws(ManagerError) {
        // Once a second is enough, however many events there are.
        guard now - latest >= .seconds(1) else { return }
        latest = now
        try write(writer.lines(at: now))
    }

    /// Writes the lines of callers who left and for whom no more events will arrive.
    ///
    /// - Throws: ``ManagerError`` with code `file`.
    public mutating func finish(at now: Moment) throws(ManagerError) {
        try write(writer.lastLines(at: now))
    }

    /// One write for each line, so that each is complete.
    private func write(_ lines: [String]) throws(ManagerError) {
        do throws(FileError) {
            for line in lines { try file.write((line + "\n").utf8) }
        } catch {
            throw ManagerError(error)
        }
    }
}
