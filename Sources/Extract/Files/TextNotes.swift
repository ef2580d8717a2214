public import Base

/// What had to be done to the texts of a source so that they are UTF-8.
public struct TextNotes: Sendable, Hashable {
    /// Texts that were not UTF-8 and were read in another encoding.
    public var decoded = 0
    /// Texts that held a NUL or ended inside a character, of which a part is lost.
    public var damaged = 0
    /// The encoding that the texts look like; `nil` where it was configured, and where all texts are UTF-8.
    public var guessed: TextEncoding?
    /// One of the decoded texts, for a person to look at.
    public var example: String?

    /// Nothing had to be done.
    public init() {}

    init(_ mender: TextMender) {
        (decoded, damaged, guessed, example) = (mender.decoded, mender.damaged, mender.guessed, mender.example)
    }

    /// Texts that were changed.
    public var mended: Int { decoded + damaged }
}
