public import CallRecords

extension QueueVisit {
    /// Works out whose number the caller's is.
    ///
    /// `anonymous`, `unknown` and other texts that are no number are nobody's: two such callers are not the same one, and
    /// neither can be called back.
    public mutating func identifyCaller(by numbers: NumberNormaliser) {
        guard let written = caller else { return }
        let party = numbers.party(written, as: .caller)
        callerNumber = party.phoneNumber
        if party == .anonymous || party == .none { caller = nil }
    }
}
