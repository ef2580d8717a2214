import CallRecords
import Base
import Pipeline

/// What a run did, for people and for programs.
struct RunReport {
    let result: RunResult
    /// The zone that the window is meant in.
    let zone: ZoneTable

    /// The object of the contract, section 3.
    var json: JSON {
        [
            "schema_version": 1,
            "run_id": result.run == 0 ? nil : .integer(Int(result.run)),
            "pbx": .string(result.pbx),
            "source": .string(result.source),
            "from": time(result.window.from),
            "to": time(result.window.to),
            "timezone": .string(result.timeZone),
            "dry_run": .boolean(result.isDryRun),
            "seconds": .number((result.seconds * 1000).rounded() / 1000),
            "cdr": counters(result.cdr),
            "queue_log": counters(result.queueLog),
            "calls": .integer(result.calls),
            "matched": .integer(result.matched),
            "ambiguous": .integer(result.ambiguous),
            "unmatched": .integer(result.unmatched),
            "warnings": .array(result.warnings.map(JSON.string)),
        ]
    }

    /// A few lines for a terminal.
    var text: String {
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

    /// Warnings and rejects, on stderr.
    func tell(_ messages: Messages) {
        for warning in result.warnings {
            if result.notices.contains(warning) { messages.info(warning) } else { messages.warning(warning) }
        }
        for reject in result.rejects {
            messages.warning("\(reject.origin), line \(reject.line): put aside: \(reject.defect.reason)")
        }
        // Said also where all else is to be quiet: cron has to mail something when the status is 2.
        if result.hasRejects {
            let all = (result.cdr?.rejected ?? 0) + (result.queueLog?.rejected ?? 0)
            messages.error("\(all) records of the PBX \(result.pbx) were put aside; voip.reject has them with reasons.")
        }
    }

    private func time(_ instant: Int64?) -> JSON {
        instant.map { .string(zone.iso8601($0)) } ?? nil
    }

    private func counters(_ counters: Counters?) -> JSON {
        guard let counters else { return nil }
        return .object(counters.named.map { ($0.name, .integer(Int($0.value))) })
    }
}
