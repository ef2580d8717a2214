@testable import Alerts
import Base
import FuzzSupport

/// A spool's file: what it amounts to, what the receivers are sent, and what becomes of it.
@main
struct Program {
    static func main() {
        let context = MessageContext(pages: "https://pbx.example.com")
        let now = Moment(seconds: 1_795_860_000)
        fuzz { start, count in
            let bytes = Array(UnsafeBufferPointer(start: start, count: count))
            let (found, _, length) = SpoolState.folding(bytes)
            precondition(length <= count && found.calls <= found.count)
            var state = found
            // Compacted, it must still be readable, and have the same messages in the same order.
            let lines = state.records.compactMap { try? $0.line() }
            precondition(lines.count == state.records.count)
            let again = SpoolState.folding(lines.flatMap(\.self))
            precondition(again.damaged == 0 && again.state.queues == state.queues)
            for receiver in state.queues.keys.sorted() {
                _ = state.oldest(for: receiver)
                while let next = state.next(for: receiver) {
                    _ = MessageText(next.message, context).body
                    _ = AlertmanagerFormat.webhook(next.message, context).line
                    let before = state.count
                    let isOdd = next.ids.count % 2 == 1
                    state.apply(
                        isOdd
                            ? .delivered(receiver: receiver, ids: next.ids, at: now)
                            : .expired(receiver: receiver, ids: next.ids, at: now, reason: "")
                    )
                    // Otherwise the same message would be sent for ever.
                    precondition(state.count < before)
                }
            }
            precondition(state.count == 0 && state.calls == 0)
        }
    }
}
