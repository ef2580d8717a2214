import ArgumentParser
import Configuration

/// An error that knows with which status the program ends.
///
/// The rooms below know nothing of exit statuses, so each of their errors gets its conformance in this target, beside
/// the commands that meet it. An error without one ends with `ExitStatus.failed`.
protocol ExitStatusProviding: Error {
    var exitStatus: ExitStatus { get }
}

/// What a command reports when it fails itself: one sentence for stderr, and the status.
struct Failure: ExitStatusProviding, CustomStringConvertible {
    var exitStatus: ExitStatus
    /// One sentence a user can act on, without secrets and callers' numbers.
    var description: String

    init(_ exitStatus: ExitStatus, _ description: String) {
        self.exitStatus = exitStatus
        self.description = description
    }
}

extension ConfigurationError: ExitStatusProviding {
    var exitStatus: ExitStatus { .configuration }
}
