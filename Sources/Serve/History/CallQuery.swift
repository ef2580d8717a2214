import Base
import Configuration
import Services

/// Queries the warehouse for calls, limited to those that the user may see.
struct CallQuery: Sendable {
    private let settings: Settings
    private let desk: QueryDesk

    init(_ settings: Settings, _ desk: QueryDesk) { (self.settings, self.desk) = (settings, desk) }

    /// A page of calls, and the cursor of the next page; nil if there is none.
    ///
    /// - Throws: ``Problem``, and the errors of `CallService`.
    func find(_ fields: FormFields, _ identity: Identity?, size: Int) async throws -> (list: CallList, next: Int64?) {
        let request = try request(fields, identity, size)
        let service = CallService(settings)
        let list = try await desk.run { try await service.find(request) }
        return (list, list.hasMore ? list.calls.last?.id : nil)
    }

    /// Everything about one call.
    ///
    /// - Throws: ``Problem``, and the errors of `CallService`.
    func story(_ id: String, _ pbx: String?, _ identity: Identity?) async throws -> CallStory {
        let service = CallService(settings)
        let story = try await desk.run { try await service.story(of: id, pbx: pbx) }
        if let identity, identity.queues != nil {
            // For users with some queues, calls in none of these queues do not exist.
            guard story.visits.contains(where: { identity.sees(queue: $0.queue) }) else {
                throw Problem(.notFound, "notFound", localized("No call has the id \(id)."))
            }
        }
        return story
    }

    /// The request that results from the fields.
    ///
    /// - Throws: ``Problem`` for an invalid value, or a queue that may not be seen.
    func request(_ fields: FormFields, _ identity: Identity?, _ size: Int) throws -> CallsRequest {
        var request = CallsRequest()
        (request.pbx, request.number, request.contact) = (fields["pbx"], fields["number"], fields["contact"])
        (request.agent, request.queue) = (fields["agent"], fields["queue"])
        if let text = fields["direction"] {
            guard let direction = CallsRequest.Direction(rawValue: text) else {
                throw Problem(
                    .badRequest,
                    "usage",
                    localized("direction should be inbound, outbound, internal or unknown.")
                )
            }
            request.direction = direction
        }
        if let text = fields["disposition"] {
            guard let disposition = CallsRequest.Disposition(rawValue: text) else {
                throw Problem(
                    .badRequest,
                    "usage",
                    localized("disposition should be answered, no_answer, busy or failed.")
                )
            }
            request.disposition = disposition
        }
        request.window = try TimeQuery(fields).calls()
        request.limit = size
        if let text = fields["cursor"] {
            guard let cursor = Int64(text), cursor > 0 else {
                throw Problem(.badRequest, "usage", localized("cursor should be one that this server gave."))
            }
            request.after = cursor
        }
        if let queues = identity?.queues {
            request.queue = request.queue ?? (queues.count == 1 ? queues.first : nil)
            guard let queue = request.queue, identity?.sees(queue: queue) ?? false else {
                throw Problem(
                    .forbidden,
                    "notPermitted",
                    localized(
                        "You may see calls of these queues, one at a time: \(queues.sorted().joined(separator: ", "))."
                    )
                )
            }
        }
        return request
    }
}
