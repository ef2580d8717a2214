public import CallRecords
import Configuration
import Switchboard
import Transform

/// Who is talking to whom in an active call, as far as is known at this time.
public struct CallDescription: Sendable, Equatable {
    /// The direction of the call.
    public var direction = Call.Direction.unknown
    /// The outside party's number in E.164; nil if it is missing or cannot be read.
    public var number: String?
    /// The contact with that number.
    public var contact: CallerNames.Contact?
    /// The inside extension that called or is talking; nil if several are ringing.
    public var `extension`: String?
}

/// Describes calls by the numbering plan of one PBX and the contacts of the warehouse.
struct CallDescriber {
    private let numbers: NumberNormaliser?
    private let names: CallerNames
    private let inbound: Set<String>
    private let outbound: Set<String>

    init(_ settings: Settings, pbx name: String?, names: CallerNames) throws {
        let pbx = try settings.pbx(name)
        numbers = (try? NumberPlan(pbx)).map { NumberNormaliser(plan: $0, capacity: 4096) }
        self.names = names
        inbound = Set(pbx.inboundContexts)
        outbound = Set(pbx.outboundContexts)
    }

    /// The extension whose phone a channel is; nil for lines and Local channels.
    func phone(ofChannel name: String) -> String? { numbers.flatMap { Self.device(of: name, $0) } }

    /// The extension of a queue member's interface, also of a Local channel to one.
    func member(ofInterface interface: String) -> String? {
        guard let numbers else { return nil }
        var interface = interface
        let device: String? = interface.withUTF8 { bytes in
            let name = ChannelName(bytes)
            return name.isLine ? nil : String(decoding: name.device, as: UTF8.self)
        }
        return device.flatMap { numbers.party($0, as: .caller).extensionNumber }
    }

    /// A caller's number or a dialled one in E.164; nil if it is not a telephone number.
    func number(_ written: String, isCaller: Bool) -> String? {
        numbers?.party(written, as: isCaller ? .caller : .dialled).phoneNumber?.description
    }

    func describe(_ call: ActiveCalls.Call) -> CallDescription {
        var description = CallDescription()
        guard let numbers else { return description }
        let caller = numbers.party(call.callerNumber, as: .caller)
        let dialled = numbers.party(call.dialled, as: .dialled)
        let inside = caller.extensionNumber ?? Self.device(of: call.firstChannel, numbers)
        description.direction = direction(of: call, inside: inside, caller: caller, dialled: dialled)
        switch description.direction {
        case .inbound:
            description.number = caller.phoneNumber?.description
            description.extension = talking(in: call, numbers) ?? dialled.extensionNumber
        case .outbound:
            description.number = dialled.phoneNumber?.description
            description.extension = inside
        case .internal: description.extension = inside
        case .unknown: break
        }
        description.contact = description.number.flatMap(names.contact(ofE164:))
        return description
    }

    private func direction(
        of call: ActiveCalls.Call,
        inside: String?,
        caller: PartyNumber,
        dialled: PartyNumber
    ) -> Call.Direction {
        let contexts = call.channels.map(\.context)
        if contexts.contains(where: inbound.contains) { return .inbound }
        if contexts.contains(where: outbound.contains) { return .outbound }
        if inside != nil { return dialled.phoneNumber == nil ? .internal : .outbound }
        switch caller {
        case .e164, .unparsed, .anonymous, .extension: return .inbound
        case .none, .service: return dialled.phoneNumber == nil ? .unknown : .outbound
        }
    }

    /// The phone that answered, or else the only one that was dialled.
    private func talking(in call: ActiveCalls.Call, _ numbers: NumberNormaliser) -> String? {
        let up = call.channels.filter { $0.state == .up && $0.name != call.firstChannel }
            .compactMap { Self.device(of: $0.name, numbers) }
        if let last = up.last { return last }
        let dialled = Set(call.dialledChannels.compactMap { Self.device(of: $0, numbers) })
        return dialled.count == 1 ? dialled.first : nil
    }

    /// The extension whose phone a channel is; nil for lines and Local channels.
    private static func device(of channel: String, _ numbers: NumberNormaliser) -> String? {
        var channel = channel
        let device: String? = channel.withUTF8 { bytes in
            let name = ChannelName(bytes)
            return name.isLine || name.isLocal ? nil : String(decoding: name.device, as: UTF8.self)
        }
        return device.flatMap { numbers.party($0, as: .caller).extensionNumber }
    }
}
