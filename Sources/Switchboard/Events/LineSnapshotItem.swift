/// An item in a complete list of phones, trunks and registrations.
public enum LineSnapshotItem: Sendable, Equatable {
    /// A phone or a trunk.
    case endpoint(EndpointFacts)
    /// An address at which a phone has registered.
    case contact(ContactFacts)
    /// A registration of the PBX with a provider.
    case registration(RegistrationFacts)
}

/// What a PBX says about a phone or a trunk.
public struct EndpointFacts: Sendable, Equatable {
    /// Whether a call could reach it.
    public enum Reachability: Sendable, Equatable {
        case reachable, unreachable
        /// It only calls in and has no address, so its state is unknown.
        case inboundOnly
    }

    /// Its name.
    public var name: String
    /// Whether a call could reach it.
    public var reachability: Reachability
    /// The round-trip time, if the PBX measures it.
    public var roundTrip: Duration?

    /// A phone or trunk in a state.
    public init(name: String, reachability: Reachability, roundTrip: Duration? = nil) {
        (self.name, self.reachability, self.roundTrip) = (name, reachability, roundTrip)
    }
}

/// What a PBX says about an address at which a phone has registered.
public struct ContactFacts: Sendable, Equatable {
    /// Whether the phone answers there.
    public var isReachable: Bool
    /// The round-trip time, if the PBX measures it.
    public var roundTrip: Duration?

    /// An address in a state.
    public init(isReachable: Bool, roundTrip: Duration? = nil) {
        (self.isReachable, self.roundTrip) = (isReachable, roundTrip)
    }
}

/// What a PBX says about its registration with a provider.
public struct RegistrationFacts: Sendable, Equatable {
    /// Its name, or user and provider.
    public var name: String
    /// Its state, in the PBX's word.
    public var state: String
    /// Whether the provider has accepted it.
    public var isRegistered: Bool

    /// A registration in a state.
    public init(name: String, state: String, isRegistered: Bool) {
        (self.name, self.state, self.isRegistered) = (name, state, isRegistered)
    }
}
