/// The parts of a channel's name, `PJSIP/101-0000002a` or `Local/104@agents-00000007;1`, as slices of it.
///
/// (Asterisk, `main/core_local.c` and the channel drivers: technology, `/`, peer, `-`, a hexadecimal number, and for
/// the two halves of a Local channel `;1` and `;2`, before version 1.8 `,1` and `,2`.)
///
/// While a channel replaces another one, Asterisk adds a word before its name (`AsyncGoto/SIP/101-0000002a`) or after
/// it (`SIP/101-0000002a<ZOMBIE>`). Neither is part of the name here.
public struct ChannelName {
    /// Everything but the `;1` or `;2`: identical for both halves of a Local channel.
    public let pair: UnsafeBufferPointer<UInt8>
    /// Where the technology ends, and where the peer begins and ends. Every leg has two names, which are copied
    /// around: positions take half of the memory that slices take.
    private let technologyEnd, peerStart, peerEnd: UInt32
    private let halfNumber: UInt8

    /// `PJSIP`, `Local`; empty if there is none.
    public var technology: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: pair[..<Int(technologyEnd)]) }
    /// `101`, `104@agents`, a trunk's name.
    public var peer: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: pair[Int(peerStart)..<Int(peerEnd)])
    }
    /// Technology and peer, without the number that distinguishes the channels of one peer.
    public var peerName: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: pair[..<Int(peerEnd)]) }
    /// 1 or 2 for the halves of a Local channel, otherwise 0. The second half runs the dialplan of the dialled
    /// extension.
    public var half: Int { Int(halfNumber) }

    /// Takes a name apart; accepts any text.
    public init(_ name: UnsafeBufferPointer<UInt8>) {
        let name = Self.settled(name)
        var end = name.count
        if end > 2, name[end - 2] == UInt8(ascii: ";") || name[end - 2] == UInt8(ascii: ","),
            name[end - 1] == UInt8(ascii: "1") || name[end - 1] == UInt8(ascii: "2")
        {
            halfNumber = name[end - 1] - UInt8(ascii: "0")
            end -= 2
        } else {
            halfNumber = 0
        }
        pair = UnsafeBufferPointer(rebasing: name[..<end])
        let slash = pair.firstIndex(of: UInt8(ascii: "/"))
        technologyEnd = UInt32(clamping: slash ?? 0)
        let begin = slash.map { $0 + 1 } ?? 0
        // The number after the last hyphen is the driver's; a peer's own name may contain hyphens.
        let hyphen = pair.lastIndex(of: UInt8(ascii: "-")).flatMap { $0 > begin ? $0 : nil }
        peerStart = UInt32(clamping: begin)
        peerEnd = UInt32(clamping: hyphen ?? pair.count)
    }

    /// The peer up to `@`: the extension that was dialled, or the device.
    public var device: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: peer[..<(peer.firstIndex(of: UInt8(ascii: "@")) ?? peer.count)])
    }

    /// The device, if it can be an extension's phone: it is used as written, on a technology that has phones.
    ///
    /// `SIP/10.0.0.5` is named after an address, and `DAHDI/12` is a line by its number.
    public var phone: UnsafeBufferPointer<UInt8>? {
        let device = device
        guard !device.isEmpty, device.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }), hasPhones else { return nil }
        return device
    }

    /// Whether the channel is a line to the outside rather than a named device.
    public var isLine: Bool { !technology.isEmpty && !hasPhones }

    private var hasPhones: Bool { Self.technologiesOfPhones.contains { isTechnology($0) } }

    /// Technologies on which telephones register under a name that the administrator chose. All others (DAHDI, Zap,
    /// mISDN, Khomp, Unicall, lcr, Dongle, CAPI, OOH323 …) are named after ports, addresses or outside numbers.
    private static let technologiesOfPhones: [StaticString] = [
        "PJSIP", "SIP", "Local", "IAX2", "SCCP", "Agent", "Skinny", "IAX", "USTM", "MGCP",
    ]

    private func isTechnology(_ word: StaticString) -> Bool { Self.isSame(technology, word) }

    /// Compares without case; the word has letters and digits only.
    private static func isSame(_ text: some Collection<UInt8>, _ word: StaticString) -> Bool {
        guard text.count == word.utf8CodeUnitCount else { return false }
        return word.withUTF8Buffer { word in
            zip(text, word).allSatisfy { $0 == $1 || $0 | 0x20 == $1 | 0x20 && $1 >= UInt8(ascii: "A") }
        }
    }

    /// Whether it is half of a Local channel.
    public var isLocal: Bool { isTechnology("Local") }

    /// The name without what Asterisk adds while one channel replaces another.
    private static func settled(_ name: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        var name = name
        if name.last == UInt8(ascii: ">"), let open = name.lastIndex(of: UInt8(ascii: "<")) {
            name = UnsafeBufferPointer(rebasing: name[..<open])
        }
        while let first = name.first, isFirstOfPrefix(first), let slash = name.firstIndex(of: UInt8(ascii: "/")),
            name[(slash + 1)...].contains(UInt8(ascii: "/")),
            prefixes.contains(where: { isSame(name[..<slash], $0) })
        {
            name = UnsafeBufferPointer(rebasing: name[(slash + 1)...])
        }
        return name
    }

    /// The first letter rules out nearly every name.
    private static func isFirstOfPrefix(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "A") || byte == UInt8(ascii: "B") || byte == UInt8(ascii: "P") || byte == UInt8(ascii: "S")
            || byte == UInt8(ascii: "T")
    }

    private static let prefixes: [StaticString] = [
        "AsyncGoto", "Bridge", "Parked", "Surrogate", "Transfered", "Transferred",
    ]
}

@available(*, unavailable)
extension ChannelName: Sendable {}
