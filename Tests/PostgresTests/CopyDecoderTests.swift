import Testing

@testable import Postgres

/// Two rows written by hand from the manual's description of the format: (1::int2, NULL) and ('é', '').
struct CopyDecoderTests {
    static let header: [UInt8] = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0x00] + [0, 0, 0, 0] + [0, 0, 0, 0]
    static let rows: [UInt8] =
        [0, 2, 0, 0, 0, 2, 0, 1, 0xFF, 0xFF, 0xFF, 0xFF] + [0, 2, 0, 0, 0, 2, 0xC3, 0xA9, 0, 0, 0, 0]
    static let trailer: [UInt8] = [0xFF, 0xFF]
    static let stream = header + rows + trailer

    private func decode(_ pieces: [ArraySlice<UInt8>]) throws -> (cells: [[[UInt8]?]], isDone: Bool) {
        var decoder = CopyDecoder()
        var cells: [[[UInt8]?]] = []
        for piece in pieces {
            try Array(piece).withUnsafeBytes { bytes in
                try decoder.feed(bytes) { row in
                    cells.append((0..<row.count).map { column in row.bytes(column).map { Array($0) } })
                }
            }
        }
        return (cells, decoder.isDone)
    }

    static let expected: [[[UInt8]?]] = [[[0, 1], nil], [[0xC3, 0xA9], []]]

    @Test func allAtOnce() throws {
        let (cells, isDone) = try decode([Self.stream[...]])
        #expect(cells == Self.expected)
        #expect(isDone)
    }

    @Test func byteByByte() throws {
        let (cells, isDone) = try decode(Self.stream.indices.map { Self.stream[$0...$0] })
        #expect(cells == Self.expected)
        #expect(isDone)
    }

    @Test(arguments: stream.indices)
    func inTwoPieces(_ split: Int) throws {
        let (cells, isDone) = try decode([Self.stream[..<split], Self.stream[split...]])
        #expect(cells == Self.expected)
        #expect(isDone)
        // What precedes the split is a prefix of the rows and not the end.
        let (some, isDoneEarly) = try decode([Self.stream[..<split]])
        #expect(some == Array(Self.expected.prefix(some.count)))
        #expect(!isDoneEarly)
    }

    @Test func aHeaderExtensionIsSkipped() throws {
        var stream = Self.stream
        stream[18] = 3
        stream.insert(contentsOf: [9, 9, 9], at: 19)
        for split in stream.indices {
            #expect(try decode([stream[..<split], stream[split...]]).cells == Self.expected)
        }
    }

    @Test(
        arguments: [
            [0x50, 0x47, 0x58],
            Array("PGCOPY\r\n".utf8),
            Array(header.prefix(11)) + [0, 1, 0, 0, 0, 0, 0, 0],
            header + [0xFF, 0xFE],
            header + [0, 1, 0xFF, 0xFF, 0xFF, 0xFE],
            header + trailer + [0],
        ] as [[UInt8]]
    )
    func nonsenseIsRefused(_ bytes: [UInt8]) {
        let error = #expect(throws: PostgresError.self) { try decode([bytes[...]]) }
        #expect(error?.code == .protocolViolation)
    }
}
