import Base

extension DialGuard {
    /// What is allowed.
    public struct Rules: Sendable, Equatable {
        /// The table of the PBX in the configuration, for messages that name a key.
        public var table = "pbx.main"
        /// Dialplan patterns, such as `1XX` or `+7.`, one of which a number has to match; empty allows all.
        public var numbers: [String] = []
        /// Dialplan patterns of numbers that are never called.
        public var blocked: [String] = []
        /// The PBX's own country, such as `DE`.
        public var region: String?
        /// Further countries that may be called.
        public var countries: [String] = []
        /// Whether every country may be called.
        public var international = false
        /// Whether premium-rate and shared-cost numbers may be called.
        public var premium = false
        /// Technologies of the channel that is called; empty allows all.
        public var technologies: [String] = []
        /// Contexts that calls may enter; empty allows all but those that lead outside.
        public var contexts: [String] = []
        /// Contexts of the PBX that lead outside; allowed only where ``contexts`` names them.
        public var outsideContexts: [String] = []
        /// Applications that calls may be connected to. None of the default ones runs programs, writes files or records.
        public var applications = Defaults.safeApplications
        /// Channel variables that may be set, whatever their value. Empty allows plain names whose value is no number that the
        /// guard would refuse, and which do not steer how Asterisk dials.
        public var variables: [String] = []
        /// Dialplan patterns of extensions that calls may be transferred to, besides ``numbers``; empty adds no condition.
        public var transfer: [String] = []
        /// Who may hear whom: the supervisor's device, then the devices that it may hear; none means all. `*` stands for any
        /// characters. Empty allows no spying at all.
        public var spy: [String] = []

        /// The rules above.
        public init() {}
    }
}
