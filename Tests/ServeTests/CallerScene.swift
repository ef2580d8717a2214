import Base
import Switchboard
import TestSupport

@testable import Serve
@testable import Services

/// A PBX with one caller, who waits in the queue `support`, and whom the CRM knows.
enum CallerScene {
    static let number = "+491701234567"

    /// Shows the scene on a server.
    ///
    /// - Parameters:
    ///   - name: The caller's name according to the PBX.
    ///   - contact: The contact's name in the CRM; nil if no contact has the number.
    static func show(_ name: String, contact: String?, on real: RealApplication) {
        var caller = QueueCallerFacts(queue: "support", uniqueid: "1.1")
        (caller.number, caller.name, caller.position, caller.wait) = (number, name, 1, 65)
        caller.channel = "PJSIP/trunk-\(number)-00000001"
        var channel = ChannelSnapshot(name: caller.channel, uniqueid: "1.1", linkedid: "1.1")
        (channel.callerNumber, channel.callerName, channel.exten, channel.seconds) = (number, name, "100", 70)
        var calls = ActiveCalls()
        calls.replace(with: [channel], at: 1000)
        var state = LiveFixture.state()
        state.board.replace(with: [.queue(QueueFacts(name: "support")), .caller(caller)], at: 1000)
        state.calls = calls.longestFirst
        real.model.publish(state)
        var facts = CallerBook.Facts()
        facts.contact = contact.map { CallerNames.Contact(kind: "lead", id: "77-zora", name: $0, owner: "Olga") }
        (facts.callsToday, facts.spokenBy, facts.spokenAt) = (2, "Sasha", 900)
        real.book.keep([number: facts], of: [number], pbx: "main", at: .now)
    }

    /// Every byte that a client receives: status, header fields and body; of a stream its first event.
    static func bytes(of response: Response) async -> String {
        var text = response.headers.fields.map { "\($0.name): \($0.value)\n" }.joined()
        switch response.body {
        case .bytes(let bytes): text += String(decoding: bytes, as: UTF8.self)
        case .stream(let body):
            let sink = FirstEvent()
            try? await body(sink)
            text += await sink.text
        }
        return text
    }

    /// Keeps a stream's beginning, then ends it.
    private actor FirstEvent: StreamSink {
        private(set) var text = ""
        private struct Enough: Error {}

        func write(_ new: String) throws {
            text += new
            if text.contains("data: ") { throw Enough() }
        }
    }
}
