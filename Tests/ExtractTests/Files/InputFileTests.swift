import Glibc
import Testing

@testable import Extract

struct InputFileTests {
    static let text = CDRLine.calls(300).map { $0.csv() }.joined()

    @Test func `plain and compressed files give the same bytes`() throws {
        let plain = try CDRReading(Self.text)
        #expect(plain.records.count == 300)
        #expect(try CDRReading(Gzip.compressed(Array(Self.text.utf8))) == plain)
        #expect(try CDRReading(Gzip.compressed(Array(Self.text.utf8)), pieces: [1, 100, 7]) == plain)
    }

    /// `cat Master.csv.2.gz Master.csv.1.gz`
    @Test func `concatenated files, one of them cut inside a record`() throws {
        let bytes = Array(Self.text.utf8)
        let both = Gzip.compressed(Array(bytes[..<5000])) + Gzip.compressed([]) + Gzip.compressed(Array(bytes[5000...]))
        #expect(try CDRReading(both) == CDRReading(bytes))
    }

    @Test func `a compressed file that ends too early is an error, never a shorter file`() throws {
        let compressed = Gzip.compressed(Array(Self.text.utf8))
        for length in [12, 500, compressed.count / 2, compressed.count - 8, compressed.count - 1] {
            let error = #expect(throws: ExtractError.self) { try CDRReading(Array(compressed.prefix(length))) }
            #expect(error?.code == .unreadable, "\(length) bytes")
        }
        var damaged = compressed
        damaged[damaged.count - 6] ^= 1
        #expect(#expect(throws: ExtractError.self) { try CDRReading(damaged) }?.code == .unreadable)
    }

    @Test func `files that cannot be opened`() throws {
        for path in ["/nonexistent/Master.csv", "/tmp"] {
            let error = #expect(throws: ExtractError.self) { try CDRReading(path: path) }
            #expect(error?.code == .noInput && error?.message.contains(path) == true)
        }
    }

    @Test func `a pipe has no size`() throws {
        let folder = "/tmp/crm-voip-fifo-\(getpid())-\(UInt64.random(in: 0...UInt64.max))"
        #expect(mkfifo(folder, 0o600) == 0)
        defer { unlink(folder) }
        // Opened for both, so that neither end has to wait for the other.
        let both = open(folder, O_RDWR)
        #expect(write(both, "1795389401|NONE|NONE|NONE|QUEUESTART|\n", 38) == 38)
        var file = BufferedInput(try InputFile(path: folder), pieces: [38])
        close(both)
        try file.fill(38)
        #expect(file.progress.size == nil)
        #expect(file.take().count == 38)
    }
}

/// The gzip format without compression (RFC 1952, RFC 1951 section 3.2.4): zlib must read it like any other.
enum Gzip {
    static func compressed(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
        var rest = bytes[...]
        repeat {
            let block = rest.prefix(10_000)
            rest = rest.dropFirst(10_000)
            out.append(rest.isEmpty ? 1 : 0)
            out += little(UInt32(block.count), 2) + little(UInt32(block.count ^ 0xFFFF), 2) + block
        } while !rest.isEmpty
        return out + little(crc(bytes), 4) + little(UInt32(bytes.count), 4)
    }

    private static func little(_ value: UInt32, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }

    private static func crc(_ bytes: [UInt8]) -> UInt32 {
        var crc = UInt32.max
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc >> 1 ^ (crc & 1 == 1 ? 0xEDB8_8320 : 0) }
        }
        return ~crc
    }
}
