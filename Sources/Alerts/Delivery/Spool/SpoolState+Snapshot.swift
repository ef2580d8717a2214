extension SpoolState {
    /// The fewest records that amount to this state.
    var records: [SpoolRecord] {
        var records: [SpoolRecord] = settled.isEmpty ? [] : [.settled(ids: settled)]
        for (receiver, groups) in conversations.sorted(by: { $0.key < $1.key }) {
            for (_, known) in groups.sorted(by: { $0.key < $1.key }) {
                records.append(.conversation(receiver: receiver, root: known.root, message: known.message))
            }
        }
        for (receiver, groups) in owed.sorted(by: { $0.key < $1.key }) {
            for (_, message) in groups.sorted(by: { $0.key < $1.key }) {
                records.append(.owed(receiver: receiver, message: message))
            }
        }
        for (receiver, groups) in diverted.sorted(by: { $0.key < $1.key }) {
            for (group, fallback) in groups.sorted(by: { $0.key < $1.key }) {
                records.append(.diverted(receiver: receiver, group: group, fallback: fallback))
            }
        }
        for (_, queue) in queues.sorted(by: { $0.key < $1.key }) {
            for entry in queue {
                records.append(.pending(message: entry.message, isCopied: entry.isCopied, isCopy: entry.isCopy))
            }
        }
        // Last: a queued sign of life sets one of the figures.
        for (receiver, figures) in figures.sorted(by: { $0.key < $1.key }) {
            records.append(.counted(receiver: receiver, figures: figures))
        }
        return records
    }

    /// The state after the complete lines of a file.
    ///
    /// - Returns: the state, how many lines are damaged, and how many bytes the complete lines have. What follows them
    ///   is the beginning of a line whose writer was killed.
    static func folding(_ bytes: [UInt8]) -> (state: SpoolState, damaged: Int, length: Int) {
        var state = SpoolState()
        var damaged = 0
        var start = 0
        while let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
            if let record = SpoolRecord(line: bytes[start..<end]) {
                state.apply(record)
            } else if end > start {
                damaged += 1
            }
            start = end + 1
        }
        return (state, damaged, start)
    }
}
