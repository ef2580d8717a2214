/// A report that failed while others did not.
public struct ReportFailure: Sendable {
    /// The report's name.
    public let name: String
    /// Why it failed.
    public let error: ReportError

    /// A failure.
    public init(name: String, error: ReportError) { (self.name, self.error) = (name, error) }
}
