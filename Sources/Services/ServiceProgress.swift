/// How far a service has come.
public struct ServiceProgress: Sendable, Hashable {
    /// What ``done`` and ``total`` count.
    public enum Unit: Sendable, Hashable { case bytes, records, calls }

    /// What is being read or made: a file, a table, `calls`.
    public var label: String
    /// How much is done.
    public var done: Int64
    /// How much there is; `nil` where nobody knows.
    public var total: Int64?
    /// What is counted.
    public var unit: Unit

    /// A state of progress.
    public init(label: String, done: Int64, total: Int64?, unit: Unit) {
        (self.label, self.done, self.total, self.unit) = (label, done, total, unit)
    }

    /// Receives progress now and then; many times a second.
    public typealias Report = @Sendable (ServiceProgress) -> Void
}
