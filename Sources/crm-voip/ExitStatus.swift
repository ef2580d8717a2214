import ArgumentParser

/// How the program ends. This is part of the contract with cron lines and scripts, so no number ever changes its
/// meaning.
///
/// `meaning` explains each number. Those from 64 are taken from sysexits.h; `health` uses the four statuses of Nagios
/// plug-ins instead.
enum ExitStatus: Int32, CaseIterable, Sendable {
    case done = 0
    case failed = 1
    case rejects = 2
    case locked = 3

    case busy = 10
    case noAnswer = 11
    case congestion = 12
    case callFailed = 13
    case outcomeUnknown = 14

    case usage = 64
    case badData = 65
    case noInput = 66
    case unavailable = 69
    case tryAgainLater = 75
    case notPermitted = 77
    case configuration = 78

    /// The meaning of the number for a script, for the manual page.
    var meaning: String {
        switch self {
        case .done: "Done."
        case .failed: "It failed for a reason that has no exit status of its own."
        case .rejects: "Done, except for new rejects or for inputs that could not be read; stderr names them."
        case .locked: "Another run holds the lock."
        case .busy: "`originate`: the other side is busy."
        case .noAnswer: "`originate`: nobody answered."
        case .congestion: "`originate`: the network is congested."
        case .callFailed: "`originate`: the call failed."
        case .outcomeUnknown: "The connection was lost before the answer: it is not known whether the action was done."
        case .usage: "The command line is wrong."
        case .badData: "The data is not what it should be."
        case .noInput: "A file that should be read is missing."
        case .unavailable: "The database or the PBX cannot be reached."
        case .tryAgainLater: "It failed now and may work later."
        case .notPermitted: "The dial guard, the PBX or the database does not permit it."
        case .configuration: "The configuration is wrong."
        }
    }

    /// The status as ArgumentParser's error: throw it to end silently, after everything has been reported.
    var exitCode: ExitCode { ExitCode(rawValue) }
}
