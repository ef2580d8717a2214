import AMI
import Base
import Switchboard

// Channels and queues.
extension HealthCheck {
    /// Applications in which a channel may be alone for a long time.
    private static let waitingRooms = [
        "Queue", "ConfBridge", "MeetMe", "Park", "ParkedCall", "ChanSpy", "Stasis", "BridgeWait",
    ]

    func channels(_ client: ManagerClient) async -> HealthReport.Section {
        do {
            let channels = try await CallControl(client).channels()
            var calls = ActiveCalls()
            calls.replace(with: channels, at: Moment.now)
            let longest = channels.compactMap(\.seconds).max() ?? 0
            let stuck = channels.filter { channel in
                (channel.seconds ?? 0) > 3600 && channel.bridgeID.isEmpty
                    && !Self.waitingRooms.contains { $0.isSame(as: channel.application) }
            }
            let span = Self.span(.seconds(longest))
            let summary = "\(channels.count) channels in \(calls.calls.count) calls, the longest \(span)"
            return .init(
                "channels",
                .ok,
                summary,
                [
                    .init("channels", Double(channels.count)), .init("calls", Double(calls.calls.count)),
                    .init("longest_call", Double(longest), unit: "s"), .init("stuck_channels", Double(stuck.count)),
                ]
            )
        } catch {
            return unanswered("channels", error)
        }
    }

    func queues(_ client: ManagerClient) async -> HealthReport.Section {
        do {
            let now = Moment.now
            let board = try await QueueControl(client).status(at: now)
            guard !board.queues.isEmpty else { return .init("queues", .skipped, "the PBX has no queues") }
            var measures: [HealthReport.Measure] = []
            for queue in board.queues {
                let add = { (name: String, value: Double, unit: String) in
                    measures.append(.init(name, value, unit: unit, subject: queue.name))
                }
                add("queue_callers", Double(queue.callers.count), "")
                add("queue_wait", queue.longestWait(at: now).inSeconds.rounded(), "s")
                add("queue_free_agents", Double(queue.freeMembers), "")
                add("queue_members", Double(queue.members.count { $0.isLoggedIn }), "")
                if queue.completed > 0 { add("queue_service_level", queue.serviceLevelPerf, "%") }
            }
            let callers = board.queues.reduce(0) { $0 + $1.callers.count }
            let free = Set(board.queues.flatMap(\.members).filter(\.isFree).map(\.interface)).count
            return .init(
                "queues",
                .ok,
                "\(board.queues.count) queues, \(callers) callers wait, \(free) agents free",
                measures
            )
        } catch {
            return unanswered("queues", error)
        }
    }
}
