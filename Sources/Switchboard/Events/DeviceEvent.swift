/// A phone, trunk or registration and its state, in the PBX's words.
public enum DeviceEvent: Sendable, Equatable {
    /// The state of a device: free, in use, ringing, gone.
    case state(device: String, state: String)
    /// A phone or trunk registered, answers, or no longer answers.
    case peer(name: String, status: String)
    /// A phone's address answers or does not.
    case contact(endpoint: String, status: String)
    /// The PBX's own registration with a provider.
    case registration(name: String, status: String)
}

/// What one side of a call reports about the audio that it receives or sends (RTCP, RFC 3550).
public struct MediaReport: Sendable, Equatable {
    /// The channel's name, or the origin of the report.
    public var channel = ""
    /// Lost packets out of 256 (6.4.1).
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

    /// An empty report.
    public init() {}
}

/// What happens to the PBX itself.
public enum SystemEvent: Sendable, Equatable {
    /// It is ready; with the time since its start, if the PBX reports it.
    case started(uptime: Duration?)
    /// A module was reloaded.
    case reloaded(module: String)
    /// It is stopping.
    case stops
}
