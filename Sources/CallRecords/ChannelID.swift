/// The id of a channel in a record, `uniqueid` or `linkedid`: hashed and parsed once, where the record is read.
public struct ChannelID: Hashable, Sendable {
    /// The hash of the whole text.
    public let hash: Hash128
    /// When the channel was created; `nil` for an id that AMI or ARI supplied, which has no epoch.
    public let parsed: UniqueID?

    /// `nil` for an empty text.
    public init?(_ text: UnsafeBufferPointer<UInt8>) {
        if text.isEmpty { return nil }
        hash = Hash128(text)
        parsed = UniqueID(parsing: text)
    }
}
