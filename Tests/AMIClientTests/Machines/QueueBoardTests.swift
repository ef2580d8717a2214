import AMI
import AMIClient
import Base
import Switchboard
import Testing
import TestSupport

private let snapshot: [Message] = [
    Message([
        "Event": "QueueParams", "Queue": "support", "Strategy": "rrmemory", "Completed": "7", "Abandoned": "2",
        "ServiceLevel": "10", "ServicelevelPerf": "71.4",
    ]),
    Message([
        "Event": "QueueMember", "Queue": "support", "Name": "Alice", "Location": "PJSIP/101", "Status": "1",
        "Paused": "0", "LastPause": "900", "LastCall": "0",
    ]),
    Message([
        "Event": "QueueMember", "Queue": "support", "Name": "Bob", "Location": "PJSIP/102", "Status": "1",
        "Paused": "1", "PausedReason": "tea", "LastPause": "940",
    ]),
    Message([
        "Event": "QueueEntry", "Queue": "support", "Position": "1", "Channel": "PJSIP/t-1", "Uniqueid": "c1",
        "CallerIDNum": "1", "Wait": "30",
    ]),
    Message([
        "Event": "QueueEntry", "Queue": "support", "Position": "2", "Channel": "PJSIP/t-2", "Uniqueid": "c2",
        "CallerIDNum": "2", "Wait": "5",
    ]),
]

@Suite struct QueueBoardTests {
    private func board() -> QueueBoard {
        var board = QueueBoard()
        board.replace(with: snapshot, at: 1000)
        return board
    }

    @Test func theSnapshotIsWhatThePBXSays() throws {
        let queue = try #require(board()["support"])
        #expect(queue.callers.map(\.since) == [970, 995])
        #expect(queue.longestWait(at: 1010) == .seconds(40))
        #expect(queue.freeMembers == 1)
        // Asterisk keeps LastPause after the pause: it counts only during a pause.
        #expect(queue.members.map(\.pausedSince) == [nil, 940])
        #expect(queue.members.map(\.lastCall) == [nil, nil])
        #expect((queue.completed, queue.abandoned, queue.serviceLevelPerf) == (7, 2, 71.4))
    }

    @Test func anAbandonedCallerIsCountedOnce() {
        var board = board()
        let gone = Message(["Event": "QueueCallerAbandon", "Queue": "support", "Uniqueid": "c1", "HoldTime": "40"])
        let left = Message(["Event": "QueueCallerLeave", "Queue": "support", "Uniqueid": "c1", "Position": "1"])
        board.apply(gone, at: 1010)
        board.apply(left, at: 1010)
        #expect(board["support"]?.abandoned == 3)
        #expect(board.lost.map(\.caller.number) == ["1"])
        #expect(board["support"]?.callers.map(\.uniqueid) == ["c2"])
        #expect(board["support"]?.callers.first?.position == 1)
    }

    @Test func anAnsweredCallerIsTheAgents() {
        var board = board()
        board.apply(
            Message(["Event": "QueueCallerLeave", "Queue": "support", "Uniqueid": "c1", "Position": "1"]),
            at: 1010
        )
        let connect =
            ["Event": "AgentConnect", "Queue": "support", "Uniqueid": "c1", "Interface": "PJSIP/101"] as KeyValuePairs
        board.apply(Message(connect), at: 1010)
        #expect(board["support"]?.members[0].isInCall == true)
        #expect(board["support"]?.freeMembers == 0)
        #expect(board["support"]?.members[0].since == 1010)
        board.apply(
            Message(["Event": "AgentComplete", "Queue": "support", "Uniqueid": "c1", "Interface": "PJSIP/101"]),
            at: 1050
        )
        #expect(board["support"]?.completed == 8)
        #expect(board["support"]?.members[0].lastCall == 1050)
        #expect(board["support"]?.callers.count == 1)
    }

    @Test func joiningTwiceOrInFrontKeepsTheOrder() {
        var board = board()
        let join = { (id: String, position: String) in
            Message(["Event": "QueueCallerJoin", "Queue": "support", "Uniqueid": id, "Position": position])
        }
        // An event that the snapshot already included.
        board.apply(join("c2", "2"), at: 1001)
        #expect(board["support"]?.callers.count == 2)
        board.apply(join("vip", "1"), at: 1002)
        #expect(board["support"]?.callers.map(\.uniqueid) == ["vip", "c1", "c2"])
        #expect(board["support"]?.callers.map(\.position) == [1, 2, 3])
    }

    @Test func pausesAndStates() {
        var board = board()
        board.apply(
            Message([
                "Event": "QueueMemberPause", "Queue": "support", "MemberName": "Alice", "Interface": "PJSIP/101",
                "Status": "1", "Paused": "1", "PausedReason": "обед", "LastPause": "1003",
            ]),
            at: 1004
        )
        #expect(board["support"]?.members[0].isPaused == true)
        #expect(board["support"]?.members[0].pausedReason == "обед")
        #expect(board["support"]?.members[0].since == 1003)
        let status = { (value: String, at: Moment) in
            board.apply(
                Message([
                    "Event": "QueueMemberStatus", "Queue": "support", "Interface": "PJSIP/101", "Status": value,
                    "Paused": "1", "PausedReason": "обед",
                ]),
                at: at
            )
        }
        _ = status("1", 1010)
        #expect(board["support"]?.members[0].since == 1003, "Nothing changed, so the time runs on.")
        _ = status("6", 1020)
        #expect(board["support"]?.members[0].since == 1020)
        board.apply(Message(["Event": "QueueMemberRemoved", "Queue": "support", "Interface": "PJSIP/101"]), at: 1030)
        #expect(board["support"]?.members.map(\.name) == ["Bob"])
    }

    @Test func theNextSnapshotKeepsTheFinerTimes() {
        var board = board()
        board.apply(
            Message([
                "Event": "QueueCallerJoin", "Queue": "support", "Uniqueid": "c3", "Position": "3",
                "Timestamp": "1000.7",
            ]),
            at: 1000.9
        )
        board.replace(
            with: snapshot + [
                Message(["Event": "QueueEntry", "Queue": "support", "Position": "3", "Uniqueid": "c3", "Wait": "4"])
            ],
            at: 1005.2
        )
        #expect(board["support"]?.callers.last?.since == 1000.7)
        #expect(board["support"]?.members.map(\.since) == [1000, 940])
    }

    @Test func onlyWantedQueuesAreShown() {
        var board = QueueBoard(queues: ["SUPPORT"])
        board.replace(with: snapshot + [Message(["Event": "QueueParams", "Queue": "sales"])], at: 1000)
        board.apply(
            Message(["Event": "QueueCallerJoin", "Queue": "sales", "Uniqueid": "x", "Position": "1"]),
            at: 1001
        )
        #expect(board.queues.map(\.name) == ["support"])
    }
}
