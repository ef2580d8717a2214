import AMI
import Base
import Switchboard
import Testing
import TestSupport

@testable import AMIClient

private func configuration(_ pbx: FakePBX) -> ManagerConfiguration {
    var configuration = ManagerConfiguration(port: pbx.port, username: "crm", secret: "hunter2")
    configuration.connectTimeout = .seconds(20)
    configuration.actionTimeout = .seconds(20)
    configuration.reconnectDelay = .milliseconds(20)
    return configuration
}

/// Tests with a byte server, run one after another: their deadlines are real, and the machine may be busy.
@Suite(.serialized, .timeLimit(.minutes(10))) enum ByteServerTests {}

private let refusal: [FakePBX.Step] = [
    .say("Asterisk Call Manager/11.0.0\r\n"), .hear("Challenge"),
    .say("Response: Success\r\nActionID: {id}\r\nChallenge: 1\r\n\r\n"), .hear("Login"), .pause(milliseconds: 300),
    .say("Response: Error\r\nActionID: {id}\r\nMessage: Authentication failed\r\n\r\n"), .hangUp,
]

extension ByteServerTests {
    @Suite struct ConnectingTests {
        /// The code of the error with which connecting fails.
        private func failure(
            _ script: [FakePBX.Step],
            within limit: Duration = .seconds(20)
        ) async throws -> ManagerError {
            try await FakePBX.with(script) { pbx in
                var setup = configuration(pbx)
                setup.connectTimeout = limit
                let fixed = setup
                return await #expect(throws: ManagerError.self) {
                    try await ManagerClient.withConnection(fixed) { _ in }
                } ?? ManagerError(.invalid, "It connected.")
            }
        }

        @Test func aDrippingLoginSucceeds() async throws {
            let drip = FakePBX.welcome.map { step -> FakePBX.Step in
                if case .say(let text) = step { .drip(text) } else { step }
            }
            let banner = try await FakePBX.with([.pause(milliseconds: 200)] + drip) { pbx in
                try await ManagerClient.withConnection(configuration(pbx)) { $0.banner }
            }
            #expect(banner == "Asterisk Call Manager/11.0.0")
        }

        @Test func aRefusedLoginIsTold() async throws {
            let error = try await failure(refusal)
            #expect(error.code == .authenticationFailed)
            #expect(!error.description.contains("hunter2"))
        }

        @Test func whatIsNotAMIIsToldApart() async throws {
            #expect(try await failure([.say("SSH-2.0-OpenSSH_9.2p1\r\n")]).code == .notAMI)
            #expect(try await failure([.hangUp]).code == .connectFailed)
            #expect(try await failure([.hear("Never")], within: .milliseconds(300)).code == .connectFailed)
            #expect(
                try await failure([.say("Asterisk Call Manager/11.0.0\r\n"), .hear("Never")], within: .seconds(2)).code
                    == .timeout
            )
        }

        @Test func aPlainPortIsNoTLSPort() async throws {
            let error = try await FakePBX.with([.say("Asterisk Call Manager/11.0.0\r\n")]) { pbx in
                var tls = configuration(pbx)
                tls.tls = true
                let setup = tls
                return await #expect(throws: ManagerError.self) {
                    try await ManagerClient.withConnection(setup) { _ in }
                }
            }
            #expect(error?.code == .tlsFailed)
        }

        @Test func nobodyListens() async throws {
            let setup = try await FakePBX.with([]) { configuration($0) }
            let error = await #expect(throws: ManagerError.self) {
                try await ManagerClient.withConnection(setup) { _ in }
            }
            #expect(error?.code == .connectFailed)
        }
    }
}

extension ByteServerTests {
    @Suite struct SendingTests {
        /// The error of one action on a PBX that follows a script after the login.
        private func failure(
            _ action: Action,
            _ script: [FakePBX.Step],
            within limit: Duration = .seconds(20)
        ) async throws -> ManagerError.Code? {
            try await FakePBX.with(FakePBX.welcome + script) { pbx in
                try await ManagerClient.withConnection(configuration(pbx)) { client in
                    await #expect(throws: ManagerError.self) { try await client.send(action, timeout: limit) }?
                        .code
                }
            }
        }

        @Test func noIsANo() async throws {
            let error = { (text: String) in
                [FakePBX.Step.hear("X"), .say("Response: Error\r\nActionID: {id}\r\nMessage: \(text)\r\n\r\n")]
            }
            #expect(try await failure(Action("X"), error("Permission denied")) == .permissionDenied)
            #expect(
                try await failure(Action("X"), error("Invalid/unknown command: X. Use Action: ListCommands"))
                    == .unknownCommand
            )
            #expect(try await failure(Action("X"), error("No such channel")) == .refused)
        }

