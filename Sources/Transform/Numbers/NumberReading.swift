import CallRecords

/// One way to read digits as a public number, and how much evidence supports it.
struct NumberReading {
    /// From the most to the least certain. A reading with a lower grade takes precedence.
    enum Grade: Int, Comparable {
        /// Written as international or national, and matches a pattern of its country.
        case certain
        /// A country code without a plus, and matches a pattern of that country.
        case withoutPlus
        /// A national number of more than 11 digits without its trunk prefix: in countries with numbers of variable
        /// length (DE, AT), nearly everything counts as valid.
        case overlong
        /// A national number from an earlier plan, in its present form.
        case former
        /// Written as international; of the right length, but matches no known pattern.
        case possible
        /// Written as national, at least 9 digits with area code; of the right length, but matches no known pattern.
        case guessed
        /// Written as international, 8 to 15 digits after a country code, and of no known length or pattern: a plan
        /// that is newer than the library, or a number that nobody has.
        case unverified

        /// Whether the library knows numbers of this kind.
        var isVerified: Bool { self < .possible }

        static func < (left: Grade, right: Grade) -> Bool { left.rawValue < right.rawValue }
    }

    var number: PhoneNumber
    var grade: Grade
    /// How the digits were read, for `--explain`.
    var rule: NumberRule
    /// The number of digits in the national significant number.
    var nationalLength: Int
}

extension NumberReading {
    private init(_ facts: NumberFacts, _ grade: Grade, _ rule: NumberRule) {
        self.init(number: facts.number, grade: grade, rule: rule, nationalLength: facts.nationalLength)
    }

    /// The most certain reading of ASCII digits, with a plus if one was written; `nil` if they are not a number.
    static func best(_ digits: UnsafeBufferPointer<UInt8>, plan: NumberPlan) -> NumberReading? {
        if digits.first == UInt8(ascii: "+") {
            return international(UnsafeBufferPointer(rebasing: digits.dropFirst()), plan: plan)
        }
        var dialled: NumberReading?
        for prefix in CollectionOfOne("00") + plan.internationalPrefixes {
            guard let rest = digits.dropping(prefix), let reading = plusReading(rest, .internationalPrefix(prefix))
            else { continue }
            if reading.grade == .certain { return reading }
            dialled = dialled ?? reading
        }
        guard let bare = bare(digits, plan: plan) else { return dialled }
        guard let dialled, dialled.grade < bare.grade else { return bare }
        return dialled
    }

    /// After a plus. A national number after a plus (`+8 916…`) is a common slip. It is read as national if that is
    /// valid and the international reading is not; without its trunk prefix only if its country's numbers have a
    /// definite length, as nearly any digits are a valid number in Germany.
    private static func international(_ digits: UnsafeBufferPointer<UInt8>, plan: NumberPlan) -> NumberReading? {
        let reading = plusReading(digits, .international)
        if let reading, reading.grade == .certain { return reading }
        if var slip = bare(digits, plan: plan), slip.grade == .certain,
            slip.nationalLength < digits.count || hasCertainLength(digits, plan: plan)
        {
            slip.rule = .nationalBehindPlus
            return slip
        }
        return reading
    }

    /// Whether a national number becomes invalid with one digit more or less.
    private static func hasCertainLength(_ digits: UnsafeBufferPointer<UInt8>, plan: NumberPlan) -> Bool {
        guard let region = plan.region else { return false }
        let shorter = UnsafeBufferPointer(rebasing: digits.dropLast())
        if PhoneMetadata.facts(shorter, region: region)?.isValid ?? false { return false }
        let longer = Array(digits) + [UInt8(ascii: "5")]
        return longer.withUnsafeBufferPointer { !(PhoneMetadata.facts($0, region: region)?.isValid ?? false) }
    }

    private static func plusReading(_ digits: UnsafeBufferPointer<UInt8>, _ rule: NumberRule) -> NumberReading? {
        guard 7...17 ~= digits.count else { return nil }
        if let facts = digits.withPrefix("+", { PhoneMetadata.facts($0, region: "ZZ") }) {
            if facts.isValid { return NumberReading(facts, .certain, rule) }
            if facts.isPossible { return NumberReading(facts, .possible, rule) }
        }
        guard 8...15 ~= digits.count, let code = CountryCode(beginning: digits),
            let number = PhoneNumber(digits: digits.reduce(0) { $0 * 10 + UInt64($1 &- UInt8(ascii: "0")) })
        else { return nil }
        return NumberReading(number: number, grade: .unverified, rule: rule, nationalLength: digits.count - code.length)
    }

    /// Without a plus: as national, as a country code without plus, and with the plan's own trunk prefix or area code.
    private static func bare(_ digits: UnsafeBufferPointer<UInt8>, plan: NumberPlan) -> NumberReading? {
        var readings: [NumberReading] = []
        if let region = plan.region {
            if let reading = national(digits, region, .national(region: region)) {
                if reading.grade == .certain { return reading }
                readings.append(reading)
            }
            if let prefix = plan.nationalPrefix, let rest = digits.dropping(prefix),
                let reading = national(rest, region, .nationalPrefix(prefix, region: region)),
                reading.grade == .certain
            {
                return reading
            }
            if let area = plan.areaCode, 4...8 ~= digits.count,
                let reading = digits.withPrefix(area, { national($0, region, .local(areaCode: area, region: region)) }),
                reading.grade == .certain
            {
                return reading
            }
        }
        if digits.count >= 8, var reading = plusReading(digits, .countryCodeWithoutPlus), reading.grade == .certain {
            reading.grade = .withoutPlus
            readings.append(reading)
        }
        if readings.isEmpty, let region = plan.region { return former(digits, region) }
        return readings.min { $0.grade < $1.grade }
    }

    /// A national number that was valid before its country changed its plan, if exactly one present number replaces it.
    private static func former(_ digits: UnsafeBufferPointer<UInt8>, _ region: String) -> NumberReading? {
        guard 7...12 ~= digits.count, let facts = PhoneMetadata.facts(digits, region: region)
        else { return nil }
        let present = SubscriberForms.others(of: facts.number).compactMap { number in
            var text = number.description
            return text.withUTF8 { PhoneMetadata.facts($0, region: "ZZ") }
        }.filter(\.isValid)
        guard present.count == 1 else { return nil }
        return NumberReading(present[0], .former, .formerNational(region: region))
    }

    private static func national(
        _ digits: UnsafeBufferPointer<UInt8>,
        _ region: String,
        _ rule: NumberRule
    ) -> NumberReading? {
        guard 5...20 ~= digits.count, let facts = PhoneMetadata.facts(digits, region: region) else { return nil }
        if facts.isValid {
            let isOverlong = facts.nationalLength > 11 && facts.nationalLength == digits.count
            return NumberReading(facts, isOverlong ? .overlong : .certain, rule)
        }
        let isGuess = facts.isPossible && facts.nationalLength >= 9
        return isGuess ? NumberReading(facts, .guessed, rule) : nil
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// What follows this prefix; `nil` if the prefix is missing or nothing follows.
    func dropping(_ prefix: String) -> UnsafeBufferPointer<UInt8>? {
        guard count > prefix.utf8.count, starts(with: prefix.utf8) else { return nil }
        return UnsafeBufferPointer(rebasing: dropFirst(prefix.utf8.count))
    }

    fileprivate func withPrefix<Result>(_ prefix: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: prefix.utf8.count + count) { buffer in
            _ = buffer.initialize(fromContentsOf: prefix.utf8)
            _ = buffer.suffix(count).initialize(fromContentsOf: self)
            return body(UnsafeBufferPointer(buffer))
        }
    }
}
