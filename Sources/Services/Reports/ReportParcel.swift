import Alerts
import Base
import Configuration
import Reporting

/// The reports of one delivery in the forms in which they are sent and written.
struct ReportParcel: Sendable {
    let document: Document
    /// The time of the reports, as the files are named after it.
    let window: String
    /// The files for a folder, named after the time.
    let files: [ReportRendering.File]

    /// - Throws: `ReportError` with code `rendering`.
    init(_ delivery: ReportDeliverySettings, _ reports: ReportSet, now: Moment) throws {
        guard let book = reports.book else {
            throw ServiceError(.failed, "The reports of \(delivery.name) have no summary.")
        }
        let time = book.window.name
        var files: [ReportRendering.File] = []
        var attachments: [MailAttachment] = []
        for format in ReportFormat.allCases where delivery.formats.contains(format.rawValue) {
            // The parameters of a type of attachments are written without blanks.
            let type = format.mediaType.replacing(" ", with: "")
            for file in try Self.files(reports, format, delivery, named: time) {
                files.append(file)
                attachments.append(MailAttachment(name: file.name, type: type, bytes: file.bytes))
            }
        }
        let failed = reports.failures.map { localized("The report \($0.name) failed, so it is missing here.") }
        let summary = ReportSummary(book, remarks: failed)
        let subject = ([summary.title] + [delivery.queue].compactMap(\.self)).joined(separator: " · ")
        self.files = files
        window = time
        document = Document(
            id: "reports-\(delivery.name)-\(time)-\(now.microseconds)",
            date: now,
            subject: localized("Calls · \(subject)", context: "subject of a mail"),
            text: summary.text,
            html: summary.html,
            attachments: attachments,
            json: [
                "schema_version": 1, "delivery": .string(delivery.name), "window": .string(time),
                "reports": .array(Self.plain(reports).results.map(\.json)),
            ],
            event: "reports"
        )
    }

    private static func files(
        _ reports: ReportSet,
        _ format: ReportFormat,
        _ delivery: ReportDeliverySettings,
        named time: String
    ) throws -> [ReportRendering.File] {
        if format.hasCharts {
            return try ReportRendering(format).files(reports, separately: false).map {
                ReportRendering.File(name: "\(time).\(format.ending)", bytes: $0.bytes)
            }
        }
        let isSeparate = format == .csv
        var rendering = ReportRendering(format)
        if delivery.isForSpreadsheets { rendering.csv = .forSpreadsheets }
        return try rendering.files(plain(reports), separately: isSeparate).map { file in
            let name = isSeparate ? "\(time)-\(file.name)" : "\(time).\(format.ending)"
            return ReportRendering.File(name: name, bytes: file.bytes)
        }
    }

    /// The same without charts and totals: programs add up rows.
    private static func plain(_ reports: ReportSet) -> ReportSet {
        let results = reports.results.map { result in
            var result = result
            result.total = nil
            return result
        }
        return ReportSet(results: results, book: nil, failures: reports.failures, warnings: reports.warnings)
    }

    /// Writes the files into a folder, each complete or not at all.
    func write(to folder: String, group: UInt32?, permissions: UInt32) -> ReportDeliveryResult.Target {
        do {
            for file in files {
                let path = folder + (folder.hasSuffix("/") ? "" : "/") + file.name
                try AtomicFile.replace(
                    path,
                    with: file.bytes,
                    permissions: permissions,
                    isExact: true,
                    group: group
                )
            }
            return .init(name: folder, message: nil, mayPass: false)
        } catch {
            let sentence = "\(error)"
            return .init(
                name: folder,
                message: sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence,
                mayPass: error.category == .tryAgainLater
            )
        }
    }
}
