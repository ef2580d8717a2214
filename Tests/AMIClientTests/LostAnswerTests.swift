import AMI
import Switchboard
import Testing
import TestSupport

@testable import AMIClient

extension ByteServerTests {
    /// Requests whose answer is lost: an event, or another look at the queue, may still reveal the outcome.
    @Suite struct LostAnswerTests {
        private static let channel = ChannelSnapshot(name: "PJSIP/1-1", uniqueid: "7.1")
        private static let gone = "Event: Hangup\r\nChannel: PJSIP/1-1\r\nUniqueid: 7.1\r\nCause: 16\r\n\r\n"

        private func code(
            _ scripts: [[FakePBX.Step]],
            _ order: (ManagerClient) async throws -> Void
        ) async throws -> (code: ManagerError.Code?, ordered: [String]) {
            let all = scripts.map { FakePBX.welcome + $0 }
            return try await FakePBX.with(all[0], all[1]) { pbx in
                var setup = pbx.configuration
                setup.actionTimeout = .milliseconds(500)
                var code: ManagerError.Code?
                do {
                    try await ManagerClient.withConnection(setup, order)
                } catch let error as ManagerError {
                    code = error.code
                }
                return (code, pbx.actions)
            }
        }

        @Test(arguments: [[FakePBX.Step.hear("Hangup")], [.hear("Hangup"), .hangUp], [.hear("Hangup"), .reset]])
        func `an event shows that the order was carried out`(order: [FakePBX.Step]) async throws {
            let (code, actions) = try await code([order, [.pause(milliseconds: 700), .say(Self.gone), .hear("Never")]])
            {
                try await CallControl($0).hangup(Self.channel)
            }
            #expect(code == nil)
            #expect(actions.count { $0 == "Hangup" } == 1)
        }

        @Test func `without an event the outcome stays unknown, and nothing is sent again`() async throws {
            let (code, actions) = try await code([[.hear("Hangup"), .hangUp], [.hear("Never")]]) { client in
                var control = CallControl(client)
                control.confirmTimeout = .milliseconds(300)
                try await control.hangup(Self.channel)
            }
            #expect(code == .outcomeUnknown)
            #expect(actions.count { $0 == "Hangup" } == 1)
        }

        @Test(arguments: [("5", nil), ("4", ManagerError.Code.outcomeUnknown)] as [(String, ManagerError.Code?)])
        func `another look at the queue shows whether the order was carried out`(
            penalty: String,
            expected: ManagerError.Code?
        ) async throws {
            let member =
                "Event: QueueMember\r\nActionID: {id}\r\nQueue: q\r\nName: A\r\nLocation: PJSIP/1\r\n"
                + "StateInterface: PJSIP/1\r\nPenalty: \(penalty)\r\nStatus: 1\r\nPaused: 0\r\n\r\n"
            let (code, actions) = try await code([
                [.hear("QueuePenalty"), .hangUp],
                [
                    .hear("QueueStatus"), .say("Response: Success\r\nActionID: {id}\r\nEventList: start\r\n\r\n"),
                    .say("Event: QueueParams\r\nActionID: {id}\r\nQueue: q\r\n\r\n"), .say(member),
                    .say("Event: QueueStatusComplete\r\nActionID: {id}\r\nEventList: Complete\r\n\r\n"),
                ],
            ]) { client in
                _ = try await QueueControl(client).setPenalty(5, of: "PJSIP/1", in: "q")
            }
            #expect(code == expected)
            #expect(actions.count { $0 == "QueuePenalty" } == 1)
        }
    }
}
