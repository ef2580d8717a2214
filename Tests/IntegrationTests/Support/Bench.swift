import Base
import CallRecords
import Extract
import Glibc
import Pipeline
import Postgres
import Testing
import TestSupport
import Transform
import Warehouse

/// A warehouse for one test, a folder for its files, and runs of the pipeline between them.
struct Bench: ~Copyable {
    let address: Address
    let connection: Connection
    /// Removed with the bench.
    let folder: String

    /// Passes on a bench with an empty warehouse.
    static func with<Result>(_ body: (inout Bench) throws -> Result) async throws -> Result {
        let server = try #require(TestPostgres.shared, "\(TestPostgres.reasonForAbsence)")
        return try await server.withDatabaseAddress { address in
            var bench = try Bench(address)
            return try body(&bench)
        }
    }

    /// Lends a bench whose warehouse was empty when it was spread over a cluster.
    static func withCluster<Result>(_ body: (inout Bench) throws -> Result) throws -> Result {
        let cluster = try #require(TestCluster.shared, "\(TestCluster.reasonForAbsence)")
        var bench = try Bench(cluster.newDatabase())
        _ = try Distribution().run(bench.connection)
        return try body(&bench)
    }

    private init(_ address: Address) throws {
        let connection = try Connection(address)
        try Migrator().migrate(connection)
        let folder = try TestProcess.temporaryFolder(named: "crm-voip-bench")
        self.address = address
        self.connection = connection
        self.folder = folder
    }

    deinit { try? TestProcess.run(["rm", "-rf", folder]) }

    /// Writes a file into the bench's folder, gzipped if its name says so. Returns its path.
    func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> String {
        let isZipped = name.hasSuffix(".gz")
        let path = "\(folder)/\(isZipped ? String(name.dropLast(3)) : name)"
        try Files.write(Array(bytes), to: path)
        guard isZipped else { return path }
        try TestProcess.run(["gzip", "-f", path])
        return path + ".gz"
    }

    func write(_ text: String, to name: String) throws -> String { try write(text.utf8, to: name) }

    /// Runs the pipeline as `etl` does.
    @discardableResult
    func run(_ plan: Plan, now: Moment = Bench.now) throws -> RunResult {
        let result = try Run(plan, now: now)(connection)
        for counters in [result.cdr, result.queueLog].compactMap(\.self) {
            #expect(counters.addUp, "\(counters.named)")
        }
        return result
    }

    @discardableResult
    func run(
        _ files: [String] = [],
        queueLog: [String] = [],
        _ change: (inout Plan) throws -> Void = { _ in }
    ) throws -> RunResult {
        try run(Plan.files(files, queueLog: queueLog, change))
    }

    /// 2026-11-23 00:00:00 UTC, the midnight after the sample.
    static let now: Moment = 1_795_392_000
}

extension Plan {
    /// A plan for the PBX `main` in UTC, without a window.
    static func files(
        _ files: [String] = [],
        queueLog: [String] = [],
        _ change: (inout Plan) throws -> Void = { _ in }
    ) throws -> Plan {
        var plan = Plan(
            pbx: "main",
            window: .all,
            numbers: try NumberPlan(region: "RU", outsidePrefix: "9")
        )
        plan.zone = .utc
        if !files.isEmpty { plan.cdr = .files(files, MasterCSVReader.Options()) }
        if !queueLog.isEmpty { plan.queueLog = .files(queueLog, .latin1) }
        try change(&plan)
        return plan
    }

    /// Small batches, so that calls cross their boundaries.
    mutating func setBatchRows(_ rows: Int) {
        batchRows = rows
        if case .files(let files, var options) = cdr {
            options.batchRows = rows
            cdr = .files(files, options)
        }
    }
}

/// Bytes of whole files.
enum Files {
    static func write(_ bytes: [UInt8], to path: String) throws {
        let file = try #require(fopen(path, "w"), "\(path) cannot be written.")
        defer { fclose(file) }
        #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
    }

    static func read(_ path: String) throws -> [UInt8] {
        let file = try #require(fopen(path, "r"), "\(path) cannot be read.")
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&piece, 1, piece.count, file), count > 0 { bytes += piece[..<count] }
        return bytes
    }

    /// The sample that is part of the project: one evening of a real Asterisk.
    static func sample(_ name: String) throws -> [UInt8] {
        let tests = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
        return try read("\(tests)/Samples/asterisk-a/\(name)")
    }

    /// The sample's CDRs, one on each line.
    static let legs = Result { lines(try sample("Master.csv")) }
    /// The sample's queue events, one on each line.
    static let events = Result { lines(try sample("queue_log")) }

    /// The lines, including their ends. No field in the sample contains a newline.
    static func lines(_ bytes: [UInt8]) -> [[UInt8]] {
        bytes.split(separator: UInt8(ascii: "\n")).map { Array($0) + [UInt8(ascii: "\n")] }
    }
}
