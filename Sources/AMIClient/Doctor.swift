import AMI
import Base
import Switchboard

/// Examines what the AMI user may do, and what is unsafe about that.
public struct Doctor: Sendable {
    /// Whether a command of this program can run.
    public struct Command: Sendable, Equatable {
        /// The command, such as `queue add`.
        public var name: String
        /// Actions that it needs but the user may not run. Of alternatives, the first is listed.
        public var missing: [String]
        /// Classes of events that it needs to read. It is impossible to ask the PBX whether the user may.
        public var reads: [String]
        /// Whether the user may run everything that it needs.
        public var isPermitted: Bool { missing.isEmpty }
    }

    /// A fault or a danger.
    public struct Finding: Sendable, Equatable {
        /// Whether it should be changed, rather than merely known.
        public var isSerious: Bool
        /// What was found, and what to do.
        public var text: String

        /// A finding.
        public init(isSerious: Bool, text: String) { (self.isSerious, self.text) = (isSerious, text) }
    }

    /// The findings.
    public struct Report: Sendable, Equatable {
        /// The PBX's version; nil if the user may not ask for it.
        public var version: String?
        /// Every command and whether it can run.
        public var commands: [Command]
        /// The shortest `read =` for all commands.
        public var leastRead: [String]
        /// The shortest `write =` for all commands.
        public var leastWrite: [String]
        /// Classes that the user must have, judging by the permitted actions, in addition to those.
        public var excessWrite: [String]
        /// Faults and dangers.
        public var findings: [Finding]
    }

    private let client: ManagerClient

    /// An examination of a PBX.
    public init(_ client: ManagerClient) {
        self.client = client
    }

    /// Examines.
    ///
    /// - Returns: What was found.
    /// - Throws: ``ManagerError``
    public func examine() async throws(ManagerError) -> Report {
        let permitted = Privilege.permitted(in: try await client.send(Action("ListCommands")).response)
        let names = Set(permitted.keys.map { $0.lowercased() })
        let commands = Self.needs.map { need in
            Command(
                name: need.name,
                missing: need.actions.filter { group in !group.contains { names.contains($0.lowercased()) } }
                    .compactMap(\.first),
                reads: need.reads
            )
        }
        var version: String?
        if names.contains("coresettings") {
            version = try await client.send(Action("CoreSettings")).response["AsteriskVersion"]
        }
        let least = Self.leastWrite()
        let shown = Self.classes(shownBy: permitted)
        return Report(
            version: version,
            commands: commands,
            leastRead: EventMask.classes.filter { name in Self.needs.contains { $0.reads.contains(name) } },
            leastWrite: least,
            excessWrite: shown.filter { !least.contains($0) },
            findings: findings(permitted: names, shown: shown, version: version)
        )
    }

    private struct Need {
        var name: String
        /// Groups of actions; one action of each group is needed.
        var actions: [[String]]
        var reads: [String]

        init(_ name: String, _ actions: [[String]] = [], reads: [String] = []) {
            self.name = name
            self.actions = actions
            self.reads = reads
        }
    }

    private static let channelList = ["CoreShowChannels", "Status"]
    private static let needs = [
        Need("channels", [channelList]),
        Need("channel", [channelList, ["Status"]]),
        Need("originate", [["Originate"], channelList], reads: ["call"]),
        Need("hangup", [["Hangup"], channelList], reads: ["call"]),
        Need("transfer", [["BlindTransfer", "Redirect"], ["Redirect"], ["Atxfer"], channelList], reads: ["call"]),
        Need("park", [["Park"], channelList], reads: ["call"]),
        Need("spy", [["Originate"], channelList], reads: ["call"]),
        Need("bridge", [["Bridge"], channelList], reads: ["call"]),
        Need("dtmf", [["PlayDTMF"], channelList]),
        Need("queue status", [["QueueStatus"], ["QueueSummary"]], reads: ["agent"]),
        Need("queue add", [["QueueAdd"]]),
        Need("queue remove", [["QueueRemove"]]),
        Need("queue pause", [["QueuePause"]]),
        Need("queue penalty", [["QueuePenalty"]]),
        Need("queue reload", [["QueueReload"]]),
        Need("events", [], reads: ["call", "agent", "user", "dialplan"]),
        Need("health", [["Ping"], ["CoreSettings"], ["CoreStatus"], channelList], reads: ["system", "reporting"]),
    ]
}

