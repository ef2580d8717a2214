import Testing

@testable import Configuration

/// Random numbers that are reproducible from a seed: https://prng.di.unimi.it/splitmix64.c
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

@Suite struct RandomTests {
    @Test(arguments: 0..<100 as Range<UInt64>)
    func `A damaged file is read or refused at one of its lines`(seed: UInt64) throws {
        var random = SplitMix64(state: seed)
        let marks = Array("[]=\".\\\n'{},".utf8)
        var bytes = Array(ConfigurationTemplate.text.utf8)
        for index in bytes.indices where bytes[index] == UInt8(ascii: "#") && Bool.random(using: &random) {
            bytes[index] = UInt8(ascii: " ")
        }
        for _ in 0..<Int.random(in: 1...20, using: &random) {
            let place = Int.random(in: bytes.indices, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: place)
            default: bytes.insert(marks.randomElement(using: &random) ?? 0, at: place)
            }
        }
        let lines = bytes.count { $0 == UInt8(ascii: "\n") } + 1
        do throws(ConfigurationError) {
            let document = try TOMLDocument(parsing: bytes, file: "f")
            #expect(document.nodes.allSatisfy { (1...lines).contains($0.line) })
            let layer = FileLayer(document, file: "f", isExposed: false, mode: "0600")
            #expect(layer.problems.allSatisfy { $0.message.hasSuffix(".") || $0.message.hasSuffix("?") })
        } catch {
            guard case .file("f", let line, _) = error.origin else {
                Issue.record("no place: \(error)")
                return
            }
            #expect((1...lines).contains(line), "\(error)")
        }
    }
}
