public import CallRecords

/// A place where contacts are kept: a file, or the CRM's own database.
public protocol ContactSource {
    /// Reads every contact once, in any order, with memory that does not grow with their number.
    ///
    /// - Throws: ``ExtractError``, or any error of `body`.
    mutating func forEachContact(_ body: (ContactRecord) throws -> Void) throws

    /// The columns that the last reading found; `nil` before the first one.
    var listing: ContactListing? { get }

    /// Rows in the last reading that contained neither an id nor a phone, or could not be read.
    var skippedRows: Int { get }
}

extension ContactSource {
    /// A source without named columns.
    public var listing: ContactListing? { nil }
}
