import CallRecords

/// A state machine driven by queue events. Events of the same second may arrive in any order, since neither tables nor
/// cut files preserve the order of the log; the machine first takes those that make sense in its current state.
protocol EventMachine {
    /// Takes the next event.
    mutating func handle(_ event: QueueEvent)
    /// Which of several events of one second can have happened first: the one with the lowest rank.
    func rank(_ event: QueueEvent) -> Int
}

extension EventMachine {
    /// Takes events that are in ascending order of time.
    mutating func follow(_ events: [QueueEvent]) {
        var rest = events[...]
        while let first = rest.first {
            let second = rest.prefix { $0.at == first.at }
            rest = rest.dropFirst(second.count)
            handle(second: Array(second))
        }
    }

    private mutating func handle(second events: [QueueEvent]) {
        if events.count == 1 { return handle(events[0]) }
        var waiting = events.sorted(by: QueueEvent.contentOrder)
        while let next = waiting.indices.min(by: { rank(waiting[$0]) < rank(waiting[$1]) }) {
            handle(waiting.remove(at: next))
        }
    }
}
