import AMIClient
import Base
import Switchboard

/// How the program ends after a failure: the single table from categories to exit statuses (contract, section 1).
extension ExitStatus {
    /// The status of a category.
    init(_ category: ErrorCategory) {
        self =
            switch category {
            case .usage: .usage
            case .badData: .badData
            case .noInput: .noInput
            case .locked: .locked
            case .unavailable: .unavailable
            case .tryAgainLater: .tryAgainLater
            case .notPermitted: .notPermitted
            case .configuration: .configuration
            case .outcomeUnknown: .outcomeUnknown
            case .notFound, .refused, .failed: .failed
            }
    }

    /// The status of an error; ``failed`` for one without a category.
    init(_ error: any Error) {
        self = (error as? any CategorisedError).map { ExitStatus($0.category) } ?? .failed
    }
}

extension HealthReport.State {
    /// The exit status of a Nagios plug-in: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN.
    var exitStatus: Int32 { Int32(number) }
}

extension OriginateOutcome {
    /// The outcome of a call is a result, not an error, and has its own statuses.
    var exitStatus: ExitStatus {
        switch status {
        case .queued, .answered, .bridged, .done: .done
        case .busy: .busy
        case .noAnswer: .noAnswer
        case .congestion: .congestion
        case .failed: .callFailed
        case .unknown: .outcomeUnknown
        }
    }
}

extension TransferOutcome {
    /// The same as for requested calls.
    var exitStatus: ExitStatus {
        switch status {
        case .done: .done
        case .busy: .busy
        case .noAnswer: .noAnswer
        case .congestion: .congestion
        case .failed: .callFailed
        case .unknown: .outcomeUnknown
        }
    }
}
