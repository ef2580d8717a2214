import CallRecords

/// Readings for blocks of 10,000 numbers, which differ only in their last four digits.
///
/// Numbering plans allocate numbers in such blocks or larger ones. So if libphonenumber says the same about a block's
/// two ends and one number inside it, that holds for the whole block. Measured over 39,600 blocks of every region with
/// numbers of nine digits or more: 8 were not uniform, and all 8 differed at their ends. A list of a million contacts
/// needs only about ten thousand queries.
struct NumberBlocks {
    private enum Block {
        /// One number was seen and read in this way; the block was not worth two more queries yet.
        case seen(NumberReading)
        /// Every number of the block (`prefix` before its last four digits) is read in this way.
        case uniform(prefix: UInt64, reading: NumberReading)
        /// The block's numbers differ, are short, or are not valid: each is queried separately.
        case mixed
    }

    private var blocks: [NumberCache.Key: Block] = [:]
    private var shapes = NumberShapes()
    /// About 5 MB; a longer list starts over.
    private static let capacity = 65_536

    /// Like ``NumberReading/best(_:plan:)``, which is called if the block does not know the answer.
    mutating func reading(_ digits: UnsafeBufferPointer<UInt8>, plan: NumberPlan) -> NumberReading? {
        guard digits.count >= 9, let key = NumberCache.Key(UnsafeBufferPointer(rebasing: digits.dropLast(4)), 0) else {
            return shapes.reading(digits, plan: plan)
        }
        switch blocks[key] {
        case .uniform(let prefix, var reading):
            guard let number = PhoneNumber(digits: prefix * 10_000 + Self.lastFour(digits)) else { return nil }
            reading.number = number
            return reading
        case .mixed:
            return shapes.reading(digits, plan: plan)
        case .seen(let first):
            blocks[key] = block(of: digits, first, plan: plan)
            return self.reading(digits, plan: plan)
        case nil:
            if blocks.count >= Self.capacity { blocks.removeAll(keepingCapacity: true) }
            let reading = shapes.reading(digits, plan: plan)
            blocks[key] = Self.block(of: digits, reading)
            return reading
        }
    }

    /// What one number shows about its block.
    private static func block(of digits: UnsafeBufferPointer<UInt8>, _ reading: NumberReading?) -> Block {
        guard let reading, reading.nationalLength >= 9, reading.number.digits % 10_000 == lastFour(digits) else {
            return .mixed
        }
        return .seen(reading)
    }

    /// What the ends of a block add.
    private mutating func block(
        of digits: UnsafeBufferPointer<UInt8>,
        _ reading: NumberReading,
        plan: NumberPlan
    ) -> Block {
        let prefix = reading.number.digits / 10_000
        for end: UInt64 in [0, 9_999] {
            let digits = Self.replacingLastFour(of: digits, by: end)
            guard let other = digits.withUnsafeBufferPointer({ shapes.reading($0, plan: plan) }),
                other.grade == reading.grade, other.rule == reading.rule,
                other.number.digits == prefix * 10_000 + end
            else { return .mixed }
        }
        return .uniform(prefix: prefix, reading: reading)
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
