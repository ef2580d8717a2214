import AMI
import AMIClient
public import Configuration
public import Logging
import Switchboard

/// Receives the events of a PBX and shows, records and stores them, each through a separate reader, so that a slow one
/// does not hold up the others.
public struct EventService: Sendable {
    /// Receives what is to be shown; returns the number of lines that this produced.
    public typealias Show = (ShownEvent) async throws -> Int

    let settings: Settings
    private let logger: Logger
    let report: ServiceNotice.Report

    /// A service on one snapshot of the settings.
    ///
    /// - Parameter report: Receives notices in the meantime.
    public init(_ settings: Settings, logger: Logger, report: @escaping ServiceNotice.Report) {
        (self.settings, self.logger, self.report) = (settings, logger, report)
    }

    /// Receives events until the time or line limit is reached, or the task is cancelled.
    ///
    /// - Throws: `ManagerError` if the first connection fails, a later login is refused, or a file cannot be written;
    ///   ``ServiceError``, `ConfigurationError`; any error of `show`.
    public func follow(_ request: EventsRequest, _ show: Show) async throws -> EventsResult {
        guard request.store else { return try await take(request, into: nil, show) }
        let store = try EventStoreService(settings, pbx: request.pbx, report: report)
        var result = try await store.run { try await take(request, into: store.spool, show) }
        result.discarded = store.spool.discarded
        return result
    }

    /// What is requested from the PBX: no more than the readers need.
    private func wanted(_ request: EventsRequest) -> (mask: EventMask, filter: EventFilter) {
        let writesQueueLog = request.store || request.queueLog != nil
        if writesQueueLog, !request.isShowing, request.record == nil {
            var filter = EventFilter()
            filter.names = QueueLogWriter.events
            return (request.mask ?? QueueLogWriter.mask, filter)
        }
        let needsAll = writesQueueLog || request.record != nil || request.showsCalls || request.showsCallEvents
        return (request.mask ?? .on, needsAll ? EventFilter() : request.filter)
    }

    private func take(
        _ request: EventsRequest,
        into spool: QueueEventSpool?,
        _ show: Show
    ) async throws -> EventsResult {
        let (mask, filter) = wanted(request)
        let configuration = try ManagerConfiguration(settings, pbx: request.pbx)
        var queueEvents = EventFilter()
        queueEvents.names = QueueLogWriter.events
        // Calls are folded from more events than are shown.
        var requests = [
            EventFeed.StreamRequest(
                filter: request.showsCalls || request.showsCallEvents ? EventFilter() : request.filter
            )
        ]
        var jobs: [EventJob] = []
        if let path = request.record {
            requests.append(.init())
            jobs.append(.record(path))
        }
        if let path = request.queueLog {
            requests.append(.init(filter: queueEvents))
            jobs.append(.queueLog(path))
        }
        if let spool {
            requests.append(.init(filter: queueEvents))
            jobs.append(.store(spool))
        }
        return try await EventFeed.withStreams(
            requests,
            configuration,
            events: mask,
            filter: filter,
            logger: logger
        ) { [jobs] feed, streams in
            let watch = EventShow(feed: feed, stream: streams[0], request: request, settings: settings, report: report)
            let failure = await withTaskGroup { group in
                for (job, stream) in zip(jobs, streams.dropFirst()) {
                    group.addTask { await job.run(on: stream, of: feed, report) }
                }
                var failure: (any Error)?
                do { try await watch.run(show) } catch { failure = error }
                // The other readers receive what has arrived so far, and then end.
                feed.finish()
                return failure
            }
            switch failure {
            case nil: break
            case let error as ManagerError where error.code == .cancelled: break
            case is CancellationError: break
            case let error?: throw error
            }
            return EventsResult(counts: streams[0].counts)
        }
    }
}
