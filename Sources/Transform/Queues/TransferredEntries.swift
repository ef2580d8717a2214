import Base
public import CallRecords

/// Joins visits that an attended transfer into a queue splits in the log.
///
/// An agent who consults a queue enters it under the uniqueid of the agent's own channel. If the transfer is completed
/// before somebody answers, the waiting caller replaces that channel but has a different uniqueid: ENTERQUEUE is logged
/// under one callid, CONNECT or ABANDON under another (asterisk/asterisk#759). Read literally, these are two visits:
/// one that never ends and one without a beginning. The wait in the event shows when the second one began, and so which
/// of the first kind it belongs to.
public enum TransferredEntries {
    /// How far the logged beginning and the computed one may differ, in whole seconds.
    private static let slack: Int64 = 1

    private struct Place {
        var call: Int
        var visit: Int
    }

    private struct Pair {
        var distance: Int64
        var orphan: Place
        var donor: Place
    }

    /// Joins the visits of these calls. The result does not depend on the order in which they are given.
    ///
    /// - Parameter calls: the visits that ``VisitMachine`` found for some calls, including every call that may be the
    ///   other part of one of them.
    public static func join(_ calls: inout [CallVisits]) {
        calls.sort { $0.callid < $1.callid }
        var orphans: [Place] = []
        var donors: [String: [Place]] = [:]
        for call in calls.indices {
            for (index, visit) in calls[call].visits.enumerated() {
                let place = Place(call: call, visit: index)
                if visit.beginning == .missing {
                    orphans.append(place)
                } else if visit.leftAt == nil || visit.outcome == .unserved {
                    donors[QueueName.key(visit.queue), default: []].append(place)
                }
            }
        }
        var pairs: [Pair] = []
        for orphan in orphans {
            let visit = calls[orphan.call].visits[orphan.visit]
            for donor in donors[QueueName.key(visit.queue)] ?? [] where donor.call != orphan.call {
                let open = calls[donor.call].visits[donor.visit]
                let distance = abs(open.enteredAt.seconds(since: visit.enteredAt))
                if distance <= slack, isContinued(open, by: visit) {
                    pairs.append(Pair(distance: distance, orphan: orphan, donor: donor))
                }
            }
        }
        // The nearest belong together; if several are equally near, the callids decide, by which the calls are sorted.
        pairs.sort {
            ($0.distance, $0.donor.call, $0.donor.visit, $0.orphan.call, $0.orphan.visit)
                < ($1.distance, $1.donor.call, $1.donor.visit, $1.orphan.call, $1.orphan.visit)
        }
        join(pairs, in: &calls)
    }

    /// Whether one visit supplies what the other lacks.
    private static func isContinued(_ open: QueueVisit, by orphan: QueueVisit) -> Bool {
        guard let connected = open.connectedAt else { return true }
        // The transfer came after the answer: then only the end is logged under the other callid.
        return orphan.talk != nil && orphan.connectedAt.map { abs($0.seconds(since: connected)) <= slack } ?? false
    }

    private static func join(_ pairs: [Pair], in calls: inout [CallVisits]) {
        var taken: Set<[Int]> = []
        var emptied: [[Int]] = []
        for pair in pairs {
            let orphan = [pair.orphan.call, pair.orphan.visit]
            let donor = [pair.donor.call, pair.donor.visit]
            if taken.contains(orphan) || taken.contains(donor) { continue }
            taken.insert(orphan)
            taken.insert(donor)
            emptied.append(donor)
            let open = calls[pair.donor.call].visits[pair.donor.visit]
            // The caller is that of the call, not the agent who entered the queue on the caller's behalf.
            let caller = calls[pair.orphan.call].visits.lazy.compactMap(\.caller).first ?? open.caller
            var visit = calls[pair.orphan.call].visits[pair.orphan.visit]
            visit.beginning = .loggedAs(callid: calls[pair.donor.call].callid)
            visit.enteredAt = open.enteredAt
            visit.connectedAt = open.connectedAt ?? visit.connectedAt
            visit.position = open.position
            visit.agent = open.agent ?? visit.agent
            visit.ring = open.ring ?? visit.ring
            visit.wait = open.connectedAt == nil ? visit.wait : open.wait
            visit.caller = caller
            calls[pair.orphan.call].visits[pair.orphan.visit] = visit
        }
        for place in emptied.sorted(by: { ($0[0], $0[1]) > ($1[0], $1[1]) }) {
            calls[place[0]].visits.remove(at: place[1])
        }
        for call in Set(taken.map { $0[0] }) { number(&calls[call].visits) }
    }

    private static func number(_ visits: inout [QueueVisit]) {
        visits.sort {
            ($0.enteredAt, QueueName.key($0.queue), $0.entry) < ($1.enteredAt, QueueName.key($1.queue), $1.entry)
        }
        var entries: [String: Int16] = [:]
        for index in visits.indices {
            entries[QueueName.key(visits[index].queue), default: 0] &+= 1
            visits[index].entry = entries[QueueName.key(visits[index].queue)] ?? 1
        }
    }
}
