public import Base
public import CallRecords
public import Extract
public import MariaDB
public import Transform

/// Everything that one run needs to know.
public struct Plan: Sendable {
    /// Where CDRs come from.
    public enum CDRSource: Sendable {
        /// Files named Master.csv and their rotated pieces, in any order.
        case files([String], MasterCSVReader.Options)
        /// A table of the PBX's database.
        case table(String, MariaDB.Configuration, TextEncoding?, ColumnNames = ColumnNames())
    }

    /// Where queue events come from.
    public enum QueueSource: Sendable {
        case files([String], TextEncoding?)
        case table(String, MariaDB.Configuration, TextEncoding?, ColumnNames = ColumnNames())
    }

    /// The PBX's name in the configuration.
    public var pbx: String
    /// `nil` where no CDRs are to be read.
    public var cdr: CDRSource?
    /// `nil` where no queue_log is to be read.
    public var queueLog: QueueSource?
    /// Where queue events come from: the PBX's log, or AMI, which the log supersedes.
    public var queueEvents = QueueEvent.Source.queueLog
    /// What of it is to be loaded.
    public var window: WindowRequest
    /// The PBX's zone, `nil` where none is configured; the window is meant in it.
    public var zone: ZoneTable?
    /// The zone of the CDR source's times where it is stated to be another one.
    public var sourceZone: ZoneTable?
    /// The zone of the queue events' times where they are in a table and it is stated.
    public var queueLogZone: ZoneTable?
    /// What the dialplan's contexts mean.
    public var policy = CallPolicy()
    /// How the PBX writes numbers.
    public var numbers: NumberPlan
    /// Who is who. AMI's events come every few seconds and rarely change a call, so the stored contacts are read for them
    /// when they do.
    public var contacts = ContactLinks()
    /// Sentences for the user that are known before the run.
    public var warnings: [String] = []
    /// Sentences about what could not be done before the run; they make it end with status 2.
    public var troubles: [String] = []
    /// ISO 3166 code of the country, for finding the zone.
    public var region: String?
    /// Whether to say what would change and change nothing.
    public var isDryRun = false
    /// Records a batch.
    public var batchRows = Defaults.batchRows
    /// Legs in the first batch for which an empty warehouse is taken by this run alone; with fewer, nobody is kept waiting.
    var firstLoadFrom = 5000
    /// Files of at least this size are read only where the window may be; a smaller one is read in no time.
    var mappedBytes: Int64 = 8 << 20
    /// What ended before was removed by `warehouse prune`, and is not loaded again; `nil` where nothing was.
    var keptFrom: Moment?
    /// The program's version, for the ledger.
    public var version = ""

    /// A plan without sources.
    public init(pbx: String, window: WindowRequest, numbers: NumberPlan) {
        (self.pbx, self.window, self.numbers) = (pbx, window, numbers)
    }
}
