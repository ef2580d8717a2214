public import AMI

/// Which events of a PBX to receive, and what to do with them.
public struct EventsRequest: Sendable {
    /// The PBX, by its name in the configuration; nil if there is only one.
    public var pbx: String?
    /// Which events are shown. This does not affect what is recorded, stored or folded into calls.
    public var filter = EventFilter()
    /// Which classes to request; nil requests everything that is needed.
    public var mask: EventMask?
    /// Whether to show the calls folded from the events instead of the events.
    public var showsCalls = false
    /// Whether to show what becomes of calls (``CallNews``) instead: ringing, answered, ended, lost, missed, pops.
    public var showsCallEvents = false
    /// Whether anything is shown.
    public var isShowing = true
    /// A file to which every event is written, with secrets masked.
    public var record: String?
    /// A file to which queue events are written as lines of a queue_log.
    public var queueLog: String?
    /// Whether queue events are stored in the warehouse.
    public var store = false
    /// After how many seconds to stop; nil for no limit.
    public var seconds: Int?
    /// After how many lines to stop; nil for no limit.
    public var count: Int?

    /// All events, to be shown.
    public init(pbx: String? = nil) {
        self.pbx = pbx
    }
}
