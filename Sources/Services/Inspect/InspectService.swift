import Base
public import Configuration
import Extract
import Transform

/// Examines CDR and queue_log files. Changes nothing, and needs no database.
public struct InspectService: Sendable {
    private let settings: Settings

    /// A service on one snapshot of the settings.
    public init(_ settings: Settings) { self.settings = settings }

    /// Reads each file once, from beginning to end.
    ///
    /// - Throws: ``ServiceError`` or `ConfigurationError` for a wrong request; `ExtractError` if a file cannot be read.
    ///   A file with an unknown layout results in a report with a `failure`.
    public func inspect(
        _ request: InspectRequest,
        progress: ServiceProgress.Report = { _ in }
    ) throws -> InspectResult {
        // A file can be examined whatever the configuration says; the configuration only helps.
        let pbx = request.pbx == nil ? try? settings.pbx() : try settings.pbx(request.pbx)
        return InspectResult(files: try request.files.map { try inspect($0, request, pbx, progress) })
    }

    private func inspect(
        _ path: String,
        _ request: InspectRequest,
        _ pbx: PBXSettings?,
        _ progress: ServiceProgress.Report
    ) throws -> FileReport {
        var options = MasterCSVReader.Options()
        options.layout = try MasterCSVLayout(option: request.layout ?? pbx?.layout)
        options.encoding = pbx?.encoding ?? .utf8
        options.dateOrder = pbx?.dateOrder ?? .auto
        var witness = ZoneWitness()
        let inspection = try FileInspection(path: path, options: options) { time, uniqueid in
            witness.observe(time, uniqueid: uniqueid)
        } progress: { read, size in
            try Task.checkCancellation()
            progress(ServiceProgress(label: path, done: read, total: size, unit: .bytes))
        }
        let finder = ZoneFinder(
            candidates: { [ZoneFiles.localName].compactMap(\.self) + ZoneFiles.names(preferring: pbx?.region) },
            load: { try? ZoneFiles.load($0) }
        )
        let stated = try request.timeZone.map(ZoneFiles.load(named:))
        let configured = try stated ?? (pbx?.csvTimeZone ?? pbx?.timeZone).map { try ZoneFiles.load($0) }
        return FileReport(
            inspection: inspection,
            witness: witness,
            isConfigured: configured != nil,
            finding: finder.zone(configured: configured, isStated: request.timeZone != nil, witness: witness)
        )
    }
}
