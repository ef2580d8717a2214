public import Base
public import CallRecords
public import Extract
public import MariaDB
public import Transform

/// Everything that a run needs to know.
public struct Plan: Sendable {
    /// The source of CDRs.
    public enum CDRSource: Sendable {
        /// Files named Master.csv and their rotated pieces, in any order.
        case files([String], MasterCSVReader.Options)
        /// A table of the PBX's database.
        case table(String, MariaDB.Configuration, TextEncoding?, ColumnNames = ColumnNames())
    }

    /// The source of queue events.
    public enum QueueSource: Sendable {
        case files([String], TextEncoding?)
        case table(String, MariaDB.Configuration, TextEncoding?, ColumnNames = ColumnNames())
    }

    /// The PBX's name in the configuration.
    public var pbx: String
    /// `nil` if no CDRs should be read.
    public var cdr: CDRSource?
    /// `nil` if no queue_log should be read.
    public var queueLog: QueueSource?
    /// The origin of queue events: the PBX's log, or AMI, which the log supersedes.
    public var queueEvents = QueueEvent.Source.queueLog
    /// The part that should be loaded.
    public var window: WindowRequest
    /// The PBX's zone, `nil` if none is configured; the window is expressed in it.
    public var zone: ZoneTable?
    /// The zone of the CDR source's times, if a different one is stated.
    public var sourceZone: ZoneTable?
    /// The zone of the queue events' times, if they are in a table and the zone is stated.
    public var queueLogZone: ZoneTable?
    /// The meaning of dialplan contexts.
    public var policy = CallPolicy()
    /// How the PBX writes numbers.
    public var numbers: NumberPlan
    /// The links between numbers and contacts. AMI events come every few seconds and rarely change a call, so for them
    /// the stored contacts are read only when they do.
    public var contacts = ContactLinks()
    /// Messages for the user that are known before the run.
    public var warnings: [String] = []
    /// Messages about work that failed before the run; they make it end with status 2.
    public var troubles: [String] = []
    /// ISO 3166 code of the country, to find the zone.
    public var region: String?
    /// Whether to report what would change without changing anything.
    public var isDryRun = false
    /// Records in a batch.
    public var batchRows = Defaults.batchRows
    /// The number of legs or events in a source's first batch from which the run locks an empty warehouse; with fewer,
    /// nobody has to wait. Smaller batches than this make a first load as slow as any other.
    var firstLoadFrom = 2500
    /// The number of legs that a run remembers, so that it need not ask the warehouse for them.
    var legsInMemory = 30_000
    /// Files of at least this size are read only where the window may be; smaller ones are read quickly anyway.
    var mappedBytes: Int64 = 8 << 20
    /// What ended earlier was removed by `warehouse prune` and is not loaded again; `nil` if nothing was pruned.
    var keptFrom: Moment?
    /// The program's version, for the ledger.
    public var version = ""

    /// A plan without sources.
    public init(pbx: String, window: WindowRequest, numbers: NumberPlan) {
        (self.pbx, self.window, self.numbers) = (pbx, window, numbers)
    }
}
