import Base
import CallRecords
public import Configuration
import Extract
import Glibc
public import MariaDB
public import Pipeline
public import Transform

/// Combines a request and the configuration into the plan of a run.
public struct PlanBuilder: Sendable {
    private let request: LoadRequest
    private let settings: Settings

    /// A builder for one request.
    public init(_ request: LoadRequest, settings: Settings) { (self.request, self.settings) = (request, settings) }

    /// The plan, with its sources.
    ///
    /// - Throws: ``ServiceError``, `ConfigurationError`, `ExtractError`.
    public func plan() throws -> Plan {
        let pbx = try settings.pbx(request.pbx)
        var plan = try Self.plan(pbx, settings: settings, window: window)
        if let name = request.timeZone { plan.zone = try ZoneFiles.load(named: name) }
        try addSources(to: &plan, pbx)
        return plan
    }

    /// The plan of a run on a configured PBX, without any sources yet.
    ///
    /// - Throws: `ConfigurationError`, `ExtractError`, `NumberPlanError`.
    public static func plan(_ pbx: PBXSettings, settings: Settings, window: WindowRequest) throws -> Plan {
        var plan = Plan(pbx: pbx.name, window: window, numbers: try NumberPlan(pbx))
        plan.zone = try pbx.timeZone.map(ZoneFiles.load)
        plan.region = pbx.region
        plan.policy = CallPolicy(
            inbound: pbx.inboundContexts,
            outbound: pbx.outboundContexts,
            internal: pbx.internalContexts,
            ignored: pbx.ignoredContexts
        )
        plan.batchRows = settings.etl.batchRows
        plan.version = Version.current
        return plan
    }

    /// A zone that a run found; UTC if this machine does not know it.
    func zone(named name: String) -> ZoneTable {
        (try? ZoneFiles.load(name)) ?? .utc
    }

    /// Whether the plan's progress counts records of a table rather than bytes of files.
    func readsTable(_ plan: Plan) -> Bool {
        if case .table = plan.cdr { return true }
        if case .table = plan.queueLog, plan.cdr == nil { return true }
        return false
    }

    /// A file named in the request is read completely; configured sources are read by their window.
    private var window: WindowRequest {
        request.window ?? (request.namesFiles ? .all : .days(settings.etl.days))
    }

    private func addSources(to plan: inout Plan, _ pbx: PBXSettings) throws {
        let database = try settings.database(ofPBX: pbx.name)
        let files = request.files.isEmpty && !request.namesFiles ? Self.expand(pbx.csv) : request.files
        let logs = request.queueLogs.isEmpty && request.files.isEmpty ? Self.expand(pbx.queueLog) : request.queueLogs
        // CDRs: those named in the request, else `csv`, else the table.
        let isTableChosen = request.source == .mysql
        if isTableChosen || request.source == nil && !request.namesFiles && pbx.csv.isEmpty && database.isConfigured {
            let columns = try ColumnNames(database.columns, of: .cdr)
            plan.cdr = .table(database.table, MariaDB.Configuration(database), pbx.encoding, columns)
            plan.sourceZone = try database.timeZone.map(ZoneFiles.load)
            if !pbx.csv.isEmpty {
                plan.warnings.append("The files of pbx.\(pbx.name).csv are not read: --source mysql.")
            }
        } else if !files.isEmpty {
            plan.cdr = .files(files, try readerOptions(pbx))
            plan.sourceZone = try pbx.csvTimeZone.map(ZoneFiles.load)
        }
        // Queue events: those named in the request, else `queue_log`, else the table.
        if !logs.isEmpty {
            plan.queueLog = .files(logs, pbx.encoding)
        } else if !request.namesFiles, let table = database.queueLogTable {
            let columns = try ColumnNames(database.queueLogColumns, of: .queueLog)
            plan.queueLog = .table(table, MariaDB.Configuration(database), pbx.encoding, columns)
            plan.queueLogZone = try database.timeZone.map(ZoneFiles.load)
        }
        guard plan.cdr != nil || plan.queueLog != nil else { throw nothingToRead(pbx) }
        if !request.namesFiles { plan.warnings += unread(plan, pbx, database) }
    }

    /// What is configured but not read, and why.
    private func unread(_ plan: Plan, _ pbx: PBXSettings, _ database: DatabaseSettings) -> [String] {
        var (readsTable, readsEvents) = (false, false)
        if case .table = plan.cdr { readsTable = true }
        if case .table = plan.queueLog { readsEvents = true }
        var warnings: [String] = []
        // The table of CDRs has a default name; if only queue events are read from the database, it is not meant.
        if !readsTable, database.namesTable || database.isConfigured && database.queueLogTable == nil {
            warnings.append(
                "The table \(database.table) of pbx.\(pbx.name).cdr_database is not read, because csv is set;"
                    + " --source mysql reads it."
            )
        }
        if !readsEvents, let table = database.queueLogTable {
            warnings.append("The table \(table) of pbx.\(pbx.name).cdr_database is not read, because queue_log is set.")
        }
        return warnings
    }

    private func readerOptions(_ pbx: PBXSettings) throws -> MasterCSVReader.Options {
        var options = MasterCSVReader.Options()
        options.encoding = pbx.encoding
        options.dateOrder = pbx.dateOrder
        options.batchRows = settings.etl.batchRows
        options.layout = try MasterCSVLayout(option: request.layout ?? pbx.layout)
        return options
    }

    private func nothingToRead(_ pbx: PBXSettings) -> ServiceError {
        if pbx.csv.isEmpty, pbx.queueLog.isEmpty {
            return ServiceError(
                .noInput,
                "There is nothing to read: name files with --file and --queue-log, or set pbx.\(pbx.name).csv, queue_log or"
                    + " cdr_database in the configuration."
            )
        }
        return ServiceError(.noInput, "No file matches \((pbx.csv + pbx.queueLog).joined(separator: ", ")).")
    }

    /// Files that match, in order of name; a name without wildcards is kept, so that a missing file is reported.
    public static func expand(_ patterns: [String]) -> [String] {
        patterns.flatMap { pattern -> [String] in
            guard pattern.contains(where: { "*?[".contains($0) }) else { return [pattern] }
            var found = glob_t()
            defer { globfree(&found) }
            guard glob(pattern, 0, nil, &found) == 0 else { return [] }
            return (0..<Int(found.gl_pathc)).compactMap { found.gl_pathv[$0].map { String(cString: $0) } }
        }
    }
}

extension NumberPlan {
    /// The numbering of a configured PBX.
    ///
    /// - Throws: `NumberPlanError` or `InvalidExtensionPattern`.
    public init(_ pbx: PBXSettings) throws {
        try self.init(
            region: pbx.region,
            outsidePrefix: pbx.outsidePrefix,
            internationalPrefix: pbx.internationalPrefix,
            nationalPrefix: pbx.nationalPrefix,
            extensions: try ExtensionPlan(pbx.extensions)
        )
    }
}

extension MariaDB.Configuration {
    /// The server of a configured table.
    public init(_ settings: DatabaseSettings) {
        self.init(
            host: settings.host,
            port: UInt16(clamping: settings.port),
            socket: settings.socket,
            user: settings.user,
            password: settings.password,
            database: settings.database
        )
        optionFile = settings.defaultsFile
        optionGroup = settings.defaultsGroup
        switch settings.tls {
        case .off, .prefer: tls = .asConfigured
        case .verify: tls = .verified(authorities: settings.caFile)
        }
    }
}
