import AMI
import AMIClient
import Base
import Configuration
import Reporting
import Switchboard
import Testing
import TestSupport

@testable import crm_voip

@Suite struct BoardViewTests {
    private func board(callers: Int = 2, members: Int = 2) -> QueueBoard {
        var items = [
            Message(["Event": "QueueParams", "Queue": "support", "ServiceLevel": "10", "ServicelevelPerf": "71.4"])
        ]
        items += (0..<members).map { number in
            let name = "Agent \(number)"
            return Message([
                "Event": "QueueMember", "Queue": "support", "Name": name, "Location": "PJSIP/\(number)", "Status": "1",
                "CallsTaken": "\(number)",
            ])
        }
        items += (0..<callers).map { number in
            Message([
                "Event": "QueueEntry", "Queue": "support", "Position": "\(number + 1)", "Uniqueid": "c\(number)",
                "CallerIDNum": "+4930\(number)", "CallerIDName": "Evil\u{1B}[31m", "Wait": "\(200 - 100 * number)",
            ])
        }
        var board = QueueBoard()
        board.replace(with: items, at: 1000)
        return board
    }

    private func lines(
        _ board: QueueBoard,
        stale: Moment? = nil,
        size: (Int, Int) = (80, 24),
        styled: Bool = false,
        order: BoardView.Order = .state
    ) throws -> [String] {
        let limits = (try #require(NagiosRange("60")), try #require(NagiosRange("180")))
        var view = BoardView(style: Style(isOn: styled), thresholds: limits)
        view.order = order
        return view.lines(board, staleSince: stale, at: 1000, size: (width: size.0, height: size.1))
    }

    @Test(arguments: [(80, 24), (40, 10), (200, 60), (20, 3), (1, 1)])
    func `The board fits every screen`(width: Int, height: Int) throws {
        let lines = try lines(board(callers: 30, members: 30), size: (width, height))
        #expect(lines.count == height)
        #expect(lines.allSatisfy { $0.count <= width })
    }

    @Test func `The longest wait comes first, and a name cannot control the terminal`() throws {
        let lines = try lines(board()).filter { $0.contains("+4930") }
        #expect(lines == ["  1. 3:20     Evil\u{FFFD}[31m <+49300>", "  2. 1:40     Evil\u{FFFD}[31m <+49301>"])
    }

    /// A Chinese or Japanese character takes two columns of the screen.
    @Test func `Wide names neither break lines nor columns`() throws {
        var wide = QueueBoard()
        let name = "東京支店の受付担当者です"
        wide.replace(
            with: [
                Message(["Event": "QueueParams", "Queue": "support"]),
                Message(["Event": "QueueMember", "Queue": "support", "Name": name, "Location": "a", "Status": "1"]),
                Message(["Event": "QueueMember", "Queue": "support", "Name": "Bob", "Location": "b", "Status": "1"]),
                Message(["Event": "QueueEntry", "Queue": "support", "CallerIDName": name + name, "Wait": "5"]),
            ],
            at: 1000
        )
        let lines = try lines(wide, size: (40, 10))
        #expect(lines.allSatisfy { DisplayWidth.of($0) <= 40 }, "\(lines)")
        let states = lines.compactMap { line in
            line.firstRange(of: "free  ").map { DisplayWidth.of(String(line[..<$0.lowerBound])) }
        }
        #expect(states == [21, 21], "\(lines)")
    }

    @Test func `Waits are coloured when they reach the thresholds`() throws {
        let lines = try lines(board(), styled: true).filter { $0.contains("+4930") }
        #expect(lines.first?.hasPrefix("\u{1B}[31m") ?? false)
        #expect(lines.last?.hasPrefix("\u{1B}[33m") ?? false)
        #expect(try !self.lines(board()).joined().contains("\u{1B}"))
    }

    @Test func `Without a connection the board says so`() throws {
        #expect(try lines(board(), stale: 935)[0] == "DISCONNECTED 1:05 – data is stale")
    }

    @Test func `Members are shown in the chosen order`() throws {
        let names = { (order: BoardView.Order) in
            try lines(board(callers: 0, members: 3), order: order).filter { $0.contains("Agent") }.map {
                String($0.dropFirst(8).prefix(1))
            }
        }
        #expect(try names(.name) == ["0", "1", "2"])
        #expect(try names(.calls) == ["2", "1", "0"])
    }

    @Test func `Callers who gave up can be called back`() throws {
        var board = board()
        board.apply(
            .queueCaller(QueueCallerEvent(.abandoned, QueueCallerFacts(queue: "support", uniqueid: "c0"))),
            at: 990
        )
        #expect(try lines(board).contains("  0:10 ago  support  waited 3:10  Evil\u{FFFD}[31m <+49300>"))
    }
}
