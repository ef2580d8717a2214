import AMI
import AMIClient
import Base
import Configuration
import Switchboard

/// Converts events to what is shown: the events themselves, or the calls folded from them.
struct EventFolder {
    private let filter: EventFilter
    private let showsCalls: Bool
    private var calls = ActiveCalls()
    private var describer: CallDescriber?

    init(_ request: EventsRequest, settings: Settings, report: ServiceNotice.Report) async throws {
        filter = request.filter
        showsCalls = request.showsCalls
        guard showsCalls else { return }
        var names = CallerNames()
        do {
            names = try await CallerNames(settings, pbx: request.pbx)
        } catch {
            report(ServiceNotice(.warning, "Calls are shown without contacts: \(error)"))
        }
        // A replay works without a configured PBX, but then numbers cannot be recognised.
        describer = try? CallDescriber(settings, pbx: request.pbx, names: names)
    }

    /// Calls that were active before the first event.
    mutating func start(with channels: [ChannelSnapshot], at now: Moment) {
        calls.replace(with: channels, at: now)
    }

    mutating func shown(_ received: ReceivedEvent, at time: Moment) -> [ShownEvent] {
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
