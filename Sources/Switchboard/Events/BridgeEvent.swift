/// A channel and a bridge.
public enum BridgeEvent: Sendable, Equatable {
    /// A channel has entered a bridge.
    case entered(BridgeMove)
    /// A channel has left the bridge.
    case left(BridgeMove)
}

/// A channel's move into or out of a bridge.
public struct BridgeMove: Sendable, Equatable {
    /// The channel in its current state.
    public var channel: ChannelSnapshot
    /// The bridge's id.
    public var bridge: String
    /// The number of channels in the bridge after the move; nil if the PBX does not report it.
    public var occupants: Int?
    /// Whether it is a place to wait, where nobody hears anybody: a parking lot or an agent's pool.
    public var isHolding: Bool

    /// A move of a channel.
    public init(channel: ChannelSnapshot, bridge: String, occupants: Int? = nil, isHolding: Bool = false) {
        self.channel = channel
        self.bridge = bridge
        self.occupants = occupants
        self.isHolding = isHolding
    }
}
