import AMI
import AMIClient
import Base
import Switchboard
import TestSupport

// Feeds the state machines with AMI messages, through the same decoder as in the program.

extension QueueBoard {
    @discardableResult
    mutating func apply(_ message: Message, at now: Moment) -> Bool {
        let received = ReceivedEvent(message)
        var isChanged = false
        for part in received.parts where apply(part.event, at: received.time(or: now)) { isChanged = true }
        return isChanged
    }
}

extension ActiveCalls {
    /// The last call that the event changed.
    @discardableResult
    mutating func apply(_ message: Message, at now: Moment) -> Call? {
        changes(message, at: now).last?.call
    }

    mutating func changes(_ message: Message, at now: Moment) -> [Change] {
        let received = ReceivedEvent(message)
        var changes: [Change] = []
        for part in received.parts { changes += apply(part.event, at: received.time(or: now)) }
        return changes
    }
}

extension QueueLogWriter {
    mutating func lines(for message: Message, at now: Moment) -> [String] {
        let received = ReceivedEvent(message)
        var lines: [String] = []
        for part in received.parts { lines += self.lines(for: part.event, at: received.time(or: now)) }
        return lines
    }

    mutating func lines(forSnapshot items: [Message], at now: Moment) -> [String] {
        lines(forSnapshot: items.compactMap { QueueSnapshotItem($0) }, at: now)
    }
}
