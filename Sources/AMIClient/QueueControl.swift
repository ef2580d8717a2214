import AMI
public import Base
public import Switchboard

/// Requests about queues. Each is verified by reading the queue again, since Asterisk reports success for some things
/// that it did not do as requested (a penalty that is not a number becomes 0).
public struct QueueControl: Sendable {
    /// The highest penalty that Asterisk stores unchanged.
    public static let maximumPenalty = Int(Int32.max)

    let client: ManagerClient

    /// Queue control for a PBX.
    public init(_ client: ManagerClient) {
        self.client = client
    }

    /// The queues with callers and members.
    ///
    /// - Parameters:
    ///   - queue: One queue; nil for all.
    ///   - now: The time from which waits are counted back.
    /// - Returns: The board.
    /// - Throws: ``ManagerError`` with code `refused` for a queue that does not exist: Asterisk itself would list
    ///   nothing.
    public func status(_ queue: String? = nil, at now: Moment = .now) async throws(ManagerError) -> QueueBoard {
        var board = QueueBoard()
        board.replace(with: try await items("QueueStatus", queue), at: now)
        if let queue, board.queues.isEmpty { throw unknown(queue) }
        return board
    }

    /// A queue in figures.
    public struct Summary: Sendable, Equatable {
        /// The queue.
        public var queue: String
        /// Members who are logged in.
        public var loggedIn: Int
        /// Those of them who could take a call.
        public var available: Int
        /// Waiting callers.
        public var callers: Int
        /// Average wait in seconds.
        public var holdTime: Int
        /// Average talk time in seconds.
        public var talkTime: Int
        /// How long the first caller has waited, in seconds.
        public var longestHoldTime: Int
    }

    /// The queues in figures, as the PBX counts them.
    ///
    /// - Parameter queue: One queue; nil for all.
    /// - Returns: One summary for each queue.
    /// - Throws: ``ManagerError``
    public func summary(_ queue: String? = nil) async throws(ManagerError) -> [Summary] {
        let summaries = try await items("QueueSummary", queue).compactMap { item -> Summary? in
            guard item.eventName == "QueueSummary", let name = item["Queue"] else { return nil }
            return Summary(
                queue: name,
                loggedIn: item.integer("LoggedIn") ?? 0,
                available: item.integer("Available") ?? 0,
                callers: item.integer("Callers") ?? 0,
                holdTime: item.integer("HoldTime") ?? 0,
                talkTime: item.integer("TalkTime") ?? 0,
                longestHoldTime: item.integer("LongestHoldTime") ?? 0
            )
        }
        if let queue, summaries.isEmpty { throw unknown(queue) }
        return summaries.sorted { $0.queue < $1.queue }
    }

    /// Adds a member.
    ///
    /// - Parameters:
    ///   - interface: The interface to dial, such as `PJSIP/101`.
    ///   - queue: The queue.
    ///   - name: The member's name in reports.
    ///   - penalty: Members with a lower penalty are called first.
    ///   - isPaused: Whether the member starts paused.
    ///   - stateInterface: The interface whose state is used, if it is not the dialled one.
    /// - Returns: The member as the queue now has it.
    /// - Throws: ``ManagerError``
    public func add(
        _ interface: String,
        to queue: String,
        name: String? = nil,
        penalty: Int = 0,
        isPaused: Bool = false,
        stateInterface: String? = nil
    ) async throws(ManagerError) -> QueueBoard.Member {
        try check(penalty)
        var action = Action("QueueAdd", .changes, ["Queue": queue, "Interface": interface])
        action.add("MemberName", name)
        action.add("Penalty", "\(penalty)")
        action.add("Paused", isPaused ? "true" : "false")
        action.add("StateInterface", stateInterface)
        let members = try await members(interface, queue, after: action, unless: "added") { members in
            members.first.map { $0.member.penalty == penalty && $0.member.isPaused == isPaused } ?? false
        }
        return members[0].member
    }

