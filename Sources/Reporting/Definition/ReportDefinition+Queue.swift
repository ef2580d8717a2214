extension ReportDefinition {
    /// Whether the report says nothing about other queues when it is run for one queue.
    ///
    /// Pauses and sessions in all queues belong to no queue, so `agents` and `pauses` show them, and the outbound calls
    /// of agents, also when a queue is given.
    public var isWithinQueue: Bool {
        parameters.contains { $0.name == "queue" } && !(isBuiltIn && ["agents", "pauses"].contains(name))
    }
}
