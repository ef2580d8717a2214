public import Base

/// An agent whose sessions must be rebuilt.
public struct SessionChange: Hashable, Sendable {
    /// Whose sessions these are.
    public var agent: String
    /// All names that the log may have for the agent. Empty for the former name of a phone that now belongs to somebody
    /// else.
    public var names: Set<String>
    /// What happened before is as it was when the stored sessions were built.
    public var start: Moment
}
