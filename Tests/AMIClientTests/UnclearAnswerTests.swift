import AMI
import Base
import Switchboard
import Testing
import TestSupport

@testable import AMIClient

extension ByteServerTests {
    /// Ambiguous answers, and connections that break in an unusual way.
    @Suite struct UnclearAnswerTests {
        private func failure(
            _ action: Action,
            _ script: [FakePBX.Step],
            within limit: Duration = .seconds(20)
        ) async throws -> ManagerError? {
            try await FakePBX.with(FakePBX.welcome + script) { pbx in
                try await ManagerClient.withConnection(pbx.configuration) { client in
                    await #expect(throws: ManagerError.self) { try await client.send(action, timeout: limit) }
                }
            }
        }

        @Test(arguments: ["Goodbye", "Maybe", "Queued"])
        func `an answer that is neither success nor error leaves an order undecided`(word: String) async throws {
            let script = [FakePBX.Step.hear("X"), .say("Response: \(word)\r\nActionID: {id}\r\n\r\n")]
            let order = try await failure(Action("X", .changes), script)
            #expect(order?.code == .outcomeUnknown)
            #expect(order?.description.contains("neither success nor error") ?? false)
            #expect(try await failure(Action("X", .reads), script)?.code == .refused)
        }

        @Test(arguments: [[FakePBX.Step.hangUp], [.reset]])
        func `digits that were played before the connection was lost are not forgotten`(
            end: [FakePBX.Step]
        ) async throws {
            let answer = FakePBX.Step.say("Response: Success\r\nActionID: {id}\r\n\r\n")
            let script = FakePBX.welcome + [.hear("PlayDTMF"), answer, .pause(milliseconds: 50)] + end
            let error = try await FakePBX.with(script) { pbx in
                try await ManagerClient.withConnection(pbx.configuration) { client in
                    let digits = try DTMF("12")
                    return await #expect(throws: ManagerError.self) {
                        let channel = ChannelSnapshot(name: "PJSIP/1-1", uniqueid: "7.1")
                        try await CallControl(client).play(digits, on: channel, gap: .milliseconds(500))
                    }
                }
            }
            #expect(error?.code == .outcomeUnknown && error?.description.hasPrefix("Only 1 of 2 digits") ?? false)
        }

