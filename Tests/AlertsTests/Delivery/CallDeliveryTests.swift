@testable import Alerts
import Base
import Logging
import NIOHTTP1
import TestSupport
import Testing

/// Events of calls on their way through the spool.
@Suite struct CallDeliveryTests {
    private func call(_ id: String, _ event: String = "call.ended", until end: Moment? = nil) -> AlertMessage {
        AlertMessage(
            id: id,
            receiver: "hook",
            reason: .call,
            group: "call",
            alerts: [alert("call.ended", ["pbx": "main"])],
            createdAt: ten,
            call: AlertMessage.CallBody(event: event, json: "{\"event\":\"\(event)\"}", expiresAt: end)
        )
    }

    @Test func `events are not merged, and leave in the order in which they came`() {
        var state = SpoolState()
        for id in ["a", "b", "c"] { state.apply(.queued(message: call(id))) }
        for id in ["a", "b", "c"] {
            #expect(state.next(for: "hook")?.ids == [id])
            state.apply(.delivered(receiver: "hook", ids: [id], at: ten))
        }
        #expect(state.calls == 0 && state.conversations.isEmpty)
    }

    @Test func `an event is the same after a restart`() throws {
        let record = SpoolRecord.queued(message: call("a", "call.ringing", until: ten + 60))
        #expect(SpoolRecord(line: try record.line().dropLast()) == record)
        // A line that an earlier version wrote has no call.
        let old = SpoolRecord.queued(message: message("x"))
        #expect(!String(decoding: try old.line(), as: UTF8.self).contains("call\""))
        #expect(SpoolRecord(line: try old.line().dropLast()) == old)
    }

    @Test func `events take at most half of the room, and the rest is that of alerts`() throws {
        let folder = try TestFolder()
        var limits = Spool.Limits()
        limits.messages = 4
        let spool = try Spool(folder: folder.path, limits: limits)
        try spool.accept(call("a"))
        try spool.accept(call("b"))
        let error = #expect(throws: DeliveryError.self) { try spool.accept(call("c")) }
        #expect(error?.code == .full)
        try spool.accept(message("x"))
        try spool.accept(message("y"))
        #expect(throws: DeliveryError.self) { try spool.accept(message("z")) }
        try spool.settle(.delivered(receiver: "hook", ids: ["a"], at: ten))
        try spool.accept(call("c"))
    }

    @Test(.timeLimit(.minutes(10)))
    func `what rang while the receiver was away is dropped and counted, and the end is delivered`() async throws {
        let server = try await TestReceiverServer { _, _ in .status(200) }
        let receiver = try ReceiverFactory(context: MessageContext()).receiver(
            ReceiverOptions(name: "hook"),
            .webhook(url: server.url + "/calls", secret: "Jefe")
        )
        let folder = try TestFolder()
        let delivery = AlertDelivery(
            spool: try Spool(folder: folder.path),
            receivers: [receiver],
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            now: { ten + 61 }
        )
        try await delivery.accept(call("rings", "call.ringing", until: ten + 60))
        try await delivery.accept(call("ends", "call.ended"))
        try await delivery.accept(call("rings now", "call.ringing", until: ten + 62))
        let running = Task { await delivery.run() }
        #expect(try await eventually { delivery.status[0].figures.delivered == 2 })
        running.cancel()
        await running.value
        #expect(delivery.status[0].figures.expired == 1)
        #expect(server.requests.map { $0.headers.first(name: "X-CRM-VoIP-Id") } == ["ends", "rings now"])
        #expect(server.requests.map { $0.headers.first(name: "X-CRM-VoIP-Event") } == ["call.ended", "call.ringing"])
    }

    @Test func `the body of a webhook is the event, signed`() throws {
        let url = try #require(EndpointURL("https://example.com/hook"))
        let outgoing = OutgoingMessage(call("a"))
        let kind = WebhookKind(url: url, secret: "Jefe")
        let request = try #require(kind.requests(outgoing, MessageContext(), now: ten).first)
        #expect(String(decoding: request.body, as: UTF8.self) == #"{"event":"call.ended"}"#)
        let fields = request.headers.map { "\($0.name): \($0.value)" }
        // printf '{"event":"call.ended"}' | openssl dgst -sha256 -hmac Jefe
        #expect(
            fields.contains(
                "X-CRM-VoIP-Signature: sha256=cb089bfcf9efb0c6e24418ffa455dd666073b158b748ccbdb4cf31bd4d2035c0"
            )
        )
        #expect(MessageText(call("a"), MessageContext()).title.hasPrefix("[CALL] "))
    }
}
