public import CallRecords

/// Somewhere that contacts are kept: a file, or the CRM's own database.
public protocol ContactSource {
    /// Reads every contact once, in any order, with memory that does not grow with their number.
    ///
    /// - Throws: ``ExtractError``, or what `body` throws.
    mutating func forEachContact(_ body: (ContactRecord) throws -> Void) throws

    /// Which columns the last reading found; `nil` before the first one.
    var listing: ContactListing? { get }

    /// Rows of the last reading that held neither an id nor a phone, or could not be read.
    var skippedRows: Int { get }
}

extension ContactSource {
    /// A source whose columns nobody names.
    public var listing: ContactListing? { nil }
}
