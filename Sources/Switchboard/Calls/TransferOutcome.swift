/// What came of a transfer.
public struct TransferOutcome: Sendable, Equatable {
    /// How far it came.
    public enum Status: String, Sendable {
        case done, busy, congestion, failed
        case noAnswer = "no_answer"
        /// Nobody knows, or it is still going on.
        case unknown
    }

    /// How far it came.
    public var status: Status
    /// One sentence that says who talks to whom.
    public var detail: String

    /// An outcome with its sentence.
    public init(_ status: Status, _ detail: String) { (self.status, self.detail) = (status, detail) }
}
