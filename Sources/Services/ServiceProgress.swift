/// The progress of a service.
public struct ServiceProgress: Sendable, Hashable {
    /// What ``done`` and ``total`` count.
    public enum Unit: Sendable, Hashable { case bytes, records, calls }

    /// What is being read or built: a file, a table, `calls`.
    public var label: String
    /// How much is done.
    public var done: Int64
    /// The total; `nil` if it is unknown.
    public var total: Int64?
    /// The unit of the counts.
    public var unit: Unit

    /// A state of progress.
    public init(label: String, done: Int64, total: Int64?, unit: Unit) {
        (self.label, self.done, self.total, self.unit) = (label, done, total, unit)
    }

    /// Receives progress, many times a second.
    public typealias Report = @Sendable (ServiceProgress) -> Void
}
