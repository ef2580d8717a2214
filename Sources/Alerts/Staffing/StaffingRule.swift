public import Base

/// A rule for staffing: when a queue needs more members, which ones it gets, and for how long.
public struct StaffingRule: Sendable, Equatable {
    /// Somebody whom the rule may use.
    public struct Candidate: Sendable, Equatable {
        /// The interface to dial, such as `PJSIP/103`.
        public var interface: String
        /// The interface whose state is used, if it is not the dialled one.
        public var stateInterface: String?
        /// The name in reports; nil for none.
        public var name: String?

        /// A candidate.
        public init(_ interface: String, stateInterface: String? = nil, name: String? = nil) {
            (self.interface, self.stateInterface, self.name) = (interface, stateInterface, name)
        }

        /// Reads `INTERFACE[=STATE_INTERFACE] [NAME]`; nil for any other text.
        public init?(_ text: String) {
            let parts = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
            guard let first = parts.first else { return nil }
            let devices = first.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
            // They become part of an expression such as `DEVICE_STATE(PJSIP/103)`.
            guard (1...2).contains(devices.count), devices.allSatisfy({ Self.isDevice($0) }), devices[0].contains("/")
            else { return nil }
            let name = parts.count > 1 ? parts[1].drop { $0 == " " } : ""
            guard name.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else { return nil }
            self.init(
                devices[0],
                stateInterface: devices.count > 1 ? devices[1] : nil,
                name: name.isEmpty ? nil : String(name)
            )
        }

        private static func isDevice(_ text: String) -> Bool {
            !text.isEmpty && text.utf8.allSatisfy { 0x21...0x7E ~= $0 } && !text.contains { "(){}$\",;|&".contains($0) }
        }

        /// The device whose state says whether the candidate can take a call.
        public var device: String { stateInterface ?? interface }
    }

    /// The name in the configuration.
    public var name: String
    /// The PBX.
    public var pbx: String
    /// The queue.
    public var queue: String
    /// What is done with members.
    public var action: StaffingAction
    /// Whom it may use, in order. For ``StaffingAction/add`` nobody else; otherwise empty for every member.
    public var candidates: [Candidate] = []
    /// For ``StaffingAction/unpause``: only members who are paused for one of these reasons; empty for any reason.
    public var reasons: [String] = []
    /// The penalty that members get.
    public var penalty = 0
    /// When the queue needs members: measure, ranges, times and schedule, as for alerts.
    public var condition: AlertRule
    /// The most members at the same time.
    public var most = 1
    /// The least time between two members.
    public var every = Duration.seconds(60)
    /// How long a member is in at least, and at most; zero for no longest time.
    public var leastTime = Duration.seconds(300), longestTime = Duration.zero
    /// Whether it only says what it would do.
    public var isDryRun = false

    /// A rule.
    public init(_ name: String, pbx: String, queue: String, _ action: StaffingAction, when condition: AlertRule) {
        (self.name, self.pbx, self.queue, self.action) = (name, pbx, queue, action)
        self.condition = condition
    }

    func isAbout(_ queue: String) -> Bool { self.queue.lowercased() == queue.lowercased() }
}
