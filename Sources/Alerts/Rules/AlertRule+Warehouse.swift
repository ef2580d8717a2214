import Base
import CallRecords

extension AlertRule {
    /// What the measure finds in the warehouse; nil while it cannot be read.
    func warehouseFindings(_ snapshot: AlertSnapshot) -> [AlertFinding]? {
        if measure == .callbackAge { return callbacks(snapshot) }
        return snapshot.loads.map { loads in
            loads.filter { isWanted($0.pbx, snapshot) }.map { load in
                let (value, summary) = figure(load, at: snapshot.at)
                return AlertFinding(["pbx": load.pbx], value, summary, path: "/health")
            }
        }
    }

    private func figure(_ load: AlertSnapshot.Load, at now: Moment) -> (Double, String) {
        switch measure {
        case .loadFailed:
            let hasFailed = load.failedAt.map { $0 > load.succeededAt ?? .distantPast } ?? false
            let summary =
                hasFailed
                ? localized("The last load of \(load.pbx) failed.")
                : localized("The last load of \(load.pbx) did not fail.")
            return (hasFailed ? 1 : 0, summary)
        case .rejects:
            let (count, pbx) = (load.rejects, load.pbx)
            let summary = localized(
                count,
                one: "\(count) record of \(pbx) could not be loaded.",
                other: "\(count) records of \(pbx) could not be loaded."
            )
            return (Double(count), summary)
        default:
            guard let succeeded = load.succeededAt else {
                return (.infinity, localized("Nothing of \(load.pbx) has been loaded yet."))
            }
            let age = max(.zero, now - succeeded)
            let ago = DurationText.of(age)
            return (age.inSeconds, localized("The last load of \(load.pbx) that succeeded was \(ago) ago."))
        }
    }

    private func callbacks(_ snapshot: AlertSnapshot) -> [AlertFinding]? {
        guard let owed = snapshot.owed else { return nil }
        var callers: [String: [AlertSnapshot.Owed]] = [:]
        for caller in owed where isWanted(caller.pbx, snapshot) {
            let isOfQueue = queues.isEmpty || caller.queues.contains { Self.isNamed($0, in: queues) }
            if isOfQueue { callers[caller.pbx, default: []].append(caller) }
        }
        return callers.map { pbx, callers in
            let age = callers.map { max(.zero, snapshot.at - $0.lostAt) }.max() ?? .zero
            let (count, length) = (callers.count, DurationText.of(age))
            return AlertFinding(
                ["pbx": pbx],
                age.inSeconds,
                localized(
                    count,
                    one: "\(count) caller is owed a call, the first for \(length).",
                    other: "\(count) callers are owed a call, the first for \(length)."
                ),
                path: "/lost-calls"
            )
        }
    }

    /// What is known without anything else; nil while another program delivers the messages that are asked about.
    func ownFindings(_ snapshot: AlertSnapshot) -> [AlertFinding]? {
        if measure == .undeliveredMessages || measure == .undeliveredAge {
            return snapshot.receivers.map { receivers in receivers.map { undelivered($0, at: snapshot.at) } }
        }
        if measure == .certificateDays {
            return snapshot.certificates.map { certificate in
                let days = (certificate.endsAt - snapshot.at).inSeconds / 86_400
                let day = DayText.of(certificate.endsAt.day)
                let summary = localized("The certificate of \(certificate.name) ends on \(day).")
                return AlertFinding(["certificate": certificate.name], days, summary, path: "/health")
            }
        }
        return snapshot.pbxs.filter { isWanted($0.name, snapshot) }.map { pbx in
            let span = pbx.staleSince.map { max(.zero, snapshot.at - $0) } ?? .zero
            // Soon after a restart it is not known that the connection is back.
            let isUnknown = !pbx.hasConnected && !range.alarms(span.inSeconds)
            return AlertFinding(
                ["pbx": pbx.name],
                isUnknown ? .nan : span.inSeconds,
                localized("There has been no connection to the PBX \(pbx.name) for \(DurationText.of(span))."),
                path: "/health"
            )
        }
    }

    private func undelivered(_ receiver: AlertSnapshot.Receiver, at now: Moment) -> AlertFinding {
        let age = receiver.oldest.map { max(.zero, now - $0) } ?? .zero
        let (count, name, length) = (receiver.waiting, receiver.name, DurationText.of(age))
        return AlertFinding(
            ["receiver": receiver.name],
            measure == .undeliveredAge ? age.inSeconds : Double(receiver.waiting),
            localized(
                count,
                one: "\(count) message waits for \(name), the first for \(length).",
                other: "\(count) messages wait for \(name), the first for \(length)."
            ),
            causes: receiver.reason.map { [$0] } ?? [],
            path: "/alerts"
        )
    }

    private func isWanted(_ pbx: String, _ snapshot: AlertSnapshot) -> Bool {
        Self.isNamed(pbx, in: pbxs) && applies(at: snapshot.at, in: snapshot.zones[pbx] ?? .utc)
    }
}