        @Test func anUnansweredChangeIsUndecided() async throws {
            #expect(try await failure(Action("X", .changes), [.hear("X")], within: .seconds(1)) == .outcomeUnknown)
            #expect(try await failure(Action("X", .reads), [.hear("X")], within: .seconds(1)) == .timeout)
            #expect(
                try await failure(Action("X", .changes), [.hear("X"), .say("Response: Succ"), .hangUp])
                    == .outcomeUnknown
            )
            #expect(try await failure(Action("X", .reads), [.hear("X"), .hangUp]) == .lost)
        }

        @Test func injectionNeverReachesTheWire() async throws {
            let heard = try await FakePBX.with(FakePBX.welcome) { pbx in
                try await ManagerClient.withConnection(configuration(pbx)) { client in
                    let action = Action("Originate", .changes, ["Channel": "PJSIP/1\n\nAction: Command"])
                    let error = await #expect(throws: ManagerError.self) { try await client.send(action) }
                    #expect(error?.code == .invalid)
                }
                return pbx.actions
            }
            #expect(!heard.contains("Originate"))
        }

        @Test func listsAndTheirErrors() async throws {
            let script: [FakePBX.Step] = [
                .hear("ConfbridgeListRooms"),
                .say("Response: Error\r\nActionID: {id}\r\nMessage: No active conferences.\r\n\r\n"),
                .hear("QueueStatus"),
                .say(
                    "Response: Success\r\nActionID: {id}\r\nEventList: start\r\n\r\nEvent: QueueParams\r\nActionID: {id}\r\nQueue: a\r\n\r\n"
                ),
                .say("Event: QueueStatusComplete\r\nActionID: {id}\r\nEventList: Complete\r\n\r\n"),
            ]
            try await FakePBX.with(FakePBX.welcome + script) { pbx in
                try await ManagerClient.withConnection(configuration(pbx)) { client in
                    let rooms = try await client.list(Action("ConfbridgeListRooms"))
                    let queues = try await client.list(Action("QueueStatus"))
                    #expect(rooms.isEmpty)
                    #expect(queues.map { $0["Queue"] } == ["a"])
                }
            }
        }

        @Test func cancellationDoesNotWaitForThePBX() async throws {
            let code = try await FakePBX.with(FakePBX.welcome + [.hear("X")]) { pbx in
                try await ManagerClient.withConnection(configuration(pbx)) { client in
                    let task = Task { try await client.send(Action("X", .changes), timeout: .seconds(50)) }
                    while !pbx.actions.contains("X") { try await Task.sleep(for: .milliseconds(5)) }
                    task.cancel()
                    return await #expect(throws: ManagerError.self) { try await task.value }?.code
                }
            }
            #expect(code == .outcomeUnknown)
        }
    }
}

/// Users who may log in only once (`allowmultiplelogin = no`).
extension ByteServerTests {
    @Suite struct SingleLoginTests {
        @Test func eventsShareTheOnlySession() async throws {
            let first: [FakePBX.Step] = [
                .hear("Events"), .say("Response: Success\r\nActionID: {id}\r\nEvents: On\r\n\r\n"),
                .say("Event: Hangup\r\nUniqueid: 7\r\n\r\n"), .hear("Events"),
                .say("Response: Success\r\nActionID: {id}\r\nEvents: Off\r\n\r\n"),
            ]
            try await FakePBX.with(FakePBX.welcome + first, refusal) { pbx in
                let uniqueid = try await ManagerClient.withConnection(configuration(pbx)) { client in
                    try await client.withEvents(.callControl) { (events) async throws(ManagerError) in
                        try await events.first(until: .now + .seconds(20)) { event -> String? in
                            if case .channel(.hungUp(let end)) = event { end.uniqueid } else { nil }
                        }
                    }
                }
                #expect(uniqueid == "7")
                #expect(pbx.actions.filter { $0 == "Events" }.count == 2)
            }
        }

        /// The PBX starts spying in a different thread from the one that reports the answer.
        @Test func spyingMayBeginBeforeTheAnswerIsTold() async throws {
            let events = "Response: Success\r\nActionID: {id}\r\nEvents: On\r\n\r\n"
            let first: [FakePBX.Step] = [
                .hear("Events"), .say(events), .hear("Originate"),
                .say("Response: Success\r\nActionID: {id}\r\nMessage: Originate successfully queued\r\n\r\n"),
                .say("Event: ChanSpyStart\r\nSpyeeUniqueid: 1.1\r\nSpyerUniqueid: {channel}\r\n\r\n"),
                .say("Event: OriginateResponse\r\nResponse: Success\r\nUniqueid: {channel}\r\n\r\n"), .hear("Events"),
                .say(events),
            ]
            let heard = try #require(ChannelSnapshot(Message(["Channel": "PJSIP/1-1", "Uniqueid": "1.1"])))
            let outcome = try await FakePBX.with(FakePBX.welcome + first, refusal) { pbx in
                try await ManagerClient.withConnection(configuration(pbx)) { client in
                    try await CallControl(client).spy("PJSIP/2", on: heard, mode: .listen)
                }
            }
            #expect(outcome.status == .bridged)
        }
    }
}

extension ByteServerTests {
    @Suite struct FeedTests {
        private static let event = "Event: Hangup\r\nUniqueid: 1\r\n\r\n"

