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

    /// The reports of one queue, or of all queues together.
    struct Part: Sendable {
        let queue: String?
        let reports: ReportSet
    }

    /// - Throws: `ReportError` with code `rendering`.
    init(_ delivery: ReportDeliverySettings, _ parts: [Part], now: Moment) throws {
        var sections: [ReportSummary.Section] = []
        var files: [ReportRendering.File] = []
        var attachments: [MailAttachment] = []
        var time = ""
        for part in parts {
            guard let book = part.reports.book else {
                throw ServiceError(.failed, "The reports of \(delivery.name) have no summary.")
            }
            time = book.window.name
            let failed = part.reports.failures.map { localized("The report \($0.name) failed, so it is missing here.") }
            sections.append(.init(queue: part.queue, book: book, remarks: failed))
            // Names tell the queues apart only if there are several.
            let name = parts.count > 1 ? "\(time)-\((part.queue ?? "").inFileName)" : time
            for format in ReportFormat.allCases where delivery.formats.contains(format.rawValue) {
                // The parameters of a type of attachments are written without blanks.
                let type = format.mediaType.replacing(" ", with: "")
                for file in try Self.files(part.reports, format, delivery, named: name) {
                    files.append(file)
                    attachments.append(MailAttachment(name: file.name, type: type, bytes: file.bytes))
                }
            }
        }
        let summary = ReportSummary(sections)
        let queues = delivery.queues.isEmpty ? [] : [delivery.queues.joined(separator: ", ")]
        self.files = files
        window = time
        document = Document(
            id: "reports-\(delivery.name)-\(time)-\(now.microseconds)",
            date: now,
            subject: localized(
                "Calls · \(([summary.title] + queues).joined(separator: " · "))",
                context: "subject of a mail"
            ),
            text: summary.text,
            html: summary.html,
            attachments: attachments,
            json: [
                "schema_version": 1, "delivery": .string(delivery.name), "window": .string(time),
                "reports": .array(parts.flatMap { Self.plain($0.reports).results.map(\.json) }),
            ],
            event: "reports"
        )
    }

    private static func files(
        _ reports: ReportSet,
        _ format: ReportFormat,
        _ delivery: ReportDeliverySettings,
        named name: String
    ) throws -> [ReportRendering.File] {
        if format.hasCharts {
            return try ReportRendering(format).files(reports, separately: false).map {
                ReportRendering.File(name: "\(name).\(format.ending)", bytes: $0.bytes)
            }
        }
        let isSeparate = format == .csv
        var rendering = ReportRendering(format)
        if delivery.isForSpreadsheets { rendering.csv = .forSpreadsheets }
        return try rendering.files(plain(reports), separately: isSeparate).map { file in
            let name = isSeparate ? "\(name)-\(file.name)" : "\(name).\(format.ending)"
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
