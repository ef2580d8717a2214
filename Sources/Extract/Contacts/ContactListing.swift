public import Base

/// Which columns of a contact list are read, by their own headings.
public struct ContactListing: Hashable, Sendable {
    /// The file, or the query's name.
    public var source: String
    /// Headings of the columns that are read.
    public var read: [String]
    /// Headings of the columns that are not.
    public var passedOver: [String]
    /// The encoding inferred from the texts; `nil` if they are UTF-8.
    public var guessedEncoding: TextEncoding?

    /// A listing of a source.
    public init(source: String, read: [String], passedOver: [String]) {
        (self.source, self.read, self.passedOver) = (source, read, passedOver)
    }
}
