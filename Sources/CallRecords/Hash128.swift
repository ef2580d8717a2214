/// A 128-bit hash that is the same on every machine and in every version: it is stored in the warehouse.
///
/// MurmurHash3 x64 128 by Austin Appleby (public domain). Accidental collisions are out of the question for any number
/// of calls that a PBX makes. It does not withstand an attacker and is not used as protection against one.
public struct Hash128: Hashable, Sendable {
    /// The first half, which is stored where 64 bits suffice.
    public var low: UInt64
    /// The second half.
    public var high: UInt64

    /// The hash of these bytes.
    public init(_ bytes: UnsafeRawBufferPointer, seed: UInt64 = 0) {
        var (h1, h2) = (seed, seed)
        let blocks = bytes.count / 16
        for block in 0..<blocks {
            let k1 = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: block * 16, as: UInt64.self))
            let k2 = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: block * 16 + 8, as: UInt64.self))
            h1 ^= Self.mixLow(k1)
            h1 = (h1.rotated(left: 27) &+ h2) &* 5 &+ 0x52dc_e729
            h2 ^= Self.mixHigh(k2)
            h2 = (h2.rotated(left: 31) &+ h1) &* 5 &+ 0x3849_5ab5
        }
        let rest = UnsafeRawBufferPointer(rebasing: bytes[(blocks * 16)...])
        h2 ^= Self.mixHigh(Self.word(UnsafeRawBufferPointer(rebasing: rest.dropFirst(8))))
        h1 ^= Self.mixLow(Self.word(UnsafeRawBufferPointer(rebasing: rest.prefix(8))))
        h1 ^= UInt64(bytes.count)
        h2 ^= UInt64(bytes.count)
        h1 = h1 &+ h2
        h2 = h2 &+ h1
        h1 = Self.finalised(h1)
        h2 = Self.finalised(h2)
        low = h1 &+ h2
        high = h2 &+ h1 &+ h2
    }

    /// The hash of a buffer of bytes.
    public init(_ bytes: UnsafeBufferPointer<UInt8>, seed: UInt64 = 0) {
        self.init(UnsafeRawBufferPointer(bytes), seed: seed)
    }

    /// The hash of no bytes.
    public static let ofNothing = Hash128(UnsafeRawBufferPointer(start: nil, count: 0))

    /// The identifier of a leg without a uniqueid, made from the hash of its content.
    public init(content: Int64) {
        low = UInt64(bitPattern: content)
        high = ~low
    }

    /// As ``_rawHashValue(seed:)``.
    public func hash(into hasher: inout Hasher) { hasher.combine(low) }

    /// A hash needs no hashing: Swift's seeded one took a fifth of the time of a load. An attacker who makes keys
    /// collide on purpose slows down one batch.
    public func _rawHashValue(seed: Int) -> Int { Int(truncatingIfNeeded: low) ^ seed }

    /// Up to eight bytes as a number, the first of them lowest: two loads, which may overlap.
    private static func word(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        func load<Part: FixedWidthInteger & BitwiseCopyable>(_: Part.Type) -> UInt64 {
            let behind = bytes.count - MemoryLayout<Part>.size
            let first = Part(littleEndian: bytes.loadUnaligned(as: Part.self))
            let last = Part(littleEndian: bytes.loadUnaligned(fromByteOffset: behind, as: Part.self))
            return UInt64(first) | UInt64(last) << UInt64(behind * 8)
        }
        return switch bytes.count {
        case 8...: load(UInt64.self)
        case 4...: load(UInt32.self)
        case 2...: load(UInt16.self)
        case 1: UInt64(bytes[0])
        default: 0
        }
    }

    private static func mixLow(_ k: UInt64) -> UInt64 {
        (k &* 0x87c3_7b91_1142_53d5).rotated(left: 31) &* 0x4cf5_ad43_2745_937f
    }

    private static func mixHigh(_ k: UInt64) -> UInt64 {
        (k &* 0x4cf5_ad43_2745_937f).rotated(left: 33) &* 0x87c3_7b91_1142_53d5
    }

    private static func finalised(_ k: UInt64) -> UInt64 {
        var k = k
        k = (k ^ (k >> 33)) &* 0xff51_afd7_ed55_8ccd
        k = (k ^ (k >> 33)) &* 0xc4ce_b9fe_1a85_ec53
        return k ^ (k >> 33)
    }
}

extension UInt64 {
    fileprivate func rotated(left bits: UInt64) -> UInt64 { self << bits | self >> (64 - bits) }
}
