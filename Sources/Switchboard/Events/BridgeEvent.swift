/// A channel and a bridge.
public enum BridgeEvent: Sendable, Equatable {
    /// A channel is in a bridge now.
    case entered(BridgeMove)
    /// A channel is in the bridge no more.
    case left(BridgeMove)
}

/// A channel's way into or out of a bridge.
public struct BridgeMove: Sendable, Equatable {
    /// The channel as it is now.
    public var channel: ChannelSnapshot
    /// The bridge's id.
    public var bridge: String
    /// Channels in the bridge after the move; nil where the PBX does not say.
    public var occupants: Int?
    /// Whether it is a place to wait in, where nobody hears anybody: a parking lot, an agent's pool.
    public var isHolding: Bool

    /// A move of a channel.
    public init(channel: ChannelSnapshot, bridge: String, occupants: Int? = nil, isHolding: Bool = false) {
        self.channel = channel
        self.bridge = bridge
        self.occupants = occupants
        self.isHolding = isHolding
    }
}
