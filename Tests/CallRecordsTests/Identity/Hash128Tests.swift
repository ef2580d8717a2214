import CallRecords
import Testing

struct Hash128Tests {
    /// From the tests of spaolacci/murmur3, which are run against Austin Appleby's C++.
    @Test(
        arguments: [
            ("", 0, 0), ("hello", 0xcbd8_a7b3_41bd_9b02, 0x5b1e_906a_48ae_1d19),
            ("hello, world", 0x342f_ac62_3a5e_bc8e, 0x4cdc_bc07_9642_414d),
            ("19 Jan 2038 at 3:14:07 AM", 0xb89e_5988_b737_affc, 0x664f_c295_0231_b2cb),
            ("The quick brown fox jumps over the lazy dog.", 0xcd99_481f_9ee9_02c9, 0x695d_a1a3_8987_b6e7),
        ] as [(String, UInt64, UInt64)]
    )
    func `published hashes`(text: String, low: UInt64, high: UInt64) {
        let hash = Array(text.utf8).withUnsafeBufferPointer { Hash128($0) }
        #expect(hash.low == low && hash.high == high)
    }

    /// SMHasher's verification value of `MurmurHash3_x64_128`: keys of every length up to 255, hashed with every seed,
    /// and the hash of all hashes (`src/KeysetTest.cpp`, `VerificationTest`).
    @Test func `the verification value of SMHasher`() {
        var hashes: [UInt8] = []
        for length in 0..<256 {
            let key = (0..<length).map { UInt8($0) }
            let hash = key.withUnsafeBufferPointer { Hash128($0, seed: UInt64(256 - length)) }
            hashes += [hash.low, hash.high].flatMap { word in
                (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) }
            }
        }
        let all = hashes.withUnsafeBufferPointer { Hash128($0) }
        #expect(UInt32(truncatingIfNeeded: all.low) == 0x6384_ba69)
    }

    @Test func `the alignment of the bytes does not matter`() {
        let text = Array("xlab-1795389429.13".utf8)
        let moved = text.withUnsafeBufferPointer { Hash128(UnsafeBufferPointer(rebasing: $0[1...])) }
        #expect(Array(text.dropFirst()).withUnsafeBufferPointer { Hash128($0) } == moved)
    }
}