    /// Removes a member. A member of queues.conf cannot be removed, only paused.
    ///
    /// - Throws: ``ManagerError``
    public func remove(_ interface: String, from queue: String) async throws(ManagerError) {
        let action = Action("QueueRemove", .changes, ["Queue": queue, "Interface": interface])
        _ = try await members(interface, queue, after: action, unless: "removed") { $0.isEmpty }
    }

    /// Pauses a member or ends the pause, in one queue or in all of the member's queues.
    ///
    /// - Parameters:
    ///   - interface: The member.
    ///   - queue: The queue; nil for all.
    ///   - isPaused: Whether to pause the member.
    ///   - reason: The reason, for reports.
    /// - Returns: The member as each queue now has it.
    /// - Throws: ``ManagerError``
    public func pause(
        _ interface: String,
        in queue: String? = nil,
        isPaused: Bool,
        reason: String? = nil
    ) async throws(ManagerError) -> [(queue: String, member: QueueBoard.Member)] {
        var action = Action("QueuePause", .changes, ["Queue": queue, "Interface": interface])
        action.add("Paused", isPaused ? "true" : "false")
        action.add("Reason", reason)
        return try await members(interface, queue, after: action, unless: isPaused ? "paused" : "unpaused") { members in
            !members.isEmpty && members.allSatisfy { $0.member.isPaused == isPaused }
        }
    }

    /// Changes a member's penalty in one queue or in all.
    ///
    /// - Returns: The member as each queue now has it.
    /// - Throws: ``ManagerError``
    public func setPenalty(
        _ penalty: Int,
        of interface: String,
        in queue: String? = nil
    ) async throws(ManagerError) -> [(queue: String, member: QueueBoard.Member)] {
        try check(penalty)
        var action = Action("QueuePenalty", .changes, ["Interface": interface, "Penalty": "\(penalty)"])
        action.add("Queue", queue)
        return try await members(interface, queue, after: action, unless: "given the penalty") { members in
            !members.isEmpty && members.allSatisfy { $0.member.penalty == penalty }
        }
    }

    /// Removes a caller from a queue; the call continues in the dialplan after `Queue()` (Asterisk 16.25, 18.11, 19.3
    /// and later).
    ///
    /// - Parameters:
    ///   - channel: The caller's channel, by its exact name.
    ///   - queue: The queue.
    /// - Throws: ``ManagerError``, with code `outcomeUnknown` if the caller is still there after five seconds.
    public func withdraw(_ channel: String, from queue: String) async throws(ManagerError) {
        try await client.send(Action("QueueWithdrawCaller", .changes, ["Queue": queue, "Caller": channel]))
        // The queue does this the next time it checks the caller.
        for _ in 0..<20 {
            let board: QueueBoard
            do throws(ManagerError) { board = try await status(queue) } catch {
                throw error.afterAcceptance(of: "It")
            }
            if !board.queues.contains(where: { $0.callers.contains { $0.channel == channel } }) { return }
            do { try await Task.sleep(for: .milliseconds(250)) } catch {
                throw ManagerError(.cancelled, "Cancelled; the caller may still be taken out of the queue.")
            }
        }
        throw ManagerError(.outcomeUnknown, "The PBX accepted it, but the caller is still waiting in \(queue).")
    }

    /// Reads queues.conf again: the members, rules and parameters of one queue or of all.
    ///
    /// - Throws: ``ManagerError`` with code `refused` if the queue does not exist afterwards.
    public func reload(_ queue: String? = nil) async throws(ManagerError) {
        // Without a `yes`, Asterisk reloads everything, including the counters.
        var action = Action("QueueReload", .changes, ["Queue": queue])
        for part in ["Members", "Rules", "Parameters"] { action.add(part, "yes") }
        try await client.send(action)
        do throws(ManagerError) {
            if let queue { _ = try await status(queue) }
        } catch {
            throw error.afterAcceptance(of: "It")
        }
    }
}
