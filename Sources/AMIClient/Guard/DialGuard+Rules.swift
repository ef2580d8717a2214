import Base

extension DialGuard {
    /// What is permitted.
    public struct Rules: Sendable, Equatable {
        /// The PBX's table in the configuration, for messages that name a key.
        public var table = "pbx.main"
        /// Dialplan patterns, such as `1XX` or `+7.`, one of which a number must match; empty permits all numbers.
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
        /// Permitted technologies of the called channel; empty permits all.
        public var technologies: [String] = []
        /// Contexts that calls may enter; empty permits all except those that lead outside.
        public var contexts: [String] = []
        /// Contexts of the PBX that lead outside; permitted only if they are listed in ``contexts``.
        public var outsideContexts: [String] = []
        /// Applications that calls may be connected to. None of the default ones runs programs, writes files or records.
        public var applications = Defaults.safeApplications
        /// Channel variables that may be set to any value. Empty permits plain names whose value is not a number that
        /// the guard would refuse, and which do not affect how Asterisk dials.
        public var variables: [String] = []
        /// Dialplan patterns of extensions to which calls may be transferred, in addition to ``numbers``; empty adds no
        /// condition.
        public var transfer: [String] = []
        /// Who may listen to whom: the supervisor's device, followed by the devices that it may listen to; none means
        /// all. `*` matches any characters. Empty permits no spying at all.
        public var spy: [String] = []

        /// The rules above.
        public init() {}
    }
}
