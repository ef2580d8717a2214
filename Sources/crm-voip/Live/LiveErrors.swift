import AMIClient
import AMI

extension ManagerError: ExitStatusProviding {
    var exitStatus: ExitStatus {
        switch code {
        case .connectFailed, .tlsFailed, .notAMI, .timeout, .lost, .unknownCommand: .unavailable
        case .alreadyLoggedIn: .tryAgainLater
        case .configuration: .configuration
        case .authenticationFailed, .permissionDenied, .dialGuard: .notPermitted
        case .outcomeUnknown: .outcomeUnknown
        case .inUse: .locked
        case .invalid, .ambiguousChannel: .usage
        default: .failed
        }
    }
}

extension ProtocolError: ExitStatusProviding {
    var exitStatus: ExitStatus { code == .unsendable || code == .badDigits ? .usage : .unavailable }
}

extension OriginateOutcome {
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
