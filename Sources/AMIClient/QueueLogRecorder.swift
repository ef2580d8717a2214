public import Base
import Switchboard

/// Appends queue events to a file in the format of a queue_log; see ``Switchboard/QueueLogWriter``.
///
/// Give it every event, whatever is shown of them, the time every second or so, and ``finish(at:)`` at the end: who left a queue
/// without another word is known only by the time that has passed.
public struct QueueLogRecorder: ~Copyable {
    private let file: OpenFile
    private var writer = QueueLogWriter()
    /// The time of the last event, by the clock of the PBX.
    private var latest = Moment.distantPast

    /// A recorder at the end of a file, which is made if it is not there.
    ///
    /// - Throws: ``ManagerError`` with code `file`.
    public init(path: String) throws(ManagerError) {
        do throws(FileError) { file = try OpenFile(appendingTo: path) } catch { throw ManagerError(error) }
    }

    /// Writes what an event comes to that happened at `time`, and what the time until then came to.
    ///
    /// - Throws: ``ManagerError`` with code `file`.
    public mutating func write(_ received: ReceivedEvent, at time: Moment) throws(ManagerError) {
        try tick(at: time)
        var lines: [String] = []
        for part in received.parts { lines += writer.lines(for: part.event, at: time) }
        try write(lines)
    }

    /// Writes what the passing of time comes to.
    ///
    /// - Parameter now: The time by the clock of the events.
    /// - Throws: ``ManagerError`` with code `file`.
    public mutating func tick(at now: Moment) throws(ManagerError) {
        // Once a second is enough, however many events there are.
        guard now - latest >= .seconds(1) else { return }
        latest = now
        try write(writer.lines(at: now))
    }

    /// Writes who left and of whom no more events will come.
    ///
    /// - Throws: ``ManagerError`` with code `file`.
    public mutating func finish(at now: Moment) throws(ManagerError) {
        try write(writer.lastLines(at: now))
    }

    /// One write a line, so that each is whole.
    private func write(_ lines: [String]) throws(ManagerError) {
        do throws(FileError) {
            for line in lines { try file.write((line + "\n").utf8) }
        } catch {
            throw ManagerError(error)
        }
    }
}
