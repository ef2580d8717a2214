internal import CallRecords

/// Who called whom: direction, the outside party, and the inside one as far as the beginning of the call tells.
struct CallParties {
    private(set) var direction: Call.Direction
    private(set) var customer: String?
    private(set) var customerNumber: PhoneNumber?
    private(set) var did: String?
    /// The inside party who called; for an inbound call the extension that was dialled, if it was one.
    private(set) var insideParty: String?

    init(_ origin: LegView, roles: LegRoles, policy: CallPolicy, numbers: NumberNormaliser) {
        let caller = numbers.party(origin[.src], as: .caller)
        let channel = ChannelName(origin[.channel])
        // A phone whose caller id was changed, or a call that was originated for it, is known by its device.
        let device = channel.isLocal ? PartyNumber.none : numbers.party(channel.device, as: .caller)
        let inside = Self.extension(caller) ?? Self.extension(device)
        let dialled = numbers.party(origin[.dst], as: .dialled)

        direction = Self.configuredDirection(origin, roles, policy)
            ?? Self.direction(origin, inside: inside, caller: caller, dialled: dialled)
        switch direction {
        case .inbound, .unknown:
            customer = Self.isSomebody(caller) ? origin.string(.src) : nil
            customerNumber = Self.phoneNumber(caller)
            did = origin.string(.did) ?? Self.did(origin, dialled)
            if case .extension(let number) = dialled, !origin.isQueue { insideParty = number }
        case .outbound:
            customer = origin.string(.dst)
            customerNumber = Self.phoneNumber(dialled)
            insideParty = inside
        case .internal:
            insideParty = inside
        }
    }

    /// What the contexts say: the first leg's, else the first of any leg.
    private static func configuredDirection(
        _ origin: LegView, _ roles: LegRoles, _ policy: CallPolicy
    ) -> Call.Direction? {
        if policy.isEmpty { return nil }
        for leg in [origin] + roles.primary {
            if case .direction(let direction) = policy.role(of: leg[.dcontext]) { return direction }
        }
        return nil
    }

    private static func direction(
        _ origin: LegView, inside: String?, caller: PartyNumber, dialled: PartyNumber
    ) -> Call.Direction {
        if CallPolicy.isInboundByCustom(origin[.dcontext]) { return .inbound }
        if inside != nil {
            return phoneNumber(dialled) != nil || isLongNumber(dialled) ? .outbound : .internal
        }
        if isSomebody(caller) || caller == .anonymous { return .inbound }
        // Nobody is said to have called: an outside number that was dialled was dialled for somebody here.
        if phoneNumber(dialled) != nil, origin[.did].isEmpty, origin.hasParty, !origin.isQueue { return .outbound }
        return origin[.dst].isEmpty ? .unknown : .inbound
    }

    private static func `extension`(_ party: PartyNumber) -> String? {
        if case .extension(let number) = party { number } else { nil }
    }

    private static func phoneNumber(_ party: PartyNumber) -> PhoneNumber? {
        if case .e164(let number) = party { number } else { nil }
    }

    private static func isSomebody(_ party: PartyNumber) -> Bool {
        switch party {
        case .e164, .unparsed, .extension: true
        case .anonymous, .none, .service: false
        }
    }

    /// Digits that are no number anybody knows, but too many for an extension: dialled to the outside all the same.
    private static func isLongNumber(_ party: PartyNumber) -> Bool {
        if case .unparsed(let digits) = party { digits.utf8.count >= 6 } else { false }
    }

    private static func did(_ origin: LegView, _ dialled: PartyNumber) -> String? {
        phoneNumber(dialled) != nil || isLongNumber(dialled) ? origin.string(.dst) : nil
    }
}
