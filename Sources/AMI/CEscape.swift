/// Values that Asterisk writes with C escapes: caller and connected line names, `ChanVariable` and `VarSet` values
/// (main/manager_channels.c, res/stasis). `QueueEntry`, `Getvar`, `Status` and all numbers are sent as they are.
public enum CEscape {
    /// Undoes the escapes exactly once. Anything that `ast_escape_c` does not produce is kept.
    public static func undone(_ bytes: some Collection<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var escaped = false
        for byte in bytes {
            if escaped {
                if let plain = plain(byte) {
                    result.append(plain)
                } else {
                    result.append(contentsOf: [.backslash, byte])
                }
                escaped = false
            } else if byte == .backslash {
                escaped = true
            } else {
                result.append(byte)
            }
        }
        if escaped { result.append(.backslash) }
        return result
    }

    private static func plain(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "a"): 0x07
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        case UInt8(ascii: "v"): 0x0B
        case .backslash, UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "?"): byte
        default: nil
        }
    }

    /// Whether the PBX escapes this header in an asynchronous event. The caller distinguishes list items: the items of
    /// `QueueStatus` and `Status` come unescaped, those of `CoreShowChannels` escaped.
    static func isEscaped(_ header: some Sequence<UInt8>) -> Bool {
        // Snapshots of a second channel put a word in front: DestCallerIDName, TransfererConnectedLineName.
        let name = Array(header.lazy.map(\.lowercased))
        return ["calleridname", "connectedlinename", "chanvariable"].contains { suffix in
            name.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
                || suffix == "chanvariable" && name.starts(with: "chanvariable(".utf8)
        }
    }
}

extension Message {
    /// The message with its C-escaped values undone, once.
    ///
    /// Queue list items (`QueueEntry`) and `Status` are sent unescaped and are left alone.
    public func unescaped() -> Message {
        guard let name = eventName, !["QueueEntry", "Status", "QueueMember", "QueueParams"].contains(name) else {
            return self
        }
        guard headers.contains(where: { $0.value.contains(.backslash) }) else { return self }
        let isVarSet = name == "VarSet"
        var copy = self
        for index in headers.indices where headers[index].value.contains(.backslash) {
            let header = headers[index]
            if CEscape.isEscaped(header.name) || isVarSet && equalIgnoringCase(header.name, "Value".utf8) {
                copy.headers[index].value = CEscape.undone(header.value)
            }
        }
        return copy
    }
}
