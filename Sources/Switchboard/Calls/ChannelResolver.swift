/// Finds the one channel that a user means.
///
/// Asterisk's own matching is not safe to rely on: `Bridge` takes the first channel whose name begins with the text,
/// and `Hangup` reads `/…/` as a regular expression. So the name is resolved here, and the exact name or uniqueid is
/// sent.
public enum ChannelResolver {
    /// Why no single channel was found.
    public enum Failure: Error, Sendable, Equatable {
        /// No channel has this name or uniqueid, or a name that begins with it.
        case notFound
        /// Several names begin with it; they are listed in order.
        case ambiguous([String])
    }

    /// The channel whose name or uniqueid is `text`, or the only one whose name begins with it.
    public static func resolve(_ text: String, among channels: [ChannelSnapshot]) throws(Failure) -> ChannelSnapshot {
        if let exact = channels.first(where: { $0.name == text || $0.uniqueid == text }) { return exact }
        let candidates = text.isEmpty ? [] : channels.filter { $0.name.hasPrefix(text) }
        guard let only = candidates.first else { throw .notFound }
        guard candidates.count == 1 else { throw .ambiguous(candidates.map(\.name).sorted()) }
        return only
    }
}
