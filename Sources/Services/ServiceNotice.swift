/// Something that a service has to say while it works. What is done with it is the front end's business.
public struct ServiceNotice: Sendable, Equatable {
    /// How important it is.
    public enum Level: String, Sendable {
        /// What is being done.
        case note
        /// What was done.
        case info
        /// What is odd, and work goes on.
        case warning
        /// What failed, and work goes on.
        case error
    }

    /// How important it is.
    public var level: Level
    /// One sentence, without secrets and callers' numbers.
    public var sentence: String

    /// Takes notices; may be called from any task.
    public typealias Report = @Sendable (ServiceNotice) -> Void

    /// A notice.
    public init(_ level: Level, _ sentence: String) {
        (self.level, self.sentence) = (level, sentence)
    }
}
