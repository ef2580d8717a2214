public import Base

/// What of a contact list is read, by its own headings.
public struct ContactListing: Hashable, Sendable {
    /// File, or what the query is called.
    public var source: String
    /// Headings of the columns that are read.
    public var read: [String]
    /// Headings of the columns that are not.
    public var passedOver: [String]
    /// The encoding that the texts look like; `nil` where they are UTF-8.
    public var guessedEncoding: TextEncoding?

    /// A listing of a source.
    public init(source: String, read: [String], passedOver: [String]) {
        (self.source, self.read, self.passedOver) = (source, read, passedOver)
    }
}
