import Base
import Reporting
import Services

/// A report as named in a request, checked against the user's rights.
struct ReportQuery: Sendable {
    /// Reports with figures only and no callers, which viewers may see.
    private static let ofFigures: Set<String> = [
        "queues", "agents", "calls", "rings", "pauses", "dids", "hours", "first-contact", "outbound", "trunks",
        "agents-needed",
    ]
    /// Reports that can be limited to one queue.
    private static let ofQueues: Set<String> = [
        "queues", "agents", "lost-calls", "lost-visits", "rings", "pauses", "hours", "first-contact", "agents-needed",
    ]

    /// - Throws: ``Problem`` if the role or the restriction to queues does not permit it, or a value is invalid.
    static func request(
        _ names: [String],
        _ fields: FormFields,
        for identity: Identity,
        totals: Bool = false
    ) throws(Problem)
        -> ReportsRequest
    {
        var request = ReportsRequest(names: names)
        request.totals = totals
        if identity.role < .lead, let name = names.first(where: { !ofFigures.contains($0) }) {
            let role = Role.lead
            throw Problem(
                .forbidden,
                "notPermitted",
                localized("The report \(name) shows callers, which needs the role \(role.word).")
            )
        }
        request.window = try TimeQuery(fields).window()
        if let text = fields["interval"] {
            guard let interval = ReportInterval(rawValue: text) else {
                throw Problem(.badRequest, "usage", localized("interval should be total, hour, day, week or month."))
            }
            request.interval = interval
        }
        request.timeZone = fields["timezone"]
        (request.pbx, request.agent) = (fields["pbx"], fields["agent"])
        request.queue = fields["queue"]
        if let queues = identity.queues {
            request.queue = request.queue ?? (queues.count == 1 ? queues.first : nil)
            guard let queue = request.queue, identity.sees(queue: queue), names.allSatisfy(ofQueues.contains) else {
                throw Problem(
                    .forbidden,
                    "notPermitted",
                    localized(
                        "You may see reports of these queues, one at a time: \(queues.sorted().joined(separator: ", "))."
                    )
                )
            }
        }
        return request
    }

    /// Whether a report shows callers, so that looking at it is logged.
    static func showsCallers(_ name: String) -> Bool { !ofFigures.contains(name) }

    /// Whether a report may be offered to a user.
    static func isOffered(_ name: String, to identity: Identity) -> Bool {
        (identity.role >= .lead || ofFigures.contains(name)) && (identity.queues == nil || ofQueues.contains(name))
    }
}
