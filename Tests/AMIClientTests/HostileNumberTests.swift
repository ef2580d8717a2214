import AMI
import Base
import Switchboard
import Testing
import TestSupport

@testable import AMIClient

/// Numbers that no PBX means, in every field used for calculations: they are treated as missing, and nothing traps.
@Suite struct HostileNumberTests {
    private static let numbers = [
        "1e300", "-1e300", "nan", "inf", "-inf", "9223372036854775807", "-9223372036854775808",
        "99999999999999999999", "2562047788015216:00:00",
    ]

    private func events(_ number: String) -> [Message] {
        [
            Message(["Event": "FullyBooted", "Uptime": number]),
            Message(["Event": "Newchannel", "Channel": "PJSIP/1-1", "Uniqueid": "1.1", "Duration": number]),
            Message(["Event": "QueueCallerJoin", "Queue": "q", "Uniqueid": "1.1", "Position": number]),
            Message(["Event": "QueueCallerAbandon", "Queue": "q", "Uniqueid": "1.1", "HoldTime": number]),
            Message([
                "Event": "QueueMemberStatus", "Queue": "q", "Interface": "PJSIP/2", "LastCall": number,
                "LastPause": number, "LoginTime": number, "CallsTaken": number, "Status": number,
            ]),
            Message([
                "Event": "AgentConnect", "Queue": "q", "Uniqueid": "1.1", "Interface": "PJSIP/2", "HoldTime": number,
            ]),
            Message([
                "Event": "AgentComplete", "Queue": "q", "Uniqueid": "1.1", "Interface": "PJSIP/2", "TalkTime": number,
            ]),
            Message(["Event": "Hangup", "Uniqueid": "1.1", "Cause": number]),
        ].flatMap { message in [message, Message(headers: message.headers + [header("Timestamp", number)])] }
    }

    private func header(_ name: String, _ value: String) -> Message.Header {
        .init(name: Array(name.utf8), value: Array(value.utf8))
    }

    @Test(arguments: numbers) func `every machine takes every field`(number: String) {
        var (board, calls, writer, clock) = (QueueBoard(), ActiveCalls(), QueueLogWriter(), ReplayClock())
        for message in events(number) {
            let received = ReceivedEvent(message)
            let time = received.time(or: 1000)
            #expect(time >= 0 && time <= 253_402_300_799)
            #expect(time.iso8601.count == 20)
            _ = clock.time(of: received)
            for part in received.parts {
                board.apply(part.event, at: time)
                calls.apply(part.event, at: time)
                _ = writer.lines(for: part.event, at: time)
            }
        }
        _ = writer.lines(at: 1_000_000_000)
        #expect(calls.calls.isEmpty)
    }

    @Test(arguments: numbers) func `snapshots take every field`(number: String) throws {
        var board = QueueBoard()
        let items = [
            Message([
                "Event": "QueueParams", "Queue": "q", "Completed": number, "Abandoned": number, "Holdtime": number,
            ]),
            Message(["Event": "QueueMember", "Queue": "q", "Location": "PJSIP/2", "LastCall": number]),
            Message(["Event": "QueueEntry", "Queue": "q", "Uniqueid": "1.1", "Position": "1", "Wait": number]),
        ]
        board.replace(with: items, at: 1000)
        let queue = try #require(board["q"])
        #expect(queue.completed + queue.abandoned + queue.holdTime == 0)
        #expect(queue.callers.map(\.since) == [1000])
        #expect(queue.members.map(\.lastCall) == [nil])
        let channel = ChannelSnapshot(Message(["Channel": "PJSIP/1-1", "Uniqueid": "1.1", "Duration": number]))
        #expect(channel?.seconds == nil)
    }
}
