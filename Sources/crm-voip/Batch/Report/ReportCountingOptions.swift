import ArgumentParser
import Base
import Configuration
import Reporting

/// Which calls count, and as what.
struct ReportCountingOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("Only this PBX of the configuration.", valueName: "name"),
        completion: .pbxNames
    )
    var pbx: String?

    @Option(name: .long, help: "Only this queue.", completion: .queueNames)
    var queue: String?

    @Option(name: .long, help: "Only this agent: name, interface or extension.", completion: .agentNames)
    var agent: String?

    @Flag(name: .long, help: "lost-calls: only callers who are still owed a call.")
    var open = false

    @Option(name: .long, help: ArgumentHelp("lost-calls: only contacts of this owner in the CRM.", valueName: "name"))
    var owner: String?

    @Option(name: .long, help: ArgumentHelp("Calls answered within N seconds are in time.", valueName: "seconds"))
    var serviceLevel: Int?

    @Option(name: .long, help: ArgumentHelp("Abandons shorter than this do not count as lost.", valueName: "seconds"))
    var shortAbandon: Int?

    @Option(name: .long, help: "The service level's formula: offered, answered, answered_abandoned or with_abandoned.")
    var serviceLevelVariant: ServiceLevelVariant?

    @Option(
        name: .long,
        help: ArgumentHelp("The share in percent that should be in time, for charts.", valueName: "percent")
    )
    var target = ReportBook.usualTarget

    @Option(
        name: .long,
        help: ArgumentHelp("A value for a parameter of a report of your own; may be repeated.", valueName: "name=value")
    )
    var set: [String] = []

    /// Whether only some calls are reported.
    var isNarrowed: Bool { open || owner != nil || pbx != nil || queue != nil || agent != nil }

    /// The values of `--set`; the last one takes precedence.
    var values: [String: String] {
        let named = (open ? ["open=true"] : []) + (owner.map { ["owner=\($0)"] } ?? [])
        let pairs = (set + named).map { $0.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false) }
        return Dictionary(pairs.map { (String($0[0]), String($0[1])) }) { _, last in last }
    }

    func validate() throws {
        for (name, seconds) in [("--service-level", serviceLevel), ("--short-abandon", shortAbandon)] {
            let limits = ReportSettings.Queue.limits
            if let seconds, !limits.contains(Double(seconds)) {
                throw ValidationError("\(name) is a number of seconds from 0 to \(Int(limits.upperBound)).")
            }
        }
        if !(0...100).contains(target) { throw ValidationError("--target is a share in percent.") }
        if let text = set.first(where: { !$0.contains("=") }) {
            throw ValidationError("--set takes name=value, not \(text).")
        }
    }
}
