import Alerts
import Base
import CallRecords
import Configuration
import Switchboard
import Transform

/// Remembers the outgoing calls of a PBX for some hours, and when the last incoming one began.
struct CallBook {
    private let describer: CallDescriber?
    private let numbers: NumberNormaliser?
    private let region: String?
    private var known: [String: (call: AlertSnapshot.Outgoing?, at: Moment)] = [:]
    private(set) var lastIncoming: Moment?

    /// No rule looks further back than this.
    private static let keptFor = Duration.seconds(6 * 3600)
    /// The most calls that are remembered.
    private static let most = 50_000

    /// A book that knows no numbering plan.
    init() { (describer, numbers, region) = (nil, nil, nil) }

    /// A book by the numbering plan of a PBX.
    init(_ settings: Settings, pbx: String) {
        describer = try? CallDescriber(settings, pbx: pbx, names: CallerNames())
        let configured = try? settings.pbx(pbx)
        numbers = configured.flatMap { try? NumberPlan($0) }.map { NumberNormaliser(plan: $0, capacity: 1024) }
        region = configured?.region
    }

    /// The outgoing calls, oldest first.
    var outgoing: [AlertSnapshot.Outgoing] { known.values.compactMap(\.call).sorted { $0.at < $1.at } }

    /// Takes the active calls.
    ///
    /// - Parameters:
    ///   - countries: The countries that were called lately; nil while unknown.
    /// - Returns: The same calls for a snapshot.
    mutating func take(
        _ calls: [ActiveCalls.Call],
        isConnected: Bool,
        _ countries: Set<String>?,
        at now: Moment
    ) -> [AlertSnapshot.Call] {
        // What came before the first connection, or during an interruption, nobody saw.
        lastIncoming = isConnected ? lastIncoming ?? now : nil
        for (id, entry) in known where now - entry.at > Self.keptFor { known[id] = nil }
        return calls.map { call in
            var shown = AlertSnapshot.Call(startedAt: call.startedAt, bridgedAt: call.bridgedAt)
            shown.agent = call.agent
            guard let description = describer?.describe(call) else { return shown }
            switch description.direction {
            case .inbound: lastIncoming = max(lastIncoming ?? call.startedAt, call.startedAt)
            case .outbound:
                shown.from = description.extension ?? ""
                note(call, description, countries)
            case .internal, .unknown: break
            }
            return shown
        }
    }

    private mutating func note(_ call: ActiveCalls.Call, _ description: CallDescription, _ countries: Set<String>?) {
        guard known.count < Self.most, let from = description.extension,
            let number = description.number.flatMap({ PhoneNumber(e164: $0) })
        else { return }
        if let old = known[call.id], old.call?.isUsualCountry != nil { return }
        let facts = numbers?.facts(of: number)
        let country = facts?.region
        let isForeign = country.map { $0 != region } ?? false
        known[call.id] = (
            AlertSnapshot.Outgoing(
                at: call.startedAt,
                from: from,
                number: number.description,
                country: country,
                isInternational: isForeign && region != nil,
                isPremium: facts?.kind == .premiumRate || facts?.kind == .sharedCost,
                isUsualCountry: countries.map { usual in country.map(usual.contains) ?? false }
            ),
            call.startedAt
        )
    }
}
