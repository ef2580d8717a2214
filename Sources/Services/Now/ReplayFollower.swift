import AMIClient
import Base
import Switchboard

/// A recording to show as if it were happening now.
public struct ReplayRequest: Sendable {
    /// The file, as `events --record` writes it.
    public var file: String
    /// The speed, as a multiple of the original.
    public var speed: Double
    /// How much of the beginning is taken in at once, in the recording's own seconds, so that the board begins with its figures.
    public var skip: Int

    /// A recording at its original speed, from its beginning.
    public init(file: String, speed: Double = 1, skip: Int = 0) {
        (self.file, self.speed, self.skip) = (file, speed, skip)
    }

    /// Checks whether the file can be shown.
    ///
    /// - Throws: ``ServiceError`` if it has no times; `ManagerError` if it cannot be read or is not a recording.
    public func check() throws { _ = try firstTime() }

    /// The time at which the recording begins.
    func firstTime() throws -> Moment {
        if let time = try ReplayClock.firstTime(in: file) { return time }
        throw ServiceError(.badData, "\(file) has no times: record it with timestampevents = yes in manager.conf.")
    }
}

/// Plays a recording repeatedly. Its times remain those of the recording.
struct ReplayFollower: Sendable {
    let request: ReplayRequest
    let folder: LiveFolder
    let report: ServiceNotice.Report

    init(_ request: ReplayRequest, _ folder: LiveFolder, _ report: @escaping ServiceNotice.Report) {
        (self.request, self.folder, self.report) = (request, folder, report)
    }

    func run(_ publish: @Sendable (PBXState) -> Void) async {
        var folder = folder
        while !Task.isCancelled {
            do { try await play(&folder, publish) } catch {
                if Task.isCancelled { return }
                report(ServiceNotice(.error, "\(error)"))
                folder.disconnected("\(error)", at: Moment.now)
                publish(folder.state(at: Moment.now))
                try? await Task.sleep(for: .seconds(10))
            }
        }
    }

    private func play(_ folder: inout LiveFolder, _ publish: (PBXState) -> Void) async throws {
        let first = try request.firstTime()
        var clock = ReplayClock()
        clock.start(at: first)
        var replay = try EventReplay(path: request.file)
        let began = ContinuousClock.now
        let start = first + .seconds(request.skip)
        func now() -> Moment { start + (ContinuousClock.now - began) * request.speed }
        folder.restart(at: first)
        folder.connected(at: first)
        var published = Moment.distantPast
        while let raw = try replay.next() {
            let received = ReceivedEvent(raw)
            guard let time = clock.time(of: received) else { continue }
            while now() < time {
                if now() - published >= .milliseconds(250) * request.speed {
                    published = now()
                    publish(shown(&folder, at: published))
                }
                let rest = (time - now()) / request.speed
                try await Task.sleep(for: min(.milliseconds(250), max(.milliseconds(1), rest)))
            }
            for part in received.parts { folder.take(part.event, at: time) }
            folder.counts.events += 1
        }
        publish(shown(&folder, at: now()))
        try await Task.sleep(for: .seconds(5))
    }

    private func shown(_ folder: inout LiveFolder, at now: Moment) -> PBXState {
        var state = folder.state(at: now)
        state.isReplay = true
        return state
    }
}
