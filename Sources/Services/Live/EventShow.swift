import AMI
import AMIClient
import Base
import Configuration
import Switchboard

/// The reader that shows events, reports changes of the connection, and stops when a limit is reached.
struct EventShow {
    let feed: EventFeed
    let stream: EventStream
    let request: EventsRequest
    let settings: Settings
    let report: ServiceNotice.Report

    /// After this many seconds without a single event, the user may lack the right to read events.
    private static let silence = 10

    func run(_ show: EventService.Show) async throws {
        var folder = try await EventFolder(request, settings: settings, report: report)
        var left = request.count ?? .max
        if request.showsCalls || request.showsCallEvents { try await start(&folder, &left, show) }
        let end = request.seconds.map { ContinuousClock.now + .seconds($0) }
        var hasMissed = false
        var silent: ContinuousClock.Instant? = .now + .seconds(Self.silence)
        while left > 0 {
            let deadline = [end, silent].compactMap(\.self).min()
            let item = deadline == nil ? try await stream.next() : try await stream.next(until: deadline ?? .now)
            switch item {
            case .event(let received):
                silent = nil
                guard request.isShowing else { continue }
                for shown in folder.shown(received, at: received.time(or: Moment.now)) where left > 0 {
                    left -= try await show(shown)
                }
            case .gap(let dropped):
                warn("\(dropped) events were dropped: this reader is too slow.")
                if request.showsCallEvents { try await start(&folder, &left, show) }
            case .connected:
                if hasMissed, request.showsCallEvents { try await start(&folder, &left, show) }
                hasMissed = false
            case .disconnected(let error, let pause):
                hasMissed = true
                warn("\(error) Events are missing from here on; trying again in \(pause).")
            case nil:
                if stream.isFinished { return }
                if let end, .now >= end { return tellIfDeaf(silent != nil) }
                if let limit = silent, .now >= limit {
                    silent = nil
                    tellIfDeaf(true)
                }
            }
        }
    }

    /// Reads which calls are active. What is known of them is shown; the rest of the events repeats it or adds to it.
    private func start(_ folder: inout EventFolder, _ left: inout Int, _ show: EventService.Show) async throws {
        let channels = try await feed.list(Action("CoreShowChannels")).compactMap { ChannelSnapshot($0.unescaped()) }
        var queues: [QueueSnapshotItem] = []
        // A PBX without app_queue, or a user without the right, still has calls.
        if request.showsCallEvents {
            queues = ((try? await feed.list(Action("QueueStatus"))) ?? []).compactMap { QueueSnapshotItem($0) }
        }
        for shown in folder.start(with: channels, queues: queues, at: Moment.now) where left > 0 {
            left -= try await show(shown)
        }
    }

    /// The PBX does not reveal which events a user may read; a user without any rights does not even see their own
    /// login.
    private func tellIfDeaf(_ isSilent: Bool) {
        guard isSilent, stream.counts.received == 0, feed.receivedCount == 0 else { return }
        warn(
            "No event has come since the login. If the PBX is not idle, the AMI user may not read these events: "
                + "check its read= line in manager.conf; `crm-voip doctor` names the classes."
        )
    }

    private func warn(_ sentence: String) { report(ServiceNotice(.warning, sentence)) }
}
