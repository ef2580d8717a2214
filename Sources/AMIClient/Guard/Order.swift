import AMI

/// A request to the PBX: the dial guard checks it, and the audit log records it.
public struct Order: Sendable, Equatable {
    /// One thing that a request would make the PBX do.
    public enum Demand: Sendable, Equatable {
        /// Call a channel, such as `PJSIP/101`.
        case channel(String)
        /// Enter an extension of the dialplan.
        case exten(String, context: String)
        /// Send a call to an extension of the dialplan.
        case transfer(String, context: String)
        /// Run an application of the dialplan.
        case application(String, data: String)
        /// Set a channel variable.
        case variable(String, value: String)
        /// Play digits into a call.
        case digits(String)
        /// Let a supervisor listen to a channel.
        case spy(supervisor: String, channel: String)
    }

    /// The command as a user gives it, such as `queue add`.
    public var command: String
    /// The object of the request, in one line.
    public var target: String
    /// What the guard checks.
    public var demands: [Demand]
    /// Whether it makes a call, which is counted.
    public var isCall: Bool
    /// The uniqueid of the channel that it creates, if any.
    public var channelID: String?

    /// A request.
    public init(
        _ command: String,
        target: String,
        demands: [Demand] = [],
        isCall: Bool = false,
        channelID: String? = nil
    ) {
        self.command = command
        self.target = target
        self.demands = demands
        self.isCall = isCall
        self.channelID = channelID
    }
}

extension Order {
    /// A request to make a call.
    public init(_ request: OriginateRequest) {
        var demands: [Demand] = [.channel(request.channel)]
        let place: String
        switch request.destination {
        case .exten(let exten, let context):
            demands.append(.exten(exten, context: context))
            place = "\(exten)@\(context)"
        case .application(let name, let data):
            demands.append(.application(name, data: data))
            place = "\(name)(\(data))"
        }
        demands += request.variables.map { .variable($0.name, value: $0.value) }
        self.init(
            "originate",
            target: "\(request.channel) to \(place)",
            demands: demands,
            isCall: true,
            channelID: request.channelID
        )
    }
}
