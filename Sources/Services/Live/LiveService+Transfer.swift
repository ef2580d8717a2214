import AMI
public import AMIClient
public import Base
public import Switchboard

extension LiveService {
    /// Sends a call to another extension.
    ///
    /// - Throws: `ManagerError`
    public func transfer(_ request: TransferRequest) async throws -> TransferResult {
        try await withControl { control in
            let channel = try await control.resolve(request.channel)
            let place = request.place(request.exten, channel)
            var order = Order(
                request.way == .blind ? "transfer" : "transfer --\(request.way.rawValue)",
                target: "\(channel.name) to \(place.exten)@\(place.context)",
                demands: [.transfer(place.exten, context: place.context)],
                isCall: true
            )
            var other: (channel: ChannelSnapshot, place: CallControl.Place)?
            if let (name, exten) = request.other {
                let second = try await control.resolve(name)
                let secondPlace = request.place(exten, second)
                other = (second, secondPlace)
                order.target += ", \(second.name) to \(secondPlace.exten)@\(secondPlace.context)"
                order.demands.append(.transfer(secondPlace.exten, context: secondPlace.context))
            }
            let outcome = try await desk.carryOut(order) { () async throws(ManagerError) in
                0
            } outcome: { outcome in
                (outcome.status.rawValue, outcome.detail)
            } _: { () async throws(ManagerError) -> TransferOutcome in
                switch request.way {
                case .blind: return try await control.blindTransfer(channel, to: place)
                case .attended: return try await control.attendedTransfer(channel, to: place, within: request.limit)
                case .redirect:
                    try await control.redirect(channel, to: place, with: other)
                    return TransferOutcome(.done, "\(channel.name) is at \(place.exten)@\(place.context).")
                }
            }
            return TransferResult(channel: channel.name, uniqueid: channel.uniqueid, place: place, outcome: outcome)
        }
    }
}

/// A call to send to another extension.
public struct TransferRequest: Sendable {
    /// How it is sent.
    public enum Way: String, Sendable {
        /// The party that is talking to the channel goes to the extension immediately, and the channel is released.
        case blind
        /// The channel talks to the extension first.
        case attended
        /// The channel itself goes to the extension.
        case redirect
    }

    /// A channel of the call: its name, uniqueid, or an unambiguous prefix of its name.
    public var channel: String
    /// The target extension.
    public var exten: String
    /// The extension's context; nil for the channel's own.
    public var context: String?
    /// How it is sent.
    public var way = Way.blind
    /// With ``Way/redirect``: the other party's channel, and its target extension.
    public var other: (channel: String, exten: String)?
    /// How long an attended transfer is watched.
    public var limit = CallControl.usualTransferLimit

    /// A blind transfer.
    public init(channel: String, exten: String) { (self.channel, self.exten) = (channel, exten) }

    func place(_ exten: String, _ channel: ChannelSnapshot) -> CallControl.Place {
        CallControl.Place(
            exten: exten,
            context: context ?? (channel.context.isEmpty ? CallControl.usualContext : channel.context)
        )
    }
}

/// The result of a transfer.
public struct TransferResult: ServiceResult {
    /// The channel given in the request.
    public let channel: String
    /// Its uniqueid.
    public let uniqueid: String
    /// Where the call was sent.
    public let place: CallControl.Place
    /// The outcome that the PBX reported.
    public let outcome: TransferOutcome

    /// The members `status`, `channel`, `uniqueid`, `exten`, `context`, `detail`.
    public var json: JSON {
        .object([
            ("status", .string(outcome.status.rawValue)), ("channel", .string(channel)),
            ("uniqueid", .string(uniqueid)), ("exten", .string(place.exten)), ("context", .string(place.context)),
            ("detail", .string(outcome.detail)),
        ])
    }
}
