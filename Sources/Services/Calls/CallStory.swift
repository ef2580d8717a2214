public import Base

/// Everything about one call, in the order in which it happened.
public struct CallStory: ServiceResult {
    /// One thing that happened.
    public struct Step: Sendable, Equatable {
        /// When it happened.
        public let at: Moment
        /// `leg_started`, `leg_answered`, `leg_ended`, or the event of the queue_log in lower case.
        public let kind: String
        /// A sentence without a full stop, in the language of the task.
        public let text: String
    }

    /// The call.
    public let call: CallSummary
    /// Its legs, queue events and visits.
    public let legs: [CallLeg], events: [CallEvent], visits: [CallVisit]
    /// The zone in which times are shown.
    public let zone: ZoneTable

    /// The object that `call --json` prints.
    public var json: JSON {
        [
            "schema_version": 1,
            "timezone": .string(zone.name),
            "call": call.json(in: zone),
            "steps": .array(
                Language.$current.withValue(.english) { steps }.map { step in
                    [
                        "at": .string(zone.iso8601(step.at)),
                        "seconds": .integer(Int(step.at.seconds(since: call.started))),
                        "kind": .string(step.kind), "text": .string(step.text),
                    ]
                }
            ),
            "legs": .array(legs.map { $0.json(in: zone) }),
            "queue_events": .array(events.map { $0.json(in: zone) }),
            "visits": .array(visits.map { $0.json(in: zone) }),
        ]
    }

    /// What happened. Within one second, the beginning of a leg comes before everything else, and its end after.
    public var steps: [Step] {
        var ranked: [(rank: Int, step: Step)] = []
        for (index, leg) in legs.enumerated() {
            for step in leg.steps(number: index + 1) {
                ranked.append((step.kind == "leg_ended" ? 3 : step.kind == "leg_started" ? 0 : 1, step))
            }
        }
        for event in events { ranked.append((2, event.step)) }
        // The order of the log is preserved within a second.
        return ranked.enumerated().sorted {
            ($0.element.step.at, $0.element.rank, $0.offset) < ($1.element.step.at, $1.element.rank, $1.offset)
        }.map(\.element.step)
    }
}
