import AMIClient
import Base
import Services
import Switchboard

/// Makes requests about queues, limited to those that the user may see.
struct QueueOrders: Sendable {
    let orders: OrderRoom
    let model: LiveModel

    /// Makes a request.
    ///
    /// - Parameter pbx: The PBX; nil for the default PBX.
    /// - Returns: What happened, as a sentence.
    /// - Throws: ``Problem`` if it is not permitted or lacks something; the errors of `LiveService`.
    func give(_ order: QueueOrder, _ input: QueueOrder.Input, pbx: String?, _ exchange: Exchange) async throws -> String
    {
        guard let identity = exchange.identity, identity.role >= order.role else {
            throw Problem(
                .forbidden,
                "notPermitted",
                localized("The order \(order.word) needs the role \(order.role.word).")
            )
        }
        try Self.check(input, identity)
        var input = input
        switch order {
        case .withdraw, .move: input.channel = try caller(input, pbx).channel
        case .hear: try checkHeard(input, pbx, identity)
        case .pause, .unpause, .add, .remove, .penalty: break
        }
        return try await order.give(input, to: orders.service(pbx, exchange))
    }

    /// Users with some queues may make requests only for these queues.
    private static func check(_ input: QueueOrder.Input, _ identity: Identity) throws(Problem) {
        guard let queues = identity.queues else { return }
        guard let queue = input.queue, identity.sees(queue: queue) else {
            throw Problem(
                .forbidden,
                "notPermitted",
                localized(
                    "You may give orders in these queues, one at a time: \(queues.sorted().joined(separator: ", "))."
                )
            )
        }
    }

    /// The caller who is waiting in the named queue: a request about a queue moves nobody else.
    private func caller(_ input: QueueOrder.Input, _ pbx: String?) throws(Problem) -> QueueBoard.Caller {
        let queues = states(pbx).flatMap { $0.board.queues }.filter {
            $0.name.lowercased() == input.queue?.lowercased()
        }
        let found = queues.flatMap(\.callers).first { $0.uniqueid == input.channel || $0.channel == input.channel }
        guard let found, !found.channel.isEmpty else {
            throw Problem(.notFound, "notFound", localized("The caller is no longer waiting in that queue."))
        }
        return found
    }

    /// Users with some queues may listen only to calls in these queues.
    private func checkHeard(_ input: QueueOrder.Input, _ pbx: String?, _ identity: Identity) throws(Problem) {
        guard identity.queues != nil else { return }
        let call = states(pbx).flatMap(\.calls).first { call in
            call.channels.contains { $0.name == input.channel || $0.uniqueid == input.channel }
        }
        guard let call, identity.sees(queue: call.queue) else {
            throw Problem(.notFound, "notFound", localized("No call in your queues has that channel."))
        }
    }

    private func states(_ pbx: String?) -> [PBXState] { model.current.filter { pbx == nil || $0.name == pbx } }
}
