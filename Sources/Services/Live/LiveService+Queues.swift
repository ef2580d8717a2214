import AMI
import AMIClient
public import Base
public import Switchboard

extension LiveService {
    /// Adds a member to a queue.
    ///
    /// - Throws: `ManagerError`
    public func addMember(_ request: QueueAddRequest) async throws -> QueueChangeResult {
        var target = "\(request.interface) to \(request.queue)"
        if request.penalty > 0 { target += ", penalty \(request.penalty)" }
        let order = Order("queue add", target: target, demands: [.channel(request.interface)])
        try desk.precheck(order)
        return try await change(order) { (queues) async throws(ManagerError) in
            let member = try await queues.add(
                request.interface,
                to: request.queue,
                name: request.name,
                penalty: request.penalty,
                isPaused: request.isPaused,
                stateInterface: request.stateInterface
            )
            return [(request.queue, member)]
        }
    }

    /// Removes a member from a queue.
    ///
    /// - Throws: `ManagerError`
    public func removeMember(_ interface: String, from queue: String) async throws -> QueueChangeResult {
        try await change(Order("queue remove", target: "\(interface) from \(queue)")) {
            (queues) async throws(ManagerError) in
            try await queues.remove(interface, from: queue)
            return []
        }
    }

    /// Pauses a member or ends the pause, in one queue or in all of its queues.
    ///
    /// - Throws: `ManagerError`
    public func pauseMember(
        _ interface: String,
        in queue: String? = nil,
        isPaused: Bool,
        reason: String? = nil
    ) async throws -> QueueChangeResult {
        var target = "\(interface) in \(queue ?? "all queues")"
        if let reason { target += ", reason \(reason)" }
        return try await change(Order(isPaused ? "queue pause" : "queue unpause", target: target)) {
            (queues) async throws(ManagerError) in
            try await queues.pause(interface, in: queue, isPaused: isPaused, reason: reason)
        }
    }

    /// Changes a member's penalty in one queue or in all of its queues.
    ///
    /// - Throws: `ManagerError`
    public func setPenalty(
        _ penalty: Int,
        of interface: String,
        in queue: String? = nil
    ) async throws -> QueueChangeResult {
        let target = "\(interface) in \(queue ?? "all queues"), penalty \(penalty)"
        return try await change(Order("queue penalty", target: target)) { (queues) async throws(ManagerError) in
            try await queues.setPenalty(penalty, of: interface, in: queue)
        }
    }

    /// Removes a caller from a queue; the call continues in the dialplan.
    ///
    /// - Parameter channel: The caller's channel, by its exact name.
    /// - Throws: `ManagerError`
    public func withdraw(_ channel: String, from queue: String) async throws -> QueueChangeResult {
        try await change(Order("queue withdraw", target: "\(channel) from \(queue)")) {
            (queues) async throws(ManagerError) in
            try await queues.withdraw(channel, from: queue)
            return []
        }
    }

    /// Has the PBX read queues.conf again.
    ///
    /// - Throws: `ManagerError`
    public func reloadQueues(_ queue: String? = nil) async throws -> QueueChangeResult {
        try await change(Order("queue reload", target: queue ?? "all queues")) { (queues) async throws(ManagerError) in
            try await queues.reload(queue)
            return []
        }
    }

    private func change(
        _ order: Order,
        _ body: (QueueControl) async throws(ManagerError) -> [(queue: String, member: QueueBoard.Member)]
    ) async throws -> QueueChangeResult {
        try await withQueues { queues in
            let members = try await desk.carryOut(order) { () async throws(ManagerError) in try await body(queues) }
            return QueueChangeResult(members: members.map { .init(queue: $0.queue, member: $0.member) })
        }
    }
}

/// A member to add to a queue.
public struct QueueAddRequest: Sendable {
    /// The queue.
    public var queue: String
    /// The interface to dial, such as `PJSIP/101`.
    public var interface: String
    /// The member's name in reports.
    public var name: String?
    /// Members with a lower penalty are called first.
    public var penalty = 0
    /// Whether the member starts paused.
    public var isPaused = false
    /// The interface whose state is used, if it is not the dialled one.
    public var stateInterface: String?

    /// A member of a queue.
    public init(queue: String, interface: String) { (self.queue, self.interface) = (queue, interface) }
}

/// Queue members, as the queues have them after a change.
public struct QueueChangeResult: ServiceResult {
    /// A member in one queue.
    public struct Membership: Sendable {
        /// The queue.
        public var queue: String
        /// The member.
        public var member: QueueBoard.Member
    }

    /// The changed members; empty if one was removed or the queues were reloaded.
    public let members: [Membership]

    /// The members `status`, which is `done`, and `members`: each with `queue`, `interface`, `name`, `penalty`,
    /// `paused`, `paused_reason`.
    public var json: JSON {
        let changed = members.map { membership in
            JSON.object([
                ("queue", .string(membership.queue)), ("interface", .string(membership.member.interface)),
                ("name", .string(membership.member.name)), ("penalty", .integer(membership.member.penalty)),
                ("paused", .boolean(membership.member.isPaused)),
                ("paused_reason", .string(membership.member.pausedReason)),
            ])
        }
        return .object([("status", "done"), ("members", .array(changed))])
    }
}
