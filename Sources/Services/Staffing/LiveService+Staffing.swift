import AMI
import Alerts
import AMIClient
import Base
import Switchboard

extension LiveService {
    /// Carries out an order of a rule for staffing, unless the queue is not as the rule assumed.
    ///
    /// - Throws: `ManagerError`
    func carryOut(_ order: StaffingOrder) async throws -> StaffingOutcome {
        let (request, placement) = (Order(order), order.placement)
        try desk.precheck(request)
        return try await withQueues { queues in
            // What the board shows may be a moment old: somebody may just have taken a call, or changed the member.
            let queue = try await queues.status()[placement.queue]
            if let objection = order.objection(in: queue.map { StaffingQueue($0) }) { return .outdated(objection) }
            let added = try await desk.carryOut(request) { () async throws(ManagerError) in
                try await Self.change(order, queues)
            }
            return .done(loggedInSince: added)
        }
    }

    /// Returns when the PBX added the member, if it did.
    private static func change(
        _ order: StaffingOrder,
        _ queues: QueueControl
    ) async throws(ManagerError) -> Moment? {
        let placement = order.placement
        let (interface, queue) = (placement.interface, placement.queue)
        switch (placement.action, order.isEnd) {
        case (.add, false):
            return try await queues.add(
                interface,
                to: queue,
                name: placement.name.isEmpty ? nil : placement.name,
                penalty: placement.penalty,
                stateInterface: order.stateInterface
            ).loggedInSince
        case (.add, true): try await queues.remove(interface, from: queue)
        case (.penalty, let isEnd):
            let penalty = isEnd ? placement.formerPenalty : placement.penalty
            _ = try await queues.setPenalty(penalty, of: interface, in: queue)
        case (.unpause, let isEnd):
            let reason = isEnd && !placement.formerReason.isEmpty ? placement.formerReason : nil
            _ = try await queues.pause(interface, in: queue, isPaused: isEnd, reason: reason)
        }
        return nil
    }

    /// The states of devices. `hint:EXTEN@CONTEXT` stands for the extension's hint, as in queues.
    ///
    /// - Throws: `ManagerError`
    func states(of devices: Set<String>) async throws -> [String: QueueBoard.Member.Status] {
        try await ManagerClient.withConnection(configuration, logger: logger) { client in
            var states: [String: QueueBoard.Member.Status] = [:]
            for device in devices.sorted() {
                let isHint = device.hasPrefix("hint:")
                let function = isHint ? "EXTENSION_STATE(\(device.dropFirst(5)))" : "DEVICE_STATE(\(device))"
                let reply = try? await client.send(Action("Getvar", .reads, ["Variable": function]))
                if let word = reply?.response["Value"], !word.isEmpty {
                    states[device] = QueueBoard.Member.Status(deviceState: word)
                }
            }
            guard states.count < devices.count else { return states }
            // Without func_devstate.so, only the states that the PBX has needed before are known.
            for item in try await client.list(Action("DeviceStateList")) {
                guard let device = item["Device"], devices.contains(device), states[device] == nil else { continue }
                states[device] = QueueBoard.Member.Status(deviceState: item["State"] ?? "")
            }
            guard !states.isEmpty else {
                throw ManagerError(.refused, "The PBX does not tell it. Load func_devstate.so there.")
            }
            return states.merging(devices.map { ($0, .unknown) }) { known, _ in known }
        }
    }
}

extension Order {
    /// The request that an order of a rule makes.
    init(_ order: StaffingOrder) {
        let placement = order.placement
        let member = "\(placement.interface) in \(placement.queue)"
        switch (placement.action, order.isEnd) {
        case (.add, false):
            let penalty = placement.penalty > 0 ? ", penalty \(placement.penalty)" : ""
            self.init(
                "queue add",
                target: "\(placement.interface) to \(placement.queue)\(penalty)",
                demands: [.channel(placement.interface)]
            )
        case (.add, true): self.init("queue remove", target: "\(placement.interface) from \(placement.queue)")
        case (.penalty, let isEnd):
            let penalty = isEnd ? placement.formerPenalty : placement.penalty
            self.init("queue penalty", target: "\(member), penalty \(penalty)")
        case (.unpause, false): self.init("queue unpause", target: member)
        case (.unpause, true):
            let reason = placement.formerReason.isEmpty ? "" : ", reason \(placement.formerReason)"
            self.init("queue pause", target: member + reason)
        }
    }
}

extension QueueBoard.Member.Status {
    /// The state as the function `DEVICE_STATE` writes it (funcs/func_devstate.c).
    init(deviceState: String) {
        self =
            switch deviceState.uppercased() {
            case "NOT_INUSE": .notInUse
            case "INUSE": .inUse
            case "BUSY": .busy
            case "INVALID": .invalid
            case "UNAVAILABLE": .unavailable
            case "RINGING": .ringing
            case "RINGINUSE": .ringInUse
            case "ONHOLD": .onHold
            default: .unknown
            }
    }
}
