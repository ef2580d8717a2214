/// The outcome of a transfer.
public struct TransferOutcome: Sendable, Equatable {
    /// How far it got.
    public enum Status: String, Sendable {
        case done, busy, congestion, failed
        case noAnswer = "no_answer"
        /// Unknown, or still in progress.
        case unknown
    }

    /// How far it got.
    public var status: Status
    /// One sentence that says who is talking to whom.
    public var detail: String

    /// An outcome with its sentence.
    public init(_ status: Status, _ detail: String) { (self.status, self.detail) = (status, detail) }
}
