import AMI
import AMIClient
import Switchboard
import Testing
import TestSupport

/// Shared helpers for tests on a real PBX.
enum Live {
    /// How a user logs in to the test PBX.
    static func configuration(_ user: String = "full") throws -> ManagerConfiguration {
        let pbx = try TestAsterisk.shared()
        return ManagerConfiguration(port: Int(pbx.port), username: user, secret: pbx.secret)
    }

    /// Opens a session for a user.
    static func with<Result>(
        _ user: String = "full",
        _ body: (ManagerClient) async throws -> Result
    ) async throws -> Result {
        try await ManagerClient.withConnection(try configuration(user), body)
    }

    /// A call to an extension in the context `phones`, then on to `place`.
    static func call(
        _ phone: String,
        to place: String = "wait@callers",
        id: String? = nil,
        wait: OriginateRequest.Wait = .answered
    ) -> OriginateRequest {
        let parts = place.split(separator: "@").map(String.init)
        var request = OriginateRequest(
            channel: "Local/\(phone)@\(phone == "wait" ? "callers" : "phones")/n",
            destination: .exten(parts[0], context: parts[1]),
            channelID: id
        )
        request.wait = wait
        request.timeout = .seconds(8)
        return request
    }

    /// Two parties in conversation: the channel that was called, and the one that the PBX then dialled for it.
    struct Conversation {
        let first: ChannelSnapshot
        let second: ChannelSnapshot
    }

    /// Connects two parties: the phone `near`, by default a Local channel, and the one that the extension `far` dials.
    static func conversation(
        _ control: CallControl,
        with far: String = "dial-answer",
        from near: String? = nil
    ) async throws -> Conversation {
        var request = call("answer", to: far + "@phones", wait: .bridged)
        if let near { request.channel = near }
        let outcome = try await control.originate(request)
        try #require(outcome.status == .bridged, "\(outcome.detail)")
        let channels = try await control.channels()
        let first = try #require(channels.first { $0.uniqueid == outcome.channelID })
        let second = try #require(
            channels.first { $0.bridgeID == first.bridgeID && $0.uniqueid != first.uniqueid },
            "\(first.name) talks with nobody"
        )
        return Conversation(first: first, second: second)
    }

    /// Lets the second party transfer the first to `400` after a consultation, and checks that this succeeds, and that
    /// the first is still there when the second has hung up.
    static func checkAttendedTransfer(_ control: CallControl, _ call: Conversation) async throws {
        async let isDone = with { client in
            try await CallControl(client).attendedTransfer(
                call.second,
                to: .init(exten: "400", context: "phones"),
                within: .seconds(20)
            )
        }
        let consultation = try await eventually("The transferer talks with the new party.") {
            try await control.channels().first {
                $0.uniqueid == call.second.uniqueid && !$0.bridgeID.isEmpty && $0.bridgeID != call.first.bridgeID
            }
        }
        try await Task.sleep(for: .milliseconds(500))
        try await control.hangup(consultation)
        let outcome = try await isDone
        #expect(outcome.status == .done, "\(outcome.detail)")
        #expect(try await control.channels().contains { $0.uniqueid == call.first.uniqueid })
    }

    /// How long tests wait for something that comes: longer than a slow and busy machine needs.
    static let patience = Duration.seconds(30)

    /// Repeats until there is a result; fails the test after `limit`.
    @discardableResult
    static func eventually<Result>(
        _ what: Comment,
        within limit: Duration = patience,
        _ ask: () async throws -> Result?
    ) async throws -> Result {
        let end = ContinuousClock.now + limit
        while true {
            if let result = try await ask() { return result }
            try #require(ContinuousClock.now < end, what)
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    /// Lines of queue_log that contain all of these texts.
    static func queueLog(_ texts: String...) throws -> [String] {
        try TestAsterisk.text(of: TestAsterisk.shared().queueLog).split(separator: "\n").map(String.init)
            .filter { line in texts.allSatisfy { line.contains($0) } }
    }

    /// The code of the error thrown by `body`; nil if it throws none.
    static func code(_ body: () async throws -> Void) async throws -> ManagerError.Code? {
        do {
            try await body()
            return nil
        } catch let error as ManagerError {
            return error.code
        }
    }
}

/// All tests here require Asterisk.
@Suite(.serialized, .enabled(if: TestAsterisk.isInstalled, "\(TestAsterisk.reason)"), .timeLimit(.minutes(10)))
struct LiveTests {}
