import Configuration
import Base
import Reporting
import Warehouse

/// Runs `report`: reads the definitions, asks the warehouse, writes the result.
struct ReportFrontend {
    let command: ReportCommand
    let settings: ReportSettings

    /// Prints the reports that there are.
    func list() throws {
        let definitions = try ReportCatalogue(directory: settings.directory).definitions
        if command.output.json {
            let rows = definitions.map { definition in
                JSON.object([
                    ("name", .string(definition.name)), ("title", .string(definition.title)),
                    ("description", .string(definition.description)), ("file", .string(definition.file)),
                ])
            }
            return try StandardOutput.write(JSON.array(rows).text() + "\n")
        }
        let width = definitions.map(\.name.count).max() ?? 0
        let lines = definitions.map { definition in
            let space = String(repeating: " ", count: width - definition.name.count + 2)
            // As much as says what it is; --json has all of it.
            let summary = definition.description.prefix { $0 != ":" }
            return "\(definition.name)\(space)\(definition.title). \(summary)\n"
        }
        try StandardOutput.write(lines.joined())
    }

    func run(in access: WarehouseAccess) async throws {
        let catalogue = try ReportCatalogue(directory: settings.directory)
        let definitions = try command.names.map { try catalogue.definition($0) }
        let output = try ReportOutput(command)
        let runner = ReportRunner(request)
        let (files, notes) = try await access.with { warehouse in
            if output.format == .html || output.format == .xlsx {
                let book = try runner.book(
                    definitions,
                    from: catalogue,
                    target: command.counting.target,
                    on: warehouse.connection
                )
                return (try output.files(book), book.results.flatMap(\.notes))
            }
            let results = try runner.run(definitions, on: warehouse.connection)
            return (output.files(results), results.flatMap(\.notes))
        }
        try output.write(files)
        if output.format == .csv { tell(notes) }
    }

    /// CSV has no place for notes.
    private func tell(_ notes: [String]) {
        var told: Set<String> = []
        for note in notes where told.insert(note).inserted { command.common.messages.warning(note) }
    }

    private var request: ReportRequest {
        let counting = command.counting
        let pairs = counting.set.map { $0.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false) }
        return ReportRequest(
            window: command.time.window,
            interval: command.time.interval,
            timeZone: command.time.timezone ?? settings.timeZone,
            queue: counting.queue,
            agent: counting.agent,
            thresholds: thresholds,
            values: Dictionary(pairs.map { (String($0[0]), String($0[1])) }) { _, last in last }
        )
    }

    /// A flag wins over the file, over what it says about single queues too.
    private var thresholds: Thresholds {
        let counting = command.counting
        func whole(_ seconds: Double) -> Int { Int(seconds.rounded()) }
        let variant = counting.serviceLevelVariant
        return Thresholds(
            serviceLevel: counting.serviceLevel ?? whole(settings.standard.serviceLevel),
            shortAbandon: counting.shortAbandon ?? whole(settings.standard.shortAbandon),
            variant: variant ?? ServiceLevelVariant(rawValue: settings.serviceLevelVariant.rawValue) ?? .offered,
            wrapUp: whole(settings.standard.wrapUp),
            queues: settings.queues.mapValues { queue in
                Thresholds.Override(
                    serviceLevel: counting.serviceLevel == nil ? whole(queue.serviceLevel) : nil,
                    shortAbandon: counting.shortAbandon == nil ? whole(queue.shortAbandon) : nil,
                    wrapUp: whole(queue.wrapUp)
                )
            }
        )
    }
}

extension ReportError: ExitStatusProviding {
    var exitStatus: ExitStatus {
        switch code {
        case .unknownReport, .parameter, .window, .timeZone: .usage
        case .definition: .configuration
        case .file: .noInput
        case .database: underlying?.exitStatus ?? .failed
        default: .failed
        }
    }
}
