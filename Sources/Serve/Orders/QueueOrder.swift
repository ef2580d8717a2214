import AMIClient
import Base
import Services
import Switchboard

/// A request about queues, shared by pages and programs.
enum QueueOrder: String, CaseIterable, Sendable {
    case pause, unpause, add, remove, penalty, withdraw, move, hear

    /// The lowest role that may make it.
    var role: Role { self == .hear ? .admin : .operator }

    /// Its input; the API and the forms have fields with these names.
    struct Input: Sendable, Decodable {
        /// The queue; nil for all of a member's queues.
        var queue: String?
        /// The member, such as `PJSIP/101`.
        var interface: String?
        /// The member's name in reports.
        var name: String?
        /// The reason for a pause.
        var reason: String?
        var penalty: Int?
        /// A waiting caller: the uniqueid or name of their channel. For `hear`, the channel to listen to.
        var channel: String?
        /// The place to which a caller is moved.
        var exten: String?, context: String?
        /// The listener's phone.
        var supervisor: String?
        /// The mode of listening: `listen`, `whisper` or `barge`.
        var mode: String?
    }

    /// Makes the request.
    ///
    /// - Returns: What happened, as a sentence.
    /// - Throws: ``Problem`` if the input lacks something; `ManagerError`.
    func give(_ input: Input, to service: LiveService) async throws -> String {
        switch self {
        case .pause, .unpause:
            let interface = try Self.need(input.interface, "interface")
            let done = try await service.pauseMember(
                interface,
                in: input.queue,
                isPaused: self == .pause,
                reason: self == .pause ? input.reason : nil
            )
            let queues = done.members.map(\.queue).joined(separator: ", ")
            let name = done.members.first?.member.name ?? interface
            return self == .pause
                ? localized("\(name) is paused in \(queues).") : localized("\(name) takes calls again in \(queues).")
        case .add:
            var request = QueueAddRequest(
                queue: try Self.need(input.queue, "queue"),
                interface: try Self.need(input.interface, "interface")
            )
            (request.name, request.penalty) = (input.name, input.penalty ?? 0)
            let done = try await service.addMember(request)
            let name = done.members.first?.member.name ?? request.interface
            return localized("\(name) is a member of \(request.queue).")
        case .remove:
            let (queue, interface) = (try Self.need(input.queue, "queue"), try Self.need(input.interface, "interface"))
            _ = try await service.removeMember(interface, from: queue)
            return localized("\(interface) is no longer a member of \(queue).")
        case .penalty:
            let interface = try Self.need(input.interface, "interface")
            guard let penalty = input.penalty else { throw Self.missing("penalty") }
            let done = try await service.setPenalty(penalty, of: interface, in: input.queue)
            let queues = done.members.map(\.queue).joined(separator: ", ")
            return localized("\(interface) has the penalty \(penalty) in \(queues).")
        case .withdraw:
            let (queue, channel) = (try Self.need(input.queue, "queue"), try Self.need(input.channel, "channel"))
            _ = try await service.withdraw(channel, from: queue)
            return localized("The caller was taken out of \(queue) and continues in the dialplan.")
        case .move, .hear: return try await call(input, service)
        }
    }

    private func call(_ input: Input, _ service: LiveService) async throws -> String {
        let channel = try Self.need(input.channel, "channel")
        if self == .move {
            var request = TransferRequest(channel: channel, exten: try Self.need(input.exten, "exten"))
            request.context = input.context
            request.way = .redirect
            let done = try await service.transfer(request)
            return localized("The caller was moved: \(done.outcome.sentence)")
        }
        let supervisor = try Self.need(input.supervisor, "supervisor")
        let text = input.mode ?? CallControl.SpyMode.listen.rawValue
        guard let mode = CallControl.SpyMode(rawValue: text) else {
            throw Problem(.badRequest, "usage", localized("mode should be listen, whisper or barge."))
        }
        let heard = try await service.spy(supervisor, on: channel, mode: mode).outcome
        return localized("Hearing: \(heard.sentence)")
    }

    private static func need(_ value: String?, _ name: String) throws(Problem) -> String {
        guard let value, !value.isEmpty else { throw missing(name) }
        return value
    }

    private static func missing(_ name: String) -> Problem {
        Problem(.badRequest, "usage", localized("The order needs \(name)."))
    }
}
