public import CallRecords

/// Where a number was written; this determines what may precede it.
public enum NumberRole: UInt8, Hashable, Sendable, CaseIterable {
    /// The calling party, as the trunk or the phone presented it.
    case caller
    /// Dialled by an internal party: the only role in which an outside prefix can precede the number.
    case dialled
    /// Dialled by an outside party and delivered to the PBX: never an extension.
    case did
    /// Written into a CRM by a person: remarks before it and extensions after it are ignored.
    case written
}

/// Converts numbers as PBXs, trunks and people write them to one form.
///
/// The rules, in this order:
///
/// 1. Quotes, a display name, `<…>`, a SIP or tel URI, blanks and punctuation are removed. What is left must be digits.
///    Words for a withheld number (and four zeros or more, from trunks that must send digits) are
///    ``PartyNumber/anonymous``; other letters are ``PartyNumber/none``; `*` and `#` make a ``PartyNumber/service``.
/// 2. Digits that match an extension in the plan are an ``PartyNumber/extension(_:)``, in every role but the DID.
/// 3. Anything else is read as a public number in every way that the plan allows, and the most certain reading is used:
///    1. valid, and written as international (`+`, `00`, the plan's and the region's prefix) or as national;
///    2. valid as a country code without a plus;
///    3. of a possible length, and written as international;
///    4. of a possible length of at least nine digits, and written as national;
///    5. written as international, 8 to 15 digits after a country code, whether libphonenumber knows it or not;
///    6. national by an earlier numbering plan, in its present form.
/// 4. In the role `dialled`, the digits after an outside prefix are read first, and the unchanged digits second; of two
///    equally certain readings, the first is used.
/// 5. Emergency numbers that are not an extension are a ``PartyNumber/service``, even after an outside prefix. Other
///    digits are ``PartyNumber/unparsed(_:)``.
///
/// Answers are remembered, so that a million calls with ten thousand numbers cost ten thousand libphonenumber queries,
/// and if both ends of a block of 10,000 numbers are read in the same way, so is the whole block. Must not be used by
/// two threads at the same time.
public final class NumberNormaliser {
    /// The configuration.
    public let plan: NumberPlan
    private var cache: NumberCache
    private var blocks = NumberBlocks()

    /// - Parameters:
    ///   - plan: the PBX's.
    ///   - capacity: how many answers are remembered; about 50 bytes each.
    public init(plan: NumberPlan, capacity: Int = 65_536) {
        self.plan = plan
        cache = NumberCache(capacity: capacity)
    }

    /// The number of answers held; never more than the capacity.
    var remembered: Int { cache.count }

    /// The party identified by a written number.
    public func party(_ text: UnsafeBufferPointer<UInt8>, as role: NumberRole) -> PartyNumber {
        guard !text.isEmpty else { return .none }
        guard let key = NumberCache.Key(text, role.rawValue) else {
            // A display name or a URI: the unwrapped content is remembered instead.
            let inner = NumberText(text, by: role == .written ? .person : .machine)
            return inner.form == .digits ? inner.withBytes { short($0, as: role) } : explain(inner, as: role).party
        }
        if let answer = cache.answer(key) { return answer }
        let answer = explain(NumberText(text, by: role == .written ? .person : .machine), as: role).party
        cache.insert(answer, for: key)
        return answer
    }

    /// The party identified by a written number.
    public func party(_ text: String, as role: NumberRole) -> PartyNumber {
        var text = text
        return text.withUTF8 { party($0, as: role) }
    }

    /// What is known about the number that would be reached: for a dial guard, and for explanations.
    public func facts(of number: PhoneNumber) -> NumberFacts? {
        var text = number.description
        return text.withUTF8 { PhoneMetadata.facts($0, region: "ZZ", withKind: true) }
    }

    /// How a written number is understood, and by which rule. Slower than ``party(_:as:)``, because nothing is
    /// remembered.
    public func explain(_ text: String, as role: NumberRole) -> NumberExplanation {
        var text = text
        return text.withUTF8 { explain(NumberText($0, by: role == .written ? .person : .machine), as: role) }
    }

    private func short(_ digits: UnsafeBufferPointer<UInt8>, as role: NumberRole) -> PartyNumber {
        digits.count <= NumberCache.Key.maximum ? party(digits, as: role) : explain(NumberText(digits), as: role).party
    }

    private func explain(_ text: NumberText, as role: NumberRole) -> NumberExplanation {
        switch text.form {
        case .empty: NumberExplanation(party: .none, rule: .empty)
        case .letters: NumberExplanation(party: .none, rule: .letters)
        case .withheld: NumberExplanation(party: .anonymous, rule: .withheld)
        case .code:
            NumberExplanation(party: .service(text.withBytes { String(decoding: $0, as: UTF8.self) }), rule: .code)
        case .digits: text.withBytes { explain(digits: $0, as: role) }
        }
    }

    private func explain(digits: UnsafeBufferPointer<UInt8>, as role: NumberRole) -> NumberExplanation {
        if role == .caller, digits.count >= 4, digits.allSatisfy({ $0 == UInt8(ascii: "0") }) {
            return NumberExplanation(party: .anonymous, rule: .withheld)
        }
        let isInternational = digits.first == UInt8(ascii: "+")
        let written = String(decoding: digits, as: UTF8.self)
        let behind = role == .dialled && !isInternational ? behindOutsidePrefix(digits) : nil

        if !isInternational, role != .did {
            // If somebody wrote a plan in which 112 is a desk, it overrides the emergency number. An assumed plan does
            // not know that 9112 is an emergency call if 9 gives a line.
            let isExtension = plan.extensions.contains(digits)
            let isEmergencyOutside = behind.map { isEmergency($0.rest) } ?? false
            if isEmergencyOutside, !isExtension || plan.extensions.isAssumed {
                return NumberExplanation(party: .service(written), rule: .emergency, outsidePrefix: behind?.prefix)
            }
            if isExtension { return NumberExplanation(party: .extension(written), rule: .extensionPlan) }
            if role != .written, isEmergency(digits) {
                return NumberExplanation(party: .service(written), rule: .emergency)
            }
        }

        let outside = behind.flatMap { blocks.reading($0.rest, plan: plan) }
        // The unchanged digits could be no more certain; most digits that begin with a prefix are not a number
        // themselves, which takes the library longest to find out.
        let reading = outside?.grade == .certain ? nil : blocks.reading(digits, plan: plan)
        if let behind, let outside, reading.map({ outside.grade <= $0.grade }) ?? true {
            return NumberExplanation(
                party: .e164(outside.number),
                rule: outside.rule,
                outsidePrefix: behind.prefix,
                isVerified: outside.grade.isVerified
            )
        }
        guard let reading else { return NumberExplanation(party: .unparsed(written), rule: .noNumber) }
        return NumberExplanation(
            party: .e164(reading.number),
            rule: reading.rule,
            isVerified: reading.grade.isVerified
        )
    }

    private func behindOutsidePrefix(
        _ digits: UnsafeBufferPointer<UInt8>
    ) -> (prefix: String, rest: UnsafeBufferPointer<UInt8>)? {
        for prefix in plan.outsidePrefixes {
            if let rest = digits.dropping(prefix) { return (prefix, rest) }
        }
        return nil
    }

    private func isEmergency(_ digits: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let region = plan.region, digits.count <= 4 else { return false }
        return PhoneMetadata.isEmergency(digits, region: region)
    }
}

@available(*, unavailable)
extension NumberNormaliser: Sendable {}
