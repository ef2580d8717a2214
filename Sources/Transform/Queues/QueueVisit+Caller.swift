public import CallRecords

extension QueueVisit {
    /// Determines the caller from the caller's number.
    ///
    /// `anonymous`, `unknown` and other texts that are not a number identify nobody: two such callers are not the same,
    /// and neither can be called back.
    public mutating func identifyCaller(by numbers: NumberNormaliser) {
        guard let written = caller else { return }
        let party = numbers.party(written, as: .caller)
        callerNumber = party.phoneNumber
        if party == .anonymous || party == .none { caller = nil }
    }
}
