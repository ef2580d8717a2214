/// What is asked of the reports of one run.
public struct ReportRequest: Sendable {
    /// The time to cover.
    public var window: ReportWindow
    /// How to cut it.
    public var interval: ReportInterval
    /// IANA name, in any case of letters; nil is the zone of the PBX in the warehouse, UTC if there are several.
    public var timeZone: String?
    /// Only this PBX, by its name in the configuration.
    public var pbx: String?
    /// Only this queue.
    public var queue: String?
    /// Only this agent: name, interface or extension.
    public var agent: String?
    /// What counts as in time, and the like.
    public var thresholds: Thresholds
    /// Values for the parameters that a report of the user's declares.
    public var values: [String: String]
    /// How many seconds a report of the user's own may take.
    public var ownReportSeconds = 300
    /// The moment that counts as now, as PostgreSQL reads it; nil is the server's clock. For tests.
    public var now: String?

    /// The last week as a whole, in the warehouse's zone, where nothing else is given.
    public init(
        window: ReportWindow = .lastWeek,
        interval: ReportInterval = .total,
        timeZone: String? = nil,
        pbx: String? = nil,
        queue: String? = nil,
        agent: String? = nil,
        thresholds: Thresholds = Thresholds(),
        values: [String: String] = [:],
        now: String? = nil
    ) {
        self.window = window
        self.interval = interval
        self.timeZone = timeZone
        self.pbx = pbx
        self.queue = queue
        self.agent = agent
        self.thresholds = thresholds
        self.values = values
        self.now = now
    }
}
