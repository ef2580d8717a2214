import ArgumentParser

/// How the program ends: part of the contract with cron lines and scripts, so no number changes its meaning.
///
/// The numbers from 64 are those of sysexits.h. `health` uses the four of the Nagios plug-ins instead.
enum ExitStatus: Int32, CaseIterable, Sendable {
    /// Done.
    case done = 0
    /// It failed, for a reason that has no number of its own.
    case failed = 1
    /// Done, but some records were rejected.
    case rejects = 2
    /// Another run holds the lock.
    case locked = 3

    /// `originate`: the other side is busy.
    case busy = 10
    /// `originate`: nobody answered.
    case noAnswer = 11
    /// `originate`: the network is congested.
    case congestion = 12
    /// `originate`: the call failed.
    case callFailed = 13
    /// The connection was lost before the answer: it is not known whether the action was done.
    case outcomeUnknown = 14

    /// The command line is wrong.
    case usage = 64
    /// The data is not what it should be.
    case badData = 65
    /// A file that should be read is not there.
    case noInput = 66
    /// The database or the PBX cannot be reached.
    case unavailable = 69
    /// It failed now and may work later.
    case tryAgainLater = 75
    /// The dial guard or the PBX does not permit it.
    case notPermitted = 77
    /// The configuration is wrong.
    case configuration = 78

    /// The status as ArgumentParser's error: throw it to end silently, after everything has been said.
    var exitCode: ExitCode { ExitCode(rawValue) }
}
