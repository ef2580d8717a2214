import AMI
import Base

extension DialGuard {
    /// Checks a dialled number by the most expensive of its readings. Digits that are played into a call rather than
    /// dialled may be anything, such as a customer number; they are refused only if they are a foreign or an expensive
    /// number.
    func check(number text: String, isDialled: Bool = true) throws(ManagerError) {
        let dialled: DialString
        do throws(DialString.Fault) {
            dialled = try DialString(text)
        } catch {
            throw refusal("it is not clear what number “\(text)” is; write it with digits only")
        }
        // A name such as `s` or `sales` is not a number; its effect is up to the dialplan, and contexts limit it.
        guard dialled.runCount > 0 else { return }
        let spoken = [dialled.plain] + dialled.readings.map(\.digits)
        if try matches(rules.blocked, "`deny`", spoken) {
            throw refusal("the number matches `deny`")
        }
        if isDialled, !rules.numbers.isEmpty {
            guard try matches(rules.numbers, "`allow`", [dialled.plain]) else {
                throw refusal("the number matches none of `allow`")
            }
        }
        try checkReadings(dialled, isDialled: isDialled)
    }

    private func checkReadings(_ dialled: DialString, isDialled: Bool) throws(ManagerError) {
        var understood: Set<Int> = []
        for reading in dialled.readings {
            let ways = readings(of: reading.digits)
            var isUnderstood = false
            for way in ways {
                switch way {
                case .inside: isUnderstood = true
                case .unknown: continue
                case .number(let region, let isPremium):
                    try check(region: region, isPremium: isPremium)
                    isUnderstood = true
                }
            }
            if isUnderstood { understood.formUnion(reading.runs) }
        }
        guard !isDialled || rules.international || understood.count == dialled.runCount else { throw unknownNumber() }
    }

    private func check(region: String?, isPremium: Bool) throws(ManagerError) {
        if isPremium, !rules.premium {
            throw refusal("the number is a premium-rate one; \(key("premium")) would allow it")
        }
        if rules.international { return }
        guard let region else { throw unknownNumber() }
        let allowed = rules.countries + [rules.region].compactMap(\.self)
        guard allowed.contains(where: { $0.isSame(as: region) }) else {
            throw refusal("the number is in \(region), which is not in \(key("countries"))")
        }
    }

    private func unknownNumber() -> ManagerError {
        guard let region = rules.region else {
            return refusal(
                """
                the country of the number is not known; set `region` of [\(rules.table)] to your own, such as \
                region = "US", or `international = true` in [\(rules.table).dial_guard]
                """
            )
        }
        return refusal(
            """
            the number is in no known country: it is no valid number of \(region); if it is an extension, add it to \
            `extensions` of [\(rules.table)]
            """
        )
    }

    /// Checks an extension to which a call is transferred.
    func check(transfer exten: String) throws(ManagerError) {
        guard !rules.transfer.isEmpty, let dialled = try? DialString(exten) else { return }
        guard try matches(rules.transfer, key("transfer"), [exten, dialled.plain]) else {
            throw refusal("the extension matches none of \(key("transfer"))")
        }
    }

    /// Whether one of the patterns matches one of the numbers. An unreadable pattern may be a prohibition, so it
    /// forbids.
    private func matches(_ patterns: [String], _ key: String, _ numbers: [String]) throws(ManagerError) -> Bool {
        for text in patterns {
            guard let pattern = DialplanPattern(text) else {
                throw refusal("“\(text)” in \(key) is not a dialplan pattern")
            }
            if numbers.contains(where: { pattern.matches($0) }) { return true }
        }
        return false
    }
}
