public import CallRecords

/// Reads the numbers in the phones of contacts, and ranks the contacts that share a number.
public protocol ContactLinker {
    /// Adds a row of a contact under every number in its phones.
    ///
    /// - Returns: how many of the phones could be read.
    mutating func add(_ row: ContactRecord) -> PhoneTally

    /// Calls `body` with every number that was added; with a shared one several times.
    func forEachNumber(_ body: (PhoneNumber) throws -> Void) rethrows

    /// Calls `body` with every link between a number and a contact. Called once, after everything was added.
    mutating func forEachLink(_ body: (ContactNumber) throws -> Void) rethrows
}
