/// The request for the reports of one run.
public struct ReportRequest: Sendable {
    /// The time to cover.
    public var window: ReportWindow
    /// How to divide it.
    public var interval: ReportInterval
    /// IANA name, in any case; nil for the zone of the PBX in the warehouse, or UTC if there are several.
    public var timeZone: String?
    /// Only this PBX, by its name in the configuration.
    public var pbx: String?
    /// Only this queue.
    public var queue: String?
    /// Only this agent: name, interface or extension.
    public var agent: String?
    /// The thresholds, such as what counts as answered in time.
    public var thresholds: Thresholds
    /// Whether reports with totals compute them.
    public var totals = false
    /// Values for the parameters that a user's report declares.
    public var values: [String: String]
    /// The time limit for a user's own report, in seconds.
    public var ownReportSeconds = 300
    /// The moment used as the current time, as PostgreSQL reads it; nil for the server's clock. For tests.
    public var now: String?

    /// By default, the whole last week in the warehouse's zone.
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
