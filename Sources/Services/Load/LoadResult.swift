public import Base
import CallRecords
public import Pipeline

/// What a load did.
public struct LoadResult: ServiceResult {
    /// The counters, warnings and rejects.
    public let run: RunResult
    /// The zone that the window is meant in.
    public let zone: ZoneTable
    /// Why the file of rejects could not be written; the run is done all the same, and the next one writes the file.
    public let rejectsFailure: (any Error)?

    /// The object of the contract, section 3.
    public var json: JSON {
        [
            "schema_version": 1,
            "run_id": run.run == 0 ? nil : .integer(Int(run.run)),
            "pbx": .string(run.pbx),
            "source": .string(run.source),
            "from": time(run.window.from),
            "to": time(run.window.to),
            "timezone": .string(run.timeZone),
            "dry_run": .boolean(run.isDryRun),
            "seconds": .number((run.seconds * 1000).rounded() / 1000),
            "cdr": counters(run.cdr),
            "queue_log": counters(run.queueLog),
            "calls": .integer(run.calls),
            "matched": .integer(run.matched),
            "ambiguous": .integer(run.ambiguous),
            "unmatched": .integer(run.unmatched),
            "warnings": .array(run.warnings.map(JSON.string)),
        ]
    }

    private func time(_ moment: Moment?) -> JSON {
        moment.map { .string(zone.iso8601($0.wholeSeconds)) } ?? nil
    }

    private func counters(_ counters: Counters?) -> JSON {
        guard let counters else { return nil }
        return .object(counters.named.map { ($0.name, .integer(Int($0.value))) })
    }
}
