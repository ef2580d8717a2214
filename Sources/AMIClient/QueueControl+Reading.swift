import AMI
import Base
import Switchboard

/// Reading a queue again, to see whether a request was carried out.
extension QueueControl {
    func items(
        _ name: String,
        _ queue: String?,
        member: String? = nil
    ) async throws(ManagerError) -> [Message] {
        try await client.list(Action(name, .reads, ["Queue": queue, "Member": member]))
    }

    /// A member as one queue has it.
    typealias Membership = (queue: String, member: QueueBoard.Member)

    /// The member in each queue. `QueueStatus` compares interfaces exactly.
    static func members(_ interface: String, of items: [Message]) -> [Membership] {
        var board = QueueBoard()
        board.replace(with: items, at: .now)
        return board.queues.flatMap { queue in
            queue.members.filter { $0.interface == interface }.map { (queue.name, $0) }
        }
    }

    /// Sends a request, and reads the member again to verify that it was carried out. If the PBX's answer was lost, a
    /// separate session reads it: if the member is as requested, it was done; otherwise the outcome remains unknown,
    /// because it may still be done.
    func members(
        _ interface: String,
        _ queue: String?,
        after order: Action,
        unless what: String,
        _ isAsAsked: ([Membership]) -> Bool
    ) async throws(ManagerError) -> [Membership] {
        do {
            try await client.send(order)
        } catch {
            guard error.code == .outcomeUnknown else { throw error }
            let action = Action("QueueStatus", .reads, ["Queue": queue, "Member": interface])
            guard let items = try? await client.listAnew(action) else { throw error }
            let members = Self.members(interface, of: items)
            guard isAsAsked(members) else { throw error }
            return members
        }
        let members: [Membership]
        do throws(ManagerError) {
            members = Self.members(interface, of: try await items("QueueStatus", queue, member: interface))
        } catch {
            throw error.afterAcceptance(of: "It")
        }
        guard isAsAsked(members) else {
            throw ManagerError(
                .outcomeUnknown,
                "The PBX accepted it, but the queue does not show the member as \(what)."
            )
        }
        return members
    }

    func check(_ penalty: Int) throws(ManagerError) {
        // Asterisk keeps only 32 bits of it, and would set a different value.
        guard 0...Self.maximumPenalty ~= penalty else {
            throw ManagerError(.invalid, "A penalty is 0 to \(Self.maximumPenalty).")
        }
    }

    func unknown(_ queue: String) -> ManagerError {
        ManagerError(.refused, "The PBX has no queue \(queue).")
    }
}
