/// The parts of a channel's name, `PJSIP/101-0000002a` or `Local/104@agents-00000007;1`, where they lie.
///
/// (Asterisk, `main/core_local.c` and the channel drivers: technology, `/`, peer, `-`, a number in hex, for the two
/// halves of a Local channel `;1` and `;2`.)
public struct ChannelName {
    /// `PJSIP`, `Local`; empty where there is none.
    public let technology: UnsafeBufferPointer<UInt8>
    /// `101`, `104@agents`, a trunk's name.
    public let peer: UnsafeBufferPointer<UInt8>
    /// Everything but the `;1` or `;2`: the same for both halves of a Local channel.
    public let pair: UnsafeBufferPointer<UInt8>
    /// 1 or 2 for the halves of a Local channel, else 0. The second half runs the dialplan of what was dialled.
    public let half: Int

    /// Takes a name apart; any text will do.
    public init(_ name: UnsafeBufferPointer<UInt8>) {
        var end = name.count
        if end > 2, name[end - 2] == UInt8(ascii: ";"),
            name[end - 1] == UInt8(ascii: "1") || name[end - 1] == UInt8(ascii: "2")
        {
            half = Int(name[end - 1] - UInt8(ascii: "0"))
            end -= 2
        } else {
            half = 0
        }
        pair = UnsafeBufferPointer(rebasing: name[..<end])
        let slash = pair.firstIndex(of: UInt8(ascii: "/"))
        technology = UnsafeBufferPointer(rebasing: pair[..<(slash ?? 0)])
        let begin = slash.map { $0 + 1 } ?? 0
        // The number behind the last hyphen is the driver's; a peer's own name may have hyphens.
        let hyphen = pair.lastIndex(of: UInt8(ascii: "-")).flatMap { $0 > begin ? $0 : nil }
        peer = UnsafeBufferPointer(rebasing: pair[begin..<(hyphen ?? pair.count)])
    }

    /// The peer up to `@`: the extension that was dialled, or the device.
    public var device: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: peer[..<(peer.firstIndex(of: UInt8(ascii: "@")) ?? peer.count)])
    }

    /// Whether it is a line by its number rather than a device by its name: `DAHDI/12-1` is no extension 12.
    public var isLine: Bool {
        Self.lines.contains { isTechnology($0) }
    }

    private static let lines: [StaticString] = ["DAHDI", "Zap", "mISDN", "Khomp", "Dongle", "Quectel", "Console"]

    private func isTechnology(_ word: StaticString) -> Bool {
        guard technology.count == word.utf8CodeUnitCount else { return false }
        return word.withUTF8Buffer { word in word.indices.allSatisfy { technology[$0] == word[$0] } }
    }

    /// Whether it is half of a Local channel.
    public var isLocal: Bool { isTechnology("Local") }
}

@available(*, unavailable)
extension ChannelName: Sendable {}
