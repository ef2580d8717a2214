import CallRecords
import Pipeline
import Services

/// The result of a load, in words.
struct LoadText {
    let result: RunResult
    private let differences: [String]

    init(_ result: LoadResult) { (self.result, differences) = (result.run, result.liveDifferences) }

    /// A few lines for a terminal.
    var summary: String {
        var lines: [String] = []
        for (name, counters) in [("legs", result.cdr), ("queue events", result.queueLog)] {
            guard let counters else { continue }
            let parts = counters.named.dropFirst().filter { $0.value > 0 || $0.name == "inserted" }
                .map { "\($0.value) \($0.name.replacing("_", with: " "))" }
            lines.append("\(name): \(counters.read) read: \(parts.joined(separator: ", "))")
        }
        lines.append(
            "calls: \(result.calls) touched; \(result.matched) of known contacts, \(result.ambiguous) ambiguous,"
                + " \(result.unmatched) unknown"
        )
        let verb = result.isDryRun ? "would be done" : "done"
        let rounded = (result.seconds * 100).rounded() / 100
        lines.append(
            result.hasChanges
                ? "\(verb) in \(rounded) s" : "nothing \(result.isDryRun ? "would change" : "changed") (\(rounded) s)"
        )
        return lines.joined(separator: "\n") + "\n"
    }

    /// Prints warnings and rejects on stderr.
    func print(_ messages: Messages) {
        for warning in result.warnings where !result.troubles.contains(warning) {
            if result.notices.contains(warning) { messages.info(warning) } else { messages.warning(warning) }
        }
        for reject in result.newRejects.prefix(Self.shownRejects) {
            messages.warning("\(reject.origin), line \(reject.line): rejected: \(reject.defect.reason)")
        }
        let known = result.rejectCount - result.newRejectCount
        if known > 0 { messages.info("\(Self.records(known)) of PBX \(result.pbx) rejected before, and unchanged.") }
        messages.note(result.times.description)
        // Printed even with --quiet: cron needs something to mail if the status is 2.
        for trouble in result.troubles { messages.error(trouble) }
        for difference in differences { messages.error(difference) }
        if result.newRejectCount > 0 {
            let records = Self.records(result.newRejectCount)
            messages.error("Rejected \(records) from PBX \(result.pbx); see voip.reject for the reasons.")
        }
    }

    private static let shownRejects = 20

    private static func records(_ count: Int64) -> String {
        "\(count) record\(count == 1 ? "" : "s")"
    }
}
