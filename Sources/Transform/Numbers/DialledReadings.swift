import CallRecords
import CPhoneNumber

/// Every way in which a PBX and the network behind it could interpret dialled digits: for a dial guard, which must not
/// rely on the most likely one.
///
/// The digits are read as they are, and without each outside prefix with which they begin. If one reading is a valid
/// number, readings that only have a possible length do not count, since nearly every number has one of those.
public struct DialledReadings: Sendable {
    /// One interpretation of the digits.
    public enum Reading: Sendable, Equatable {
        /// A number inside the PBX, an emergency number, or nothing that leaves the PBX.
        case inside
        /// A public number: its country, nil if the number is not valid, and whether it is premium rate.
        case number(region: String?, isPremium: Bool)
        /// Digits that belong to no numbering plan.
        case unknown
    }

    private let plan: NumberPlan
    private let bare: NumberPlan

    /// The readings under the plan of a PBX.
    public init(_ plan: NumberPlan) {
        self.plan = plan
        var bare = plan
        bare.outsidePrefixes = []
        self.bare = bare
    }

    /// The interpretations of digits, with or without a leading plus.
    public func readings(of digits: String) -> [Reading] {
        // A plan that somebody wrote says which numbers are inside.
        if !plan.extensions.isAssumed, plan.extensions.contains(digits) { return [.inside] }
        var texts = [digits]
        for prefix in plan.outsidePrefixes where digits.hasPrefix(prefix) && digits.count > prefix.count {
            texts.append(String(digits.dropFirst(prefix.count)))
        }
        let found = texts.map(reading)
        let isAnyCertain = found.contains(where: \.isCertain)
        return found.filter { $0.isCertain || !isAnyCertain }.map(\.reading)
    }

    private func reading(_ digits: String) -> (reading: Reading, isCertain: Bool) {
        if isDearShortNumber(digits) { return (.number(region: plan.region, isPremium: true), true) }
        let normaliser = NumberNormaliser(plan: bare, capacity: 1)
        switch normaliser.party(digits, as: .dialled) {
        case .e164(let number):
            let facts = normaliser.facts(of: number)
            let isPremium = facts.map { Self.isPremium($0) } ?? false
            let region = facts.flatMap { $0.isValid ? $0.region : nil }
            return (.number(region: region, isPremium: isPremium), region != nil)
        case .extension, .service: return (.inside, true)
        case .unparsed, .anonymous, .none: return digits.count > 6 ? (.unknown, false) : (.inside, true)
        }
    }

    /// Numbers of no country (ITU-T E.164.1) belong to satellites and global networks, and cost several euros a minute;
    /// only +800 is free.
    private static func isPremium(_ facts: NumberFacts) -> Bool {
        if facts.kind == .premiumRate || facts.kind == .sharedCost { return true }
        return facts.isValid && facts.region == "001" && facts.countryCode != 800
    }

    /// Directory enquiries (118, by a decision of the European postal conference, CEPT) and numbers that the metadata
    /// marks as expensive.
    private func isDearShortNumber(_ digits: String) -> Bool {
        guard (3...8).contains(digits.utf8.count) else { return false }
        guard let region = plan.region else { return digits.hasPrefix("118") && 5...6 ~= digits.utf8.count }
        var digits = digits
        let cost = digits.withUTF8 { cpn_short_number_cost($0.baseAddress, $0.count, region) }
        return cost == CPN_COST_PREMIUM || digits.hasPrefix("118") && cost == CPN_COST_UNKNOWN
    }
}
