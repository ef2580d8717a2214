import CallRecords

/// Who called whom: the direction, the outside party, and the inside one as far as the beginning of the call shows it.
struct CallParties {
    private(set) var direction: Call.Direction
    private(set) var customer: String?
    private(set) var customerNumber: PhoneNumber?
    private(set) var did: String?
    /// The inside party who called; for an inbound call, the dialled extension if it was one.
    private(set) var insideParty: String?
    /// The leg from which this was determined.
    let leg: LegView
    /// Whether the PBX called the outside party first, on the far half of the leg's own channel.
    let isCustomerCalledFirst: Bool

    /// The parties of a call, according to its first channel. If that one called inside, they are those of the first
    /// channel with an outside number.
    static func of(_ roles: LegRoles, policy: CallPolicy, numbers: NumberNormaliser) -> CallParties {
        let first = CallParties(roles.origin, roles, policy: policy, numbers: numbers)
        guard first.direction == .internal || first.direction == .unknown, roles.primary.count > 1 else { return first }
        for leg in roles.firstLegs {
            let other = CallParties(leg, roles, policy: policy, numbers: numbers)
            if other.customerNumber != nil, other.direction == .inbound || other.direction == .outbound { return other }
        }
        return first
    }

    private init(_ leg: LegView, _ roles: LegRoles, policy: CallPolicy, numbers: NumberNormaliser) {
        self.leg = leg
        let ends = LegEnds(leg, roles, numbers)
        isCustomerCalledFirst = ends.calledFirst != nil
        if case .direction(let configured) = policy.role(of: leg[.dcontext]), !leg.isDialled,
            configured == .inbound || !ends.cameIn
        {
            direction = configured
        } else {
            direction = ends.direction(of: leg)
        }
        switch direction {
        case .inbound, .unknown:
            customer = LegEnds.isSomebody(ends.caller) ? String(decoding: leg.caller, as: UTF8.self) : nil
            customerNumber = ends.caller.phoneNumber
            // Of `"Anna" <+7916…>`, only the number.
            if leg[.src].isEmpty, let customerNumber { customer = customerNumber.description }
            did =
                leg.string(.did)
                ?? (ends.dialled.phoneNumber != nil || LegEnds.isLong(ends.dialled) ? leg.string(.dst) : nil)
            if !leg.isQueue { insideParty = ends.dialled.extensionNumber }
        case .outbound:
            if let calledFirst = ends.calledFirst {
                (customer, customerNumber) = (calledFirst.text, calledFirst.number)
                insideParty = ends.dialled.extensionNumber ?? ends.inside
                return
            }
            customer = leg.string(.dst)
            customerNumber = ends.dialled.phoneNumber
            if customerNumber == nil, let dialled = LegEnds.numberDialled(by: leg, numbers) {
                (customer, customerNumber) = dialled
            } else if customerNumber == nil, leg.isDialled, let number = ends.caller.phoneNumber {
                (customer, customerNumber) = (number.description, number)
            }
            insideParty = ends.inside
        case .internal:
            insideParty = ends.inside
        }
    }
}

@available(*, unavailable)
extension CallParties: Sendable {}
