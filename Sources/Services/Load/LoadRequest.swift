public import Pipeline

/// What `LoadService` should load.
public struct LoadRequest: Sendable {
    /// The source of CDRs.
    public enum Source: String, Sendable, CaseIterable {
        /// Files.
        case csv
        /// The PBX's database.
        case mysql
    }

    /// The PBX, by its name in the configuration; `nil` for the default PBX.
    public var pbx: String?
    /// `nil` for the configured source.
    public var source: Source?
    /// CDR files; if empty, the configured ones.
    public var files: [String] = []
    /// queue_log files; if empty, the configured ones.
    public var queueLogs: [String] = []
    /// The layout of the CDR files; `nil` for the configured one.
    public var layout: String?
    /// The PBX's time zone; `nil` for the configured one.
    public var timeZone: String?
    /// What to load; `nil` for everything in a named file, and for the configured days of anything else.
    public var window: WindowRequest?
    /// Whether to report what would change without changing anything.
    public var isDryRun = false
    /// Whether an embedded database keeps running.
    public var keepsServer = false

    /// A request for the configured sources.
    public init(pbx: String? = nil) { self.pbx = pbx }

    /// Whether the request itself names files to read.
    public var namesFiles: Bool { !files.isEmpty || !queueLogs.isEmpty }
}
