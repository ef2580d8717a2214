extension ZoneTable {
    /// Reads a TZif file, version 2 or later (RFC 8536). Returns `nil` if the bytes are not one.
    public init?(name: String, tzif: [UInt8]) {
        var reader = BigEndianReader(bytes: tzif)
        guard let first = TZifHeader(&reader), first.version >= UInt8(ascii: "2") else { return nil }
        // The first block has 32-bit times for old readers; the second has the same in 64 bits.
        reader.position += first.blockLength(timeSize: 4)
        guard let header = TZifHeader(&reader) else { return nil }
        var transitions: [Int64] = []
        var kinds: [Int] = []
        for _ in 0..<header.timeCount {
            guard let time = reader.integer(Int64.self) else { return nil }
            transitions.append(time)
        }
        for _ in 0..<header.timeCount {
            guard let kind = reader.integer(UInt8.self), kind < header.typeCount else { return nil }
            kinds.append(Int(kind))
        }
        var typeOffsets: [Int64] = []
        for _ in 0..<header.typeCount {
            guard let offset = reader.integer(Int32.self) else { return nil }
            typeOffsets.append(Int64(offset))
            reader.position += 2
        }
        guard let initial = typeOffsets.first else { return nil }
        reader.position += header.characterCount + header.leapCount * 12 + header.standardCount + header.utcCount
        let footer = reader.footer()
        self.init(
            name: name,
            transitions: transitions,
            offsets: [initial] + kinds.map { typeOffsets[$0] },
            rule: footer.flatMap(PosixZoneRule.init)
        )
    }
}

private struct TZifHeader {
    let version: UInt8
    let utcCount, standardCount, leapCount, timeCount, typeCount, characterCount: Int

    init?(_ reader: inout BigEndianReader) {
        guard reader.bytes.count >= reader.position + 44,
            Array(reader.bytes[reader.position..<reader.position + 4]) == Array("TZif".utf8)
        else { return nil }
        version = reader.bytes[reader.position + 4]
        reader.position += 20
        let counts = (0..<6).compactMap { _ in reader.integer(UInt32.self).map(Int.init) }
        guard counts.count == 6, counts.allSatisfy({ $0 < 1 << 20 }) else { return nil }
        (utcCount, standardCount, leapCount) = (counts[0], counts[1], counts[2])
        (timeCount, typeCount, characterCount) = (counts[3], counts[4], counts[5])
    }

    func blockLength(timeSize: Int) -> Int {
        timeCount * (timeSize + 1) + typeCount * 6 + characterCount + leapCount * (timeSize + 4) + standardCount
            + utcCount
    }
}

private struct BigEndianReader {
    let bytes: [UInt8]
    var position = 0

    mutating func integer<T: FixedWidthInteger>(_ type: T.Type) -> T? {
        let size = T.bitWidth / 8
        guard position >= 0, position + size <= bytes.count else { return nil }
        defer { position += size }
        return bytes[position..<position + size].reduce(0) { sum, byte in
            T(truncatingIfNeeded: UInt64(truncatingIfNeeded: sum) << 8) | T(truncatingIfNeeded: byte)
        }
    }

    /// The line between two newlines at the end of the file.
    mutating func footer() -> String? {
        guard integer(UInt8.self) == UInt8(ascii: "\n"), let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n"))
        else { return nil }
        return String(decoding: bytes[position..<end], as: UTF8.self)
    }
}
