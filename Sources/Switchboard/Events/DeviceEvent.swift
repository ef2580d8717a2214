/// A phone, trunk or registration and its state, in the PBX's words.
public enum DeviceEvent: Sendable, Equatable {
    /// A device is free, in use, ringing, gone.
    case state(device: String, state: String)
    /// A phone or trunk registered, answers, or does not answer any more.
    case peer(name: String, status: String)
    /// An address of a phone answers or not.
    case contact(endpoint: String, status: String)
    /// The PBX's own registration with a provider.
    case registration(name: String, status: String)
}

/// What one side of a call reports of the sound that it hears or sends (RTCP, RFC 3550).
public struct MediaReport: Sendable, Equatable {
    /// The channel's name, or where the report came from.
    public var channel = ""
    /// Lost packets of 256 (6.4.1).
    public var lost: Double?
    /// Jitter in ticks of the stream's clock.
    public var jitter: Double?
    /// The stream that the report is about.
    public var source: String?
    /// The round-trip time; 0 if it is not known yet.
    public var roundTrip: Duration?
    /// Media experience score, 0 to 100.
    public var experience: Double?
    /// The reporter's own stream.
    public var stream: String?
    /// When the reporter sent this, by its own clock.
    public var sentTime: Duration?
    /// The same in ticks of its stream's clock.
    public var sentTicks: Double?

    /// A report that says nothing.
    public init() {}
}

/// What happens to the PBX itself.
public enum SystemEvent: Sendable, Equatable {
    /// It is ready; the time since its start, if the PBX says so.
    case started(uptime: Duration?)
    /// A module was loaded again.
    case reloaded(module: String)
    /// It stops.
    case stops
}
