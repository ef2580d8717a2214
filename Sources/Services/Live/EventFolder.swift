import AMI
import AMIClient
import Base
import Configuration
import Switchboard

/// Converts events to what is shown: the events themselves, the calls folded from them, or what becomes of those.
struct EventFolder {
    private let filter: EventFilter
    private let showsCalls: Bool
    private var calls = ActiveCalls()
    private var describer: CallDescriber?
    private var names = CallerNames()
    private var news: (maker: CallNewsMaker, machine: CallEventMachine)?

    init(_ request: EventsRequest, settings: Settings, report: ServiceNotice.Report) async throws {
        filter = request.filter
        showsCalls = request.showsCalls
        if request.showsCallEvents {
            let maker = try CallNewsMaker(settings, pbx: request.pbx)
            news = (maker, CallEventMachine(reader: maker.plan))
        }
        guard showsCalls || request.showsCallEvents else { return }
        do {
            names = try await CallerNames(settings, pbx: request.pbx)
        } catch {
            report(ServiceNotice(.warning, "Calls are shown without contacts: \(error)"))
        }
        // A replay works without a configured PBX, but then numbers cannot be recognised.
        describer = try? CallDescriber(settings, pbx: request.pbx, names: names)
    }

    /// Starts over from the calls that are active, at the beginning and after events were missed.
    mutating func start(
        with channels: [ChannelSnapshot],
        queues: [QueueSnapshotItem],
        at now: Moment
    ) -> [ShownEvent] {
        if showsCalls { calls.replace(with: channels, at: now) }
        return told(news?.machine.resume(channels: channels, queues: queues, at: now) ?? [])
    }

    private func told(_ notices: [CallNotice]) -> [ShownEvent] {
        guard let maker = news?.maker else { return [] }
        return notices.map { .news(maker.news($0, names.contact(ofE164:))) }
    }

    mutating func shown(_ received: ReceivedEvent, at time: Moment) -> [ShownEvent] {
        if news != nil {
            return received.parts.flatMap { told(news?.machine.take($0.event, at: time) ?? []) }
        }
        var shown: [ShownEvent] = []
        for part in received.parts {
            let changes = showsCalls ? calls.apply(part.event, at: time) : []
            guard filter.passes(part.message) else { continue }
            if showsCalls {
                shown += changes.map { change in
                    let parties = describer?.describe(change.call) ?? CallDescription()
                    let name = part.message.eventName ?? ""
                    return .call(CallChange(event: name, at: time, change: change, parties: parties))
                }
            } else {
                shown.append(.event(WireTrace.masked(part.message), at: time))
            }
        }
        return shown
    }
}
