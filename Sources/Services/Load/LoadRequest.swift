public import Pipeline

/// What `LoadService` is asked to load.
public struct LoadRequest: Sendable {
    /// Where CDRs come from.
    public enum Source: String, Sendable, CaseIterable {
        /// Files.
        case csv
        /// The PBX's database.
        case mysql
    }

    /// The PBX, as the configuration names it; `nil` for the usual one.
    public var pbx: String?
    /// `nil` for what the configuration names.
    public var source: Source?
    /// CDR files; empty for what the configuration names.
    public var files: [String] = []
    /// queue_log files; empty for what the configuration names.
    public var queueLogs: [String] = []
    /// The layout of the CDR files; `nil` for the configuration's.
    public var layout: String?
    /// The PBX's time zone; `nil` for the configuration's.
    public var timeZone: String?
    /// What is to be loaded; `nil` for all of a named file, and for the configured days of anything else.
    public var window: WindowRequest?
    /// Whether to say what would change, and change nothing.
    public var isDryRun = false
    /// Whether an embedded database is left running.
    public var keepsServer = false

    /// A request for what the configuration names.
    public init(pbx: String? = nil) { self.pbx = pbx }

    /// Whether anything to read is named by the request itself.
    public var namesFiles: Bool { !files.isEmpty || !queueLogs.isEmpty }
}