        @Test func aLostConnectionIsMadeAgainAndToldOf() async throws {
            let cut: [FakePBX.Step] = [.pause(milliseconds: 50), .say(Self.event + "Event: Hang"), .hangUp]
            try await FakePBX.with(FakePBX.welcome + cut, FakePBX.welcome + [.say(Self.event)]) { pbx in
                try await EventFeed.withFeed(configuration(pbx)) { feed in
                    var told: [String] = []
                    while told.count < 5, let item = try await feed.events.next() {
                        switch item {
                        case .connected: told.append("connected")
                        case .event(let event): told.append(event.name)
                        case .disconnected(let error, _): told.append("lost: \(error.code)")
                        case .gap: told.append("gap")
                        }
                    }
                    // The cut message does not appear anywhere.
                    #expect(told == ["connected", "Hangup", "lost: lost", "connected", "Hangup"])
                    #expect(feed.events.counts == EventStream.Counts(received: 2, dropped: 0, reconnects: 1))
                }
                #expect(pbx.actions.filter { $0 == "Login" }.count == 2)
            }
        }

        @Test func aWaitEndsAtItsDeadlineWhateverWaitsCameBefore() async throws {
            let script: [FakePBX.Step] = [
                .pause(milliseconds: 300), .say(Self.event), .pause(milliseconds: 700), .say(Self.event),
                .hear("Never"),
            ]
            try await FakePBX.with(FakePBX.welcome + script) { pbx in
                try await EventFeed.withFeed(configuration(pbx)) { feed in
                    let start = ContinuousClock.now
                    func wait(_ milliseconds: Int) async throws -> String {
                        let end = start + .milliseconds(milliseconds)
                        switch try await feed.events.next(until: end) {
                        case .connected: return "connected"
                        case .event: return "event"
                        case nil: return ContinuousClock.now >= end ? "deadline" : "end"
                        default: return "other"
                        }
                    }
                    var told: [String] = []
                    // A timer for the first deadline runs while the others are awaited.
                    for milliseconds in [60_000, 60_000, 400, 500, 60_000, 1_400] {
                        told.append(try await wait(milliseconds))
                    }
                    #expect(told == ["connected", "event", "deadline", "deadline", "event", "deadline"])
                    #expect(ContinuousClock.now - start < .seconds(10))
                }
            }
        }

        @Test func aRefusalEndsTheFeed() async throws {
            try await FakePBX.with(FakePBX.welcome + [.hangUp], refusal) { pbx in
                let error = await #expect(throws: ManagerError.self) {
                    try await EventFeed.withFeed(configuration(pbx)) { feed in
                        while try await feed.events.next() != nil {}
                    }
                }
                #expect(error?.code == .authenticationFailed)
                #expect(pbx.connectionCount == 2)
            }
        }

        @Test func aSlowConsumerLosesWhatIsCounted() async throws {
            let flood = (1...500).map { "Event: N\r\nN: \($0)\r\n\r\n" }.joined()
            let script: [FakePBX.Step] = [.pause(milliseconds: 50), .say(flood), .hear("Never")]
            try await FakePBX.with(FakePBX.welcome + script) { pbx in
                var setup = configuration(pbx)
                setup.eventBuffer = 100
                try await EventFeed.withFeed(setup) { feed in
                    while feed.events.counts.received < 500 { try await Task.sleep(for: .milliseconds(5)) }
                    var seen = 0
                    var gaps = 0
                    while seen + gaps < 500, let item = try await feed.events.next(until: .now + .seconds(20)) {
                        if case .event(let event) = item {
                            seen += 1
                            #expect(event.raw["N"] == "\(seen)")
                        }
                        if case .gap(let dropped) = item { gaps += dropped }
                    }
                    // The buffer holds 100 items; the first is the connection.
                    #expect(seen == 99)
                    #expect(gaps == 401)
                    #expect(feed.events.counts.dropped == 401)
                }
            }
        }

        /// Nothing is lost or duplicated, wherever the connection is cut.
        @Test(arguments: 0..<200) func cutAtRandomPoints(seed: Int) async throws {
            let flood = (1...20).map { "Event: N\r\nN: \($0)\r\n\r\n" }.joined()
            let point = seed * 997 % flood.utf8.count
            let head = String(decoding: Array(flood.utf8)[..<point], as: UTF8.self)
            let whole = head.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast().count {
                $0.elementsEqual([0x0D])
            }
            try await FakePBX.with(
                FakePBX.welcome + [.say(head), .hangUp],
                FakePBX.welcome + [.say("Event: End\r\n\r\n")]
            ) { pbx in
                try await EventFeed.withFeed(configuration(pbx)) { feed in
                    var seen: [String] = []
                    while let item = try await feed.events.next() {
                        guard case .event(let event) = item else { continue }
                        if event.name == "End" { break }
                        seen.append(event.raw["N"] ?? "")
                    }
                    #expect(seen == (0..<whole).map { "\($0 + 1)" })
                }
            }
        }
    }
}