// Rights and dangers.
extension Doctor {
    /// The smallest set of classes that permits everything needed; of equally small ones, the least dangerous.
    static func leastWrite() -> [String] {
        let groups = needs.flatMap(\.actions).map { group in
            group.compactMap { Privilege.classes(for: $0) }.reduce(into: [String]()) { $0 += $1 }
        }.filter { !$0.isEmpty }
        // From harmless to dangerous: `system` also stops the PBX and loads modules, `command` is its whole console.
        let order = ["reporting", "agent", "call", "originate", "config", "system", "command"]
        let subsets = (0..<(1 << order.count)).map { bits in order.indices.filter { bits >> $0 & 1 == 1 } }
        let fitting = subsets.filter { subset in
            groups.allSatisfy { group in subset.contains { group.contains(order[$0]) } }
        }
        let best = fitting.min { ($0.count, $0.reduce(0) { $0 + 1 << $1 }) < ($1.count, $1.reduce(0) { $0 + 1 << $1 }) }
        return (best ?? []).map { order[$0] }
    }

    /// Classes that the user must have, since an action is permitted that only this class permits.
    private static func classes(shownBy permitted: [String: [String]]) -> [String] {
        let single = Set(permitted.values.filter { $0.count == 1 }.flatMap(\.self))
        return EventMask.classes.filter(single.contains)
    }

    private func findings(permitted: Set<String>, shown: [String], version: String?) -> [Finding] {
        var findings: [Finding] = []
        let add = { (isSerious: Bool, text: String) in findings.append(Finding(isSerious: isSerious, text: text)) }
        let isLocal = ["127.0.0.1", "::1", "localhost"].contains(client.configuration.host)
        if !client.configuration.tls, !isLocal {
            add(
                true,
                "The connection is not encrypted: anybody on the network path can read calls and numbers. Set tls = true, and tlsenable in manager.conf."
            )
            if client.configuration.plainLogin {
                add(true, "The secret is sent in plain text over an unencrypted connection.")
            }
        }
        if shown.contains("command") {
            add(true, "The user may run every console command (write=command): take that class away.")
        }
        if shown.contains("system") {
            add(
                true,
                "The user may load modules, stop the PBX and write its database (write=system): take that class away."
            )
        }
        if shown.contains("config") {
            add(true, "The user may rewrite the PBX's configuration (write=config): take that class away.")
        }
        if permitted.contains("originate") {
            add(
                false,
                "The user may make the PBX call anything (write=originate); treat its secret like the PBX's own."
            )
        }
        if permitted.contains("pjsipshowregistrationsoutbound") {
            add(
                false,
                "Anybody who may list the registrations also sees their passwords (write=reporting): protect the user's secret like them."
            )
        }
        if permitted.contains("queuereset") {
            add(
                false,
                "Every AMI user may reset and reload queues; Asterisk asks for no right there. Limit who may log in (permit=)."
            )
        }
        if let version = version.flatMap({ AsteriskVersion($0) }) {
            for advisory in Advisory.known where advisory.affects(version) ?? false {
                add(true, "Asterisk \(version) has the fault \(advisory.id): \(advisory.summary).")
            }
            if let end = Advisory.endOfLife(ofBranch: version.major), end < "\(Moment.now.day)" {
                add(true, "Asterisk \(version.major) gets no security fixes since \(end).")
            }
        }
        return findings
    }
}
