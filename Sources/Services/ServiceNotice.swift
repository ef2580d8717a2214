/// A message from a working service. The front end decides what to do with it.
public struct ServiceNotice: Sendable, Equatable {
    /// How important it is.
    public enum Level: String, Sendable {
        /// Something is being done.
        case note
        /// Something was done.
        case info
        /// Something is unusual, but work continues.
        case warning
        /// Something failed, but work continues.
        case error
    }

    /// How important it is.
    public var level: Level
    /// One sentence, without secrets or callers' numbers.
    public var sentence: String

    /// Receives notices; may be called from any task.
    public typealias Report = @Sendable (ServiceNotice) -> Void

    /// A notice.
    public init(_ level: Level, _ sentence: String) {
        (self.level, self.sentence) = (level, sentence)
    }
}
