import Base
import Reporting
import Services

/// Delivers reports one after the other; the failure of one does not affect the others.
struct ReportDeliveryRun {
    let service: ReportDeliveryService
    let common: CommonOptions
    let onlyMissing: Bool

    /// - Throws: the exit status of the first failure, after everything has been reported.
    func run(_ names: [String]) async throws {
        var status: ExitStatus?
        for name in names {
            do {
                let failed = report(try await service.deliver(name, onlyMissing: onlyMissing))
                status = status ?? failed
            } catch {
                if Task.isCancelled { throw error }
                common.messages.error("Report \(name) was not delivered. \(error)")
                status = status ?? ExitStatus(error)
            }
        }
        if let status { throw status.exitCode }
    }

    /// Reports on one delivery.
    ///
    /// - Returns: The status of its failure; nil if there is none.
    private func report(_ result: ReportDeliveryResult) -> ExitStatus? {
        result.warnings.forEach(common.messages.warning)
        for failure in result.failures { common.messages.error("Report \(failure.name) failed. \(failure.error)") }
        if result.targets.isEmpty { common.messages.note("Report \(result.name) was delivered to everybody before.") }
        for target in result.targets {
            if let message = target.message {
                common.messages.error("Report \(result.name) was not delivered to \(target.name): \(message).")
            } else {
                common.messages.note("Report \(result.name) was delivered to \(target.name).")
            }
        }
        return result.failure.map { ExitStatus($0) } ?? result.failures.first.map { ExitStatus($0.error) }
    }
}
