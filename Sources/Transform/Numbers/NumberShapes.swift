import CallRecords

/// How digits with the same beginning and length become numbers, so that the library has to parse only the first of
/// them.
///
/// Parsing takes libphonenumber three times as long as checking whether a number is valid. What it removes as a prefix
/// or country code depends on the first digits and on the number of digits. So if it removed nothing but leading
/// digits, other digits that differ only in the last six are split at the same place, and the library only has to check
/// the result. If the result is not valid, the digits are parsed after all.
struct NumberShapes {
    /// The reading of the first digits of each shape.
    private var shapes: [NumberCache.Key: NumberReading] = [:]
    /// About 2 MB; when it is full, the table is emptied.
    private static let capacity = 16_384
    private static let varying = 6

    /// Like ``NumberReading/best(_:plan:)``.
    mutating func reading(_ digits: UnsafeBufferPointer<UInt8>, plan: NumberPlan) -> NumberReading? {
        let beginning = UnsafeBufferPointer(rebasing: digits.dropLast(Self.varying))
        guard !beginning.isEmpty, let key = NumberCache.Key(beginning, UInt8(digits.count)) else {
            return NumberReading.best(digits, plan: plan)
        }
        if let first = shapes[key] { return first.valid(cutting: digits) ?? NumberReading.best(digits, plan: plan) }
        let reading = NumberReading.best(digits, plan: plan)
        if let reading, reading.isCut(from: digits, plan: plan) {
            if shapes.count >= Self.capacity { shapes.removeAll(keepingCapacity: true) }
            shapes[key] = reading
        }
        return reading
    }
}

extension NumberReading {
    /// Whether the number is a country code followed by the unchanged last digits, by the rule that is tried first.
    fileprivate func isCut(from digits: UnsafeBufferPointer<UInt8>, plan: NumberPlan) -> Bool {
        guard grade == .certain, let cut = cut(digits), number.digits % power == cut.national else { return false }
        return switch rule {
        case .international: true
        case .national:
            (CollectionOfOne("00") + plan.internationalPrefixes).allSatisfy { !digits.starts(with: $0.utf8) }
        default: false
        }
    }

    /// The reading of other digits with this shape; `nil` if they are not a valid number.
    fileprivate func valid(cutting digits: UnsafeBufferPointer<UInt8>) -> NumberReading? {
        guard let (code, national) = cut(digits), let number = PhoneNumber(digits: code * power + national) else {
            return nil
        }
        let region = if case .national(let region) = rule { region } else { "ZZ" }
        guard PhoneMetadata.isValid(code, national, region: region) else { return nil }
        var reading = self
        reading.number = number
        return reading
    }

    /// This number's country code, and as many of the last digits as its national number has; `nil` if they begin with
    /// a zero, which may be a prefix.
    private func cut(_ digits: UnsafeBufferPointer<UInt8>) -> (code: UInt64, national: UInt64)? {
        guard 7...14 ~= nationalLength, nationalLength <= digits.count else { return nil }
        let national = digits.suffix(nationalLength).reduce(0) { $0 * 10 + UInt64($1 &- UInt8(ascii: "0")) }
        return national >= power / 10 ? (number.digits / power, national) : nil
    }

    /// 10 to the power of the number of digits in the national number.
    private var power: UInt64 { (0..<nationalLength).reduce(1) { power, _ in power * 10 } }
}
