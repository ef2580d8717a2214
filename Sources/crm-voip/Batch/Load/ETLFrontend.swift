import Base
import Configuration
import Glibc
import Pipeline
import Services

/// Runs `etl` once, and reports what was done.
struct ETLFrontend {
    let request: LoadRequest
    let settings: Settings
    let common: CommonOptions
    let printsJSON: Bool

    /// Loads, prints, and returns the exit status.
    ///
    /// - Throws: the error of the PBX if there is only one.
    @discardableResult
    func run() async throws -> ExitStatus {
        let service = LoadService(settings)
        let outcomes = try await load(service)
        if outcomes.all.count == 1, let error = outcomes.firstError { throw error }
        for outcome in outcomes.all { print(outcome) }
        try common.write(outcomes, json: printsJSON, onlyOnTerminal: true) {
            outcomes.results.map { (outcomes.all.count > 1 ? "PBX \($0.run.pbx)\n" : "") + LoadText($0).summary }
                .joined(separator: "\n")
        }
        // Last, because the runs are done whatever happens to this file.
        for failure in outcomes.results.compactMap(\.rejectsFailure) { throw failure }
        if let error = outcomes.firstError { return ExitStatus(error) }
        return outcomes.results.allSatisfy(\.run.isComplete) ? .done : .rejects
    }

    private func load(_ service: LoadService) async throws -> LoadOutcomes {
        do {
            return try await Progress.withDisplay(common.messages) { report in
                try await service.runAll(request, progress: report)
            }
        } catch {
            // A person who presses Ctrl-C wants a message; a service is stopped silently.
            if Interruption.shared.signal == SIGINT { common.messages.error("Interrupted; nothing was written.") }
            throw error
        }
    }

    private func print(_ outcome: LoadOutcomes.Outcome) {
        switch outcome.result {
        case .success(let result): LoadText(result).print(common.messages)
        case .failure(let error): common.messages.error("PBX \(outcome.pbx) was not loaded. \(error)")
        }
    }

    /// Runs repeatedly. Temporary failures are reported instead of thrown, because the next run comes soon.
    func runAsService(every seconds: Double) async throws {
        while true {
            do {
                try await run()
            } catch let error as any CategorisedError {
                let passing: [ErrorCategory] = [.locked, .noInput, .unavailable, .tryAgainLater]
                guard Interruption.shared.signal == nil, passing.contains(error.category) else { throw error }
                common.messages.error("\(error)")
            }
            // A clock cannot count further than some 292 years; a year serves as forever.
            try await Task.sleep(for: .seconds(min(max(seconds, 0.001), 31_536_000)))
        }
    }
}
