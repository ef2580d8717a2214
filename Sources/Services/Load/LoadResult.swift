public import Base
import CallRecords
public import Pipeline

/// The result of a load.
public struct LoadResult: ServiceResult {
    /// The counters, warnings and rejects.
    public let run: RunResult
    /// The zone in which the window is expressed.
    public let zone: ZoneTable
    /// Why the rejects file could not be written. The run is done in any case, and the next one writes the file.
    public let rejectsFailure: (any Error)?
    /// Where the figures of the last day differed on the board of `serve`, a sentence for each queue and figure.
    public let liveDifferences: [String]

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
            "live_differences": .array(liveDifferences.map(JSON.string)),
        ]
    }

    private func time(_ moment: Moment?) -> JSON {
        moment.map { .string(zone.iso8601($0)) } ?? nil
    }

    private func counters(_ counters: Counters?) -> JSON {
        guard let counters else { return nil }
        return .object(counters.named.map { ($0.name, .integer(Int($0.value))) })
    }
}
