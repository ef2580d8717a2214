import Base
import Configuration
import Pipeline
import Services

/// Runs `etl` once, and says what was done.
struct ETLFrontend {
    let request: LoadRequest
    let settings: Settings
    let common: CommonOptions
    let printsJSON: Bool

    /// Returns whether all was done and nothing new was rejected.
    @discardableResult
    func run() async throws -> Bool {
        let service = LoadService(settings)
        let result = try await Progress.withDisplay(common.messages) { report in
            try await service.run(request, progress: report)
        }
        let text = LoadText(result)
        text.print(common.messages)
        try common.write(result, json: printsJSON, onlyOnTerminal: true) { text.summary }
        // Last, because the run is done whatever becomes of this file.
        try service.keepRejects(of: result)
        return result.run.isComplete
    }

    /// Runs again and again. What may pass by itself is said and not thrown: the next time comes soon.
    func runAsService(every seconds: Double) async throws {
        while true {
            do {
                try await run()
            } catch let error as any CategorisedError {
                let passing: [ErrorCategory] = [.locked, .noInput, .unavailable, .tryAgainLater]
                guard Interruption.shared.signal == nil, passing.contains(error.category) else { throw error }
                common.messages.error("\(error)")
            }
            try await Task.sleep(for: .seconds(seconds))
        }
    }
}
