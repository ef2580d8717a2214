internal import CallRecords

/// Who called whom: direction, the outside party, and the inside one as far as the beginning of the call tells.
struct CallParties {
    private(set) var direction: Call.Direction
    private(set) var customer: String?
    private(set) var customerNumber: PhoneNumber?
    private(set) var did: String?
    /// The inside party who called; for an inbound call the extension that was dialled, if it was one.
    private(set) var insideParty: String?
    /// The leg that told.
    private let leg: LegView

    /// The parties of a call: as its first channel tells, and if that one called inside, as the first one tells that
    /// has a number of the outside.
    static func of(_ roles: LegRoles, policy: CallPolicy, numbers: NumberNormaliser) -> CallParties {
        let first = CallParties(roles.origin, policy: policy, numbers: numbers)
        guard first.direction == .internal || first.direction == .unknown, roles.primary.count > 1 else { return first }
        for leg in roles.firstLegs {
            let other = CallParties(leg, policy: policy, numbers: numbers)
            if other.customerNumber != nil, other.direction == .inbound || other.direction == .outbound { return other }
        }
        return first
    }

    private init(_ leg: LegView, policy: CallPolicy, numbers: NumberNormaliser) {
        self.leg = leg
        let ends = Ends(leg, numbers)
        if case .direction(let configured) = policy.role(of: leg[.dcontext]), configured == .inbound || !ends.cameIn {
            direction = configured
        } else {
            direction = ends.direction(of: leg)
        }
        switch direction {
        case .inbound, .unknown:
            customer = Ends.isSomebody(ends.caller) ? leg.string(.src) : nil
            customerNumber = ends.caller.phoneNumber
            did =
                leg.string(.did)
                ?? (ends.dialled.phoneNumber != nil || Ends.isLong(ends.dialled) ? leg.string(.dst) : nil)
            if !leg.isQueue { insideParty = ends.dialled.extensionNumber }
        case .outbound:
            customer = leg.string(.dst)
            customerNumber = ends.dialled.phoneNumber
            if customerNumber == nil, let dialled = Ends.numberDialled(by: leg, numbers) {
                (customer, customerNumber) = dialled
            }
            insideParty = ends.inside
        case .internal:
            insideParty = ends.inside
        }
    }

    /// The legs in which the customer's own channel has a part; all of them where nobody is a customer.
    func customerLegs(_ conversations: [LegView], _ roles: LegRoles) -> [LegView] {
        if conversations.count < 2 { return conversations }
        let channel: UnsafeBufferPointer<UInt8>
        switch direction {
        case .internal, .unknown: return conversations
        case .inbound: channel = leg[.channel]
        case .outbound:
            guard let first = conversations.first(where: { $0[.uniqueid].elementsEqual(leg[.uniqueid]) }) else {
                return conversations
            }
            channel = first[.dstchannel]
        }
        return conversations.filter {
            $0[.channel].elementsEqual(channel) || $0[.dstchannel].elementsEqual(channel)
                // A channel that took another's place has that one's name by now.
                || direction == .inbound && $0[.uniqueid].elementsEqual(leg[.uniqueid])
        }
    }
}

@available(*, unavailable)
extension CallParties: Sendable {}

/// The two ends of a leg.
private struct Ends {
    let caller: PartyNumber
    let dialled: PartyNumber
    /// The extension that called, by its number, its phone or FreePBX's `cnum`.
    let inside: String?
    /// Number and phone both say so.
    private let isSurelyInside: Bool
    /// An outsider reached a queue or an extension. Context and number of such a leg may be those to which the caller was
    /// transferred later: Asterisk closes the leg when the caller is on the way already.
    let cameIn: Bool

    init(_ leg: LegView, _ numbers: NumberNormaliser) {
        caller = numbers.party(leg[.src], as: .caller)
        dialled = numbers.party(leg[.dst], as: .dialled)
        let channel = leg.channel
        // A phone whose caller id was changed, or for which a call was originated, is known by its device. The second
        // half of a Local channel is called after what was dialled.
        let device =
            channel.isLine || channel.half == 2 ? nil : numbers.party(channel.device, as: .caller).extensionNumber
        inside =
            caller.extensionNumber ?? device
            ?? (leg[.cnum].isEmpty ? nil : numbers.party(leg[.cnum], as: .caller).extensionNumber)
        isSurelyInside = caller.extensionNumber != nil && device != nil
        let party = leg.party
        cameIn =
            inside == nil && (Self.isSomebody(caller) || caller == .anonymous)
            && (leg.isQueue || !party.isLine && numbers.party(party.device, as: .caller).extensionNumber != nil)
    }

    func direction(of leg: LegView) -> Call.Direction {
        if !isSurelyInside, CallPolicy.isInboundByCustom(leg[.dcontext]) { return .inbound }
        let isOutside = dialled.phoneNumber != nil || Self.isLong(dialled)
        if inside != nil { return isOutside || reachesOutside(leg) ? .outbound : .internal }
        if isOutside, !cameIn, CallPolicy.isInsideByCustom(leg[.dcontext]) { return .outbound }
        if Self.isSomebody(caller) || caller == .anonymous { return .inbound }
        // Nobody is said to have called.
        if leg.isOriginated { return isOutside ? .outbound : .unknown }
        if isOutside, leg[.did].isEmpty, leg.hasParty, !leg.isQueue { return .outbound }
        // The PBX itself made the call, without a caller id.
        if leg.channel.isLocal, leg[.did].isEmpty, !leg.isQueue {
            return dialled.extensionNumber == nil ? .unknown : .internal
        }
        return leg[.dst].isEmpty ? .unknown : .inbound
    }

    /// Short codes and emergency numbers are outside where a line was tried for them.
    private func reachesOutside(_ leg: LegView) -> Bool {
        guard leg.hasParty, leg.has(.lastapp, "Dial") else { return false }
        return switch dialled {
        case .unparsed: true
        case .service(let code): code.utf8.allSatisfy { 48...57 ~= $0 }
        default: false
        }
    }

    static func isSomebody(_ party: PartyNumber) -> Bool {
        switch party {
        case .e164, .unparsed, .extension: true
        case .anonymous, .none, .service: false
        }
    }

    /// Digits that are no number anybody knows, but too many for an extension: dialled to the outside all the same.
    static func isLong(_ party: PartyNumber) -> Bool {
        if case .unparsed(let digits) = party { digits.utf8.count >= 6 } else { false }
    }

    /// The number in `PJSIP/79161234567@trunk,300` or `SIP/trunk/79161234567`, where the dialplan hides what was dialled.
    static func numberDialled(by leg: LegView, _ numbers: NumberNormaliser) -> (String, PhoneNumber)? {
        guard leg.has(.lastapp, "Dial") else { return nil }
        let data = leg[.lastdata].prefix {
            $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "&") && $0 != UInt8(ascii: "|")
        }
        for part in data.split(separator: UInt8(ascii: "/")).dropFirst().reversed() {
            let text = UnsafeBufferPointer(rebasing: part.prefix { $0 != UInt8(ascii: "@") })
            if let number = numbers.party(text, as: .dialled).phoneNumber {
                return (String(decoding: text, as: UTF8.self), number)
            }
        }
        return nil
    }
}

@available(*, unavailable)
extension Ends: Sendable {}
