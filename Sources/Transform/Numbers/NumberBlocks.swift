import CallRecords

/// Readings for blocks of 10,000 numbers, which differ only in their last four digits.
///
/// Numbering plans allocate numbers in such blocks or larger ones. So if libphonenumber says the same about a block's
/// two ends and one number inside it, that holds for the whole block. Measured over 39,600 blocks of every region with
/// numbers of nine digits or more: 8 were not uniform, and all 8 differed at their ends. A list of a million contacts
/// needs only about ten thousand queries.
struct NumberBlocks {
    /// How the numbers of a block are read. There are few ways, so that a block only has the number of one.
    private struct Way: Hashable {
        var grade: NumberReading.Grade
        var rule: NumberRule
        var nationalLength: Int
    }

    /// What is known about a block, in eight bytes.
    private struct Block {
        enum State: UInt64 {
            /// The block's numbers differ, are short, or are not valid: each is queried separately.
            case mixed
            /// One number was seen and read in this way; the block was not worth two more queries yet.
            case seen
            /// Every number of the block is read in this way.
            case uniform
        }

        /// The number before its last four digits, 48 bits; the index of the way, 14 bits; the state, 2 bits.
        private let bits: UInt64

        static let mixed = Block(bits: 0)

        private init(bits: UInt64) { self.bits = bits }

        /// `nil` if the values need more bits.
        init?(_ state: State, prefix: UInt64, way: Int) {
            guard prefix < 1 << 48, 0..<1 << 14 ~= way else { return nil }
            bits = prefix << 16 | UInt64(way) << 2 | state.rawValue
        }

        /// The same, when the ends of the block have been read in the same way.
        var whenUniform: Block { Block(bits: bits & ~3 | State.uniform.rawValue) }

        var state: State { State(rawValue: bits & 3) ?? .mixed }
        var prefix: UInt64 { bits >> 16 }
        var way: Int { Int(bits >> 2 & 0x3fff) }
    }

    private var blocks: [NumberCache.Key: Block] = [:]
    private var ways: [Way] = []
    private var shapes = NumberShapes()
    /// About 8 MB, and all mobile numbers of a large country; a longer list starts over.
    private static let capacity = 190_000

    /// Like ``NumberReading/best(_:plan:)``, which is called if the block does not know the answer.
    mutating func reading(_ digits: UnsafeBufferPointer<UInt8>, plan: NumberPlan) -> NumberReading? {
        guard digits.count >= 9, let key = NumberCache.Key(UnsafeBufferPointer(rebasing: digits.dropLast(4)), 0) else {
            return shapes.reading(digits, plan: plan)
        }
        guard var block = blocks[key] else {
            if blocks.count >= Self.capacity { blocks.removeAll(keepingCapacity: true) }
            let reading = shapes.reading(digits, plan: plan)
            blocks[key] = self.block(of: digits, reading)
            return reading
        }
        if block.state == .seen {
            block = checked(block, by: digits, plan: plan)
            blocks[key] = block
        }
        guard block.state == .uniform else { return shapes.reading(digits, plan: plan) }
        let way = ways[block.way]
        return PhoneNumber(digits: block.prefix * 10_000 + Self.lastFour(digits)).map { number in
            NumberReading(number: number, grade: way.grade, rule: way.rule, nationalLength: way.nationalLength)
        }
    }

    /// What one number shows about its block.
    private mutating func block(of digits: UnsafeBufferPointer<UInt8>, _ reading: NumberReading?) -> Block {
        guard let reading, reading.nationalLength >= 9, reading.number.digits % 10_000 == Self.lastFour(digits) else {
            return .mixed
        }
        let way = Way(grade: reading.grade, rule: reading.rule, nationalLength: reading.nationalLength)
        let index = ways.firstIndex(of: way) ?? ways.count
        guard let block = Block(.seen, prefix: reading.number.digits / 10_000, way: index) else { return .mixed }
        if index == ways.count { ways.append(way) }
        return block
    }

    /// What the ends of a block add.
    private mutating func checked(
        _ block: Block,
        by digits: UnsafeBufferPointer<UInt8>,
        plan: NumberPlan
    ) -> Block {
        let way = ways[block.way]
        for end: UInt64 in [0, 9_999] {
            let digits = Self.replacingLastFour(of: digits, by: end)
            guard let other = digits.withUnsafeBufferPointer({ shapes.reading($0, plan: plan) }),
                other.grade == way.grade, other.rule == way.rule,
                other.number.digits == block.prefix * 10_000 + end
            else { return .mixed }
        }
        return block.whenUniform
    }

    private static func lastFour(_ digits: UnsafeBufferPointer<UInt8>) -> UInt64 {
        digits.suffix(4).reduce(0) { $0 * 10 + UInt64($1 &- UInt8(ascii: "0")) }
    }
}

extension NumberBlocks {
    private static func replacingLastFour(of digits: UnsafeBufferPointer<UInt8>, by value: UInt64) -> [UInt8] {
        var result = Array(digits)
        var rest = value
        for index in result.indices.suffix(4).reversed() {
            result[index] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        }
        return result
    }
}
