/// A call in a parking lot.
public struct ParkingEvent: Sendable, Equatable {
    /// What happened.
    public enum Kind: String, Sendable {
        /// It was parked.
        case parked
        /// Somebody retrieved it.
        case retrieved
        /// It was parked too long and is sent back.
        case timedOut
        /// The parked party hung up.
        case gaveUp
        /// Another call took its place.
        case swapped
    }

    /// What happened.
    public var kind: Kind
    /// The parked channel's uniqueid.
    public var parkee: String
    /// The parking space.
    public var space: String
    /// The parking lot.
    public var lot: String
    /// The uniqueid of the channel that took the call.
    public var retriever: String?
    /// Seconds until the call is sent back.
    public var timeout: Int?

    /// An event of a parked channel.
    public init(
        _ kind: Kind,
        parkee: String,
        space: String = "",
        lot: String = "",
        retriever: String? = nil,
        timeout: Int? = nil
    ) {
        self.kind = kind
        self.parkee = parkee
        self.space = space
        self.lot = lot
        self.retriever = retriever
        self.timeout = timeout
    }
}