        @Test func `a line or message over the limit is reported as such`() async throws {
            let line = "Response: Success\r\nActionID: {id}\r\nX: \(String(repeating: "x", count: 2_000_000))\r\n\r\n"
            for (text, words) in [
                (line, "line of more than"),
                ("Response: Success\r\n\(String(repeating: "A: b\r\n", count: 200_000))\r\n", "message of more than"),
            ] {
                let order = try await failure(Action("X", .changes), [.hear("X"), .say(text)])
                #expect(
                    order?.code == .outcomeUnknown && order?.description.contains(words) ?? false,
                    "\(order as Any)"
                )
                let question = try await failure(Action("X", .reads), [.hear("X"), .say(text)])
                #expect(question?.code == .lost && question?.description.contains(words) ?? false, "\(question as Any)")
            }
        }

        private func connectionError(_ script: [FakePBX.Step], isTLS: Bool) async throws -> ManagerError? {
            try await FakePBX.with(script) { pbx in
                var setup = pbx.configuration
                setup.tls = isTLS
                do {
                    try await ManagerClient.withConnection(setup) { _ in }
                    return nil
                } catch let error as ManagerError {
                    return error
                }
            }
        }

        /// A library's own names for these errors would help nobody.
        @Test func `a reset connection is explained in words`() async throws {
            let greeting = FakePBX.Step.say("Asterisk Call Manager/11.0.0\r\n")
            for script in [[.reset], [.pause(milliseconds: 100), .reset], [greeting, .hear("Challenge"), .reset]]
                as [[FakePBX.Step]]
            {
                for isTLS in [false, true] {
                    let error = try await connectionError(script, isTLS: isTLS)
                    let words = try #require(error?.description)
                    for word in ["errno", "NIO", "descriptor", "SSLError", "Channel", "("] {
                        #expect(!words.replacing("(authlimit)", with: "").contains(word), "\(words)")
                    }
                    #expect(error?.category == .unavailable)
                }
            }
        }
    }

    /// Requests to make a call about which the PBX reports little.
    @Suite struct UnclearOrderTests {
        private static let noChannels: [FakePBX.Step] = [
            .hear("CoreShowChannels"), .say("Response: Success\r\nActionID: {id}\r\nEventList: start\r\n\r\n"),
            .say("Event: CoreShowChannelsComplete\r\nActionID: {id}\r\nEventList: Complete\r\n\r\n"),
        ]

        private func outcome(
            of wait: OriginateRequest.Wait,
            _ orders: [FakePBX.Step],
            _ events: [FakePBX.Step],
            confirmTimeout: Duration = .seconds(20)
        ) async throws -> (result: Result<OriginateOutcome, ManagerError>, ordered: Int) {
            try await FakePBX.with(FakePBX.welcome + orders, FakePBX.welcome + events) { pbx in
                var setup = pbx.configuration
                setup.actionTimeout = .milliseconds(1500)
                return try await ManagerClient.withConnection(setup) { client in
                    var control = CallControl(client)
                    control.confirmTimeout = confirmTimeout
                    var request = OriginateRequest(
                        channel: "PJSIP/1",
                        destination: .exten("2", context: "c"),
                        channelID: "crm-7"
                    )
                    request.wait = wait
                    request.timeout = .seconds(1)
                    var result: Result<OriginateOutcome, ManagerError>
                    do throws(ManagerError) {
                        result = .success(try await control.originate(request))
                    } catch {
                        result = .failure(error)
                    }
                    return (result, pbx.actions.count { $0 == "Originate" })
                }
            }
        }

        private static let accepted: [FakePBX.Step] = [
            .hear("Originate"), .say("Response: Success\r\nActionID: {id}\r\nMessage: queued\r\n\r\n"),
        ]

        @Test func `events may still show the outcome of an unanswered order`() async throws {
            let answer = "Event: OriginateResponse\r\nResponse: Success\r\nReason: 4\r\nUniqueid: crm-7\r\n\r\n"
            let (result, ordered) = try await outcome(
                of: .answered,
                Self.noChannels + [.hear("Originate")],
                [.pause(milliseconds: 300), .say(answer), .hear("Never")]
            )
            #expect(try result.get().status == .answered)
            #expect(ordered == 1)
        }

        @Test func `an unanswered order without an event is unknown`() async throws {
            let (result, ordered) = try await outcome(
                of: .answered,
                Self.noChannels + [.hear("Originate"), .hangUp],
                [.hear("Never")],
                confirmTimeout: .milliseconds(500)
            )
            #expect(try result.get().status == .unknown)
            #expect(ordered == 1)
        }

        @Test func `an order whose id is in use is refused before it is sent`() async throws {
            let channels: [FakePBX.Step] = [
                .hear("CoreShowChannels"), .say("Response: Success\r\nActionID: {id}\r\nEventList: start\r\n\r\n"),
                .say("Event: CoreShowChannel\r\nActionID: {id}\r\nChannel: PJSIP/1-1\r\nUniqueid: crm-7\r\n\r\n"),
                .say("Event: CoreShowChannelsComplete\r\nActionID: {id}\r\nEventList: Complete\r\n\r\n"),
            ]
            for wait in [OriginateRequest.Wait.queued, .answered] {
                let (result, ordered) = try await outcome(of: wait, channels, [.hear("Never")])
                #expect(throws: ManagerError.self) { try result.get() }
                #expect(ordered == 0)
            }
        }

        @Test func `the answer to another order with the same id decides nothing`() async throws {
            let other =
                "Event: OriginateResponse\r\nActionID: other-1\r\nResponse: Failure\r\nReason: 5\r\nUniqueid: crm-7\r\n\r\n"
            let ours = "Event: OriginateResponse\r\nResponse: Success\r\nReason: 4\r\nUniqueid: crm-7\r\n\r\n"
            let (result, _) = try await outcome(
                of: .answered,
                Self.noChannels + Self.accepted,
                [.pause(milliseconds: 100), .say(other), .pause(milliseconds: 300), .say(ours), .hear("Never")]
            )
            #expect(try result.get().status == .answered)
        }

        @Test func `a user who gets no events is told which right is missing`() async throws {
            let (result, _) = try await outcome(
                of: .answered,
                Self.noChannels + Self.accepted,
                [.hear("Never")],
                confirmTimeout: .milliseconds(300)
            )
            let told = try result.get()
            #expect(told.status == .unknown)
            #expect(told.detail.contains("may read no events") && told.detail.contains("read = call"))
        }
    }
}
