public import AMI

/// Which events of a PBX are wanted, and what becomes of them.
public struct EventsRequest: Sendable {
    /// The PBX, as the configuration names it; nil where there is only one.
    public var pbx: String?
    /// Which events are shown. What is recorded, stored or folded into calls does not depend on it.
    public var filter = EventFilter()
    /// Which classes are asked for; nil asks for all that is needed.
    public var mask: EventMask?
    /// Whether events are shown as the calls that they fold into.
    public var showsCalls = false
    /// Whether anything is shown.
    public var isShowing = true
    /// A file that gets every event, secrets masked.
    public var record: String?
    /// A file that gets queue events as lines of a queue_log.
    public var queueLog: String?
    /// Whether queue events are kept in the warehouse.
    public var store = false
    /// When to stop, in seconds; nil goes on.
    public var seconds: Int?
    /// After how many lines to stop; nil goes on.
    public var count: Int?

    /// All events, shown.
    public init(pbx: String? = nil) {
        self.pbx = pbx
    }
}
