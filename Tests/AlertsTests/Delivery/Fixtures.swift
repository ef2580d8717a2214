@testable import Alerts
import Base
import Glibc
import TestSupport

/// 2026-11-28 10:00:00 UTC, worked out with `date -d`.
let ten: Moment = 1_795_860_000

func alert(
    _ rule: String = "long-wait",
    _ labels: [String: String] = ["pbx": "main", "queue": "support"],
    from start: Moment = ten + 60,
    until end: Moment? = nil,
    severity: AlertSeverity = .critical,
    causes: [String] = [],
    callers: [String] = []
) -> Alert {
    Alert(
        identity: AlertIdentity(rule: rule, labels: labels),
        severity: severity,
        status: end == nil ? .firing : .resolved,
        startedAt: start,
        endedAt: end,
        summary: "The longest caller in support has been waiting for 2:40.",
        causes: causes,
        callers: callers,
        path: "/queues?queue=support"
    )
}

func message(
    _ id: String,
    _ reason: AlertMessage.Reason = .firing,
    to receiver: String = "hook",
    group: String = "long-wait/main",
    alerts: [Alert]? = nil,
    at moment: Moment = ten + 60
) -> AlertMessage {
    AlertMessage(
        id: id,
        receiver: receiver,
        reason: reason,
        group: group,
        alerts: alerts ?? [alert(until: reason == .resolved ? ten + 540 : nil)],
        createdAt: moment
    )
}

/// A folder that is removed at the end of a test.
final class TestFolder: Sendable {
    let path: String

    init() throws { path = try TestProcess.temporaryFolder(named: "crm-voip-alerts") }

    deinit { try? TestProcess.run(["rm", "-rf", path]) }
}

/// Waits until something is true, for at most ten seconds.
func eventually(_ condition: @Sendable () -> Bool) async throws -> Bool {
    for _ in 0..<1000 {
        if condition() { return true }
        try await Task.sleep(for: .milliseconds(10))
    }
    return condition()
}
