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
            return (hasFailed ? 1 : 0, "The last load of \(load.pbx) \(hasFailed ? "failed" : "did not fail").")
        case .rejects:
            return (Double(load.rejects), "\(load.rejects) records of \(load.pbx) could not be loaded.")
        default:
            guard let succeeded = load.succeededAt else {
                return (.infinity, "Nothing of \(load.pbx) has been loaded yet.")
            }
            let age = max(.zero, now - succeeded)
            return (age.inSeconds, "The last load of \(load.pbx) that succeeded was \(DurationText.of(age)) ago.")
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
            let number = callers.count == 1 ? "1 caller is" : "\(callers.count) callers are"
            return AlertFinding(
                ["pbx": pbx],
                age.inSeconds,
                "\(number) owed a call, the first for \(DurationText.of(age)).",
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
                let summary = "The certificate of \(certificate.name) ends on \(certificate.endsAt.day)."
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
                "There has been no connection to the PBX \(pbx.name) for \(DurationText.of(span)).",
                path: "/health"
            )
        }
    }

    private func undelivered(_ receiver: AlertSnapshot.Receiver, at now: Moment) -> AlertFinding {
        let age = receiver.oldest.map { max(.zero, now - $0) } ?? .zero
        let messages = receiver.waiting == 1 ? "1 message waits" : "\(receiver.waiting) messages wait"
        return AlertFinding(
            ["receiver": receiver.name],
            measure == .undeliveredAge ? age.inSeconds : Double(receiver.waiting),
            "\(messages) for \(receiver.name), the first for \(DurationText.of(age)).",
            causes: receiver.reason.map { [$0] } ?? [],
            path: "/alerts"
        )
    }

    private func isWanted(_ pbx: String, _ snapshot: AlertSnapshot) -> Bool {
        Self.isNamed(pbx, in: pbxs) && applies(at: snapshot.at, in: snapshot.zones[pbx] ?? .utc)
    }
}
