public import Base

/// The changes made to the texts of a source to make them UTF-8.
public struct TextNotes: Sendable, Hashable {
    /// Texts that were not UTF-8 and were read in another encoding.
    public var decoded = 0
    /// Texts that contained a NUL or ended inside a character, so that a part is lost.
    public var damaged = 0
    /// The inferred encoding; `nil` if it was configured, or if all texts are UTF-8.
    public var guessed: TextEncoding?
    /// One of the decoded texts, so that a person can check it.
    public var example: String?

    /// No changes.
    public init() {}

    init(_ mender: TextMender) {
        (decoded, damaged, guessed, example) = (mender.decoded, mender.damaged, mender.guessed, mender.example)
    }

    /// Texts that were changed.
    public var mended: Int { decoded + damaged }
}
