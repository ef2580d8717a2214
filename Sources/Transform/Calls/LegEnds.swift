import CallRecords

/// The two ends of a leg: who called, and what was dialled.
struct LegEnds {
    let caller: PartyNumber
    /// The dialled party. A code before a complete public number is removed if a line was tried.
    let dialled: PartyNumber
    /// The extension that called, identified by its number, its phone or FreePBX's `cnum`.
    let inside: String?
    /// The outside number that the PBX called first, to connect it with the dialled one: in a leg that runs on the near
    /// half of a Local channel whose far half rang a line.
    let calledFirst: (text: String, number: PhoneNumber)?
    /// An outsider reached a queue or an extension. Context and number of such a leg may be those to which the caller
    /// was later transferred: Asterisk closes the leg when the caller is already on the way.
    let cameIn: Bool
    /// Number and phone both indicate that somebody inside called.
    private let isSurelyInside: Bool
    /// A caller text that is neither a number nor the name of the phone: a word for a withheld number.
    private let isWithheld: Bool
    /// A phone of the PBX was rung.
    private let rangPhone: Bool

    init(_ leg: LegView, _ roles: LegRoles, _ numbers: NumberNormaliser) {
        let channel = leg.channel
        let party = leg.party
        let text = leg.caller
        caller = numbers.party(text, as: .caller)
        // A phone whose caller id was changed, or for which a call was originated, is identified by its device. The
        // second half of a Local channel is named after what was dialled.
        // half of a Local channel is called after what was dialled.
        let device = channel.half == 2 ? nil : numbers.phone(of: channel)
        rangPhone = leg.hasParty && numbers.phone(of: party) != nil
        dialled = Self.dialled(leg, triedLine: !rangPhone, numbers)
        calledFirst = Self.calledFirst(leg, roles, numbers)
        inside =
            caller.extensionNumber ?? device
            ?? (leg[.cnum].isEmpty ? nil : numbers.party(leg[.cnum], as: .caller).extensionNumber)
        isSurelyInside = caller.extensionNumber != nil && device != nil
        isWithheld = caller == .none && !text.isEmpty && !text.elementsEqual(channel.device)
        cameIn = inside == nil && (Self.isSomebody(caller) || caller == .anonymous) && (leg.isQueue || rangPhone)
    }

    private static func dialled(_ leg: LegView, triedLine: Bool, _ numbers: NumberNormaliser) -> PartyNumber {
        let dialled = numbers.party(leg[.dst], as: .dialled)
        guard triedLine, leg.has(.lastapp, "Dial") else { return dialled }
        let behind: PhoneNumber? =
            switch dialled {
            case .service, .unparsed, .none: numbers.numberBehindCode(leg[.dst])
            // The digits of a code and a number may together have a possible length.
            case .e164: numbers.numberBehindCodeOfDigits(leg[.dst])
            default: nil
            }
        return behind.map(PartyNumber.e164) ?? dialled
    }

    private static func calledFirst(
        _ leg: LegView,
        _ roles: LegRoles,
        _ numbers: NumberNormaliser
    ) -> (text: String, number: PhoneNumber)? {
        for far in roles.farHalves(of: leg.channel) where far.hasParty && numbers.phone(of: far.party) == nil {
            let dialled = dialled(far, triedLine: true, numbers)
            if let number = dialled.phoneNumber { return (far.string(.dst) ?? number.description, number) }
        }
        return nil
    }

    func direction(of leg: LegView) -> Call.Direction {
        if calledFirst != nil { return .outbound }
        // The context of a called channel is the one from which it would have called.
        if !leg.isDialled, !isSurelyInside, CallPolicy.isInboundByCustom(leg[.dcontext]) { return .inbound }
        let isOutside = dialled.phoneNumber != nil || Self.isLong(dialled)
        if inside != nil { return isOutside || reachesOutside(leg) ? .outbound : .internal }
        if leg.isDialled { return isOutside || caller.phoneNumber != nil ? .outbound : .unknown }
        if isOutside, !cameIn, CallPolicy.isInsideByCustom(leg[.dcontext]) { return .outbound }
        if Self.isSomebody(caller) { return .inbound }
        if caller == .anonymous || isWithheld {
            // A phone that withholds its number calls out like any other.
            return isOutside && leg.party.isLine && !leg.channel.isLine ? .outbound : .inbound
        }
        return directionByEnds(of: leg, isOutside: isOutside)
    }

    /// The caller is unknown: if a line rings a phone, the call came in; if a phone rings a line, it went out.
    private func directionByEnds(of leg: LegView, isOutside: Bool) -> Call.Direction {
        let channel = leg.channel
        // The PBX itself made the call, without a caller id.
        if channel.isLocal, leg[.did].isEmpty, !leg.isQueue {
            if isOutside, leg.hasParty { return .outbound }
            return dialled.extensionNumber == nil ? .unknown : .internal
        }
        if channel.isLine || rangPhone || leg.isQueue || !leg[.did].isEmpty {
            return leg[.dst].isEmpty && !leg.hasParty ? .unknown : .inbound
        }
        if leg.hasParty, isOutside || leg.party.isLine { return .outbound }
        return leg[.dst].isEmpty ? .unknown : .inbound
    }

    /// Short codes and emergency numbers are outside if a line was tried for them.
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

    /// Digits that are not a known number, but too many for an extension: dialled to the outside all the same.
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
extension LegEnds: Sendable {}
